"""ScaleBar: what the colours of the heat map and of the arrows stand for, with numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.number_format import show_tick
from gui.look.theme import Theme
from gui.panels.gradient_field.heatmap_item import ColourScale
from gui.plots.plot_axes import nice_ticks, tick_texts
from gui.plots.plot_colours import plot_colours
from gui.plots.plot_style import small_font

_BAR_HEIGHT = 10
_GAP = 18
_APART = 5


@dataclass(frozen=True, slots=True)
class ArrowScale:
    """What the colours of the arrows stand for.

    Attributes:
        name: What the length of an arrow is called.
        bounds: The lengths between two classes.
        reach: The least and the greatest length.
        colours: Of the classes, short to long.
    """

    name: str
    bounds: tuple[float, ...]
    reach: tuple[float, float]
    colours: tuple[str, ...]


class ScaleBar(QWidget):
    """Left the values of f, right the lengths of the arrows."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._values: ColourScale | None = None
        self._arrows: ArrowScale | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(300, _BAR_HEIGHT + round(QFontMetricsF(small_font(self)).height()) + 4)

    def show_scales(self, values: ColourScale | None, arrows: ArrowScale) -> None:
        """Show the scale of f (None for none) and that of the arrows."""
        self._values, self._arrows = values, arrows
        self.setAccessibleName(self._describe(arrows))
        self.update()

    def _describe(self, arrows: ArrowScale) -> str:
        parts = []
        if self._values is not None:
            low, high = show_tick(self._values.low), show_tick(self._values.high)
            parts.append(f"colours of f from {low} to {high}")
        low, high = map(show_tick, arrows.reach)
        parts.append(f"lengths of arrows from {low} to {high}")
        if arrows.bounds:
            bounds = ", ".join(map(show_tick, arrows.bounds))
            parts.append(f"arrows change colour at lengths {bounds}")
        return "; ".join(parts)

    def show_theme(self, theme: Theme, arrow_colours: tuple[str, ...]) -> None:
        """Restyle."""
        self._theme = theme
        if self._arrows is not None:
            self._arrows = replace(self._arrows, colours=arrow_colours)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(small_font(self))
        half = (self.width() - _GAP) / 2
        if self._values is not None:
            self._paint_values(painter, self._titled(painter, "f", 0.0, half), self._values)
        if self._arrows is not None:
            left = half + _GAP if self._values is not None else 0.0
            bar = self._titled(painter, self._arrows.name, left, half)
            self._paint_classes(painter, bar, self._arrows)

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
        ticks = nice_ticks(scale.low, scale.high, max(2, int(bar.width() / 30)))
        inner = list(zip(scale.fraction(np.array(ticks)).tolist(), tick_texts(ticks), strict=True))
        self._paint_numbers(painter, bar, (scale.low, scale.high), inner)

    def _paint_classes(self, painter: QPainter, bar: QRectF, arrows: ArrowScale) -> None:
        count = len(arrows.colours)
        for index, colour in enumerate(arrows.colours):
            left = bar.left() + bar.width() * index / count
            cell = QRectF(left, bar.top(), bar.width() / count, bar.height())
            painter.fillRect(cell, QColor(colour))
        painter.setPen(QColor(self._theme.border))
        painter.drawRect(bar)
        inner = [
            ((index + 1) / count, show_tick(bound)) for index, bound in enumerate(arrows.bounds)
        ]
        self._paint_numbers(painter, bar, arrows.reach, inner)

    def _paint_numbers(
        self,
        painter: QPainter,
        bar: QRectF,
        ends: tuple[float, float],
        inner: list[tuple[float, str]],
    ) -> None:
        """Write numbers below ``bar``: at its ends, and ``inner`` where they leave room."""
        metrics = QFontMetricsF(painter.font())
        placed = place_numbers(ends, inner, bar.left(), bar.right(), metrics.horizontalAdvance)
        for left, middle, text in placed:
            painter.setPen(QColor(self._theme.muted))
            x = round(middle)
            painter.drawLine(x, round(bar.bottom()), x, round(bar.bottom()) + 2)
            width = metrics.horizontalAdvance(text) + 1
            box = QRectF(left, bar.bottom() + 2, width, metrics.height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)


def place_numbers(
    ends: tuple[float, float],
    inner: list[tuple[float, str]],
    left: float,
    right: float,
    advance: Callable[[str], float],
) -> list[tuple[float, float, str]]:
    """Return where each number begins, the place that it stands for, and its text.

    The numbers at both ends come first; one that would touch another is left out. Two ends that
    read alike are one number in the middle.
    """
    if show_tick(ends[0]) == show_tick(ends[1]):
        text, middle = show_tick(ends[0]), (left + right) / 2
        return [(middle - advance(text) / 2, middle, text)]
    for digits in (3, 2, 1):
        low, high = (show_tick(float(f"{end:.{digits}g}")) for end in ends)
        if left + advance(low) + _APART < right - advance(high):
            break
    placed = [(left, left, low), (right - advance(high), right, high)]
    for share, text in inner:
        middle = left + share * (right - left)
        start, stop = middle - advance(text) / 2, middle + advance(text) / 2
        if all(
            stop + _APART < other or other + advance(taken) + _APART < start
            for other, _, taken in placed
        ):
            placed.append((start, middle, text))
    return placed
