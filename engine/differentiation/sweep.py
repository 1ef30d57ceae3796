"""Many steps of many schemes at once: one evaluation of f at all the points of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from math import prod
from typing import Any

import numpy as np

from engine.differentiation.difference_method import DifferenceMethod
from engine.differentiation.method import DerivativeProblem
from engine.differentiation.scheme import ImaginaryQuotient, Quotient, StencilPoint
from engine.errors import LimitError
from engine.evaluation.arrays import Booleans, Floats, Indices, Numbers
from engine.evaluation.scalar import ScalarFunction
from engine.limits import LIMITS


@dataclass(frozen=True, slots=True, eq=False)
class Sweep:
    """One scheme at n steps.

    Attributes:
        method: The scheme, with its number type.
        quotient: What its value is made of, without its points; its steps have the shape
            ``(levels, n)``, for levels whose steps are combined.
        of_quotients: The values of the quotients; shape ``(levels, n)``.
        values: What the scheme gives, as float64; shape ``(n,)``. It is what it gives for each of
            the steps alone; nan where a step is lost or the value overflows.
        picks: Which of the entries of the method each value is; shape ``(n,)``.
        lost: Where the method refuses, because a step is 0 or infinite in the number type, or lost
            next to its coordinate; shape ``(n,)``.
    """

    method: DifferenceMethod
    quotient: Quotient
    of_quotients: Numbers
    values: Floats
    picks: Indices
    lost: Booleans


def sweep(
    problem: DerivativeProblem, methods: Sequence[DifferenceMethod], steps: Floats
) -> tuple[Sweep, ...]:
    """Return the sweep of each of ``methods``, which have one number type.

    Raises:
        LimitError: The evaluations are more than the budget.
        MethodUnavailableError: The order is out of reach of a scheme.
        NumberRangeError: A coefficient or a coordinate does not fit the number type.
    """
    f, arithmetic = problem.polynomial, methods[0].arithmetic
    with np.errstate(all="ignore"):
        h = steps.astype(arithmetic.dtype)
        h[(h == 0) | np.isinf(h)] = np.nan
        coordinates = arithmetic.coordinates(f, problem.point)
        quotients = [_laid_out(problem, method, coordinates, h) for method in methods]
        evaluations = h.size * sum(
            len(quotient.points) * method.levels
            for quotient, method in zip(quotients, methods, strict=True)
        )
        if evaluations * max(1, len(f)) > LIMITS.evaluations:
            raise LimitError(
                f"{evaluations} evaluations of {len(f)} terms take too long; "
                "take fewer steps or a smaller polynomial."
            )
        of_quotients = _quotients(ScalarFunction(f, arithmetic.convert), quotients, h.dtype)
        found = [
            method.outcomes(problem, quotient, values)
            for method, quotient, values in zip(methods, quotients, of_quotients, strict=True)
        ]
        lost = np.array([_lost(quotient) for quotient in quotients])
        values = np.array([one.values for one in found], np.float64)
        values[lost | ~np.isfinite(values)] = np.nan
    return tuple(
        Sweep(method, quotient.without_points(), levels, value, one.picks, refused)
        for method, quotient, levels, value, one, refused in zip(
            methods, quotients, of_quotients, values, found, lost, strict=True
        )
    )


def _laid_out(
    problem: DerivativeProblem, method: DifferenceMethod, coordinates: Sequence[Any], h: Numbers
) -> Quotient:
    ladder = method.ladder(h)
    return method.quotient(problem, coordinates, lambda name: ladder)


def _lost(quotient: Quotient) -> Booleans:
    """Return where a step is lost; the largest and the smallest of a ladder speak for all."""
    lost = np.zeros(quotient.parts[0].step.shape[1], np.bool_)
    for part in quotient.parts:
        for level in {0, len(part.step) - 1}:
            lost |= ~np.isfinite(part.step[level])
    return lost


def _quotients(
    function: ScalarFunction, quotients: Sequence[Quotient], dtype: Any
) -> list[Numbers]:
    """Return the values of each quotient, of the shape of its steps."""
    real = [q for q in quotients if not isinstance(q, ImaginaryQuotient)]
    together = _evaluated(function, [point for q in real for point in q.points], dtype)
    found = []
    for quotient in quotients:
        if isinstance(quotient, ImaginaryQuotient):
            combined = quotient.apply(function)
        else:
            combined = quotient.combine(list(islice(together, len(quotient.points))))
        found.append(_in_shape(combined, quotient.parts[0].step.shape))
    return found


def _evaluated(
    function: ScalarFunction, points: Sequence[StencilPoint], dtype: Any
) -> Iterator[Numbers]:
    """Yield f at each of the points, whose coordinates are concatenated."""
    shapes = [_shape(point) for point in points]
    ends = list(accumulate(map(prod, shapes), initial=0))
    columns = zip(*(point.coordinates for point in points), strict=True)
    values = function([_column(column, shapes, dtype) for column in columns]) if points else 0
    flat = _in_shape(values, (ends[-1],))
    for (start, end), shape in zip(pairwise(ends), shapes, strict=True):
        yield flat[start:end].reshape(shape)


def _shape(point: StencilPoint) -> tuple[int, ...]:
    moved: tuple[int, ...] = (1,)
    for x in point.coordinates:
        if isinstance(x, np.ndarray):
            moved = x.shape
    return moved


def _column(column: Sequence[Any], shapes: Sequence[tuple[int, ...]], dtype: Any) -> Any:
    """Return one coordinate of all points, concatenated; a number if none of them moves."""
    if not any(isinstance(x, np.ndarray) for x in column):
        return column[0]
    return np.concatenate(
        [
            x.ravel() if isinstance(x, np.ndarray) else np.full(prod(shape), x, dtype)
            for x, shape in zip(column, shapes, strict=True)
        ]
    )


def _in_shape(values: Any, shape: tuple[int, ...]) -> Numbers:
    """Return an array of ``shape``: where nothing depends on the step, there is one number."""
    return values if np.shape(values) == shape else np.broadcast_to(values, shape)
