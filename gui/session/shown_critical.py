"""ShownCritical: the critical points of f, as every plot marks them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.critical.algebraic_number import RealNumber
from engine.critical.critical_lines import critical_lines
from engine.critical.critical_points import CriticalPoint, CriticalPoints
from engine.evaluation.arrays import Floats
from engine.writing.writer import name_unicode
from gui.look.number_format import Shown, show_rounded

Interval = tuple[float, float]

KINDS = {
    "minimum": ("▼", "t"),
    "maximum": ("▲", "t1"),
    "saddle": ("✕", "x"),
    "inconclusive": ("◆", "d"),
}
"""Verdict to the sign of a legend, and to the symbol of a scatter plot."""

CURVE_SIGN = "━"

_LONGEST_NUMBER = 40
_DIGITS = 7


@dataclass(frozen=True, slots=True, eq=False)
class ShownCritical:
    """What is marked in the plotted plane.

    Attributes:
        places: Of the points along the plotted axes; shape ``(n, 2)``.
        values: f there; shape ``(n,)``.
        kinds: Verdict of each, a key of :data:`KINDS`.
        texts: What is shown when one is pointed at.
        curves: Pieces of the curves of critical points with f along them; shape ``(m, 3)`` each.
    """

    places: Floats
    values: Floats
    kinds: tuple[str, ...]
    texts: tuple[str, ...]
    curves: tuple[Floats, ...]


@lru_cache(maxsize=8)
def critical_marks(
    found: CriticalPoints, axes: tuple[str, ...], intervals: tuple[Interval, ...]
) -> ShownCritical | None:
    """Return what is marked over ``axes``; None where other variables are plotted."""
    variables = found.polynomial.variables
    if len(axes) != 2 or set(axes) != set(variables):
        return None
    order = [variables.index(name) for name in axes]
    places = np.array(
        [[point.coordinates[index].approximate for index in order] for point in found.points]
    ).reshape(-1, 2)
    return ShownCritical(
        places,
        np.array([point.value.approximate for point in found.points]),
        tuple(point.verdict for point in found.points),
        tuple(_said(point, variables) for point in found.points),
        critical_lines(found, axes, intervals),
    )


def _said(point: CriticalPoint, variables: tuple[str, ...]) -> str:
    where = ", ".join(
        f"{name_unicode(name)} {number_shown(number)}"
        for name, number in zip(variables, point.coordinates, strict=True)
    )
    return f"{point.verdict} at {where}: f {number_shown(point.value)}"


def number_shown(number: RealNumber) -> Shown:
    """Return a number as it is written; only its first digits where it is too long."""
    if len(number.text) > _LONGEST_NUMBER:
        return show_rounded((number.low + number.high) / 2, _DIGITS)
    # Only the first digits of a number end in dots.
    return Shown("≈" if number.text.endswith("…") else "=", number.text)
