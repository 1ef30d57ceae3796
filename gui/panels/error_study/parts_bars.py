"""PartsBars: truncation, round-off and total error of one sample as bars from a common zero."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.look.number_format import show_error
from gui.look.theme import Theme
from gui.panels.error_study.shown import ErrorParts

_NAMES = ("Truncation", "Round-off", "Total")
_THINNEST = 1.5
"""Pixels of a bar that is too short to be seen beside the others."""


class PartsBars(QWidget):
    """Three bars on one linear scale: the first two add up to the third, with their signs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts: ErrorParts | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Error at this step: truncation, round-off and total")

    def sizeHint(self) -> QSize:
        return QSize(260, 3 * self._row_height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 3 * self._row_height() + 4)

    def show_parts(self, parts: ErrorParts | None) -> None:
        """Show one sample, or nothing."""
        self._parts = parts
        texts = [] if parts is None else [signed_text(value) for value in _values(parts)]
        said = "; ".join(f"{name} {text}" for name, text in zip(_NAMES, texts, strict=False))
        self.setAccessibleDescription(said)
        self.setToolTip(said and f"At h {parts.step if parts else ''}: {said}")
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        self.update()

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 3

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._parts is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, values = self.fontMetrics(), _values(self._parts)
        names = max(map(metrics.horizontalAdvance, _NAMES)) + 8
        numbers = metrics.horizontalAdvance("−8.88e−888") + 8
        room = QRectF(names, 2, max(20.0, self.width() - names - numbers), self.height() - 4)
        largest = max(map(abs, values)) or Fraction(1)
        colours = (self._theme.accent, self._theme.note, self._theme.text)
        for row, (name, value, colour) in enumerate(zip(_NAMES, values, colours, strict=True)):
            top = room.top() + row * self._row_height()
            line = QRectF(0, top, self.width(), self._row_height())
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(line, _LEFT, name)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(line, _RIGHT, signed_text(value))
            painter.fillRect(_bar(room, top + 3, self._row_height() - 6, float(value / largest)),
                             QColor(colour))  # fmt: skip
        painter.setPen(QColor(self._theme.muted))
        middle = room.center().x()
        painter.drawLine(QPointF(middle, room.top()), QPointF(middle, room.bottom()))


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _values(parts: ErrorParts) -> tuple[Fraction, Fraction, Fraction]:
    return parts.truncation, parts.round_off, parts.total


def _bar(room: QRectF, top: float, height: float, share: float) -> QRectF:
    """Return the bar of a value that is ``share`` (-1 to 1) of the largest; 0 has none."""
    half = room.width() / 2
    length = max(_THINNEST, abs(share) * half) if share else 0.0
    left = room.center().x() - (length if share < 0 else 0.0)
    return QRectF(left, top, length, height)


def signed_text(value: Fraction) -> str:
    """Return ``+9.00e−4``, ``−1.2e−11`` or ``0``."""
    size = show_error(abs(value))
    return size if not value else ("+" if value > 0 else "\N{MINUS SIGN}") + size
