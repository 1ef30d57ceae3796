"""What all difference quotients share: they lay out points, f is evaluated, the values combine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from itertools import islice
from typing import Any, ClassVar

import numpy as np

from engine.differentiation.extrapolation import Entry
from engine.differentiation.method import (
    DerivativeProblem,
    Estimate,
    MethodTraits,
    ParameterValue,
    check_parameters,
)
from engine.differentiation.scheme import Quotient
from engine.differentiation.step import AUTO, balanced_step, converted_step, read_step
from engine.evaluation.arithmetic import (
    DIFFERENCE_TYPES,
    Arithmetic,
    value_of_f,
)
from engine.evaluation.arrays import Floats, Indices, Numbers
from engine.evaluation.scalar import ScalarFunction
from engine.exact import nearest_float

StepOf = Callable[[str], Any]
"""From a variable to the step along it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the quotients of one problem.

    Attributes:
        value: In the number type of the evaluation.
        error_estimate: The method's own estimate of the error; None if it has none.
        entry: Which table entry became the value; (0, 0) is the first quotient as it stands.
    """

    value: Any
    error_estimate: float | None = None
    entry: Entry = (0, 0)


@dataclass(frozen=True, slots=True, eq=False)
class EvaluatedQuotient:
    """A quotient with its numbers, which are of the type of the evaluation.

    Attributes:
        quotient: As it was laid out.
        values: f at each of its points.
        value: What these combine to.
    """

    quotient: Quotient
    values: Sequence[Any]
    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """What became of the quotients of one problem at n steps.

    Attributes:
        values: In the number type of the evaluation; shape ``(n,)``.
        picks: Which of :attr:`DifferenceMethod.entries` each value is; shape ``(n,)``.
    """

    values: Numbers
    picks: Indices


@dataclass(frozen=True, slots=True)
class DifferenceMethod(ABC):
    """A method that evaluates f at points around the one that is asked for.

    :meth:`quotient` and :meth:`outcomes` hold all that tells one from the other, so that a study
    of many steps, a table of the stencil and a picture of it show what the method does.

    Attributes:
        levels: Quotients that are combined, each with half the step of the one before.
    """

    step: ParameterValue = AUTO
    dtype: str = "float64"

    key: ClassVar[str]
    traits: ClassVar[MethodTraits]
    levels: ClassVar[int] = 1

    def __post_init__(self) -> None:
        check_parameters(self)
        read_step(self.step)

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        """Return the difference quotient; f itself at order 0."""
        f, arithmetic = problem.polynomial, self.arithmetic
        if not problem.partial.order:
            value, function = value_of_f(f, problem.point, arithmetic)
            return Estimate(value=value, evaluations=function.evaluations, dtype=self.number_type)
        quotients = self.lay_out(problem)
        _, outcome = self.evaluate(problem, quotients)
        return Estimate(
            value=arithmetic.result(outcome.value),
            error_estimate=outcome.error_estimate,
            evaluations=self.evaluations(quotients),
            step=nearest_float(first_step(problem, quotients)),
            dtype=self.number_type,
        )

    def evaluate(
        self, problem: DerivativeProblem, quotients: Sequence[Quotient], *, at_once: bool = False
    ) -> tuple[list[EvaluatedQuotient], Outcome]:
        """Evaluate f at the points of the quotients, and return what the method makes of it too.

        Args:
            problem: A derivative of order 1 or more.
            quotients: As :meth:`lay_out` returns them for a single step.
            at_once: Evaluates f at all points in one call, which gives the same numbers: faster
                where they are many, for a picture that follows the mouse.

        Raises:
            LimitError: The evaluations are more than the budget.
            NumberRangeError: A coefficient does not fit the number type.
        """
        f, arithmetic = problem.polynomial, self.arithmetic
        arithmetic.check_budget(f, problem.point, self.evaluations(quotients))
        function = ScalarFunction(f, arithmetic.convert)
        points = [point.coordinates for quotient in quotients for point in quotient.points]
        with np.errstate(all="ignore"):
            found = iter(
                # The complex step has one point, of which no array could be made.
                self._in_arrays(function, points)
                if at_once and len(points) > 1
                else map(function, points)
            )
            evaluated = []
            for quotient in quotients:
                values = list(islice(found, len(quotient.points)))
                evaluated.append(EvaluatedQuotient(quotient, values, quotient.combine(values)))
            return evaluated, self.outcome(problem, quotients, [one.value for one in evaluated])

    def _in_arrays(
        self, function: ScalarFunction, points: Sequence[tuple[Any, ...]]
    ) -> Sequence[Any]:
        kind = object if self.arithmetic.precision is None else self.arithmetic.dtype
        columns = [np.array(column, kind) for column in zip(*points, strict=True)]
        return list(np.broadcast_to(function(columns), (len(points),)))

    def evaluations(self, quotients: Sequence[Quotient]) -> int:
        """Return how often f is evaluated for the value and for its error estimate."""
        return sum(len(quotient.points) for quotient in quotients) + self.bounding

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
    def quotient(
        self, problem: DerivativeProblem, coordinates: Sequence[Any], step_of: StepOf
    ) -> Quotient:
        """Lay out one quotient.

        Args:
            problem: A derivative of order 1 or more.
            coordinates: The point, in the number type of the evaluation.
            step_of: Variable to the step along it, in the number type of the evaluation; or to
                an array of steps.

        Raises:
            StepVanishesError: The step is lost next to its coordinate; of an array of steps,
                those that are lost become nan.
            MethodUnavailableError: The order is out of reach.
        """

    def lay_out(self, problem: DerivativeProblem, h: Any = None) -> tuple[Quotient, ...]:
        """Return the quotients that the value is made of: one, unless several steps are combined.

        Args:
            problem: A derivative of order 1 or more.
            h: The (first) step in the number type of the evaluation, or an array of steps; None
                for the step of the method itself.

        Raises:
            StepVanishesError, MethodUnavailableError: See :meth:`quotient`.
        """
        coordinates = self.arithmetic.coordinates(problem.polynomial, problem.point)
        with np.errstate(all="ignore"):
            return tuple(
                self.quotient(problem, coordinates, partial(self._step, problem, h, level))
                for level in range(self.levels)
            )

    def _step(self, problem: DerivativeProblem, h: Any, level: int, name: str) -> Any:
        return self.own_step(problem, name, level) if h is None else h / 2**level

    def ladder(self, h: Numbers) -> Numbers:
        """Return the steps of all levels, for an array of first steps; shape ``(levels, n)``."""
        if self.levels == 1:
            return h[None]
        ladder: Numbers = h / halvings(self.levels, h.dtype)
        return ladder

    def outcome(
        self, problem: DerivativeProblem, quotients: Sequence[Quotient], values: Sequence[Any]
    ) -> Outcome:
        """Return what the values of the quotients come to, for a single step."""
        return Outcome(values[0])

    def outcomes(self, problem: DerivativeProblem, quotient: Quotient, values: Numbers) -> Outcomes:
        """Return what the values come to, at each of many steps.

        Args:
            problem: As it was laid out.
            quotient: Its steps are a :meth:`ladder`.
            values: Of the quotient; shape ``(levels, n)``.
        """
        return Outcomes(values[0], np.zeros(values.shape[1], np.intp))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Which table entries can become the value; (0, 0) is the first quotient as it stands."""
        return ((0, 0),)

    def shares(self, entry: Entry) -> tuple[Fraction, ...]:
        """Return how much of each quotient an entry is made of; they add up to 1."""
        return (Fraction(1),)

    def entry_bounds(self, values: Numbers, bounds: Numbers) -> Floats:
        """Return what rounding costs each of :attr:`entries` at most.

        Args:
            values: Of the quotients; shape ``(levels, n)``.
            bounds: What rounding costs these; float64, the same shape.

        Returns:
            Shape ``(entries, n)``.
        """
        return bounds

    def own_step(self, problem: DerivativeProblem, name: str, level: int = 0) -> Any:
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


@lru_cache(maxsize=16)
def halvings(levels: int, dtype: np.dtype[Any]) -> Numbers:
    """Return 1, 2, 4, ...; shape ``(levels, 1)``."""
    return (2 ** np.arange(levels)).astype(dtype)[:, None]
