"""Veil: lies over what belongs to an earlier problem while the text cannot be read, and says so."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme

_TEXT = "Of the last problem that could be read"
_OPACITY = 150
"""Of 255."""
_MARGIN = 4
"""Pixels above the words, and half of those beside them."""


class Veil(QWidget):
    """Hidden at first; the mouse reaches what is below it.

    Args:
        covered: What it lies over.
        dims: False where what is below is dimmed already.
        aside: Whether there is room for the words on the right.
    """

    def __init__(self, covered: QWidget, *, dims: bool = True, aside: bool = False) -> None:
        super().__init__(covered)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._covered, self._dims, self._aside = covered, dims, aside
        self._theme: Theme | None = None
        covered.installEventFilter(self)
        self.hide()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        self.update()

    def lie_over(self, stale: bool) -> None:
        """Show it, or take it away."""
        self.raise_()
        self.setVisible(stale)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded, QEvent.Type.Show):
            self.setGeometry(self._covered.rect())
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter = QPainter(self)
        if self._dims:
            dim = QColor(self._theme.base)
            dim.setAlpha(_OPACITY)
            painter.fillRect(self.rect(), dim)
        box = painter.fontMetrics().boundingRect(_TEXT).adjusted(-10, -5, 10, 5)
        box.moveCenter(self.rect().center())
        box.moveTop(_MARGIN)
        if self._aside:
            box.moveRight(self.width() - 2 * _MARGIN)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._theme.border))
        painter.setBrush(QColor(self._theme.raised))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _TEXT)
