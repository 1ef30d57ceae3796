"""Where every panel gets the critical points of f from: found once, in a worker process."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from engine.critical.critical_points import CriticalPoints, find_critical_points
from engine.errors import EngineError
from engine.polynomial import Polynomial
from engine.worksheet.worksheet import Fields, Worksheet
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner, Task
from gui.work.request_queue import RequestQueue
from gui.work.user_error import user_error
from gui.work.worker_lane import ProcessLostError

LONGEST_SECONDS = 20.0
"""After these the search is given up; nearly every polynomial of a course takes less than one."""

REST_MILLISECONDS = 250
"""They are looked for when the text has not changed for this long."""


class CriticalSource(QObject):
    """The critical points of the polynomial that is shown.

    Attributes:
        found: What was found; None while it is looked for, and where there is none to be found.
        remark: Why ``found`` is None, in a sentence; empty where it is not None.
        searching: Whether they are being looked for.
    """

    changed = Signal()

    def __init__(
        self, store: WorksheetStore, runner: JobRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._polynomial: Polynomial | None = None
        self.found: CriticalPoints | None = None
        self.remark = ""
        self.searching = False
        self._is_lost = False  # with the process that looked for them
        self._queue = RequestQueue(runner, "critical points", self)
        self._queue.arrived.connect(self._on_arrived)
        self._queue.failed.connect(self._on_failed)
        self._queue.cancelled.connect(self._on_cancelled)
        self._rest = QTimer(self, singleShot=True, interval=REST_MILLISECONDS)
        self._rest.timeout.connect(self._search)
        store.worksheet_changed.connect(self._on_worksheet_changed)

    def begin(self) -> None:
        """Look for the critical points of the worksheet as it is now."""
        self._outdate()

    def _on_worksheet_changed(self, _worksheet: Worksheet, changed: Fields) -> None:
        if changed & Fields.text or self._is_lost:
            self._outdate()

    def _outdate(self) -> None:
        try:
            polynomial = self._store.readings.read(self._store.worksheet.text).polynomial
        except EngineError:
            self._polynomial = None
            self._rest.stop()
            self._show(None, "The polynomial cannot be read at the moment.")
            return
        if polynomial == self._polynomial and (self.found is not None or self.searching):
            return
        self._polynomial = polynomial
        self._show(None, "Looking for the critical points…", searching=True)
        self._rest.start()

    def _search(self) -> None:
        self._is_lost = False
        task = Task("engine", find_critical_points, (self._polynomial,), LONGEST_SECONDS)
        self._queue.ask({"critical points": task})

    def _on_arrived(self, generation: int, _key: object, found: CriticalPoints) -> None:
        if generation == self._queue.newest and not self._rest.isActive():
            self._show(found, "")

    def _on_failed(self, generation: int, _key: object, error: Exception) -> None:
        if generation == self._queue.newest and not self._rest.isActive():
            self._is_lost = isinstance(error, ProcessLostError)
            self._show(None, str(user_error(error)))

    def _on_cancelled(self, generation: int) -> None:
        if generation == self._queue.newest:
            self._show(None, "Cancelled; change the polynomial to have them looked for again.")

    def _show(self, found: CriticalPoints | None, remark: str, *, searching: bool = False) -> None:
        self.found, self.remark, self.searching = found, remark, searching
        self.changed.emit()
