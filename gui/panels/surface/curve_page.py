"""CurvePage: f of one variable with the tangent line, where there is no surface."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt

from engine.evaluation.field import GradientField
from gui.look.theme import Theme
from gui.plots.plot_axes import value_unit
from gui.plots.plot_colours import plot_colours
from gui.plots.plot_style import (
    label_axis,
    label_variable,
    make_curve,
    number_axes,
    prepare_plot,
    style_plot,
    value_range,
)
from gui.session.plotted import Plotted


class CurvePage(pg.PlotWidget):  # type: ignore[misc]
    """The curve z = f(x), the point on it and the line that touches it there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(axisItems=number_axes())
        prepare_plot(self)
        self.setMouseEnabled(x=False, y=False)
        self.curve = make_curve("finite")
        self.tangent = make_curve("finite")
        self.point = pg.ScatterPlotItem(size=11)
        self.secant = make_curve("finite")
        self.stencil = pg.ScatterPlotItem(size=8)
        self._zero = pg.InfiniteLine(0, angle=0)
        self._name = ""
        for layer, item in enumerate(
            (self._zero, self.curve, self.tangent, self.secant, self.stencil, self.point)
        ):
            item.setZValue(layer)
            self.addItem(item)
        self.setAccessibleName("Curve of f with its tangent")
        self.show_theme(theme)

    def show_curve(self, field: GradientField, plotted: Plotted) -> None:
        """Show the samples of ``field``, some of them finite, and the tangent at the point."""
        finite = field.values[np.isfinite(field.values)]
        lowest, highest = float(finite.min()), float(finite.max())
        unit = value_unit(max(-lowest, highest))
        self.getAxis("left").set_unit(unit)
        values = np.where(np.isfinite(field.values), field.values, np.nan) / unit
        self.curve.setData(field.x, values)
        low, high = plotted.intervals[0]
        y_range = value_range(lowest / unit, highest / unit)
        self.setRange(xRange=(low, high), yRange=y_range, padding=0)
        shown = plotted.inside and bool(np.isfinite([plotted.value, *plotted.gradient]).all())
        self.tangent.setVisible(shown)
        self.point.setVisible(shown)
        if shown:
            at = plotted.coordinates[0]
            value, slope = plotted.value / unit, plotted.gradient[0] / unit
            ends = np.array([low, high])
            self.tangent.setData(ends, value + slope * (ends - at))
            self.point.setData([at], [value])
        self._show_stencil(plotted, unit, shown=shown)
        self._name = field.grid.x[0]
        self._label()

    def _show_stencil(self, plotted: Plotted, unit: float, *, shown: bool) -> None:
        stencil = plotted.stencil if shown else None
        self.secant.setVisible(stencil is not None and bool(np.isfinite(stencil.slopes[0])))
        self.stencil.setVisible(stencil is not None)
        if stencil is None:
            return
        finite = np.isfinite(stencil.values)
        self.stencil.setData(stencil.places[finite, 0], stencil.values[finite] / unit)
        ends, at = np.array(plotted.intervals[0]), plotted.coordinates[0]
        self.secant.setData(ends, plotted.value / unit + stencil.slopes[0] / unit * (ends - at))

    def _label(self) -> None:
        if self._name:
            label_variable(self, "bottom", self._name, self._theme)
            label_axis(self, "left", "f", self._theme)

    def show_theme(self, theme: Theme) -> None:
        """Restyle."""
        self._theme = theme
        colours = plot_colours(theme)
        style_plot(self, theme)
        self.curve.setPen(pg.mkPen(colours.curve, width=2))
        self.tangent.setPen(pg.mkPen(colours.mark, width=1.5, style=Qt.PenStyle.DashLine))
        self.point.setBrush(pg.mkBrush(colours.mark))
        self.point.setPen(pg.mkPen(colours.halo, width=1.5))
        self._zero.setPen(pg.mkPen(theme.border))
        self.secant.setPen(pg.mkPen(colours.stencil, width=1.5))
        self.stencil.setBrush(pg.mkBrush(colours.stencil))
        self.stencil.setPen(pg.mkPen(colours.halo, width=1))
        self._label()
