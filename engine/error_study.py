"""Error against step: the error of a difference quotient, split exactly, beside its theory."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from engine.differentiation import registry
from engine.differentiation.difference_method import DifferenceMethod
from engine.differentiation.method import DerivativeProblem, MethodChoice, ParameterValue
from engine.differentiation.rounding import RoundingBound, rounding_bound
from engine.differentiation.scheme import Quotient
from engine.differentiation.step import read_step
from engine.differentiation.sweep import Sweep, sweep
from engine.differentiation.truncation import QuotientSeries, quotient_series
from engine.error_samples import ErrorSample, ErrorStudy
from engine.errors import MethodUnavailableError, PartialError
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial

SCHEMES = ("forward", "backward", "central", "five_point", "richardson", "complex_step")
"""The methods with a step."""

DTYPES = ("float64", "float32")
"""The number types that round."""


def study_error(  # noqa: PLR0913, PLR0917 - a public name of the design
    f: Polynomial,
    point: Point,
    partial: Partial | Sequence[str],
    scheme: str | MethodChoice,
    steps: Iterable[ParameterValue | Fraction],
    dtype: str = "float64",
) -> ErrorStudy:
    """Study one scheme in one number type; see :func:`study_errors`."""
    return study_errors(f, point, partial, [scheme], steps, [dtype])[0]


def study_errors(  # noqa: PLR0913, PLR0917 - as study_error
    f: Polynomial,
    point: Point,
    partial: Partial | Sequence[str],
    schemes: Iterable[str | MethodChoice],
    steps: Iterable[ParameterValue | Fraction],
    dtypes: Iterable[str] = ("float64",),
) -> tuple[ErrorStudy, ...]:
    """Study how the error of difference quotients depends on the step.

    Args:
        f: The polynomial.
        point: Names every variable of f.
        partial: The derivative, of order 1 or more; names in the order of differentiation.
        schemes: Keys of :data:`SCHEMES`, or choices with parameters other than step and dtype.
        steps: Positive numbers, as for the methods: a float is the decimal that it is written as.
        dtypes: Of :data:`DTYPES`.

    Returns:
        A study for each number type and scheme, in that order. In one number type f is evaluated
        once, at all points of all schemes and steps together.

    Raises:
        PartialError: The order is 0, or f has no such variable.
        MethodUnavailableError: There is no such scheme or number type, a step is no positive
            number, or the order is out of reach.
        LimitError: The evaluations are more than the budget.
        NumberRangeError: A coefficient or a coordinate does not fit the number type.
    """
    partial = partial if isinstance(partial, Partial) else Partial(tuple(partial))
    if not partial.order:
        raise PartialError("f itself has no step; choose a derivative, such as a.")
    question = _Question(
        DerivativeProblem(f.to_expression(), f, partial, point),
        f.partial(*partial.names).value(point),
        tuple(_exact_step(step) for step in steps),
    )
    chosen = tuple(schemes)
    return tuple(
        _study(question, swept)
        for dtype in dtypes
        for swept in sweep(
            question.problem, [_method(scheme, dtype) for scheme in chosen], question.steps
        )
    )


@dataclass(frozen=True, slots=True)
class _Question:
    """What is studied: a derivative, its exact value, and the steps."""

    problem: DerivativeProblem
    exact: Fraction
    steps: tuple[Fraction, ...]


def _exact_step(step: ParameterValue | Fraction) -> Fraction:
    exact = step if isinstance(step, Fraction) else read_step(step)
    if exact is None or exact <= 0:
        raise MethodUnavailableError(f"The step {step!r} is no positive number.")
    return exact


def _method(scheme: str | MethodChoice, dtype: str) -> DifferenceMethod:
    choice = scheme if isinstance(scheme, MethodChoice) else MethodChoice(scheme)
    kept = tuple((name, v) for name, v in choice.parameters if name not in {"step", "dtype"})
    if choice.key not in SCHEMES:
        raise MethodUnavailableError(
            f"{choice.key!r} has no step to study; choose among: {', '.join(SCHEMES)}."
        )
    if dtype not in DTYPES:
        raise MethodUnavailableError(f"{dtype!r} does not round; choose {' or '.join(DTYPES)}.")
    method = registry.make(MethodChoice(choice.key, (*kept, ("dtype", dtype))))
    assert isinstance(method, DifferenceMethod)
    return method


def _study(question: _Question, swept: Sweep) -> ErrorStudy:
    f, point = question.problem.polynomial, question.problem.point
    method, first = swept.method, swept.quotients[0]
    series = quotient_series(f, point, [(part.index, part.stencil) for part in first.parts])
    bound = rounding_bound(f, first, method.arithmetic)
    alone = len(swept.quotients) == 1
    looks_back = any(np.any(part.step < 0) for part in first.parts)
    return ErrorStudy(
        f,
        point,
        question.problem.partial,
        method.key,
        method.dtype,
        question.exact,
        tuple(_samples(question, swept, series, bound)),
        series.leading(-1 if looks_back else 1) if alone else None,
        method.traits.truncation_order if alone else None,
        bound.without_step(first.coordinates) if alone else None,
        bound.order,
    )


def _samples(
    question: _Question, swept: Sweep, series: QuotientSeries, bound: RoundingBound
) -> Iterator[ErrorSample]:
    method, count = swept.method, len(question.steps)
    first = _position(question.problem, swept.quotients[0])
    truncations = [_truncations(quotient, series, count) for quotient in swept.quotients]
    with np.errstate(all="ignore"):
        bounds = [np.broadcast_to(bound.at(quotient), (count,)) for quotient in swept.quotients]
    for index, step in enumerate(question.steps):
        stored = _stored_steps(swept.quotients[0], index)
        h = None if stored is None else abs(stored[first])
        parts = [part for one in truncations if (part := one[index]) is not None]
        if len(parts) < len(truncations):
            yield ErrorSample(step, h)  # a step is lost, and the method refuses it
            continue
        outcome = swept.outcome(question.problem, index)
        if not math.isfinite(outcome.value):
            yield ErrorSample(step, h, truncation=parts[0] if len(parts) == 1 else None)
            continue
        shares = zip(method.shares(outcome.entry), parts, strict=True)
        truncation = sum((share * part for share, part in shares), Fraction(0))
        value = Fraction(float(outcome.value))
        yield ErrorSample(
            step,
            h,
            float(outcome.value),
            truncation,
            round_off=value - (series.derivative + truncation),
            total=value - question.exact,
            bound=method.entry_bound(
                outcome.entry,
                [values[index] for values in swept.values],
                [float(one[index]) for one in bounds],
            ),
        )


def _position(problem: DerivativeProblem, quotient: Quotient) -> int:
    """Return which part belongs to the first variable that is differentiated by."""
    first = problem.polynomial.variables.index(problem.partial.names[0])
    return [part.index for part in quotient.parts].index(first)


def _stored_steps(quotient: Quotient, index: int) -> tuple[Fraction, ...] | None:
    """Return the signed steps as stored; None if one of them was lost."""
    steps = [float(part.step[index]) for part in quotient.parts]
    return tuple(map(Fraction, steps)) if all(map(math.isfinite, steps)) else None


def _truncations(quotient: Quotient, series: QuotientSeries, count: int) -> list[Fraction | None]:
    steps = [_stored_steps(quotient, index) for index in range(count)]
    found = iter(series.truncation([sample for sample in steps if sample is not None]))
    return [None if sample is None else next(found) for sample in steps]
