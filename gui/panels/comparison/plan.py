"""What has to be computed for a worksheet, and where: at once, or in which worker process."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import prod

from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.registry import MethodEntry, methods
from engine.expression import walk
from engine.worksheet.worksheet import Inputs
from gui.work.job_runner import Lane, lane_of

Key = tuple[tuple[str, ...], str]
"""Partial and method: what names a row."""

MOST_SECONDS_HERE = 0.005
"""A row that is expected to take longer than this is computed in a worker process."""

_SECONDS_A_TERM = 6e-6
_SECONDS_A_TERM_AND_EVALUATION = 1e-6
_SECONDS_A_NODE_AND_ORDER = 1e-5
_SECONDS_A_TERM_AND_WORD = 5e-8
_SLOWER_IN_RATIONALS = 10
"""Measured on one core of a small machine; only their size matters."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One row to compute.

    Attributes:
        entry: The method, as registered.
        problem: The derivative.
        choice: The method, as chosen.
        lane: The worker process; None for at once, in the window's own.
    """

    entry: MethodEntry
    problem: DerivativeProblem
    choice: MethodChoice
    lane: Lane | None

    @property
    def key(self) -> Key:
        """What names the row."""
        return self.problem.partial.names, self.choice.key

    def same_as(self, other: Cell | None) -> bool:
        """Return whether the same is computed; trees are told apart by identity, at no cost."""
        return (
            other is not None
            and self.choice == other.choice
            and self.problem.expression is other.problem.expression
            and self.problem.partial == other.problem.partial
            and self.problem.point == other.problem.point
        )


def plan(inputs: Inputs, choices: tuple[MethodChoice, ...]) -> tuple[Cell, ...]:
    """Return the rows of the table, by derivative, then by method in the order of the registry."""
    chosen = {choice.key: choice for choice in choices}
    entries = [entry for entry in methods() if entry.key in chosen]
    nodes = sum(1 for _ in walk(inputs.reading.expression))
    cells: list[Cell] = []
    for partial in inputs.partials:
        problem = DerivativeProblem(
            inputs.reading.expression, inputs.reading.polynomial, partial, inputs.point
        )
        expected = _expected_seconds(problem, nodes)
        cells += [
            Cell(entry, problem, choice, _lane(entry, choice, expected))
            for entry, choice in ((entry, chosen[entry.key]) for entry in entries)
        ]
    return tuple(cells)


@dataclass(frozen=True, slots=True)
class _Seconds:
    """How long a row is expected to take, by rules and by difference quotients."""

    by_rules: float
    by_quotients: float


def _lane(entry: MethodEntry, choice: MethodChoice, expected: _Seconds) -> Lane | None:
    lane = lane_of(entry.traits.requires)
    if lane != "engine":
        return lane
    seconds = expected.by_rules if entry.traits.rational else expected.by_quotients
    if ("dtype", "rational") in choice.parameters:
        seconds *= _SLOWER_IN_RATIONALS
    return None if seconds <= MOST_SECONDS_HERE else lane


def _expected_seconds(problem: DerivativeProblem, nodes: int) -> _Seconds:
    f, partial = problem.polynomial, problem.partial
    bits = max(
        (x.numerator.bit_length() + x.denominator.bit_length() for x in problem.point.values()),
        default=0,
    )
    terms, degree = len(f), f.degree
    exact_value = terms * (degree * bits / 64) * _SECONDS_A_TERM_AND_WORD
    evaluations = 10 * partial.order + prod(n + 3 for n in Counter(partial.names).values())
    times = 1 if partial.reversed == partial else 2  # it is taken in both orders
    return _Seconds(
        times * (exact_value + nodes * (1 + partial.order) * _SECONDS_A_NODE_AND_ORDER),
        times
        * (
            exact_value
            + (terms + degree) * (_SECONDS_A_TERM + evaluations * _SECONDS_A_TERM_AND_EVALUATION)
        ),
    )
