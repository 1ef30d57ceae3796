"""The field of arrows: one length on the screen; the colour says how long the gradient is."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg

from engine.evaluation.arrays import Floats
from engine.evaluation.field import GradientField
from gui.panels.gradient_field.screen_scale import ScreenScale, arrow_strokes
from gui.plots.plot_colours import ARROW_CLASSES, PlotColours
from gui.plots.plot_style import make_curve

FILL = 0.72
"""Length of an arrow as a share of the room between two."""


def class_bounds(lengths: Floats) -> tuple[float, ...]:
    """Return increasing bounds between the classes of length, rounded to two digits.

    Each class holds about as many arrows as the others; fewer bounds where lengths are alike.
    """
    positive = lengths[np.isfinite(lengths) & (lengths > 0)]
    if positive.size == 0:
        return ()
    shares = np.linspace(0, 1, ARROW_CLASSES + 1)[1:-1]
    bounds = {float(f"{bound:.2g}") for bound in np.quantile(positive, shares)}
    low, high = float(positive.min()), float(positive.max())
    return tuple(sorted(bound for bound in bounds if low < bound < high))


def gradient_lengths(field: GradientField) -> Floats:
    """Return the length of the gradient at every node; inf where it overflows."""
    assert field.dy is not None
    with np.errstate(over="ignore", invalid="ignore"):
        return np.asarray(np.hypot(field.dx, field.dy))


class ArrowItems:
    """One curve of unconnected strokes for each class of length."""

    def __init__(self, plot: Any) -> None:
        self.curves = [make_curve("pairs") for _ in range(ARROW_CLASSES)]
        for curve in self.curves:
            curve.setZValue(3)
            plot.addItem(curve, ignoreBounds=True)
        self.bounds: tuple[float, ...] = ()
        self.reach = (0.0, 0.0)
        """The least and the greatest length that is drawn."""
        self._field: GradientField | None = None

    def show_field(self, field: GradientField, scale: ScreenScale) -> None:
        """Show one arrow a node; none where the gradient is 0 or not finite."""
        self._field = field
        lengths = gradient_lengths(field)
        drawn = lengths[np.isfinite(lengths) & (lengths > 0)]
        self.reach = (float(drawn.min()), float(drawn.max())) if drawn.size else (0.0, 0.0)
        self.bounds = class_bounds(lengths)
        self.rescale(scale)

    def rescale(self, scale: ScreenScale) -> None:
        """Draw the same arrows for another size of the picture."""
        if self._field is None:
            return
        assert self._field.y is not None
        assert self._field.dy is not None
        lengths = gradient_lengths(self._field).ravel()
        nodes = np.stack(np.meshgrid(self._field.x, self._field.y, indexing="ij"), -1)
        centres = scale.to_pixels(nodes.reshape(-1, 2))
        shown = np.isfinite(lengths) & (lengths > 0)
        vectors = np.stack([self._field.dx.ravel(), self._field.dy.ravel()], axis=-1)[shown]
        half = FILL / 2 * min(scale.width, scale.height) / len(self._field.x)
        steps = half * scale.directions(vectors)
        classes = np.searchsorted(self.bounds, lengths[shown])
        # The longest class has the strongest colour, however few classes there are.
        classes = classes + ARROW_CLASSES - 1 - len(self.bounds)
        for index, curve in enumerate(self.curves):
            mine = classes == index
            middles = centres[shown][mine]
            strokes = arrow_strokes(middles - steps[mine], middles + steps[mine], 0.8 * half)
            places = scale.from_pixels(strokes)
            curve.setData(places[:, 0], places[:, 1])

    def class_colours(self, colours: PlotColours) -> tuple[str, ...]:
        """Return the colours of the classes that are in use, short to long."""
        return colours.arrows[ARROW_CLASSES - 1 - len(self.bounds) :]

    def set_colours(self, colours: PlotColours) -> None:
        """Restyle."""
        for curve, colour in zip(self.curves, colours.arrows, strict=True):
            curve.setPen(pg.mkPen(colour, width=1.3))
