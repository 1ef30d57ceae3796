"""SlopePlot: the derivative of f of one variable, with arrows on the axis that point uphill."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

from engine.evaluation.field import GradientField
from gui.look.theme import Theme
from gui.panels.gradient_field.draggable_plot import DraggablePlot
from gui.panels.gradient_field.screen_scale import arrow_strokes
from gui.plots.plot_axes import value_unit
from gui.plots.plot_colours import plot_colours
from gui.plots.plot_style import label_axis, label_variable, make_curve, style_plot, value_range
from gui.session.plotted import Plotted

ARROWS = 17
"""Arrows along the axis."""


class SlopePlot(DraggablePlot):
    """The gradient of one variable is one number: its curve, its sign as arrows, the point."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setMouseEnabled(x=True, y=False)
        self._zero = pg.InfiniteLine(0, angle=0)
        self.curve = make_curve("finite")
        self.arrows = make_curve("pairs")
        self.target = pg.TargetItem(size=15, symbol="o", movable=True)
        for layer, item in enumerate((self._zero, self.curve, self.arrows, self.target)):
            item.setZValue(layer)
            self.addItem(item, ignoreBounds=True)
        self.watch(self.target)
        self._field: GradientField | None = None
        self._name, self._unit = "x", 1.0
        self.setAccessibleName("Derivative of f; the left and right keys move the point")
        self.show_theme(theme)

    def show_field(self, field: GradientField, plotted: Plotted) -> None:
        """Show df/dx along the interval."""
        self._field, self._name = field, field.grid.x[0]
        slopes = np.where(np.isfinite(field.dx), field.dx, np.nan)
        if np.isnan(slopes).all():
            slopes = np.zeros_like(slopes)
        low, high = min(0.0, float(np.nanmin(slopes))), max(0.0, float(np.nanmax(slopes)))
        self._unit = unit = value_unit(max(-low, high))
        self.getAxis("left").set_unit(unit)
        self.curve.setData(field.x, slopes / unit)
        self.setRange(
            xRange=plotted.intervals[0], yRange=value_range(low / unit, high / unit), padding=0
        )
        self._label_axes()
        self.relayout()
        self.show_point(plotted)

    def show_point(self, plotted: Plotted) -> None:
        """Show the point on the curve."""
        shown = plotted.inside and bool(np.isfinite(plotted.gradient[0]))
        self.target.setVisible(shown)
        if shown:
            self._showing = True
            self.target.setPos(plotted.coordinates[0], plotted.gradient[0] / self._unit)
            self._showing = False

    def relayout(self) -> None:
        """Draw the arrows for the new size."""
        if self._field is None:
            return
        scale = self.scale()
        index = np.linspace(0, len(self._field.x) - 1, 2 * ARROWS + 1).astype(np.intp)[1::2]
        signs = np.nan_to_num(np.sign(self._field.dx[index]))
        x, signs = self._field.x[index][signs != 0], signs[signs != 0]
        middles = scale.to_pixels(np.column_stack([x, np.zeros_like(x)]))
        half = np.column_stack([0.36 * scale.width / ARROWS * signs, np.zeros_like(x)])
        strokes = scale.from_pixels(arrow_strokes(middles - half, middles + half, 6.0))
        self.arrows.setData(strokes[:, 0], strokes[:, 1])

    def _label_axes(self) -> None:
        label_variable(self, "bottom", self._name, self._theme)
        label_axis(self, "left", f"df/d{self._name}", self._theme)

    def show_theme(self, theme: Theme) -> None:
        """Restyle everything."""
        self._theme = theme
        colours = plot_colours(theme)
        style_plot(self, theme)
        self._zero.setPen(pg.mkPen(theme.muted))
        self.curve.setPen(pg.mkPen(colours.curve, width=2))
        self.arrows.setPen(pg.mkPen(colours.arrows[-2], width=1.8))
        self.target.setBrush(colours.mark)
        self.target.setPen(pg.mkPen(colours.halo, width=2))
        self.target.setHoverBrush(colours.mark)
        self.target.setHoverPen(pg.mkPen(theme.text, width=2))
        self._label_axes()
