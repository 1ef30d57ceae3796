"""At which values contours are drawn: round numbers that divide the whole picture."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gui.plot_axes import nice_step, nice_ticks

LEVELS = 11
"""About how many contours there are."""

CROWDED = 0.4
"""Share of the picture between two neighbouring levels from which equal steps are given up."""


def contour_levels(values: NDArray[np.float64]) -> tuple[float, ...]:
    """Return increasing round levels inside the range of the finite ``values``.

    Equally spaced where that shows the shape; otherwise denser where most of the picture lies
    (high powers rise only at the edge), so the number at a line is what tells its height.
    """
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return ()
    low, high = float(finite.min()), float(finite.max())
    if not high / 2 - low / 2 > 1e-12 * max(abs(low), abs(high)) / 2:
        return ()
    even = tuple(level for level in nice_ticks(low, high, LEVELS) if low < level < high)
    shares = np.histogram(finite, bins=[low, *even, high])[0] / finite.size
    if shares.max() <= CROWDED:
        return even
    return _by_share(finite, low, high)


def _by_share(finite: NDArray[np.float64], low: float, high: float) -> tuple[float, ...]:
    cuts = np.quantile(finite, np.linspace(0, 1, LEVELS + 2))
    levels = set()
    if low < 0 < high:
        levels.add(0.0)
    for before, cut, after in zip(cuts, cuts[1:], cuts[2:], strict=False):
        spacing = float(after / 2 - before / 2)
        if 0 < spacing < np.inf:
            step = nice_step(spacing, 2)
            level = float(f"{round(float(cut) / step) * step:.12g}")
            if low < level < high:
                levels.add(level)
    return tuple(sorted(levels))
