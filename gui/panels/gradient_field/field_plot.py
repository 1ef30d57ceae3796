"""FieldPlot: heat map, contours, arrows and the point over two variables."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from engine.evaluation.field import GradientField
from engine.explanation.stencil_picture import StencilPicture
from gui.look.theme import Theme
from gui.panels.gradient_field.arrow_items import ArrowItems
from gui.panels.gradient_field.contour_items import ContourItems
from gui.panels.gradient_field.critical_items import CriticalItems
from gui.panels.gradient_field.draggable_plot import DraggablePlot
from gui.panels.gradient_field.heatmap_item import ColourScale, HeatmapItem, colour_scale
from gui.panels.gradient_field.point_items import PointItems
from gui.plots.plot_colours import plot_colours
from gui.plots.plot_style import label_variable, small_font, style_plot
from gui.session.plotted import Plotted


class FieldPlot(DraggablePlot):
    """f and its gradient as seen from above."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.heatmap = HeatmapItem()
        self.addItem(self.heatmap)
        self.contours = ContourItems(self)
        self.arrows = ArrowItems(self)
        self.point = PointItems(self)
        self.watch(self.point.target)
        self.stencil = pg.ScatterPlotItem(size=8)
        self.stencil.setZValue(9)  # just below the point
        self.addItem(self.stencil, ignoreBounds=True)
        self.critical = CriticalItems(self)
        self.colour_scale: ColourScale | None = None
        self._field: GradientField | None = None
        self._plotted: Plotted | None = None
        self._theme = theme
        self.setAccessibleName("Gradient field of f; arrow keys move the point")
        self.show_theme(theme)

    def show_field(
        self, field: GradientField, floor: float, arrows: GradientField, plotted: Plotted
    ) -> None:
        """Show other samples: ``field`` for colours and contours, ``arrows`` for arrows."""
        self._field = field
        self.colour_scale = colour_scale(field.values)
        x_range, y_range = plotted.intervals
        if self.getViewBox().viewRange() != [list(x_range), list(y_range)]:
            self.setRange(xRange=x_range, yRange=y_range, padding=0)
        self.heatmap.show_field(field, self.colour_scale, plot_colours(self._theme))
        self.contours.show_field(field, floor)
        self.arrows.show_field(arrows, self.scale())
        self._label_axes()
        self.show_point(plotted)
        self.contours.place_labels(self.scale(), self.point.marked)

    def show_point(self, plotted: Plotted) -> None:
        """Show the point and the gradient there."""
        self._plotted = plotted
        shown = plotted.inside and bool(np.isfinite(plotted.gradient).all())
        self.point.set_visible(shown)
        if shown:
            self._showing = True
            self.point.show_point(
                np.array(plotted.coordinates),
                np.array(plotted.gradient),
                plotted.gradient_label.alone if plotted.held else f"∇f {plotted.gradient_label}",
                self.scale(),
            )
            self._showing = False
        self._show_stencil(plotted.stencil if shown else None)
        self.critical.show_critical(plotted.critical)

    def _show_stencil(self, stencil: StencilPicture | None) -> None:
        places = np.empty((0, 2)) if stencil is None else stencil.places
        self.stencil.setData(places[:, 0], places[:, 1])

    def relayout(self) -> None:
        """Draw arrows and labels for the new size."""
        if self._plotted is not None:
            self.arrows.rescale(self.scale())
            self.show_point(self._plotted)
            self.contours.place_labels(self.scale(), self.point.marked)

    def _label_axes(self) -> None:
        if self._field is not None and self._field.grid.y is not None:
            label_variable(self, "bottom", self._field.grid.x[0], self._theme)
            label_variable(self, "left", self._field.grid.y[0], self._theme)

    def show_theme(self, theme: Theme) -> None:
        """Restyle everything."""
        self._theme = theme
        colours, font = plot_colours(theme), small_font(self)
        style_plot(self, theme)
        self.contours.show_theme(theme, colours, font)
        self.arrows.set_colours(colours)
        self.point.show_theme(theme, colours, font)
        self.stencil.setBrush(QColor(colours.stencil))
        self.stencil.setPen(pg.mkPen(colours.halo, width=1))
        self.critical.set_colours(colours)
        if self._field is not None and self.colour_scale is not None:
            self.heatmap.show_field(self._field, self.colour_scale, colours)
        self._label_axes()
