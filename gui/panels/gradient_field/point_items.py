"""The point that can be dragged, the gradient there as one large arrow, and its components."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont

from engine.evaluation.arrays import Floats
from gui.look.theme import Theme
from gui.panels.gradient_field.screen_scale import ScreenScale, arrow_strokes
from gui.plots.plot_colours import PlotColours
from gui.plots.plot_style import make_curve

ARROW_PIXELS = 58.0
"""Length of the large arrow; its label says how long the gradient is."""


class PointItems:
    """Target, arrow and label; ``target`` reports drags."""

    def __init__(self, plot: Any) -> None:
        self.target = pg.TargetItem(size=15, symbol="o", movable=True)
        self.target.setCursor(Qt.CursorShape.SizeAllCursor)
        self._halo = make_curve("pairs")
        self.arrow = make_curve("pairs")
        self.label = pg.TextItem(anchor=(0.5, 0.5))
        for layer, item in enumerate((self._halo, self.arrow, self.label, self.target)):
            item.setZValue(10 + layer)
            plot.addItem(item, ignoreBounds=True)
        self.marked: list[QRectF] = []
        """Rectangles in pixels which other labels leave free."""

    def show_point(self, place: Floats, gradient: Floats, text: str, scale: ScreenScale) -> None:
        """Show the point at ``place`` and ``gradient`` there; ``text`` names its components."""
        self.target.setPos(*place)
        at = scale.to_pixels(place)
        direction = scale.directions(gradient)
        has_arrow = bool(np.isfinite(direction).all())
        tip = at + ARROW_PIXELS * direction if has_arrow else at
        strokes = arrow_strokes(at[None], tip[None], 15.0) if has_arrow else np.empty((0, 2))
        places = scale.from_pixels(strokes)
        for curve in (self._halo, self.arrow):
            curve.setData(places[:, 0], places[:, 1])
        self.label.setText(text)
        size = self.label.boundingRect().size()
        half = np.array([size.width() / 2, size.height() / 2])
        centre = _label_centre(at, tip, half, scale)
        self.label.setPos(*scale.from_pixels(centre))
        margin = np.array([13.0, 13.0])
        self.marked = [
            QRectF(QPointF(*(middle - reach)), QPointF(*(middle + reach)))
            for middle, reach in ((centre, half), (at, margin), ((at + tip) / 2, margin))
        ]

    def set_visible(self, visible: bool) -> None:
        """Show or hide everything at the point."""
        for item in (self.target, self._halo, self.arrow, self.label):
            item.setVisible(visible)
        if not visible:
            self.marked = []

    def show_theme(self, theme: Theme, colours: PlotColours, font: QFont) -> None:
        """Restyle."""
        mark, halo = QColor(colours.mark), QColor(colours.halo)
        self.arrow.setPen(pg.mkPen(mark, width=3))
        self._halo.setPen(pg.mkPen(halo, width=6))
        self.target.setBrush(mark)
        self.target.setHoverBrush(mark.lighter(125))
        self.target.setPen(pg.mkPen(halo, width=2))
        self.target.setHoverPen(pg.mkPen(theme.text, width=2))
        strong = QFont(font)
        strong.setBold(True)
        self.label.setFont(strong)
        self.label.setColor(mark)
        fill = QColor(theme.base)
        fill.setAlpha(225)
        self.label.fill = pg.mkBrush(fill)
        self.label.border = pg.mkPen(mark, width=1)


def _label_centre(at: Floats, tip: Floats, half: Floats, scale: ScreenScale) -> Floats:
    """Return where the label lies inside the view and off the arrow; beyond the tip if it can."""
    step = tip - at
    length = float(np.linalg.norm(step))
    along = step / length if length > 0 else np.array([0.0, 1.0])
    size = np.array([scale.width, scale.height])
    gap = 8.0 if length > 0 else 16.0
    beyond = tip + along * (float(np.abs(along) @ half) + gap)
    aside = [
        at + np.array([0.0, side * (half[1] + 16.0)]) for side in (-np.sign(along[1]) or 1.0, 1.0)
    ]
    for centre in (beyond, *aside):
        if (centre - half >= 2).all() and (centre + half <= size - 2).all():
            return np.asarray(centre)
    return np.asarray(np.clip(aside[0], half + 2, np.maximum(half + 2, size - half - 2)))
