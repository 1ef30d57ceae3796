"""Many steps of many schemes at once: one evaluation of f at all the points of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.differentiation.arithmetic import Arithmetic
from engine.differentiation.difference_method import DifferenceMethod, Outcome
from engine.differentiation.gaussian import Gaussian
from engine.differentiation.method import DerivativeProblem
from engine.differentiation.scheme import Quotient, StencilPoint
from engine.differentiation.step import converted_step
from engine.errors import LimitError, NumberRangeError
from engine.evaluation.scalar import ScalarFunction
from engine.limits import LIMITS

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """One scheme at many steps.

    Attributes:
        method: The scheme, with its number type.
        quotients: What its value is made of; steps and coordinates are arrays of shape ``(n,)``.
        values: The value of each quotient; shape ``(n,)`` each, nan where a step is lost.
    """

    method: DifferenceMethod
    quotients: tuple[Quotient, ...]
    values: tuple[Array, ...]

    def outcome(self, problem: DerivativeProblem, index: int) -> Outcome:
        """Return what the scheme gives for one of the steps: what it gives for that step alone."""
        values = [one[index] for one in self.values]
        if len(values) == 1:
            return Outcome(values[0])
        with np.errstate(all="ignore"):
            return self.method.outcome(problem, [q.sample(index) for q in self.quotients], values)


def sweep(
    problem: DerivativeProblem, methods: Sequence[DifferenceMethod], steps: Sequence[Fraction]
) -> tuple[Sweep, ...]:
    """Return the sweep of each of ``methods``, which have one number type.

    A step that is 0 or infinite in that type, or lost next to its coordinate, gives nan.

    Raises:
        LimitError: The evaluations are more than the budget.
        MethodUnavailableError: The order is out of reach of a scheme.
        NumberRangeError: A coefficient or a coordinate does not fit the number type.
    """
    f, arithmetic = problem.polynomial, methods[0].arithmetic
    h = _converted(steps, arithmetic)
    with np.errstate(all="ignore"):
        laid_out = [method.lay_out(problem, h) for method in methods]
        points = [point for quotients in laid_out for q in quotients for point in q.points]
        if len(points) * len(steps) * max(1, len(f)) > LIMITS.evaluations:
            raise LimitError(
                f"{len(points) * len(steps)} evaluations of {len(f)} terms take too long; "
                "take fewer steps or a smaller polynomial."
            )
        function = ScalarFunction(f, arithmetic.convert)
        values = iter(_evaluate(function, points, h))
        return tuple(
            Sweep(
                method,
                quotients,
                tuple(
                    np.broadcast_to(q.combine([next(values) for _ in q.points]), h.shape)
                    for q in quotients
                ),
            )
            for method, quotients in zip(methods, laid_out, strict=True)
        )


def _converted(steps: Sequence[Fraction], arithmetic: Arithmetic) -> Array:
    """Return the steps in the number type; nan for one that it does not hold."""
    nan = arithmetic.convert(Fraction(0)) * float("nan")
    converted = []
    for step in steps:
        try:
            converted.append(converted_step(step, arithmetic))
        except NumberRangeError:
            converted.append(nan)
    return np.array(converted, dtype=arithmetic.dtype)


def _evaluate(function: ScalarFunction, points: Sequence[StencilPoint], h: Array) -> list[Any]:
    """Return f at each of the points: an array for each."""
    real = [p for p in points if not any(isinstance(x, Gaussian) for x in p.coordinates)]
    found: dict[int, Any] = {}
    if real:
        columns = zip(*(point.coordinates for point in real), strict=True)
        stacked = [_stacked(column, h) for column in columns]
        flat = np.broadcast_to(function(stacked), (len(real) * h.size,))
        for point, values in zip(real, flat.reshape(len(real), h.size), strict=True):
            found[id(point)] = values
    for point in points:
        if id(point) not in found:
            found[id(point)] = function(point.coordinates)
    return [found[id(point)] for point in points]


def _stacked(column: Sequence[Any], h: Array) -> Any:
    """Return one coordinate of all points behind each other; a number if none of them moves."""
    if not any(isinstance(x, np.ndarray) for x in column):
        return column[0]
    return np.concatenate([np.broadcast_to(np.asarray(x, h.dtype), h.shape) for x in column])
