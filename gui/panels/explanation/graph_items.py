"""The boxes and edges of a computation graph, as items of a scene."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from engine.explanation.computation_graph import GraphNode
from engine.explanation.graph_layout import Sizes
from gui.look.number_format import DASH, show_tick, show_value
from gui.look.theme import Theme

SIZES = Sizes(width=108.0, height=52.0, between=44.0, beside=16.0)
"""Pixels, where nothing is zoomed."""

_RADIUS, PADDING, _HEAD = 6.0, 7.0, 8.0
_FAINT = 0.3
_LABEL_AT = 0.66
"""Of the way to the taker: in the middle the labels of two edges that cross would meet."""
_DIGITS = 6
_MEANING = 0.68
"""Of the width of a box: for what it stands for; the rest is for its symbol."""


class NodeItem(QGraphicsItem):
    """One node: what it stands for, its value and its adjoint once they are known."""

    def __init__(self, number: int, node: GraphNode, theme: Theme) -> None:
        super().__init__()
        self.number, self.node, self.theme = number, node, theme
        self.value_known = self.adjoint_known = True
        self.current = False
        self.setAcceptHoverEvents(True)
        formula = f"{node.symbol} = {node.formula}" if node.formula else f"input {node.symbol}"
        self.setToolTip(
            f"{formula} = {node.meaning}\nvalue {show_value(node.recorded.value)}\n"
            f"adjoint {show_value(node.recorded.adjoint)}\nPyTorch: {node.recorded.name}"
        )
        self.setZValue(1)

    def show_state(self, *, value: bool, adjoint: bool, current: bool, lit: bool) -> None:
        """Show what is known of the node, and whether it is looked at."""
        self.value_known, self.adjoint_known = value, adjoint
        self.current = current
        self.setOpacity(1.0 if lit else _FAINT)
        self.update()

    def boundingRect(self) -> QRectF:
        width, height = SIZES.width, SIZES.height
        return QRectF(-width / 2, -height / 2, width, height).adjusted(-2, -2, 2, 2)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        theme = self.theme
        box = self.boundingRect().adjusted(2, 2, -2, -2)
        edge = QColor(theme.accent if self.current else theme.border)
        painter.setPen(QPen(edge, 2.5 if self.current else 1.2))
        painter.setBrush(QColor(theme.raised if self.node.formula else theme.window))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        inner = box.adjusted(PADDING, 4, -PADDING, -4)
        line = inner.height() / 3
        rows = [QRectF(inner.left(), inner.top() + i * line, inner.width(), line) for i in range(3)]
        painter.setFont(sized(painter.font(), 13, bold=True))
        room = inner.width() * _MEANING
        meaning = painter.fontMetrics().elidedText(
            self.node.meaning, Qt.TextElideMode.ElideRight, int(room)
        )
        self._write(painter, rows[0], meaning, theme.text)
        painter.setFont(sized(painter.font(), 13))
        note = self.node.symbol if self.node.formula else "input"
        self._write(painter, rows[0], note, theme.muted, right=True)
        value = self.node.recorded.value if self.value_known else None
        self._pair(painter, rows[1], "value", value, theme.text)
        adjoint = self.node.recorded.adjoint if self.adjoint_known else None
        self._pair(painter, rows[2], "adjoint", adjoint, theme.accent)

    def _pair(
        self, painter: QPainter, rect: QRectF, name: str, number: float | None, colour: str
    ) -> None:
        """Write a name and its number, with as many digits as there is room for."""
        self._write(painter, rect, name, self.theme.muted)
        metrics = QFontMetricsF(painter.font())
        room = rect.width() - metrics.horizontalAdvance(f"{name} ")
        shown = DASH if number is None else fitting(number, metrics, room)
        self._write(painter, rect, shown, colour, right=True)

    def _write(
        self, painter: QPainter, rect: QRectF, text: str, colour: str, *, right: bool = False
    ) -> None:
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, text)


class EdgeItem(QGraphicsItem):
    """From a node to one that takes it, with the local derivative of what takes it."""

    def __init__(
        self, ends: tuple[int, int], route: Sequence[QPointF], local: Sequence[float], theme: Theme
    ) -> None:
        super().__init__()
        self.ends, self.theme = ends, theme
        self.label = "+".join(show_tick(one) for one in local)
        self.current = False
        self._path, self._middle, self._tip = _drawn(route)
        times = "once" if len(local) == 1 else f"{len(local)} times, so the local derivatives add"
        self.setToolTip(f"Local derivative {self.label}: taken {times}")

    def show_state(self, *, current: bool, lit: bool) -> None:
        """Show whether an adjoint flows through the edge now."""
        self.current = current
        self.setOpacity(1.0 if lit else _FAINT)
        self.update()

    def boundingRect(self) -> QRectF:
        return self._path.boundingRect().adjusted(-60, -14, 60, 14)

    def shape(self) -> QPainterPath:
        shape = QPainterPath()
        shape.addRect(self._label_rect())
        return shape

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        colour = QColor(self.theme.accent if self.current else self.theme.muted)
        painter.setPen(QPen(colour, 2.2 if self.current else 1.1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        painter.setBrush(colour)
        painter.drawPolygon(self._tip)
        rect = self._label_rect()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.base))
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(colour)
        painter.setFont(sized(painter.font(), 12))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.label)

    def _label_rect(self) -> QRectF:
        metrics = QFontMetricsF(sized(QFont(), 12))
        rect = QRectF(0, 0, metrics.horizontalAdvance(self.label) + 6, metrics.height())
        rect.moveCenter(self._middle)
        return rect


def fitting(number: float, metrics: QFontMetricsF, room: float) -> str:
    """Return a number with as many digits as there is room for, up to six."""
    texts = [show_tick(number, digits) for digits in range(_DIGITS, 0, -1)]
    return next((text for text in texts if metrics.horizontalAdvance(text) <= room), texts[-1])


def sized(font: QFont, pixels: int, *, bold: bool = False) -> QFont:
    """Return the font in another size."""
    sized = QFont(font)
    sized.setPixelSize(pixels)
    sized.setBold(bold)
    return sized


def _drawn(route: Sequence[QPointF]) -> tuple[QPainterPath, QPointF, QPolygonF]:
    """Return a smooth path through the points, the place of its label, and its arrow head."""
    path = QPainterPath(route[0])
    across = abs(route[-1].x() - route[0].x()) > abs(route[-1].y() - route[0].y())
    for start, stop in pairwise(route):
        half = (start + stop) / 2
        if across:
            first, second = QPointF(half.x(), start.y()), QPointF(half.x(), stop.y())
        else:
            first, second = QPointF(start.x(), half.y()), QPointF(stop.x(), half.y())
        path.cubicTo(first, second, stop)
    end = route[-1]
    angle = math.radians(path.angleAtPercent(0.97))
    along = QPointF(math.cos(angle), -math.sin(angle))
    beside = QPointF(-along.y(), along.x())
    base = end - along * _HEAD
    tip = QPolygonF([end, base + beside * _HEAD * 0.4, base - beside * _HEAD * 0.4])
    return path, path.pointAtPercent(_LABEL_AT), tip
