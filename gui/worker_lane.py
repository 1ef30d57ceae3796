"""One worker process: one task at a time, given up at once, made anew after a crash."""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from engine.errors import EngineError
from gui.worker_process import be_ready, begin, prepare

if TYPE_CHECKING:
    import pebble

logger = logging.getLogger(__name__)

SHORTEST_PATIENCE = 0.5
"""Seconds that a task may run on although nobody wants its result any more."""

START_TIMEOUT = 120.0
"""Seconds after which a process that does not come up is given up: torch on a cold disk is slow."""

TERM_SECONDS = 0.3
"""How long SIGKILL waits for what SIGTERM did not end: a process deep in C code does not see it."""


class WorkLostError(EngineError, RuntimeError):
    """The work was given up from outside: it took too long, or its process died."""


class NotBegunError(WorkLostError):
    """The process was gone before it took the work up; it can be tried again."""


class WorkerLane(QObject):
    """A worker process and the one task that it runs.

    ``came_up(error)`` follows every :meth:`wake` that had to start the process; error is None or
    what kept it from starting. ``finished(result, error)`` follows every :meth:`run`, except one
    that was given up by :meth:`kill`. Both arrive in the thread of this object.
    """

    came_up = Signal(object)
    finished = Signal(object, object)
    _future_done = Signal(int, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._pool: pebble.ProcessPool | None = None
        self._first_task: tuple[Callable[..., Any], tuple[Any, ...]] = (be_ready, ())
        self._keep_warm = False
        # Number of the future that is waited for; one with another number belongs to a process
        # that was given up.
        self._awaited = 0
        self._up = False
        self._process: int | None = None
        self._running = False
        self._since = 0.0
        self._start_seconds = 0.0
        self._reapers: list[threading.Thread] = []
        self._timeout = 0.0
        # Pebble calls back in its own threads, or at once where it could not take the task.
        self._future_done.connect(self._on_future_done, Qt.ConnectionType.QueuedConnection)

    @property
    def free(self) -> bool:
        """Whether :meth:`run` may be called."""
        return self._up and not self._running

    @property
    def running(self) -> bool:
        """Whether a task is running."""
        return self._running

    def overdue(self) -> float:
        """Return for how many seconds an unwanted task has run longer than it may; negative before.

        It may run as long as starting the process anew took: killing it would cost that much.
        """
        patience = max(SHORTEST_PATIENCE, self._start_seconds)
        return time.monotonic() - self._since - patience

    def keep_warm(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        """Start the process now and whenever it was lost, with this as its first task."""
        self._first_task, self._keep_warm = (function, arguments), True
        self.wake()

    def wake(self) -> None:
        """Start the process if there is none."""
        if self._up and not self._running and not self._is_alive():
            self._discard()  # it died while it had nothing to do
        if self._pool is None:
            self._pool = _new_pool()
            self._schedule(begin, self._first_task, START_TIMEOUT)

    def run(self, function: Callable[..., Any], arguments: tuple[Any, ...], timeout: float) -> None:
        """Run one task; only when :attr:`free`."""
        self._running = True
        self._schedule(function, arguments, timeout)

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
        for reaper in self._reapers:
            reaper.join(max(0.0, deadline - time.monotonic()))

    def _is_alive(self) -> bool:
        """Whether the process is there; pebble itself notices its end only later."""
        running = {process.pid for process in multiprocessing.active_children()}
        known = self._process is None or self._process in running
        return known and self._pool is not None and self._pool.active

    def _schedule(
        self, function: Callable[..., Any], arguments: tuple[Any, ...], timeout: float
    ) -> None:
        assert self._pool is not None
        self._awaited += 1
        self._since, self._timeout = time.monotonic(), timeout
        future: Future[Any]
        try:
            future = self._pool.schedule(function, args=arguments, timeout=timeout)
        except RuntimeError as error:  # the process died a moment ago
            future = Future()
            future.set_exception(BrokenProcessPool(str(error)))
        future.add_done_callback(partial(self._future_done.emit, self._awaited))

    def _on_future_done(self, number: int, future: Future[Any]) -> None:
        if number != self._awaited:
            return
        error = self._understood(future.exception())
        was_task, self._running = self._running, False
        if was_task:
            if isinstance(error, WorkLostError):
                self._lose()
            self.finished.emit(None if error else future.result(), error)
            return
        if isinstance(error, WorkLostError):
            self._discard()
            self.came_up.emit(error)
            return
        if error is not None:
            logger.warning("first task of worker %s failed", self._name, exc_info=error)
        self._start_seconds = time.monotonic() - self._since
        self._process = None if error else future.result()
        self._up = True
        self.came_up.emit(None)

    def _understood(self, error: BaseException | None) -> BaseException | None:
        from pebble import ProcessExpired

        if isinstance(error, TimeoutError) and error.args[:1] == ("Task timeout",):
            return WorkLostError(
                f"This was given up after {self._timeout:g} s. "
                "Try a smaller polynomial or fewer methods."
            )
        if isinstance(error, ProcessExpired):
            return WorkLostError(
                f"The process that worked on this ended unexpectedly (exit code {error.exitcode}); "
                "perhaps the memory was not enough. Change something to try again."
            )
        if isinstance(error, BrokenProcessPool):
            return NotBegunError(
                f"The process that should work on this is gone ({error}). "
                "Change something to try again."
            )
        return error

    def _lose(self) -> None:
        self._discard()
        if self._keep_warm:
            self.wake()

    def _discard(self) -> None:
        # The whole pool goes, not only its process: a future cancelled at the moment when its
        # process takes up the next task would take that one along.
        pool, self._pool = self._pool, None
        self._up = self._running = False
        self._awaited += 1
        if pool is None:
            return
        pool.stop()  # type: ignore[no-untyped-call]
        self._reapers = [reaper for reaper in self._reapers if reaper.is_alive()]
        reaper = threading.Thread(target=pool.join, name=f"reaper-{self._name}")
        reaper.start()
        self._reapers.append(reaper)


def _new_pool() -> pebble.ProcessPool:
    # Imported once a process is needed: not before the window is first drawn.
    import pebble

    pebble.CONSTS.term_timeout = TERM_SECONDS
    return pebble.ProcessPool(
        max_workers=1, initializer=prepare, context=multiprocessing.get_context("spawn")
    )
