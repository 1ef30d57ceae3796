"""compare(): every method, every partial, each measured against the exact value."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, TypedDict, TypeVar

from engine.differentiation import registry
from engine.differentiation.method import (
    DerivativeProblem,
    DifferentiationMethod,
    Estimate,
    MethodChoice,
    ParameterValue,
)
from engine.differentiation.registry import MethodEntry
from engine.errors import EngineError, MethodUnavailableError
from engine.exact import nearest_float
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial

if TYPE_CHECKING:  # a worker process compares without reading
    from engine.language.reader import Reading

T = TypeVar("T")

TIME_BUDGET = 0.002
"""Seconds in which a method is run again and again to time it; one run at least."""

MOST_DIGITS = 17.0
"""Correct digits of a value without any error: more than a float can hold."""


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One method's answer for one partial, measured against the exact value.

    A quantity that is not defined is ``None``, never 0.

    Attributes:
        method: Key of the method.
        partial: Names of the variables differentiated by; ``()`` is f itself.
        parameters: Parameters of the method by name, defaults included.
        value: What the method gave; a ``Fraction`` from a rational method; None if unavailable.
        exact: The exact value, unit ``[f]/[variables]``.
        absolute_error: ``|value - exact|``, from exact arithmetic, rounded once.
        relative_error: ``|value - exact| / |exact|``; None where exact is 0.
        correct_digits: ``-log10(relative_error)`` between 0 and 17; 17 for no error at all.
        error_estimate: The method's own; None if it has none.
        evaluations: What ``cost`` counts; None if nothing is counted.
        cost: ``"evaluations"``, ``"rule applications"``, ``"graph nodes"`` or None.
        seconds: Median time of one run, after a warm-up.
        step: The step h; None without one.
        dtype: ``"float64"``, ``"float32"``, ``"complex128"``, ``"complex64"``, ``"rational"``;
            None if unavailable.
        device: ``"cpu"``, ``"cuda"``, ``"mps"``; None if unavailable.
        reversed_value: What the method gives where the variables are differentiated by in the
            reverse order, ∂²f/∂b∂a; None where that is no other derivative.
        reversal_difference: ``|value - reversed_value|``, from exact arithmetic, rounded once;
            0 for the derivatives themselves (Clairaut's theorem); None where it is not defined.
        unavailable: Why there is no value, or None.
    """

    method: str
    partial: tuple[str, ...]
    exact: Fraction
    parameters: dict[str, ParameterValue] = field(default_factory=dict)
    value: Fraction | float | None = None
    absolute_error: float | None = None
    relative_error: float | None = None
    correct_digits: float | None = None
    error_estimate: float | None = None
    evaluations: int | None = None
    cost: str | None = None
    seconds: float | None = None
    step: float | None = None
    dtype: str | None = None
    device: str | None = None
    reversed_value: Fraction | float | None = None
    reversal_difference: float | None = None
    unavailable: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Methods against the exact value, at one point.

    Attributes:
        polynomial: f.
        point: Where.
        rows: By partial, then by method, in the order asked for.
    """

    polynomial: Polynomial
    point: Point
    rows: tuple[ComparisonRow, ...]


def compare(
    f: Polynomial | Reading,
    point: Point,
    partials: Iterable[Partial | Sequence[str]],
    methods: Iterable[str | MethodChoice] | str | MethodChoice | None = None,
) -> Comparison:
    """Differentiate ``f`` at ``point`` by every method.

    Args:
        f: A polynomial, or a reading, whose tree as typed the rules then work on.
        point: Names every variable of ``f``.
        partials: Partials or sequences of variable names, such as ``("a", "b")``; ``()`` is f
            itself. One text, such as ``"ab"``, is no sequence of names and is refused.
        methods: Keys or choices, or a single one; all registered methods by default. A
            :class:`MethodChoice` asks for a step, number type or device.

    Raises:
        PointError: A coordinate is missing.
        PartialError: A partial is none, or names a variable that f does not have.
        MethodUnavailableError: A key is not registered.

    >>> f = Polynomial.from_tuples(((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1))))
    >>> rational = MethodChoice("central", (("dtype", "rational"), ("step", "1/10")))
    >>> comparison = compare(f, Point({"a": 2, "b": 3}), [("b", "b", "a")], ["rules", rational])
    >>> [(row.method, row.value) for row in comparison.rows]
    [('rules', Fraction(4, 1)), ('central', Fraction(4, 1))]
    """
    expression, polynomial = (
        (f.to_expression(), f) if isinstance(f, Polynomial) else (f.expression, f.polynomial)
    )
    if methods is None:
        methods = [entry.key for entry in registry.methods()]
    elif isinstance(methods, str | MethodChoice):
        methods = [methods]
    choices = [
        method if isinstance(method, MethodChoice) else MethodChoice(method) for method in methods
    ]
    for choice in choices:
        registry.find(choice.key)
    rows = []
    for asked in partials:
        partial = _as_partial(asked)
        problem = DerivativeProblem(expression, polynomial, partial, point)
        exact = exact_value(problem)
        rows += [_row(problem, choice, exact) for choice in choices]
    return Comparison(polynomial, point, tuple(rows))


def _as_partial(asked: Partial | Sequence[str]) -> Partial:
    if isinstance(asked, Partial):
        return asked
    # A text is a sequence too: "ab" would be a and b, but "x_1" no variable at all.
    return Partial(asked if isinstance(asked, str) else tuple(asked))  # type: ignore[arg-type]


def compare_one(
    problem: DerivativeProblem,
    choice: MethodChoice,
    *,
    timed: bool = True,
    exact: Fraction | None = None,
) -> ComparisonRow:
    """Return one row: what one method makes of one partial, and what it cost.

    A method that cannot serve gives a row that says why. Where ``timed`` is False the method runs
    once and ``seconds`` is None: a window that follows a drag has no time for repeated runs.
    ``exact`` is the exact value, where it is known already.

    Raises:
        PointError: A coordinate is missing.
        PartialError: The partial names a variable that f does not have.
    """
    if exact is None:
        exact = exact_value(problem)
    return _row(problem, choice, exact, with_time=timed)


def exact_value(problem: DerivativeProblem) -> Fraction:
    """Return the derivative itself.

    Raises:
        PointError: A coordinate is missing.
        PartialError: The partial names a variable that f does not have.
    """
    return problem.polynomial.partial(*problem.partial.names).value(problem.point)


def _row(
    problem: DerivativeProblem, choice: MethodChoice, exact: Fraction, *, with_time: bool = True
) -> ComparisonRow:
    parameters = dict(choice.parameters)
    try:
        entry = registry.find(choice.key)
        parameters = _all_parameters(entry, choice)
        missing = entry.missing_package()
        if missing is not None:
            raise MethodUnavailableError(f"{entry.label} needs {missing}; pip install {missing}.")
        method = registry.make(choice)
        estimate: Estimate
        seconds: float | None
        if with_time:
            estimate, seconds = timed(lambda: method.estimate(problem))
        else:
            estimate, seconds = method.estimate(problem), None
        turned = _reversed_value(method, problem)
    except EngineError as error:
        return ComparisonRow(
            choice.key, problem.partial.names, exact, parameters, unavailable=str(error)
        )
    return ComparisonRow(
        choice.key,
        problem.partial.names,
        exact,
        parameters,
        value=estimate.value,
        **measure(estimate.value, exact),
        error_estimate=estimate.error_estimate,
        evaluations=estimate.evaluations,
        cost=entry.traits.cost,
        seconds=seconds,
        step=estimate.step,
        dtype=estimate.dtype,
        device=estimate.device,
        reversed_value=turned,
        reversal_difference=None if turned is None else _distance(estimate.value, turned),
    )


def _reversed_value(
    method: DifferentiationMethod, problem: DerivativeProblem
) -> Fraction | float | None:
    other = problem.partial.reversed
    if other == problem.partial:
        return None
    return method.estimate(replace(problem, partial=other)).value


def _distance(one: Fraction | float, other: Fraction | float) -> float | None:
    """Return how far two values are apart; None where one of them is not finite."""
    if not all(isinstance(value, Fraction) or math.isfinite(value) for value in (one, other)):
        return None
    return nearest_float(abs(Fraction(one) - Fraction(other)))


def _all_parameters(entry: MethodEntry, choice: MethodChoice) -> dict[str, ParameterValue]:
    defaults = {parameter.name: parameter.default for parameter in entry.traits.parameters}
    return defaults | dict(choice.parameters)


def timed(run: Callable[[], T]) -> tuple[T, float]:
    """Return what a first run gives, and the median time of the runs after it."""
    result = run()
    times: list[float] = []
    spent = 0.0
    # Three runs at least where they are cheap: one alone may have been interrupted.
    while not times or spent < TIME_BUDGET or (len(times) < 3 and spent < 10 * TIME_BUDGET):
        before = perf_counter()
        run()
        times.append(perf_counter() - before)
        spent += times[-1]
    return result, median(times)


class ErrorMeasures(TypedDict):
    """How far a value is from the exact one; see :class:`ComparisonRow`."""

    absolute_error: float | None
    relative_error: float | None
    correct_digits: float | None


def measure(value: Fraction | float, exact: Fraction) -> ErrorMeasures:
    """Return the errors of ``value``: computed exactly, rounded once.

    An infinite value has infinite errors and no correct digit; for one that is not a number
    nothing is defined.
    """
    if isinstance(value, float) and not math.isfinite(value):
        size = None if math.isnan(value) else math.inf
        return {
            "absolute_error": size,
            "relative_error": size if exact else None,
            "correct_digits": None if size is None or not exact else 0.0,
        }
    error = abs(Fraction(value) - exact)
    relative = error / abs(exact) if exact else None
    return {
        "absolute_error": nearest_float(error),
        "relative_error": None if relative is None else nearest_float(relative),
        "correct_digits": _correct_digits(error, relative),
    }


def _correct_digits(error: Fraction, relative: Fraction | None) -> float | None:
    if not error:
        return MOST_DIGITS
    if relative is None:
        return None
    size = nearest_float(relative)
    return min(MOST_DIGITS, max(0.0, -math.log10(size))) if size else MOST_DIGITS
