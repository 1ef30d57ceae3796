"""PlotColours: the colours of what is plotted, one set for the light and one for the dark theme."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from gui.look.theme import Theme

Table = NDArray[np.uint8]
"""256 colours; shape ``(256, 4)``, red, green, blue, alpha."""

ARROW_CLASSES = 5
"""Into how many classes arrows fall by their length."""


@dataclass(frozen=True, slots=True, eq=False)
class PlotColours:
    """Perceptually uniform maps and the marks that stand out from them.

    Attributes:
        height: Heights of a surface, low to high.
        diverging: Values on both sides of 0, the middle is 0; pale, for arrows lie on it.
        sequential: Values of one sign, low to high; pale likewise.
        arrows: Short to long; ``#rrggbb``.
        mark: The point and the gradient there.
        halo: Around marks, so that they stand out on every colour.
        tangent: The tangent plane or line.
        stencil: The points of a difference quotient, and its secant plane or line.
        critical: Critical points and curves of them.
        curve: f of one variable.
        contour: Lines of equal value.
    """

    height: Table
    diverging: Table
    sequential: Table
    arrows: tuple[str, ...]
    mark: str
    halo: str
    tangent: str
    stencil: str
    critical: str
    curve: str
    contour: str


@lru_cache(maxsize=4)
def plot_colours(theme: Theme) -> PlotColours:
    """Return the colours for ``theme``.

    Source of the maps: viridis (Smith & van der Walt, 2015) and the CET maps (Kovesi, *Good
    Colour Maps: How to Design Them*, arXiv:1509.03700), as pyqtgraph ships them.
    """
    if theme.dark:
        return PlotColours(
            height=_table("viridis", 0.12, 1.0),
            diverging=_mixed(_table("CET-D4"), theme.base, 0.42),
            sequential=_mixed(_table("viridis"), theme.base, 0.55),
            arrows=("#7d7a99", "#b58bd6", "#f08fb4", "#ffb27a", "#fff2a8"),
            mark="#ff4fa3",
            halo="#14161a",
            tangent="#7fb2ff",
            stencil="#fb923c",
            critical="#f4f6fa",
            curve="#6ea8ff",
            contour="#9aa3b2",
        )
    return PlotColours(
        height=_table("viridis", 0.0, 0.95),
        diverging=_mixed(_table("CET-D1"), theme.base, 0.42),
        sequential=_mixed(_table("viridis"), theme.base, 0.55),
        arrows=("#8f95a3", "#7a6fb0", "#7b3fa0", "#6a1060", "#200626"),
        mark="#d6006c",
        halo="#ffffff",
        tangent="#1f5fbf",
        stencil="#b8400c",
        critical="#10131a",
        curve="#1f5fbf",
        contour="#5b6472",
    )


def _table(name: str, start: float = 0.0, stop: float = 1.0) -> Table:
    table = pg.colormap.get(name).map(np.linspace(start, stop, 256), mode="byte")
    return np.asarray(table, dtype=np.uint8)


def _mixed(table: Table, background: str, share: float) -> Table:
    """Return ``table`` with ``share`` of the background mixed in."""
    behind = np.array([int(background[index : index + 2], 16) for index in (1, 3, 5)])
    mixed = table.copy()
    mixed[:, :3] = np.rint(table[:, :3] * (1 - share) + behind * share)
    return mixed
