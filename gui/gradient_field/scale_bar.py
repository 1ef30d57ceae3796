"""ScaleBar: what the colours of the heat map and of the arrows stand for, with numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.gradient_field.heatmap_item import ColourScale
from gui.number_format import show_tick
from gui.plot_axes import nice_ticks, tick_texts
from gui.plot_colours import plot_colours
from gui.plot_style import small_font
from gui.theme import Theme

_BAR_HEIGHT = 10
_GAP = 18


class ScaleBar(QWidget):
    """Left the values of f, right the lengths of the arrows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._values: ColourScale | None = None
        self._bounds: tuple[float, ...] = ()
        self._arrow_colours: tuple[str, ...] = ()
        self._arrow_name = "|∇f|"
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(300, _BAR_HEIGHT + round(QFontMetricsF(small_font(self)).height()) + 4)

    def show_scales(
        self,
        values: ColourScale | None,
        bounds: tuple[float, ...],
        arrow_colours: tuple[str, ...],
        arrow_name: str,
    ) -> None:
        """Show the scale of f (None for none) and the bounds between the classes of length."""
        self._values, self._bounds = values, bounds
        self._arrow_colours, self._arrow_name = arrow_colours, arrow_name
        self.setAccessibleName(self._describe())
        self.update()

    def _describe(self) -> str:
        parts = []
        if self._values is not None:
            low, high = show_tick(self._values.low), show_tick(self._values.high)
            parts.append(f"colours of f from {low} to {high}")
        if self._bounds:
            bounds = ", ".join(map(show_tick, self._bounds))
            parts.append(f"arrows change colour at lengths {bounds}")
        return "; ".join(parts)

    def set_theme(self, theme: Theme, arrow_colours: tuple[str, ...]) -> None:
        """Restyle."""
        self._theme, self._arrow_colours = theme, arrow_colours
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(small_font(self))
        half = (self.width() - _GAP) / 2
        if self._values is not None:
            self._paint_values(painter, self._titled(painter, "f", 0.0, half), self._values)
        if self._arrow_colours:
            left = half + _GAP if self._values is not None else 0.0
            self._paint_classes(painter, self._titled(painter, self._arrow_name, left, half))

    def _titled(self, painter: QPainter, title: str, left: float, width: float) -> QRectF:
        """Write ``title`` in front and return the rectangle of the bar behind it."""
        advance = painter.fontMetrics().horizontalAdvance(title) + 8
        painter.setPen(QColor(self._theme.text))
        line = QRectF(left, -2, advance, _BAR_HEIGHT + 4)
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextDontClip)
        painter.drawText(line, flags, title)
        return QRectF(left + advance, 0.5, width - advance - 10, _BAR_HEIGHT)

    def _paint_values(self, painter: QPainter, bar: QRectF, scale: ColourScale) -> None:
        table = np.ascontiguousarray(scale.table(plot_colours(self._theme))[None])
        strip = QImage(table.data, 256, 1, 1024, QImage.Format.Format_RGBA8888)
        painter.drawImage(bar, strip)
        painter.setPen(QColor(self._theme.border))
        painter.drawRect(bar)
        width = scale.high / 2 - scale.low / 2
        if width > 0:
            ticks = nice_ticks(scale.low, scale.high, max(2, int(bar.width() / 30)))
            places = scale.fraction(np.array(ticks)).tolist()
            self._paint_numbers(painter, bar, places, tick_texts(ticks))
        else:
            self._paint_numbers(painter, bar, [0.5], (show_tick(scale.low),))

    def _paint_classes(self, painter: QPainter, bar: QRectF) -> None:
        count = len(self._arrow_colours)
        for index, colour in enumerate(self._arrow_colours):
            left = bar.left() + bar.width() * index / count
            cell = QRectF(left, bar.top(), bar.width() / count, bar.height())
            painter.fillRect(cell, QColor(colour))
        painter.setPen(QColor(self._theme.border))
        painter.drawRect(bar)
        places = [(index + 1) / count for index in range(len(self._bounds))]
        self._paint_numbers(painter, bar, places, tuple(map(show_tick, self._bounds)))

    def _paint_numbers(
        self, painter: QPainter, bar: QRectF, places: list[float], texts: tuple[str, ...]
    ) -> None:
        """Write numbers below ``bar``; one that would touch its neighbour is left out."""
        metrics = QFontMetricsF(painter.font())
        end = -np.inf
        for place, text in zip(places, texts, strict=True):
            middle = bar.left() + place * bar.width()
            advance = metrics.horizontalAdvance(text)
            if middle - advance / 2 < end + 5 or middle + advance / 2 > self.width():
                continue
            end = middle + advance / 2
            painter.setPen(QColor(self._theme.muted))
            x = round(middle)
            painter.drawLine(x, round(bar.bottom()), x, round(bar.bottom()) + 2)
            box = QRectF(middle - advance / 2, bar.bottom() + 2, advance + 1, metrics.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
