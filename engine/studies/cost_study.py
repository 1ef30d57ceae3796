"""What a derivative costs: against its order, and for a gradient of more and more variables."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from engine.comparison import compare_one, timed
from engine.differentiation import registry
from engine.differentiation.autograd import AutogradReverse
from engine.differentiation.finite_difference import OneSidedDifference
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.errors import EngineError
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial

HIGHEST_ORDER = 5
"""Orders 1 to this are studied; a method that does not reach one says why."""

Kind = Literal["order", "gradient"]


@dataclass(frozen=True, slots=True)
class CostSample:
    """What one method needed.

    Attributes:
        kind: ``"order"`` for one derivative of a certain order, ``"gradient"`` for all first
            derivatives by some variables.
        size: The order, or the number of variables.
        partials: The derivatives that were calculated.
        method: Key of the method.
        count: What ``unit`` counts; None if nothing is counted or there is no value.
        unit: ``"evaluations"``, ``"rule applications"``, ``"graph nodes"`` or None.
        seconds: Median time; for a gradient that of all its derivatives together.
        unavailable: Why there is nothing, or None.
    """

    kind: Kind
    size: int
    partials: tuple[tuple[str, ...], ...]
    method: str
    count: int | None = None
    unit: str | None = None
    seconds: float | None = None
    unavailable: str | None = None


@dataclass(frozen=True, slots=True)
class CostStudy:
    """What several methods needed for one polynomial at one point."""

    polynomial: Polynomial
    point: Point
    samples: tuple[CostSample, ...]


def order_names(variables: tuple[str, ...], order: int) -> tuple[str, ...]:
    """Return the derivative of an order that takes the variables in turn: a, ab, aba, ..."""
    return tuple(variables[index % len(variables)] for index in range(order))


def order_costs(problem: DerivativeProblem, choice: MethodChoice) -> tuple[CostSample, ...]:
    """Return what one method needs for a derivative of each order, the variables in turn.

    Args:
        problem: f and the point; its partial is not looked at. f has a variable.
        choice: The method with its parameters.
    """
    variables = problem.polynomial.variables
    return tuple(
        _single("order", order, order_names(variables, order), problem, choice)
        for order in range(1, HIGHEST_ORDER + 1)
    )


def gradient_costs(problem: DerivativeProblem, choice: MethodChoice) -> tuple[CostSample, ...]:
    """Return what one method needs for the gradient by the first 1, 2, ... variables of f.

    A method that gives one derivative at a time is run for each of them, and what it needed is
    added up. Reverse mode gives all of them from one pass through one graph, and does so here.

    Args:
        problem: f and the point; its partial is not looked at.
        choice: The method with its parameters.
    """
    variables = problem.polynomial.variables
    if choice.key == AutogradReverse.key:
        return tuple(
            _whole_gradient(problem, choice, variables[:size])
            for size in range(1, len(variables) + 1)
        )
    singles = [_single("gradient", 1, (name,), problem, choice) for name in variables]
    return tuple(_sum_of(singles[:size]) for size in range(1, len(variables) + 1))


def _single(
    kind: Kind, size: int, names: tuple[str, ...], problem: DerivativeProblem, choice: MethodChoice
) -> CostSample:
    wanted = DerivativeProblem(
        problem.expression, problem.polynomial, Partial(names), problem.point
    )
    row = compare_one(wanted, choice)
    return CostSample(
        kind, size, (names,), choice.key, row.evaluations, row.cost, row.seconds, row.unavailable
    )


def _sum_of(singles: list[CostSample]) -> CostSample:
    first, partials = singles[0], tuple(sample.partials[0] for sample in singles)
    reasons = [sample.unavailable for sample in singles if sample.unavailable is not None]
    if reasons:
        return CostSample("gradient", len(singles), partials, first.method, unavailable=reasons[0])
    counts = [sample.count for sample in singles if sample.count is not None]
    return CostSample(
        "gradient",
        len(singles),
        partials,
        first.method,
        sum(counts) if len(counts) == len(singles) else None,
        first.unit,
        sum(sample.seconds or 0.0 for sample in singles),
    )


def _whole_gradient(
    problem: DerivativeProblem, choice: MethodChoice, names: tuple[str, ...]
) -> CostSample:
    partials = tuple((name,) for name in names)
    try:
        method = registry.make(choice)
        assert isinstance(method, AutogradReverse)
        gradient, seconds = timed(lambda: method.gradient(problem, names))
    except EngineError as error:
        return CostSample("gradient", len(names), partials, choice.key, unavailable=str(error))
    return CostSample(
        "gradient",
        len(names),
        partials,
        choice.key,
        gradient.nodes,
        method.traits.cost,
        seconds,
    )


def words_on_orders(samples: tuple[CostSample, ...]) -> str:
    """Return what the counts of nested differences show, from the samples themselves."""
    for entry in registry.methods():
        counts = [s.count for s in samples if s.method == entry.key and s.count is not None]
        if issubclass(entry.factory, OneSidedDifference) and len(counts) > 1:
            doubled = all(2 * one == other for one, other in pairwise(counts))
            why = ": a quotient of quotients, each order doubles them" if doubled else ""
            listed = ", ".join(map(str, counts))
            return (
                f"{entry.label}: {listed} evaluations of f for the orders 1 to {len(counts)}{why}."
            )
    return ""


def words_on_gradients(samples: tuple[CostSample, ...]) -> str:
    """Return why reverse mode gives a whole gradient at once, from the samples themselves."""
    largest = max((sample.size for sample in samples), default=0)
    whole = {s.method: s for s in samples if s.size == largest and s.count is not None}
    one = {s.method: s for s in samples if s.size == 1 and s.count is not None}
    parts = []
    reverse = AutogradReverse.key
    if reverse in whole and reverse in one:
        parts.append(
            f"Reverse mode: one pass through one graph of {whole[reverse].count} nodes gives "
            f"{_all(largest)}"
            + (f" ({one[reverse].count} nodes for the first alone)." if largest > 1 else ".")
        )
    singly = next(
        (entry for entry in registry.methods() if entry.has_step and entry.key in whole), None
    )
    if singly is not None:
        count = whole[singly.key].count or 0
        parts.append(f"{singly.label}: {count} evaluations of f, {count // largest} for each.")
    return " ".join(parts)


def _all(largest: int) -> str:
    return f"all {largest} derivatives" if largest > 1 else "the derivative"
