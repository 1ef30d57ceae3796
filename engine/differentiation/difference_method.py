"""What all difference quotients share: they lay out points, f is evaluated, the values combine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from engine.differentiation.arithmetic import (
    DIFFERENCE_TYPES,
    Arithmetic,
    nearest_float,
    value_of_f,
)
from engine.differentiation.method import (
    DerivativeProblem,
    Estimate,
    MethodTraits,
    ParameterValue,
    check_parameters,
)
from engine.differentiation.scheme import Quotient
from engine.differentiation.step import AUTO, balanced_step, converted_step, read_step
from engine.evaluation.scalar import ScalarFunction

Entry = tuple[int, int]
"""Row and column of an extrapolation table."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the quotients of one problem.

    Attributes:
        value: In the number type of the evaluation.
        error_estimate: The method's own estimate of the error; None if it has none.
        entry: What of the quotients the value is; (0, 0) is the first of them as it stands.
    """

    value: Any
    error_estimate: float | None = None
    entry: Entry = (0, 0)


@dataclass(frozen=True, slots=True)
class DifferenceMethod(ABC):
    """A method that evaluates f at points around the one that is asked for.

    :meth:`lay_out` and :meth:`outcome` hold all that tells one from the other, so that a study of
    many steps, a table of the stencil and a picture of it show what the method does.
    """

    step: ParameterValue = AUTO
    dtype: str = "float64"

    key: ClassVar[str]
    traits: ClassVar[MethodTraits]

    def __post_init__(self) -> None:
        check_parameters(self)
        read_step(self.step)

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        """Return the difference quotient; f itself at order 0."""
        f, arithmetic = problem.polynomial, self.arithmetic
        if not problem.partial.order:
            value, function = value_of_f(f, problem.point, arithmetic)
            return Estimate(value=value, evaluations=function.evaluations, dtype=self.number_type)
        with np.errstate(all="ignore"):
            quotients = self.lay_out(problem)
            evaluations = sum(len(quotient.points) for quotient in quotients) + self.bounding
            arithmetic.check_budget(f, problem.point, evaluations)
            function = ScalarFunction(f, arithmetic.convert)
            values = [quotient.apply(function) for quotient in quotients]
            outcome = self.outcome(problem, quotients, values)
        return Estimate(
            value=arithmetic.result(outcome.value),
            error_estimate=outcome.error_estimate,
            evaluations=function.evaluations + self.bounding,
            step=nearest_float(first_step(problem, quotients)),
            dtype=self.number_type,
        )

    @property
    def arithmetic(self) -> Arithmetic:
        """The number type of coordinates, steps and values."""
        return DIFFERENCE_TYPES[self.dtype]

    @property
    def number_type(self) -> str:
        """What a row of the comparison calls the numbers that are computed with."""
        return self.dtype

    @property
    def bounding(self) -> int:
        """Evaluations of f that are made for the error estimate only."""
        return 0

    @abstractmethod
    def lay_out(self, problem: DerivativeProblem, h: Any = None) -> tuple[Quotient, ...]:
        """Return the quotients that the value is made of; one, unless steps are combined.

        Args:
            problem: A derivative of order 1 or more.
            h: The step in the number type of the evaluation, or an array of steps; None for the
                method's own.

        Raises:
            StepVanishesError: The step is lost next to its coordinate; of an array of steps,
                those that are become nan.
            MethodUnavailableError: The order is out of reach.
        """

    def outcome(
        self, problem: DerivativeProblem, quotients: Sequence[Quotient], values: Sequence[Any]
    ) -> Outcome:
        """Return what the values of the quotients come to; for one step, no array."""
        return Outcome(values[0])

    def shares(self, entry: Entry) -> tuple[Fraction, ...]:
        """Return how much of each quotient an entry is made of; they add up to 1."""
        return (Fraction(1),)

    def entry_bound(self, entry: Entry, values: Sequence[Any], bounds: Sequence[float]) -> float:
        """Return what rounding costs an entry at most, from the values and bounds of quotients."""
        return bounds[0]

    def own_step(self, problem: DerivativeProblem, name: str) -> Any:
        """Return the step along one variable, in the number type of the evaluation."""
        h = read_step(self.step) or balanced_step(
            problem.point[name],
            problem.partial.order,
            self.traits.truncation_order or 1,
            self.arithmetic,
        )
        return converted_step(h, self.arithmetic)


def first_step(problem: DerivativeProblem, quotients: Sequence[Quotient]) -> Any:
    """Return the size of the first step along the first variable that is differentiated by."""
    first = problem.polynomial.variables.index(problem.partial.names[0])
    return next(abs(part.step) for part in quotients[0].parts if part.index == first)
