"""ColumnWork: what one column has asked for, and what it shows where that does not come."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from gui.panels.explanation.column import Column
from gui.work.job_runner import JobRunner, Task
from gui.work.request_queue import RequestQueue
from gui.work.user_error import user_error

_LATE_MILLISECONDS = 200
"""After which what still shows an earlier problem is dimmed: before, it would only flicker."""


class ColumnWork(QObject):
    """Asks the worker processes on behalf of a column.

    Args:
        view: The column.
        runner: Runs the tasks.
        content: Key of the task whose result the column shows; others only add to it.

    Attributes:
        awaited: Keys of the tasks that have not come to an end.

    Signals:
        arrived: Result of a task.
        lost: There will be no content; the column says why.
    """

    arrived = Signal(object)
    lost = Signal()

    def __init__(self, view: Column, runner: JobRunner, content: str, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._content = view, content
        self.awaited: set[str] = set()
        self._queue = RequestQueue(runner, f"how it works: {content}", self)
        self._queue.arrived.connect(self._on_arrived)
        self._queue.failed.connect(self._on_failed)
        self._queue.cancelled.connect(self._on_cancelled)
        self._late = QTimer(self, singleShot=True, interval=_LATE_MILLISECONDS)
        self._late.timeout.connect(self._dim_what_is_late)

    def ask(self, tasks: Mapping[str, Task]) -> None:
        """Have ``tasks`` worked on in place of what was asked for before."""
        self.awaited = set(tasks)
        self._queue.ask(tasks)
        if tasks:
            self._late.start()

    def _on_arrived(self, generation: int, key: str, result: object) -> None:
        if generation == self._queue.newest:
            self.awaited.discard(key)
            self.arrived.emit(result)

    def _on_failed(self, generation: int, key: str, error: Exception) -> None:
        if generation == self._queue.newest:
            self._lose(key, str(user_error(error)))

    def _on_cancelled(self, generation: int) -> None:
        if generation == self._queue.newest:
            for key in tuple(self.awaited):
                self._lose(key, "Cancelled before it was calculated; pick it again.")

    def _lose(self, key: str, why: str) -> None:
        self.awaited.discard(key)
        if key == self._content:
            self._view.show_sentence(why)
            self.lost.emit()

    def _dim_what_is_late(self) -> None:
        if self._content in self.awaited:
            self._view.show_stale(True)
