"""Which difference methods a worksheet compares, and how the one that is looked at is laid out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from engine.differentiation import registry
from engine.differentiation.difference_method import DifferenceMethod, first_step
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.scheme import Quotient
from engine.errors import EngineError
from engine.exact import nearest_float
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


def lay_out(
    problem: DerivativeProblem, choice: MethodChoice
) -> tuple[DifferenceMethod, tuple[Quotient, ...]] | None:
    """Return the method with the quotients that it evaluates; None where it refuses."""
    try:
        method = registry.make(choice)
        assert isinstance(method, DifferenceMethod)
        with np.errstate(all="ignore"):
            return method, method.lay_out(problem)
    except EngineError:
        return None


def current_step(problem: DerivativeProblem, choice: MethodChoice) -> float:
    """Return the step that the comparison uses; nan where the method refuses."""
    laid_out = lay_out(problem, choice)
    if laid_out is None:
        return math.nan
    step = nearest_float(first_step(problem, laid_out[1]))
    return step if math.isfinite(step) else math.nan
