"""When a panel is brought up to date: once it is seen, in a turn of the event loop of its own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from engine.worksheet.worksheet import Fields, Worksheet
from gui.panel.seen import SeenWidget
from gui.session.worksheet_store import WorksheetStore
from gui.work.turns import turns


class WhenSeen(QObject):
    """Refreshes a panel; what cannot be seen costs nothing until it comes to the front.

    Args:
        view: What is refreshed.
        refresh: Shows the worksheet as it is now.

    Attributes:
        stale: Whether something has changed since the last refresh.
    """

    def __init__(self, view: SeenWidget, refresh: Callable[[], object]) -> None:
        super().__init__(view)
        self._view, self._refresh = view, refresh
        self._fields = Fields(0)
        self.stale = True
        view.shown.connect(self.refresh_if_seen)

    def follow(self, store: WorksheetStore, fields: Fields) -> None:
        """Take note whenever one of ``fields`` of the worksheet changes."""
        self._fields = fields
        store.worksheet_changed.connect(self._on_worksheet_changed)

    def _on_worksheet_changed(self, _worksheet: Worksheet, changed: Fields) -> None:
        if changed & self._fields:
            self.outdate()

    def outdate(self) -> None:
        """Take note of a change; of several before the next turn only the last is shown."""
        self.stale = True
        if self._view.is_seen():
            turns().ask(self, self.refresh_if_seen)

    def refresh_if_seen(self) -> None:
        """Refresh what is out of date, unless nobody can see it."""
        if self.stale and self._view.is_seen():
            self.refresh()

    def refresh(self) -> None:
        """Refresh, seen or not."""
        self.stale = False
        self._refresh()
