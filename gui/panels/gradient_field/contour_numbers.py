"""The numbers at the contours: small texts that keep their size, all painted by one item."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from gui.panels.gradient_field.screen_scale import ScreenScale


class ContourNumbers(pg.GraphicsObject):  # type: ignore[misc]
    """An item of its own for each text would take several times as long to change and paint."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[QRectF] = []
        """Of the texts, in pixels counted upwards from the lower left corner of the view."""
        self._texts: list[str] = []
        self._places: list[QPointF] = []
        self._bounds = QRectF()
        self._font = QFont()
        self._fill, self._colour = QColor(), QColor()

    def show_texts(self, texts: Sequence[str], boxes: Sequence[QRectF], scale: ScreenScale) -> None:
        """Show each text in the middle of its box."""
        self.prepareGeometryChange()
        self._texts, self.boxes = list(texts), list(boxes)
        self._places = [
            QPointF(
                scale.left + box.center().x() * scale.unit_x,
                scale.bottom + box.center().y() * scale.unit_y,
            )
            for box in boxes
        ]
        self._bounds = QRectF(
            scale.left, scale.bottom, scale.width * scale.unit_x, scale.height * scale.unit_y
        )
        self.update()

    def set_style(self, font: QFont, colour: QColor, fill: QColor) -> None:
        """Restyle; ``fill`` lies below each text."""
        self._font, self._colour, self._fill = font, colour, fill
        self.update()

    def boundingRect(self) -> QRectF:
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        to_scene = self.sceneTransform()
        # From here on a unit is a pixel of the window, or what stands for one in a file.
        painter.setTransform(to_scene.inverted()[0], combine=True)
        painter.setFont(self._font)
        painter.setPen(self._colour)
        centred = int(Qt.AlignmentFlag.AlignCenter)
        for text, place, box in zip(self._texts, self._places, self.boxes, strict=True):
            rect = QRectF(0, 0, box.width() - 2, box.height() - 2)
            rect.moveCenter(to_scene.map(place))
            painter.fillRect(rect, self._fill)
            painter.drawText(rect, centred, text)
