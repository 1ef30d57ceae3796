"""Whether a widget is seen; loaded before the window is first drawn, so it imports only Qt."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget


def is_seen(widget: QWidget) -> bool:
    """Return whether any of ``widget`` is on the screen.

    Behind another tab Qt calls a docked widget visible: it only moves it out of the window.
    """
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


class SeenWidget(QWidget):
    """A view that says when it comes to be seen.

    Signals:
        shown: It has come to the screen.
    """

    shown = Signal()

    def is_seen(self) -> bool:
        """Return whether any of it is on the screen."""
        return is_seen(self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
