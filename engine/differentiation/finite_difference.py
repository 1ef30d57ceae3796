"""Difference quotients: forward and backward as in the limit, central and five-point stencils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from engine.differentiation.difference_method import DifferenceMethod, StepOf
from engine.differentiation.method import DerivativeProblem, MethodTraits, ParameterValue
from engine.differentiation.scheme import Quotient, nested, tensor
from engine.differentiation.stencil import StencilPart, central_stencil, forward_stencil
from engine.differentiation.step import AUTO, DTYPE, step_parameter, taken_step

DEFAULT_STEP = 1e-4
"""h of the forward and backward quotients unless another is chosen, in the variable's unit."""


@dataclass(frozen=True, slots=True)
class OneSidedDifference(DifferenceMethod):
    """The quotient of the quotient ...: an order m takes ``2**m`` evaluations.

    Attributes:
        sign: 1 looks forward, -1 backward.
    """

    step: ParameterValue = DEFAULT_STEP

    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False,
        truncation_order=1,
        cost="evaluations",
        parameters=(step_parameter(DEFAULT_STEP), DTYPE),
    )
    sign: ClassVar[int]

    def quotient(
        self, problem: DerivativeProblem, coordinates: Sequence[Any], step_of: StepOf
    ) -> Quotient:
        """See :meth:`DifferenceMethod.quotient`."""
        f, names = problem.polynomial, problem.partial.names
        problem.partial.multi_index(f.variables)
        index = {name: f.variables.index(name) for name in names}
        steps = {name: self.sign * step_of(name) for name in index}
        parts = [
            StencilPart(index[name], forward_stencil(names.count(name)), step)
            for name, step in steps.items()
        ]
        in_order = [(index[name], steps[name]) for name in names]
        return nested(coordinates, parts, in_order, self.sign, f.variables)


@dataclass(frozen=True, slots=True)
class ForwardDifference(OneSidedDifference):
    """``(f(x + h) - f(x)) / h``, nested for higher and mixed partials; error ``h/2 * f''``.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), equation 5.7.1.
    """

    key: ClassVar[str] = "forward"
    sign: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class BackwardDifference(OneSidedDifference):
    """``(f(x) - f(x - h)) / h``, nested for higher and mixed partials; error ``-h/2 * f''``.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), section 5.7.
    """

    key: ClassVar[str] = "backward"
    sign: ClassVar[int] = -1


@dataclass(frozen=True, slots=True)
class CentralDifference(DifferenceMethod):
    """``(f(x + h) - f(x - h)) / 2h``, four corners for a mixed partial; error ``h**2/6 * f^(3)``.

    The step balances truncation and rounding unless one is chosen; then the step that is
    really taken next to x is reported and divided by. One that inherits from this takes the
    central stencils of the ``truncation_order`` among its traits.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), section 5.7; Fornberg (1988).
    """

    key: ClassVar[str] = "central"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False,
        truncation_order=2,
        cost="evaluations",
        parameters=(step_parameter(AUTO), DTYPE),
    )

    def quotient(
        self, problem: DerivativeProblem, coordinates: Sequence[Any], step_of: StepOf
    ) -> Quotient:
        """See :meth:`DifferenceMethod.quotient`; one stencil for each variable."""
        f = problem.polynomial
        accuracy = self.traits.truncation_order
        assert accuracy is not None
        parts = []
        for index, count in enumerate(problem.partial.multi_index(f.variables)):
            if count:
                name = f.variables[index]
                taken = taken_step(coordinates[index], step_of(name), name)
                parts.append(StencilPart(index, central_stencil(count, accuracy), taken))
        return tensor(coordinates, parts)


@dataclass(frozen=True, slots=True)
class FivePointDifference(CentralDifference):
    """``(f(x-2h) - 8f(x-h) + 8f(x+h) - f(x+2h)) / 12h``; error ``-h**4/30 * f^(5)``.

    Higher and mixed partials take the fourth-order stencils of theirs.

    Source: Abramowitz & Stegun (1964), table 25.2; Fornberg (1988), table 1.
    """

    key: ClassVar[str] = "five_point"
    traits: ClassVar[MethodTraits] = replace(CentralDifference.traits, truncation_order=4)
