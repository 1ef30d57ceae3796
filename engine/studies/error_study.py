"""Error against step: the error of a difference quotient, split exactly, beside its theory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

import numpy as np

from engine.differentiation import registry
from engine.differentiation.difference_method import DifferenceMethod
from engine.differentiation.method import DerivativeProblem, MethodChoice, ParameterValue
from engine.differentiation.sweep import sweep
from engine.differentiation.truncation import check_series_budget
from engine.errors import MethodUnavailableError, PartialError
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial
from engine.studies.error_samples import ErrorStudy
from engine.studies.exact_errors import errors_of
from engine.studies.study_steps import read_steps

DTYPES = ("float64", "float32")
"""The number types that round."""

NEAR_THE_LARGEST = 900
"""Bits of a coefficient from which the bound on its rounding may be too large for a float."""


def schemes_with_step(order: int = 1) -> tuple[str, ...]:
    """Return the keys of the methods that can be studied, in the order of the registry."""
    entries = registry.methods()
    return tuple(entry.key for entry in entries if entry.has_step and entry.reaches(order))


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
        schemes: Of :func:`schemes_with_step`; also as choices, with parameters other than step
            and dtype.
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
        NumberRangeError: A coefficient or a coordinate does not fit the number type, or the bound
            on the rounding of a coefficient no float.
    """
    partial = partial if isinstance(partial, Partial) else Partial(tuple(partial))
    if not partial.order:
        raise PartialError("f itself has no step; choose a derivative, such as a.")
    read = read_steps(steps)
    exact = f.partial(*partial.names).value(point)
    problem = DerivativeProblem(None, f, partial, point)
    chosen = tuple(schemes)
    swept = [
        one
        for dtype in dtypes
        for one in sweep(problem, [_method(scheme, dtype) for scheme in chosen], read.floats)
    ]
    terms = f.ratios()
    check_series_budget(terms, {f.variables.index(name) for name in partial.names})
    errors = errors_of(np.array([one.values for one in swept]), exact)
    studies = tuple(
        ErrorStudy(f, point, partial, exact, read, one, row)
        for one, row in zip(swept, errors, strict=True)
    )
    if any(p.bit_length() - q.bit_length() > NEAR_THE_LARGEST for p, q in terms.values()):
        for study in studies:
            study.check_bounds()
    return studies


def studies_to_send(  # noqa: PLR0913, PLR0917 - as study_errors
    f: Polynomial,
    point: Point,
    partial: Partial | Sequence[str],
    schemes: Iterable[str | MethodChoice],
    steps: Iterable[ParameterValue | Fraction],
    dtypes: Iterable[str] = ("float64",),
) -> tuple[ErrorStudy, ...]:
    """Return :func:`study_errors` for a worker process to send to the window.

    What is drawn beside the errors is worked out already: the exact split of one step, or the
    bounds, slopes and best steps of many.
    """
    studies = study_errors(f, point, partial, schemes, steps, dtypes)
    for study in studies:
        study.work_out()
    return studies


@lru_cache(maxsize=64)
def _method(scheme: str | MethodChoice, dtype: str) -> DifferenceMethod:
    choice = scheme if isinstance(scheme, MethodChoice) else MethodChoice(scheme)
    kept = tuple((name, v) for name, v in choice.parameters if name not in {"step", "dtype"})
    known = schemes_with_step()
    if choice.key not in known:
        raise MethodUnavailableError(
            f"{choice.key!r} has no step to study; choose among: {', '.join(known)}."
        )
    if dtype not in DTYPES:
        raise MethodUnavailableError(f"{dtype!r} does not round; choose {' or '.join(DTYPES)}.")
    return registry.make_difference(MethodChoice(choice.key, (*kept, ("dtype", dtype))))
