"""The heat map: which colour a value of f has, and the image; the only place that transposes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from engine.evaluation.arrays import Floats
from engine.evaluation.field import GradientField
from gui.plots.plot_colours import PlotColours, Table

SPARSE = 7
"""Of so many samples one tells how the values are spread; prime to the samples of a row."""

DULL = 0.4
"""Where three quarters of the picture would use less than this share of the colours."""


@dataclass(frozen=True, slots=True)
class ColourScale:
    """From values to the 256 colours of a table.

    Attributes:
        low: The value of the first colour.
        high: The value of the last colour.
        diverging: Whether f changes its sign: then 0 has the middle colour.
        exponent: 1, or 1/2 where most values are small beside the largest: then colours follow
            the square root of the distance from 0 (diverging) or from ``low``.
    """

    low: float
    high: float
    diverging: bool
    exponent: float

    def table(self, colours: PlotColours) -> Table:
        """Return the colours from low to high."""
        return colours.diverging if self.diverging else colours.sequential

    def fraction(self, values: Floats) -> Floats:
        """Return the place of finite ``values`` in the table, 0 to 1."""
        # Halves first: high - low may overflow where neither does.
        width = self.high / 2 - self.low / 2
        if not width > 0:
            return np.full(values.shape, 0.5)
        linear = np.clip((values / 2 - self.low / 2) / width, 0.0, 1.0)
        if self.exponent == 1:
            return linear
        if not self.diverging:
            return np.asarray(np.sqrt(linear))
        apart = 2 * linear - 1
        return np.asarray((1 + np.copysign(np.sqrt(np.abs(apart)), apart)) / 2)

    def image(self, values: Floats, colours: PlotColours) -> NDArray[np.uint8]:
        """Return red, green, blue, alpha; transparent where a value is not finite."""
        finite = np.isfinite(values)
        shade = self.fraction(np.where(finite, values, self.low))
        image = self.table(colours)[np.rint(shade * 255).astype(np.intp)]
        image[~finite, 3] = 0
        return image


def colour_scale(values: Floats) -> ColourScale:
    """Return the scale for ``values``, of which at least one is finite."""
    finite = values[np.isfinite(values)]
    low, high = float(finite.min()), float(finite.max())
    some = finite[::SPARSE]
    if low < 0 < high:
        limit = max(-low, high)
        linear = ColourScale(-limit, limit, diverging=True, exponent=1.0)
        distance = np.abs(2 * linear.fraction(some) - 1)
    else:
        linear = ColourScale(low, high, diverging=False, exponent=1.0)
        distance = linear.fraction(some)
    return replace(linear, exponent=0.5) if np.quantile(distance, 0.75) < DULL else linear


class HeatmapItem(pg.ImageItem):  # type: ignore[misc]
    """f as colours; each sample is the middle of its rectangle."""

    def __init__(self) -> None:
        # pyqtgraph's default order of axes is an option of the whole process: say it here.
        super().__init__(axisOrder="row-major")

    def show_field(self, field: GradientField, scale: ColourScale, colours: PlotColours) -> None:
        """Show ``field``, which has two axes."""
        x, y = field.x, field.y
        assert y is not None
        # values[i, j] stands at (x[i], y[j]); rows of an image go upwards, along y.
        self.setImage(scale.image(field.values.T, colours), autoLevels=False)
        step_x, step_y = x[1] - x[0], y[1] - y[0]
        self.setRect(
            QRectF(
                x[0] - step_x / 2,
                y[0] - step_y / 2,
                x[-1] - x[0] + step_x,
                y[-1] - y[0] + step_y,
            )
        )
