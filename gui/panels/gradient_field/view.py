"""GradientFieldView: the field over two variables or the slope over one, with its scales."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from engine.evaluation.field import GradientField
from gui.look.theme import Theme
from gui.panels.gradient_field.draggable_plot import DraggablePlot
from gui.panels.gradient_field.field_plot import FieldPlot
from gui.panels.gradient_field.scale_bar import ArrowScale, ScaleBar
from gui.panels.gradient_field.slope_plot import SlopePlot
from gui.plots.plot_colours import plot_colours
from gui.plots.plot_frame import PlotFrame
from gui.session.plotted import Plotted


class GradientFieldView(PlotFrame):
    """Shows samples; the signals of both plots come out of it as one."""

    point_dragged = Signal(float, float)
    drag_ended = Signal()
    nudged = Signal(int, int)
    range_chosen = Signal(float, float, float, float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Show the usual range again", parent)
        self.field = FieldPlot(theme)
        self.slope = SlopePlot(theme)
        self.scales = ScaleBar(theme)
        for plot in (self.field, self.slope):
            self.pages.addWidget(plot)
            plot.point_dragged.connect(self.point_dragged)
            plot.drag_ended.connect(self.drag_ended)
            plot.nudged.connect(self.nudged)
            plot.nudge_ended.connect(self.drag_ended)
            plot.range_chosen.connect(self.range_chosen)
        self.footer.addWidget(self.scales)
        self.scales.hide()
        self.show_theme(theme)

    @property
    def plot(self) -> DraggablePlot:
        """The plot that is shown, or was last."""
        return self.slope if self.pages.currentWidget() is self.slope else self.field

    def show_field(
        self,
        field: GradientField,
        floor: float,
        arrows: GradientField,
        plotted: Plotted,
        remark: str,
    ) -> None:
        """Show samples over two variables; no contour lies nearer to 0 than ``floor``."""
        self.pages.setCurrentWidget(self.field)
        self.field.show_field(field, floor, arrows, plotted)
        self._show_scales(plotted)
        self._show_texts(plotted, remark)

    def show_slope(self, field: GradientField, plotted: Plotted, remark: str) -> None:
        """Show samples over one variable."""
        self.pages.setCurrentWidget(self.slope)
        self.slope.show_field(field, plotted)
        self.scales.hide()
        self._show_texts(plotted, _slope_remark(remark))

    def show_point(self, plotted: Plotted, remark: str) -> None:
        """Move the point; the samples are still those of the worksheet."""
        two = len(plotted.axes) == 2
        self.pages.setCurrentWidget(self.field if two else self.slope)
        self.scales.setVisible(two)
        if two:
            self.field.show_point(plotted)
            self._show_texts(plotted, remark)
        else:
            self.slope.show_point(plotted)
            self._show_texts(plotted, _slope_remark(remark))

    def _show_scales(self, plotted: Plotted) -> None:
        colours = plot_colours(self._theme)
        arrows = self.field.arrows
        self.scales.show_scales(
            self.field.colour_scale,
            ArrowScale(
                "length" if plotted.held else "|∇f|",
                arrows.bounds,
                arrows.reach,
                arrows.class_colours(colours),
            ),
        )
        self.scales.setToolTip(f"f by colour, and {plotted.length_text()}, the length of arrows")
        self.scales.show()

    def _show_texts(self, plotted: Plotted, remark: str) -> None:
        self.show_axes(plotted)
        self.show_caption(plotted.caption())
        self.show_remark(remark)

    def show_nothing(self, text: str, plotted: Plotted) -> None:
        """Show a sentence in place of a picture."""
        super().show_nothing(text, plotted)
        self.scales.hide()

    def show_theme(self, theme: Theme) -> None:
        """Restyle everything that is drawn."""
        super().show_theme(theme)
        self.field.show_theme(theme)
        self.slope.show_theme(theme)
        self.scales.show_theme(theme, self.field.arrows.class_colours(plot_colours(theme)))


def _slope_remark(remark: str) -> str:
    return f"Arrows on the axis point to where f grows. {remark}".strip()
