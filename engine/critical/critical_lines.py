"""The curves of critical points as lines over a window, with f along them."""

from __future__ import annotations

from collections.abc import Sequence

import contourpy
import numpy as np

from engine.critical.critical_points import CriticalPoints
from engine.evaluation.arrays import Floats
from engine.evaluation.field import RegularGrid, sample
from engine.evaluation.points import evaluate
from engine.point import Point

NODES = 161
"""Along each axis: a curve is traced between the nodes at which its equation changes its sign."""


def critical_lines(
    found: CriticalPoints, axes: Sequence[str], intervals: Sequence[tuple[float, float]]
) -> tuple[Floats, ...]:
    """Return the pieces of the curves of critical points that lie in a window.

    Args:
        found: The critical points of f.
        axes: The two variables of f, the horizontal one first.
        intervals: The range of each.

    Returns:
        Lines from place to place; of shape ``(m, 3)``: the place along the axes, and f there.
    """
    x, y = ((name, low, high, NODES) for name, (low, high) in zip(axes, intervals, strict=True))
    columns = [list(axes).index(name) for name in found.polynomial.variables]
    lines: list[Floats] = []
    for curve in found.curves:
        grid = RegularGrid(x, y)
        across, along = grid.nodes
        values = sample(curve.equation, grid, Point({})).values
        generator = contourpy.contour_generator(across, along, values.T)
        for line in generator.lines(0.0):
            places = np.asarray(line, dtype=np.float64)
            heights, _ = evaluate(found.polynomial, places[:, columns], gradient=False)
            lines.append(np.column_stack([places, heights]))
    return tuple(lines)
