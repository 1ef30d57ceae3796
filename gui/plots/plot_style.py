"""How a two-dimensional plot looks: background, axes and their numbers in the theme's colours."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from math import ceil
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QWidget

from engine.writing.writer import name_unicode
from gui.look.theme import Theme
from gui.plots.plot_axes import tick_texts, ticks_that_fit


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis with the same numbers as every other in the window, and no more than have room."""

    unit = 1.0
    """What one unit of the plot's coordinates stands for."""

    def set_unit(self, unit: float) -> None:
        """Show numbers in which one unit of the plot stands for ``unit``."""
        self.unit = unit
        self.picture = None
        self.fit_width()
        self.update()

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802
        """Return one level of ticks: their texts are made together, so that they agree."""
        # Above the largest float there is a margin, but no number.
        most = sys.float_info.max / max(1.0, self.unit)
        low, high = max(low, -most), min(high, most)
        ticks = ticks_that_fit(low, high, 10, lambda ticks: self._room(ticks) <= size)
        return [(ticks[1] - ticks[0] if len(ticks) > 1 else 1.0, list(ticks))]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        """Return the texts of ``values``, which are all of the axis."""
        return list(self._texts(values))

    def _texts(self, values: Sequence[float]) -> tuple[str, ...]:
        return tick_texts([value * self.unit for value in values])

    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(self.style["tickFont"] or self.font())

    def _room(self, ticks: Sequence[float]) -> float:
        """Return the pixels that ``ticks`` need along the axis."""
        metrics = self._metrics()
        if self.orientation == "left":
            return 2.2 * metrics.height() * len(ticks)
        gap = 1.5 * metrics.averageCharWidth()
        # The widest counts for all: they stand at equal distances.
        return len(ticks) * (gap + max(map(metrics.horizontalAdvance, self._texts(ticks))))

    def setRange(self, low: float, high: float) -> None:  # noqa: N802
        """Show another range; an upright axis becomes as wide as its numbers."""
        super().setRange(low, high)
        self.fit_width()

    def resizeEvent(self, event: object = None) -> None:
        """Fit another height."""
        super().resizeEvent(event)
        self.fit_width()

    def fit_width(self) -> None:
        """Make an upright axis wide enough for its numbers and the name beside them."""
        height = self.size().height()
        # pyqtgraph takes the label away when it closes a plot.
        if self.orientation != "left" or self.label is None or not height > 0:
            return
        ((_, ticks),) = self.tickValues(self.range[0], self.range[1], height)
        advance = max(map(self._metrics().horizontalAdvance, self._texts(ticks)), default=0)
        name = self.label.boundingRect().height() if self.label.isVisible() else 0.0
        # In steps, so that the picture seldom moves sideways while the range changes.
        width = 8 * ceil((advance + name + 2) / 8)
        if width != self.fixedWidth:
            self.setWidth(width)


def number_axes() -> dict[str, NumberAxis]:
    """Return the axes for a new plot: ``PlotWidget(axisItems=number_axes())``."""
    return {side: NumberAxis(side) for side in ("left", "bottom")}


def prepare_plot(plot: Any) -> None:
    """Give ``plot`` a frame with numbers below and to the left, and no menu of pyqtgraph's own."""
    plot.setMenuEnabled(False)
    # Room for half a number at the upper and the right end of the axes.
    plot.getPlotItem().layout.setContentsMargins(1, 9, 12, 1)
    plot.hideButtons()
    for side in ("left", "bottom", "top", "right"):
        plot.showAxis(side)
        axis = plot.getAxis(side)
        axis.enableAutoSIPrefix(False)
        if side in {"top", "right"}:
            axis.setStyle(showValues=False)
            axis.setTicks([])
    # pyqtgraph leaves out a number that reaches beyond the end of its axis by more than this.
    plot.getAxis("bottom").setStyle(hideOverlappingLabels=12)
    plot.getViewBox().setDefaultPadding(0.0)


def make_curve(connect: str) -> Any:
    """Return an empty, smooth curve; ``"pairs"`` for strokes, ``"finite"`` for lines with gaps."""
    curve = pg.PlotCurveItem(connect=connect, antialias=True)
    if connect == "pairs":
        # Line by line: as one path a thick pen takes Qt four times as long.
        curve.setSegmentedLineMode("on")
    return curve


def style_plot(plot: Any, theme: Theme) -> None:
    """Restyle ``plot``; pyqtgraph's own options do not reach plots that exist."""
    plot.setBackground(theme.base)
    for side in ("left", "bottom", "top", "right"):
        axis = plot.getAxis(side)
        axis.setPen(pg.mkPen(theme.border))
        axis.setTickPen(pg.mkPen(theme.border))
        axis.setTextPen(pg.mkPen(theme.muted))
        axis.setTickFont(small_font(plot))
        axis.label.setDefaultTextColor(QColor(theme.text))
    plot.getAxis("left").fit_width()


def small_font(widget: QWidget) -> QFont:
    """Return the font of numbers in a plot."""
    font = QFont(widget.font())
    font.setPointSizeF(max(7.0, font.pointSizeF() * 0.9))
    return font


def label_axis(plot: Any, side: str, text: str, theme: Theme) -> None:
    """Write ``text`` along one side, in italics as variables are."""
    axis = plot.getAxis(side)
    style = {"color": theme.text, "font-style": "italic", "font-weight": "bold"}
    # Setting the same label again would redraw the axis.
    if (axis.labelText, axis.labelStyle) != (text, style):
        axis.setLabel(text, **style)


def label_variable(plot: Any, side: str, name: str, theme: Theme) -> None:
    """Write the name of a variable along one side."""
    label_axis(plot, side, name_unicode(name), theme)


def value_range(low: float, high: float) -> tuple[float, float]:
    """Return a range a little wider than ``low`` to ``high``, and never empty."""
    margin = 0.06 * (high - low) if high > low else max(1.0, 0.1 * abs(low))
    return low - margin, high + margin
