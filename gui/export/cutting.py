"""Cutting lines at the edges of a rectangle: one that leaves and comes back becomes several."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def cut_line(points: Floats, low: Floats, high: Floats) -> list[Floats]:
    """Return the pieces of a line that lie between the corners ``low`` and ``high``.

    ``points`` has shape ``(n, 2)``, and so has each piece. A piece that begins or ends at an edge
    does so exactly.

    Source: Liang & Barsky, "A new concept and method for line clipping", ACM Transactions on
    Graphics 3 (1984), for all segments at once.
    """
    moves = np.append(True, (np.diff(points, axis=0) != 0).any(axis=1))
    points = points[moves]
    starts, ends = points[:-1], points[1:]
    steps = ends - starts
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        to_low, to_high = (low - starts) / steps, (high - starts) / steps
        # A line parallel to an edge is always or never between it and the opposite one.
        still = steps == 0
        between = (low <= starts) & (starts <= high)
        enters = np.where(still, np.where(between, -np.inf, np.inf), np.fmin(to_low, to_high))
        leaves = np.where(still, np.where(between, np.inf, -np.inf), np.fmax(to_low, to_high))
        enter = np.maximum(enters.max(axis=1), 0.0)
        leave = np.minimum(leaves.min(axis=1), 1.0)
        first = starts + enter[:, None] * steps
        last = np.where((leave == 1)[:, None], ends, starts + leave[:, None] * steps)
    seen = enter < leave
    goes_on = seen[:-1] & seen[1:] & (leave[:-1] == 1) & (enter[1:] == 0)
    begins, stops = seen.copy(), seen.copy()
    begins[1:] &= ~goes_on
    stops[:-1] &= ~goes_on
    return [
        # Rounding must not push an end past an edge.
        np.clip(np.vstack([first[begin], last[begin : stop + 1]]), low, high)
        for begin, stop in zip(np.flatnonzero(begins), np.flatnonzero(stops), strict=True)
    ]
