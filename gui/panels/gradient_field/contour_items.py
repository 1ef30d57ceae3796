"""Contours and their numbers: one curve for all lines, a few texts where they do not overlap."""

from __future__ import annotations

from typing import Any

import contourpy
import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from engine.evaluation.arrays import Floats
from engine.evaluation.field import GradientField
from gui.look.number_format import show_tick
from gui.look.theme import Theme
from gui.panels.gradient_field.contour_levels import contour_levels
from gui.panels.gradient_field.contour_numbers import ContourNumbers
from gui.panels.gradient_field.screen_scale import ScreenScale
from gui.plots.plot_colours import PlotColours
from gui.plots.plot_style import make_curve

EVERY = 2
"""Samples of the heat map from one that contours are made of to the next: pieces of four pixels
look smooth."""

SHORTEST = 60.0
"""Pixels that a line must have to get a number."""

LONG = 200.0
"""Pixels from which a line gets a number although another of its level has one."""

TRIES = (0.5, 0.35, 0.65, 0.2, 0.8)
"""Where along a line a number may stand, in this order."""


class ContourItems:
    """The lines of equal value of f."""

    def __init__(self, plot: Any) -> None:
        self.curve = make_curve("finite")
        self.curve.setZValue(2)
        plot.addItem(self.curve, ignoreBounds=True)
        self.numbers = ContourNumbers()
        self.numbers.setZValue(4)
        plot.addItem(self.numbers, ignoreBounds=True)
        self.levels: tuple[float, ...] = ()
        self._lines: list[tuple[float, Floats]] = []
        self._font = QFont()

    def show_field(self, field: GradientField, floor: float) -> None:
        """Find the lines, none for a level below ``floor``; :meth:`place_labels` must follow."""
        assert field.y is not None
        values = field.values[::EVERY, ::EVERY].T
        self.levels = contour_levels(values, floor)
        if not np.isfinite(values).all():
            values = np.ma.masked_invalid(values)
        generator = contourpy.contour_generator(field.x[::EVERY], field.y[::EVERY], values)
        self._lines = [
            (level, np.asarray(line)) for level in self.levels for line in generator.lines(level)
        ]
        gap = np.full((1, 2), np.nan)
        pieces = [piece for _, line in self._lines for piece in (line, gap)]
        points = np.concatenate(pieces) if pieces else np.empty((0, 2))
        self.curve.setData(points[:, 0], points[:, 1])

    def place_labels(self, scale: ScreenScale, keep_free: list[QRectF]) -> None:
        """Number one line of each level, where there is room; ``keep_free`` is in pixels."""
        taken = list(keep_free)
        texts: list[str] = []
        boxes: list[QRectF] = []
        metrics = QFontMetricsF(self._font)
        numbered: set[float] = set()
        for length, level, line in self._longest_first(scale):
            if level in numbered and length < LONG:
                continue
            text = show_tick(level)
            size = QSizeF(metrics.horizontalAdvance(text) + 6, metrics.height() + 4)
            box = _free_box(line, size, scale, taken)
            if box is None:
                continue
            taken.append(box)
            numbered.add(level)
            texts.append(text)
            boxes.append(box)
        self.numbers.show_texts(texts, boxes, scale)

    def _longest_first(self, scale: ScreenScale) -> list[tuple[float, float, Floats]]:
        measured = []
        for level, line in self._lines:
            pixels = scale.to_pixels(line)
            steps = pixels[1:] - pixels[:-1]
            length = float(np.sqrt(np.einsum("ij,ij->i", steps, steps)).sum())
            if length >= SHORTEST:
                measured.append((length, level, pixels))
        measured.sort(key=lambda entry: -entry[0])
        return measured

    def show_theme(self, theme: Theme, colours: PlotColours, font: QFont) -> None:
        """Restyle."""
        self._font = font
        fill = QColor(theme.base)
        fill.setAlpha(190)
        self.numbers.set_style(font, QColor(theme.text), fill)
        self.curve.setPen(pg.mkPen(colours.contour, width=1))


def _free_box(line: Floats, size: QSizeF, scale: ScreenScale, taken: list[QRectF]) -> QRectF | None:
    view = QRectF(2, 2, scale.width - 4, scale.height - 4)
    for share in TRIES:
        x, y = line[int(share * (len(line) - 1))]
        box = QRectF(QPointF(0, 0), size)
        box.moveCenter(QPointF(x, y))
        if view.contains(box) and not any(box.intersects(other) for other in taken):
            return box
    return None
