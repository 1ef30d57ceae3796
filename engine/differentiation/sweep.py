"""Many steps of many schemes at once: one evaluation of f at all the points of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.differentiation.difference_method import DifferenceMethod
from engine.differentiation.gaussian import Gaussian
from engine.differentiation.method import DerivativeProblem
from engine.differentiation.scheme import Quotient, StencilPoint
from engine.errors import LimitError
from engine.evaluation.scalar import ScalarFunction
from engine.limits import LIMITS

Array = NDArray[Any]


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
        lost: Where the method refuses, for a step is 0 or infinite in the number type, or lost
            next to its coordinate; shape ``(n,)``.
    """

    method: DifferenceMethod
    quotient: Quotient
    of_quotients: Array
    values: NDArray[np.float64]
    picks: NDArray[np.intp]
    lost: NDArray[np.bool_]


def sweep(
    problem: DerivativeProblem, methods: Sequence[DifferenceMethod], steps: NDArray[np.float64]
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
        evaluations = len(steps) * sum(
            len(quotient.points) * method.levels
            for quotient, method in zip(quotients, methods, strict=True)
        )
        if evaluations * max(1, len(f)) > LIMITS.evaluations:
            raise LimitError(
                f"{evaluations} evaluations of {len(f)} terms take too long; "
                "take fewer steps or a smaller polynomial."
            )
        function = ScalarFunction(f, arithmetic.convert)
        values = _evaluated(function, [point for q in quotients for point in q.points], h.dtype)
        return tuple(
            _swept(problem, method, quotient, values)
            for method, quotient in zip(methods, quotients, strict=True)
        )


def _laid_out(
    problem: DerivativeProblem, method: DifferenceMethod, coordinates: Sequence[Any], h: Array
) -> Quotient:
    ladder = method.ladder(h)
    return method.quotient(problem, coordinates, lambda name: ladder)


def _swept(
    problem: DerivativeProblem, method: DifferenceMethod, quotient: Quotient, values: Iterator[Any]
) -> Sweep:
    steps = [part.step for part in quotient.parts]
    shape = steps[0].shape
    of_quotients = _in_shape(quotient.combine([next(values) for _ in quotient.points]), shape)
    found = method.outcomes(problem, quotient, of_quotients)
    kept = np.isfinite(steps[0]).all(axis=0)
    for step in steps[1:]:
        kept &= np.isfinite(step).all(axis=0)
    value = found.values.astype(np.float64)
    value[~(kept & np.isfinite(value))] = np.nan
    return Sweep(method, replace(quotient, points=()), of_quotients, value, found.picks, ~kept)


def _evaluated(
    function: ScalarFunction, points: Sequence[StencilPoint], dtype: Any
) -> Iterator[Any]:
    """Yield f at each of the points: an array for each whose coordinates are arrays."""
    real = [p for p in points if not any(isinstance(x, Gaussian) for x in p.coordinates)]
    together = _evaluated_together(function, real, dtype) if real else iter(())
    for point in points:
        imaginary = any(isinstance(x, Gaussian) for x in point.coordinates)
        yield function(point.coordinates) if imaginary else next(together)


def _evaluated_together(
    function: ScalarFunction, points: Sequence[StencilPoint], dtype: Any
) -> Iterator[Any]:
    """Yield f at each of the points, whose coordinates are put behind each other."""
    shapes = [_shape(point) for point in points]
    ends = list(accumulate(map(prod, shapes)))
    places = [slice(start, end) for start, end in zip([0, *ends], ends, strict=False)]
    columns = zip(*(point.coordinates for point in points), strict=True)
    flat = function([_column(column, places, dtype) for column in columns])
    flat = _in_shape(flat, (ends[-1],))
    for place, shape in zip(places, shapes, strict=True):
        yield flat[place].reshape(shape)


def _shape(point: StencilPoint) -> tuple[int, ...]:
    moved = (x.shape for x in point.coordinates if isinstance(x, np.ndarray))
    return next(moved, (1,))


def _column(column: Sequence[Any], places: Sequence[slice], dtype: Any) -> Any:
    """Return one coordinate of all points behind each other; a number if none of them moves."""
    if not any(isinstance(x, np.ndarray) for x in column):
        return column[0]
    flat = np.empty(places[-1].stop, dtype)
    for x, place in zip(column, places, strict=True):
        flat[place] = x.ravel() if isinstance(x, np.ndarray) else x
    return flat


def _in_shape(values: Any, shape: tuple[int, ...]) -> Array:
    """Return an array of ``shape``: where nothing depends on the step, there is one number."""
    return values if np.shape(values) == shape else np.broadcast_to(values, shape)
