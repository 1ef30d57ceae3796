"""The complex step: the imaginary part of f(x + ih), divided by h; nothing is subtracted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from engine.differentiation.difference_method import DifferenceMethod, StepOf
from engine.differentiation.method import DerivativeProblem, MethodTraits
from engine.differentiation.scheme import Quotient, imaginary
from engine.differentiation.stencil import IMAGINARY, StencilPart
from engine.differentiation.step import AUTO, DTYPE, converted_step, read_step, step_parameter
from engine.errors import MethodUnavailableError

AUTO_STEP = Fraction(1, 2**66)
"""1.4e-20: its square is lost in rounding next to 1; a power of two, so dividing is exact."""

_NUMBER_TYPES = {"float64": "complex128", "float32": "complex64"}


@dataclass(frozen=True, slots=True)
class ComplexStep(DifferenceMethod):
    """``Im f(x + ih) / h``; error ``-h**2/6 * f'''`` and no cancellation; first order only.

    Source: Squire & Trapp, *Using complex variables to estimate derivatives of real functions*,
    SIAM Review 40 (1998), pp. 110-112.
    """

    key: ClassVar[str] = "complex_step"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False,
        truncation_order=2,
        cancels=False,
        highest_order=1,
        cost="evaluations",
        parameters=(step_parameter(AUTO), DTYPE),
    )

    @property
    def number_type(self) -> str:
        """See :attr:`DifferenceMethod.number_type`; complex numbers with two such parts."""
        return _NUMBER_TYPES.get(self.dtype, self.dtype)

    def quotient(
        self, problem: DerivativeProblem, coordinates: Sequence[Any], step_of: StepOf
    ) -> Quotient:
        """See :meth:`DifferenceMethod.quotient`."""
        f, names = problem.polynomial, problem.partial.names
        if len(names) > 1:
            raise MethodUnavailableError(
                f"The complex step gives first derivatives, and none of order {len(names)}."
            )
        problem.partial.multi_index(f.variables)
        part = StencilPart(f.variables.index(names[0]), IMAGINARY, step_of(names[0]))
        return imaginary(coordinates, part)

    def own_step(self, problem: DerivativeProblem, name: str, level: int = 0) -> Any:
        """See :meth:`DifferenceMethod.own_step`; as small as can be, for nothing cancels."""
        return converted_step(read_step(self.step) or AUTO_STEP, self.arithmetic)
