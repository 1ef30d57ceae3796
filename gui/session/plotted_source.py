"""What every plot shows: read once for all of them."""

from __future__ import annotations

from engine.critical.critical_points import CriticalPoints
from engine.errors import EngineError
from engine.partial import Partial
from engine.worksheet.worksheet import Worksheet
from gui.session.critical_source import CriticalSource
from gui.session.plotted import Plotted, plotted_of
from gui.session.selection import Selection
from gui.session.worksheet_store import WorksheetStore


class PlottedSource:
    """The worksheet as plots show it, with what is looked at and the critical points."""

    def __init__(
        self, store: WorksheetStore, selection: Selection, critical: CriticalSource
    ) -> None:
        self._store, self._selection, self._critical = store, selection, critical
        self._worksheet: Worksheet | None = None
        self._found: CriticalPoints | None = None
        self._looked_at: tuple[Partial | None, str] = (None, "")
        self._plotted: Plotted | None = None
        self._newest: tuple[Worksheet, Plotted] | None = None

    def read(self) -> Plotted:
        """Return the worksheet as it is now; the same object while nothing changes.

        Raises:
            EngineError: Something typed cannot be read.
        """
        worksheet, found = self._store.worksheet, self._critical.found
        looked_at = (self._selection.partial, self._selection.scheme)
        if (
            self._plotted is None
            or worksheet is not self._worksheet
            or found is not self._found
            or looked_at != self._looked_at
        ):
            self._plotted = None
            self._plotted = plotted_of(worksheet, self._store.readings.read, self._selection, found)
            self._worksheet, self._found, self._looked_at = worksheet, found, looked_at
            self._newest = worksheet, self._plotted
        return self._plotted

    def read_newest(self) -> Plotted | None:
        """Return the last worksheet that could be read; None if none could."""
        worksheet = self._store.readable
        if self._newest is None or self._newest[0] is not worksheet:
            try:
                plotted = plotted_of(worksheet, self._store.readings.read, self._selection)
            except EngineError:
                return None
            self._newest = worksheet, plotted
        return self._newest[1]
