"""At which values contours are drawn: round numbers that divide the whole picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.evaluation.arrays import Floats
from gui.plots.plot_axes import nice_step, nice_ticks

LEVELS = 11
"""About how many contours there are."""

CROWDED = 0.4
"""Share of the picture between two neighbouring levels from which equal steps are given up."""


def contour_levels(values: Floats, floor: float = 0.0) -> tuple[float, ...]:
    """Return increasing round levels inside the range of the finite ``values``.

    Equally spaced where that shows the shape; otherwise denser where most of the picture lies
    (high powers rise only at the edge), so the number at a line is what tells its height.
    A level other than 0 is no nearer to 0 than ``floor``.
    """
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return ()
    low, high = float(finite.min()), float(finite.max())
    if not high / 2 - low / 2 > 1e-12 * max(abs(low), abs(high)) / 2:
        return ()
    even = _known(nice_ticks(low, high, LEVELS), low, high, floor)
    shares = np.histogram(finite, bins=[low, *even, high])[0] / finite.size
    if shares.max() <= CROWDED:
        return even
    if not low < 0 < high:
        return _known(_by_share(finite, LEVELS), low, high, floor)
    # The same levels above and below, so that what mirrors is seen to mirror.
    sizes = _by_share(np.abs(finite), LEVELS // 2)
    return _known((*(-size for size in reversed(sizes)), 0.0, *sizes), low, high, floor)


def _known(levels: Sequence[float], low: float, high: float, floor: float) -> tuple[float, ...]:
    return tuple(
        level for level in levels if low < level < high and (level == 0 or abs(level) >= floor)
    )


def _by_share(values: Floats, count: int) -> tuple[float, ...]:
    """Return about ``count`` round levels between which there are equal shares of ``values``."""
    cuts = np.quantile(values, np.linspace(0, 1, count + 2))
    levels = set()
    for before, cut, after in zip(cuts, cuts[1:], cuts[2:], strict=False):
        spacing = float(after / 2 - before / 2)
        if 0 < spacing < np.inf and cut:
            step = nice_step(spacing, 2)
            if before >= 0 or after <= 0:
                # Where values grow by powers of ten, the spacing may be far above the value.
                step = min(step, 10.0 ** np.floor(np.log10(abs(cut))))
            level = float(f"{round(float(cut) / step) * step:.12g}")
            levels.add(level)
    return tuple(sorted(levels - {0.0}))
