"""When a panel is brought up to date: once it is seen, in a turn of the event loop of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QWidget

from gui.work.turns import turns


def is_seen(widget: QWidget) -> bool:
    """Return whether any of ``widget`` is on the screen.

    Behind another tab Qt calls a docked widget visible: it only moves it out of the window.
    """
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


class WhenSeen(QObject):
    """Refreshes a panel; what cannot be seen costs nothing until it comes to the front.

    Args:
        widget: The view.
        shown: Emitted when it comes to be seen.
        refresh: Shows the worksheet as it is now.

    Attributes:
        stale: Whether something has changed since the last refresh.
    """

    def __init__(
        self, widget: QWidget, shown: SignalInstance, refresh: Callable[[], object]
    ) -> None:
        super().__init__(widget)
        self._widget, self._refresh = widget, refresh
        self.stale = True
        shown.connect(self.refresh_if_seen)

    def outdate(self) -> None:
        """Note a change; of several before the next turn only the last is shown."""
        self.stale = True
        if is_seen(self._widget):
            turns().ask(self, self.refresh_if_seen)

    def refresh_if_seen(self) -> None:
        """Refresh what is out of date, unless nobody can see it."""
        if self.stale and is_seen(self._widget):
            self.refresh()

    def refresh(self) -> None:
        """Refresh, seen or not."""
        self.stale = False
        self._refresh()
