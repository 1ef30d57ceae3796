"""Background work that follows a drag: the newest request waits, briefly, for the running one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from gui.work.job_runner import JobRunner, Task

PATIENCE_SECONDS = 1.0
"""How long a newer request waits for the running one before it takes its place."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is computed for one state of the worksheet; ``keys`` name the rows of ``tasks``."""

    generation: int
    keys: tuple[object, ...]
    tasks: tuple[Task, ...]


class RequestQueue(QObject):
    """Runs requests one after the other.

    A channel drops what it runs when something newer starts. While the point is dragged that would
    be sixty times a second, and the last rows would never come. So a request is let finish, within
    reason, and of those that come meanwhile only the newest is kept.

    Attributes:
        newest: Generation of what was asked for last.
    """

    arrived = Signal(int, object, object)
    """generation, key, result"""
    failed = Signal(int, object, object)
    """generation, key, exception"""
    cancelled = Signal(int)
    """generation: a person gave it up"""

    def __init__(self, runner: JobRunner, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._channel = runner.channel(name)
        self._channel.arrived.connect(self._on_arrived)
        self._channel.failed.connect(self._on_failed)
        self._channel.settled.connect(self._on_settled)
        self.newest = 0
        self._ticket: int | None = None
        self._running: Request | None = None
        self._waiting: Request | None = None
        self._patience = QTimer(self, singleShot=True, interval=int(PATIENCE_SECONDS * 1000))
        self._patience.timeout.connect(self._start_waiting)

    def ask(self, tasks: Mapping[Any, Task]) -> None:
        """Compute ``tasks`` under their keys, as the next generation; none drops the last."""
        self.request(self.newest + 1, tuple(tasks), tuple(tasks.values()))

    def request(self, generation: int, keys: Sequence[object], tasks: Sequence[Task]) -> None:
        """Compute ``tasks``, after the running request; forget what waited before."""
        self.newest = generation
        self._waiting = Request(generation, tuple(keys), tuple(tasks))
        if self._running is None:
            self._start_waiting()
        elif not self._patience.isActive():
            self._patience.start()

    def _start_waiting(self) -> None:
        request, self._waiting = self._waiting, None
        self._patience.stop()
        if request is not None and (request.tasks or self._running is not None):
            self._running = request
            self._ticket = self._channel.start(request.tasks)

    def _on_arrived(self, ticket: int, index: int, row: object) -> None:
        if ticket == self._ticket and self._running is not None:
            self.arrived.emit(self._running.generation, self._running.keys[index], row)

    def _on_failed(self, ticket: int, index: int, error: object) -> None:
        if ticket == self._ticket and self._running is not None:
            self.failed.emit(self._running.generation, self._running.keys[index], error)

    def _on_settled(self, ticket: int, how: str) -> None:
        if ticket != self._ticket or self._running is None:
            return  # a request that a newer one has replaced
        newest = self._waiting or self._running
        self._running = None
        if how == "cancelled":
            self._waiting = None
            self._patience.stop()
            self.cancelled.emit(newest.generation)
        else:
            self._start_waiting()
