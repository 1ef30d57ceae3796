"""Difference quotients: forward and backward as in the limit, central and five-point stencils."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.differentiation.difference_method import DifferenceMethod, StepOf
from engine.differentiation.method import (
    DerivativeProblem,
    MethodTraits,
    Parameter,
    ParameterValue,
)
from engine.differentiation.scheme import Quotient, nested, tensor
from engine.differentiation.stencil import StencilPart, central_stencil, forward_stencil
from engine.differentiation.step import AUTO, DTYPE, step_parameter, taken_step

DEFAULT_STEP = 1e-4
"""h of the forward and backward quotients unless another is chosen, in the variable's unit."""


def _parameters(step: ParameterValue) -> tuple[Parameter, ...]:
    return step_parameter(step), DTYPE


def _nested(
    problem: DerivativeProblem,
    coordinates: Sequence[Any],
    step_of: StepOf,
    sign: int,
) -> Quotient:
    """Lay out the quotient of the quotient ...; a ``sign`` of 1 looks forward, -1 backward."""
    f, names = problem.polynomial, problem.partial.names
    problem.partial.multi_index(f.variables)
    index = {name: f.variables.index(name) for name in names}
    steps = {name: sign * step_of(name) for name in index}
    parts = [
        StencilPart(index[name], forward_stencil(names.count(name)), step)
        for name, step in steps.items()
    ]
    in_order = [(index[name], steps[name]) for name in names]
    return nested(coordinates, parts, in_order, sign, f.variables)


def _central(
    problem: DerivativeProblem,
    coordinates: Sequence[Any],
    step_of: StepOf,
    accuracy: int,
) -> Quotient:
    """Lay out one central stencil for each variable that is differentiated by."""
    f = problem.polynomial
    parts = []
    for index, count in enumerate(problem.partial.multi_index(f.variables)):
        if count:
            name = f.variables[index]
            taken = taken_step(coordinates[index], step_of(name), name)
            parts.append(StencilPart(index, central_stencil(count, accuracy), taken))
    return tensor(coordinates, parts)


@dataclass(frozen=True, slots=True)
class ForwardDifference(DifferenceMethod):
    """``(f(x + h) - f(x)) / h``, nested for higher and mixed partials; error ``h/2 * f''``.

    An order m takes ``2**m`` evaluations.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), equation 5.7.1.
    """

    step: ParameterValue = DEFAULT_STEP

    key: ClassVar[str] = "forward"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False,
        truncation_order=1,
        cost="evaluations",
        parameters=_parameters(DEFAULT_STEP),
    )

    def quotient(
        self, problem: DerivativeProblem, coordinates: Sequence[Any], step_of: StepOf
    ) -> Quotient:
        """See :meth:`DifferenceMethod.quotient`."""
        return _nested(problem, coordinates, step_of, sign=1)


@dataclass(frozen=True, slots=True)
class BackwardDifference(DifferenceMethod):
    """``(f(x) - f(x - h)) / h``, nested for higher and mixed partials; error ``-h/2 * f''``.

    An order m takes ``2**m`` evaluations.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), section 5.7.
    """

    step: ParameterValue = DEFAULT_STEP

    key: ClassVar[str] = "backward"
    traits: ClassVar[MethodTraits] = ForwardDifference.traits

    def quotient(
        self, problem: DerivativeProblem, coordinates: Sequence[Any], step_of: StepOf
    ) -> Quotient:
        """See :meth:`DifferenceMethod.quotient`."""
        return _nested(problem, coordinates, step_of, sign=-1)


@dataclass(frozen=True, slots=True)
class CentralDifference(DifferenceMethod):
    """``(f(x + h) - f(x - h)) / 2h``, four corners for a mixed partial; error ``h**2/6 * f^(3)``.

    The step balances truncation and rounding unless one is chosen; then the step that is
    really taken next to x is reported and divided by.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), section 5.7; Fornberg (1988).
    """

    key: ClassVar[str] = "central"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False, truncation_order=2, cost="evaluations", parameters=_parameters(AUTO)
    )

    def quotient(
        self, problem: DerivativeProblem, coordinates: Sequence[Any], step_of: StepOf
    ) -> Quotient:
        """See :meth:`DifferenceMethod.quotient`."""
        return _central(problem, coordinates, step_of, accuracy=2)


@dataclass(frozen=True, slots=True)
class FivePointDifference(DifferenceMethod):
    """``(f(x-2h) - 8f(x-h) + 8f(x+h) - f(x+2h)) / 12h``; error ``-h**4/30 * f^(5)``.

    Higher and mixed partials take the fourth-order stencils of theirs.

    Source: Abramowitz & Stegun (1964), table 25.2; Fornberg (1988), table 1.
    """

    key: ClassVar[str] = "five_point"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False, truncation_order=4, cost="evaluations", parameters=_parameters(AUTO)
    )

    def quotient(
        self, problem: DerivativeProblem, coordinates: Sequence[Any], step_of: StepOf
    ) -> Quotient:
        """See :meth:`DifferenceMethod.quotient`."""
        return _central(problem, coordinates, step_of, accuracy=4)
