"""Difference quotients: forward and backward as in the limit, central and five-point stencils."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from engine.differentiation.arithmetic import (
    DIFFERENCE_TYPES,
    DTYPE,
    Arithmetic,
    nearest_float,
    value_of_f,
)
from engine.differentiation.method import (
    DerivativeProblem,
    Estimate,
    MethodTraits,
    Parameter,
    ParameterValue,
    check_parameters,
)
from engine.differentiation.stencil import (
    StencilPart,
    apply_stencils,
    central_stencil,
    count_points,
)
from engine.differentiation.step import (
    AUTO,
    balanced_step,
    converted_step,
    read_step,
    shifted,
    step_parameter,
    taken_step,
)
from engine.errors import PointError
from engine.evaluation.scalar import ScalarFunction

DEFAULT_STEP = 1e-4
"""h of the forward and backward quotients unless another is chosen, in the variable's unit."""

NamedFunction = Callable[..., Any]
"""Takes the coordinates by keyword, e.g. ``f(a=2.0, b=3.0)``."""


@dataclass(frozen=True, slots=True)
class DifferenceQuotient:
    """``(f(x + h) - f(x)) / h`` as a function; with a negative h the backward quotient.

    Attributes:
        function: f; takes its coordinates by keyword.
        name: The variable x.
        h: The step, in the unit of x and in the number type of the coordinates.
    """

    function: NamedFunction
    name: str
    h: Any

    def __call__(self, /, **coordinates: Any) -> Any:
        """Return the quotient at ``coordinates``.

        Raises:
            PointError: A coordinate is missing.
            StepVanishesError: ``x + h`` rounds to ``x``.
        """
        if self.name not in coordinates:
            raise PointError(f"The point has no value for {self.name}; add {self.name}=1.")
        moved = shifted(coordinates[self.name], self.h, self.name)
        rise = self.function(**{**coordinates, self.name: moved}) - self.function(**coordinates)
        return rise / self.h


def _nested(
    problem: DerivativeProblem, step: ParameterValue, arithmetic: Arithmetic, sign: int
) -> Estimate:
    """Return the quotient of the quotient ...: twice as many evaluations for each order.

    A ``sign`` of 1 looks forward, -1 backward.
    """
    f, names = problem.polynomial, problem.partial.names
    problem.partial.multi_index(f.variables)
    arithmetic.check_budget(f, problem.point, 2 ** len(names))
    point = dict(zip(f.variables, arithmetic.coordinates(f, problem.point), strict=True))
    counted = ScalarFunction(f, arithmetic.convert)
    quotient: NamedFunction = lambda **coordinates: counted.at(coordinates)  # noqa: E731
    steps = []
    for name in names:
        h = read_step(step) or balanced_step(problem.point[name], len(names), 1, arithmetic)
        steps.append(converted_step(h, arithmetic))
        quotient = DifferenceQuotient(quotient, name, sign * steps[-1])
    with np.errstate(all="ignore"):
        value = quotient(**point)
    return Estimate(
        value=arithmetic.result(value),
        evaluations=counted.evaluations,
        step=nearest_float(steps[0]),
        dtype=arithmetic.dtype,
    )


def central_parts(
    problem: DerivativeProblem,
    coordinates: Sequence[Any],
    step: ParameterValue,
    accuracy: int,
    arithmetic: Arithmetic,
) -> list[StencilPart]:
    """Return one central stencil for each variable that is differentiated by, with its step.

    Raises:
        StepVanishesError: A step is lost next to its coordinate.
    """
    f, partial = problem.polynomial, problem.partial
    parts = []
    for index, count in enumerate(partial.multi_index(f.variables)):
        if count:
            name = f.variables[index]
            x = problem.point[name]
            h = read_step(step) or balanced_step(x, partial.order, accuracy, arithmetic)
            taken = taken_step(coordinates[index], h, arithmetic, name)
            parts.append(StencilPart(index, central_stencil(count, accuracy), taken))
    return parts


def _central(
    problem: DerivativeProblem, step: ParameterValue, arithmetic: Arithmetic, accuracy: int
) -> Estimate:
    f = problem.polynomial
    coordinates = arithmetic.coordinates(f, problem.point)
    with np.errstate(all="ignore"):
        parts = central_parts(problem, coordinates, step, accuracy, arithmetic)
        arithmetic.check_budget(f, problem.point, count_points(parts))
        function = ScalarFunction(f, arithmetic.convert)
        value = apply_stencils(function, coordinates, parts)
    first = f.variables.index(problem.partial.names[0])
    return Estimate(
        value=arithmetic.result(value),
        evaluations=function.evaluations,
        step=next(nearest_float(part.step) for part in parts if part.index == first),
        dtype=arithmetic.dtype,
    )


def _parameters(step: ParameterValue) -> tuple[Parameter, ...]:
    return step_parameter(step), DTYPE


@dataclass(frozen=True, slots=True)
class _Difference(ABC):
    """What the four quotients share: their parameters, and f itself at order 0."""

    step: ParameterValue = AUTO
    dtype: str = "float64"

    key: ClassVar[str]
    traits: ClassVar[MethodTraits]

    def __post_init__(self) -> None:
        check_parameters(self)
        read_step(self.step)

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        """Return the difference quotient; f itself at order 0."""
        arithmetic = DIFFERENCE_TYPES[self.dtype]
        if problem.partial.order:
            return self._quotient(problem, arithmetic)
        value, function = value_of_f(problem.polynomial, problem.point, arithmetic)
        return Estimate(value=value, evaluations=function.evaluations, dtype=self.dtype)

    @abstractmethod
    def _quotient(self, problem: DerivativeProblem, arithmetic: Arithmetic) -> Estimate:
        """Return the difference quotient of order 1 or more."""


@dataclass(frozen=True, slots=True)
class ForwardDifference(_Difference):
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

    def _quotient(self, problem: DerivativeProblem, arithmetic: Arithmetic) -> Estimate:
        return _nested(problem, self.step, arithmetic, sign=1)


@dataclass(frozen=True, slots=True)
class BackwardDifference(_Difference):
    """``(f(x) - f(x - h)) / h``, nested for higher and mixed partials; error ``-h/2 * f''``.

    An order m takes ``2**m`` evaluations.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), section 5.7.
    """

    step: ParameterValue = DEFAULT_STEP

    key: ClassVar[str] = "backward"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False,
        truncation_order=1,
        cost="evaluations",
        parameters=_parameters(DEFAULT_STEP),
    )

    def _quotient(self, problem: DerivativeProblem, arithmetic: Arithmetic) -> Estimate:
        return _nested(problem, self.step, arithmetic, sign=-1)


@dataclass(frozen=True, slots=True)
class CentralDifference(_Difference):
    """``(f(x + h) - f(x - h)) / 2h``, four corners for a mixed partial; error ``h**2/6 * f^(3)``.

    The step balances truncation and rounding unless one is chosen; then the step that is
    really taken next to x is reported and divided by.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), section 5.7; Fornberg (1988).
    """

    key: ClassVar[str] = "central"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False, truncation_order=2, cost="evaluations", parameters=_parameters(AUTO)
    )

    def _quotient(self, problem: DerivativeProblem, arithmetic: Arithmetic) -> Estimate:
        return _central(problem, self.step, arithmetic, accuracy=2)


@dataclass(frozen=True, slots=True)
class FivePointDifference(_Difference):
    """``(f(x-2h) - 8f(x-h) + 8f(x+h) - f(x+2h)) / 12h``; error ``-h**4/30 * f^(5)``.

    Higher and mixed partials take the fourth-order stencils of theirs.

    Source: Abramowitz & Stegun (1964), table 25.2; Fornberg (1988), table 1.
    """

    key: ClassVar[str] = "five_point"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False, truncation_order=4, cost="evaluations", parameters=_parameters(AUTO)
    )

    def _quotient(self, problem: DerivativeProblem, arithmetic: Arithmetic) -> Estimate:
        return _central(problem, self.step, arithmetic, accuracy=4)
