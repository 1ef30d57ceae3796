"""Which difference methods a worksheet compares, and which of them is looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.differentiation import registry
from engine.differentiation.method import MethodChoice
from engine.partial import Partial
from engine.polynomial import Polynomial


def difference_choices(choices: Iterable[MethodChoice], order: int) -> tuple[MethodChoice, ...]:
    """Return those of ``choices`` that have a step and reach the order."""
    kept = []
    for choice in choices:
        entry = registry.find(choice.key)
        if entry.has_step and entry.reaches(order):
            kept.append(choice)
    return tuple(kept)


def looked_at(choices: Sequence[MethodChoice], scheme: str) -> MethodChoice | None:
    """Return the choice of ``scheme``, or the first where that is not compared."""
    picked = (choice for choice in choices if choice.key == scheme)
    return next(picked, choices[0] if choices else None)


def why_none(f: Polynomial, partial: Partial | None, choices: Sequence[MethodChoice]) -> str:
    """Return why there is no difference quotient to look at, in a sentence; empty if there is."""
    if not f.variables:
        return "f is constant: it has no derivative that a step could be taken for."
    if partial is None or not set(partial.names) <= set(f.variables):
        return "f itself has no step: pick a derivative in the comparison."
    if not choices:
        return "No method with a step is compared: tick a difference or the complex step."
    return ""
