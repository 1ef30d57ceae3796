"""How a two-dimensional plot looks: background, axes and their numbers in the theme's colours."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from engine.language.writer import name_unicode
from gui.plot_axes import tick_texts
from gui.theme import Theme


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis with the same numbers as every other in the window: a minus is no hyphen."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: N802
        """Return the texts of ``values``."""
        return list(tick_texts(values)) if values else []


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
            axis.setStyle(showValues=False, tickLength=0)
    plot.getAxis("left").setWidth(52)
    plot.getViewBox().setDefaultPadding(0.0)


def make_curve(connect: str) -> Any:
    """Return an empty, smooth curve; ``"pairs"`` for strokes, ``"finite"`` for lines with gaps."""
    return pg.PlotCurveItem(connect=connect, antialias=True)


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


def small_font(widget: QWidget) -> QFont:
    """Return the font of numbers in a plot."""
    font = QFont(widget.font())
    font.setPointSizeF(max(7.0, font.pointSizeF() * 0.9))
    return font


def label_axis(plot: Any, side: str, text: str, theme: Theme) -> None:
    """Write ``text`` along one side, in italics as variables are."""
    plot.getAxis(side).setLabel(
        text, **{"color": theme.text, "font-style": "italic", "font-weight": "bold"}
    )


def label_variable(plot: Any, side: str, name: str, theme: Theme) -> None:
    """Write the name of a variable along one side."""
    label_axis(plot, side, name_unicode(name), theme)


def value_range(low: float, high: float) -> tuple[float, float]:
    """Return a range a little wider than ``low`` to ``high``, and never empty."""
    margin = 0.06 * (high - low) if high > low else max(1.0, 0.1 * abs(low))
    return low - margin, high + margin
