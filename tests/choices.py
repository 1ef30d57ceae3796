"""Methods as a worksheet chooses them, picked by what they are and not by their place."""

from __future__ import annotations

from engine.differentiation.method import MethodChoice
from engine.differentiation.registry import methods
from engine.worksheet.worksheet import all_methods


def without_step() -> tuple[MethodChoice, ...]:
    """Every method that has no step to study."""
    return tuple(MethodChoice(entry.key) for entry in methods() if not entry.has_step)


def with_chosen(chosen: MethodChoice) -> tuple[MethodChoice, ...]:
    """Every method, one of them with parameters."""
    return tuple(chosen if one.key == chosen.key else one for one in all_methods())
