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
    starts, steps = points[:-1], np.diff(points, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        to_low, to_high = (low - starts) / steps, (high - starts) / steps
    # A segment along an edge is never or always between it and the one across.
    still = steps == 0
    between = (low <= starts) & (starts <= high)
    enters = np.where(still, np.where(between, -np.inf, np.inf), np.fmin(to_low, to_high))
    leaves = np.where(still, np.where(between, np.inf, -np.inf), np.fmax(to_low, to_high))
    enter = np.maximum(enters.max(axis=1), 0.0)
    leave = np.minimum(leaves.min(axis=1), 1.0)
    seen = enter < leave
    first = _moved(starts, steps, enter, low, high)
    last = np.where((leave == 1)[:, None], points[1:], _moved(starts, steps, leave, low, high))
    goes_on = np.zeros(len(seen), dtype=bool)
    goes_on[1:] = seen[:-1] & (leave[:-1] == 1) & (enter[1:] == 0)
    begins, ends = seen & ~goes_on, seen & ~np.append(goes_on[1:] & seen[1:], False)
    return [
        np.vstack([first[begin], last[begin : end + 1]])
        for begin, end in zip(np.flatnonzero(begins), np.flatnonzero(ends), strict=True)
    ]


def _moved(starts: Floats, steps: Floats, share: Floats, low: Floats, high: Floats) -> Floats:
    """Return the places at ``share`` of each step, which rounding is not to put over an edge."""
    with np.errstate(invalid="ignore"):
        places = starts + share[:, None] * steps
    return np.where((share > 0)[:, None], np.clip(places, low, high), starts)
