"""The complex step: the imaginary part of f(x + ih), divided by h; nothing is subtracted."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from engine.differentiation.arithmetic import COMPLEX128, FLOAT64
from engine.differentiation.method import (
    DerivativeProblem,
    Estimate,
    MethodTraits,
    ParameterValue,
    check_parameters,
)
from engine.differentiation.step import AUTO, converted_step, read_step, step_parameter
from engine.errors import MethodUnavailableError
from engine.evaluation.scalar import ScalarFunction

AUTO_STEP = Fraction(1, 2**66)
"""1.4e-20: its square is lost in rounding next to 1; a power of two, so dividing is exact."""


@dataclass(frozen=True, slots=True)
class ComplexStep:
    """``Im f(x + ih) / h``; error ``h**2/6 * f'''`` and no cancellation; first order only.

    Source: Squire & Trapp, *Using complex variables to estimate derivatives of real functions*,
    SIAM Review 40 (1998), pp. 110-112.
    """

    step: ParameterValue = AUTO

    key: ClassVar[str] = "complex_step"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False,
        truncation_order=2,
        highest_order=1,
        cost="evaluations",
        parameters=(step_parameter(AUTO),),
    )

    def __post_init__(self) -> None:
        check_parameters(self)
        read_step(self.step)

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        """Return the derivative from one complex evaluation."""
        f, names = problem.polynomial, problem.partial.names
        if len(names) > 1:
            raise MethodUnavailableError(
                f"The complex step gives first derivatives, and none of order {len(names)}."
            )
        COMPLEX128.check_budget(f, problem.point, 1)
        coordinates = COMPLEX128.coordinates(f, problem.point)
        function = ScalarFunction(f, COMPLEX128.convert)
        if not names:
            value = function(coordinates).real
            return Estimate(value, None, function.evaluations, None, COMPLEX128.dtype)
        problem.partial.multi_index(f.variables)
        h = converted_step(read_step(self.step) or AUTO_STEP, FLOAT64)
        index = f.variables.index(names[0])
        coordinates[index] = complex(coordinates[index].real, h)
        value = function(coordinates).imag / h
        return Estimate(value, None, function.evaluations, h, COMPLEX128.dtype)
