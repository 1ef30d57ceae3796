"""One lane: a worker process with one task at a time, given up at once, replaced after a crash."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.errors import EngineError
from gui.work.worker_link import Ended, WorkerLink
from gui.work.worker_process import Answer, get_ready

logger = logging.getLogger(__name__)

SHORTEST_PATIENCE = 0.5
"""Seconds that a task may run on although nobody wants its result any more."""

START_TIMEOUT = 120.0
"""Seconds after which a process that does not come up is given up: torch on a cold disk is slow."""


class WorkLostError(EngineError, RuntimeError):
    """The work was given up from outside: it took too long, or its process died."""


class ProcessLostError(WorkLostError):
    """The process died over it; tried again it may well be done."""


class NotBegunError(ProcessLostError):
    """The process was gone before it took the work up; it can be tried again."""


class WorkerLane(QObject):
    """A worker process and the one task that it runs.

    ``came_up(error)`` follows every :meth:`wake` that had to start the process; error is None or
    what kept it from starting. ``finished(result, error)`` follows every :meth:`run`, except one
    that was given up by :meth:`kill`. Both arrive in the thread of this object, in a later turn.
    """

    came_up = Signal(object)
    finished = Signal(object, object)
    _told = Signal(int, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._link: WorkerLink | None = None
        self._ending: list[WorkerLink] = []
        self._first_task: tuple[Callable[..., Any], tuple[Any, ...]] = (get_ready, ())
        self._keep_warm = False
        # Ignore messages from earlier processes: only this generation counts.
        self._awaited = 0
        self._up = False
        self._running = False
        self._since = 0.0
        self._start_seconds = 0.0
        self._limit = QTimer(self, singleShot=True)
        self._limit.timeout.connect(self._on_limit)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    @property
    def free(self) -> bool:
        """Whether :meth:`run` may be called."""
        return self._up and not self._running

    @property
    def running(self) -> bool:
        """Whether a task is running."""
        return self._running

    def overdue(self) -> float:
        """Return by how many seconds an unwanted task has run longer than it may; negative before.

        It may run for as long as a new process takes to start: killing it would cost that much.
        """
        patience = max(SHORTEST_PATIENCE, self._start_seconds)
        return time.monotonic() - self._since - patience

    def keep_warm(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        """Start the process now and whenever it was lost, with this as its first task."""
        self._first_task, self._keep_warm = (function, arguments), True
        self.wake()

    def wake(self) -> None:
        """Start the process if there is none."""
        if self.free and self._link is not None and not self._link.alive:
            self._discard()  # it died while it had nothing to do
        if self._link is None:
            self._start()

    def run(self, function: Callable[..., Any], arguments: tuple[Any, ...], timeout: float) -> None:
        """Run one task; only when :attr:`free`."""
        self._running = True
        self._send(function, arguments, timeout)

    def kill(self) -> None:
        """Give up the running task, and its process with it."""
        if self._running:
            self._lose()

    def stop(self) -> None:
        """End the process without waiting for it; see :meth:`join`."""
        self._keep_warm = False
        self._discard()

    def join(self, deadline: float) -> None:
        """Wait until every process of this lane is gone, at most until ``deadline``."""
        for link in self._ending:
            link.join(deadline)

    def _start(self) -> None:
        self._awaited += 1
        try:
            self._link = WorkerLink(partial(self._told.emit, self._awaited))
        except OSError as error:
            self._told.emit(self._awaited, Answer(error=_gone(error)))
            return
        self._send(*self._first_task, START_TIMEOUT)

    def _send(
        self, function: Callable[..., Any], arguments: tuple[Any, ...], timeout: float
    ) -> None:
        assert self._link is not None
        self._since = time.monotonic()
        self._limit.start(round(timeout * 1000))
        try:
            self._link.send(function, arguments)
        except OSError as error:  # the process died a moment ago
            self._told.emit(self._awaited, Answer(error=_gone(error)))
        except Exception as error:  # noqa: BLE001 - pickling raises whatever it meets
            self._told.emit(self._awaited, Answer(error=error))

    def _on_limit(self) -> None:
        seconds = self._limit.interval() / 1000
        error = WorkLostError(
            f"This was given up after {seconds:g} s. Try a smaller polynomial or fewer methods."
        )
        self._on_told(self._awaited, Answer(error=error))

    def _on_told(self, number: int, what: Answer | Ended) -> None:
        if number != self._awaited:
            return
        self._limit.stop()
        if isinstance(what, Answer):
            self._settle(what)
        elif self.free:
            self._discard()  # it had nothing to do, so nobody waits for it
        else:
            self._settle(Answer(error=_crashed(what.status)))

    def _settle(self, answer: Answer) -> None:
        lost = isinstance(answer.error, WorkLostError)
        if self._running:
            self._running = False
            if lost:
                self._lose()
            self.finished.emit(answer.result, answer.error)
        elif lost:
            self._discard()
            self.came_up.emit(answer.error)
        else:
            if answer.error is not None:
                name = self.objectName()
                logger.warning("first task of worker %s failed", name, exc_info=answer.error)
            self._start_seconds = time.monotonic() - self._since
            self._up = True
            self.came_up.emit(None)

    def _lose(self) -> None:
        self._discard()
        if self._keep_warm:
            self.wake()

    def _discard(self) -> None:
        self._limit.stop()
        link, self._link = self._link, None
        self._up = self._running = False
        self._awaited += 1
        if link is not None:
            link.end()
            self._ending = [one for one in self._ending if not one.gone] + [link]


def _gone(error: OSError) -> NotBegunError:
    return NotBegunError(
        f"The process that should work on this is gone ({error}). Change something to try again."
    )


def _crashed(status: int | None) -> ProcessLostError:
    return ProcessLostError(
        f"The process that worked on this ended unexpectedly (exit code {status}); "
        "perhaps the memory was not enough. Change something to try again."
    )
