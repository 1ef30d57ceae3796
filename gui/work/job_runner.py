"""Worker processes behind one door: a channel per panel, a ticket per request, the newest wins."""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from engine.errors import EngineError
from gui.work.turns import turns
from gui.work.worker_lane import NotBegunError, WorkerLane

logger = logging.getLogger(__name__)

Lane = Literal["torch", "sympy", "engine"]
"""Which worker process: torch's own, SymPy's own, or one for long plain work."""

SHUTDOWN_SECONDS = 1.5
"""How long the worker processes may take to end before they are killed."""


def lane_of(requires: Collection[str]) -> Lane:
    """Return where work is done that needs the packages ``requires``."""
    return "torch" if "torch" in requires else "sympy" if "sympy" in requires else "engine"


@dataclass(frozen=True, slots=True)
class Task:
    """One small piece of work: a function of the engine and its picklable arguments.

    Attributes:
        lane: The process that runs it.
        function: A module-level function.
        arguments: Frozen, picklable values.
        timeout: Seconds after which it is given up.
    """

    lane: Lane
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    timeout: float = 60.0


class Channel(QObject):
    """The requests of one panel; a new one replaces the old one, other panels are untouched.

    Every request ends in exactly one ``settled``, whatever became of it. No signal is emitted
    before :meth:`start` has returned the ticket.
    """

    arrived = Signal(int, int, object)
    """ticket, index of the task, result"""
    failed = Signal(int, int, object)
    """ticket, index of the task, exception (an EngineError, or a bug that was logged)"""
    settled = Signal(int, str)
    """ticket, "done", "cancelled" or "replaced" """
    _ended = Signal(int, str)

    def __init__(self, runner: JobRunner, name: str) -> None:
        super().__init__(runner)
        self.setObjectName(name)
        self._runner = runner
        self._ended.connect(self.settled, Qt.ConnectionType.QueuedConnection)

    def start(self, tasks: Sequence[Task]) -> int:
        """Give up the running request, queue this one, return its ticket at once."""
        return self._runner._start(self, tasks)

    def cancel(self) -> None:
        """Give up the running request, if any."""
        self._runner._cancel(self)


@dataclass(eq=False, slots=True)
class _Request:
    channel: Channel
    ticket: int
    tasks: Sequence[Task]
    waiting: dict[Lane, deque[int]] = field(default_factory=dict)
    done: int = 0
    tried_again: bool = False


class JobRunner(QObject):
    """Owns the worker processes: one per lane, started when it is first needed.

    A lane runs one task at a time and serves the channels in turn, so nothing piles up: of each
    channel at most one request waits. A task whose request was replaced is left to finish, and
    its result is dropped, unless it takes longer than a new process would; a task whose request
    was cancelled is killed.
    """

    progress_changed = Signal(int, int)
    """Tasks done and tasks in all since nothing ran; (0, 0) when nothing does any more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lanes: dict[Lane, WorkerLane] = {}
        self._requests: list[_Request] = []
        self._running: dict[Lane, tuple[_Request, int]] = {}
        self._put_off: set[Lane] = set()
        self._tickets = count(1)
        self._closed = False
        # Tasks of requests that are done while others still run: the bar is not to jump back.
        self._finished = 0
        self._reported = (0, 0)

    def channel(self, name: str) -> Channel:
        """Return a new channel for one panel."""
        return Channel(self, name)

    def put_off(self, lane: Lane) -> None:
        """Let the requests of a lane wait until :meth:`warm` is called for it."""
        self._put_off.add(lane)

    def warm(self, lane: Lane, function: Callable[..., Any], *arguments: Any) -> None:
        """Start a lane's process before it is needed and have it call ``function`` first.

        The same happens whenever that process was lost, so that no request waits for its imports
        longer than it must.
        """
        self._put_off.discard(lane)
        if not self._closed:
            self._lane(lane).keep_warm(function, arguments)

    def cancel_all(self) -> None:
        """Give up every request of every channel."""
        for request in tuple(self._requests):
            self._cancel(request.channel)

    def shutdown(self) -> None:
        """Stop everything; no process is left after it."""
        self._closed = True
        deadline = time.monotonic() + SHUTDOWN_SECONDS
        for lane in self._lanes.values():
            lane.stop()
        self.cancel_all()
        for lane in self._lanes.values():
            lane.join(deadline)
        for process in multiprocessing.active_children():
            process.kill()
            process.join()

    def _start(self, channel: Channel, tasks: Sequence[Task]) -> int:
        replaced = self._retire(channel, "replaced")
        for lane, (running, _) in tuple(self._running.items()):
            if running is replaced:
                self._watch(lane, running)
        request = _Request(channel, next(self._tickets), tuple(tasks))
        if self._closed or not tasks:
            channel._ended.emit(request.ticket, "done" if not tasks else "cancelled")
            return request.ticket
        for index, task in enumerate(tasks):
            request.waiting.setdefault(task.lane, deque()).append(index)
        self._requests.append(request)
        self._report_progress()
        # After the change has been drawn: the workers would compete with that for the processor.
        turns().ask(self, self._feed_all, seen=False)
        return request.ticket

    def _feed_all(self) -> None:
        for lane in {lane for request in self._requests for lane in request.waiting}:
            self._feed(lane)

    def _cancel(self, channel: Channel) -> None:
        request = self._retire(channel, "cancelled")
        for lane, (running, _) in tuple(self._running.items()):
            if running is request:
                self._give_up(lane)

    def _retire(self, channel: Channel, outcome: str) -> _Request | None:
        request = next((r for r in self._requests if r.channel is channel), None)
        if request is not None:
            self._requests.remove(request)
            if outcome == "done":
                self._finished += len(request.tasks)
            channel._ended.emit(request.ticket, outcome)
            self._report_progress()
        return request

    def _watch(self, lane: Lane, unwanted: _Request) -> None:
        """Give up an unwanted task once it has run for longer than a new process would take."""
        running = self._running.get(lane)
        if running is None or running[0] is not unwanted:
            return
        overdue = self._lanes[lane].overdue()
        if overdue >= 0:
            self._give_up(lane)
        else:
            QTimer.singleShot(int(-overdue * 1000) + 1, self, partial(self._watch, lane, unwanted))

    def _give_up(self, lane: Lane) -> None:
        del self._running[lane]
        self._lanes[lane].kill()
        self._feed(lane)

    def _lane(self, name: Lane) -> WorkerLane:
        if name not in self._lanes:
            lane = self._lanes[name] = WorkerLane(name, self)
            lane.came_up.connect(partial(self._on_came_up, name))
            lane.finished.connect(partial(self._on_finished, name))
        return self._lanes[name]

    def _feed(self, lane: Lane) -> None:
        if self._closed or lane in self._running or lane in self._put_off:
            return
        request = next((r for r in self._requests if r.waiting.get(lane)), None)
        if request is None:
            return
        worker = self._lane(lane)
        worker.wake()
        if worker.free:
            index = request.waiting[lane].popleft()
            # To the end of the line: the channels take turns.
            self._requests.remove(request)
            self._requests.append(request)
            task = request.tasks[index]
            self._running[lane] = (request, index)
            worker.run(task.function, task.arguments, task.timeout)

    def _on_came_up(self, lane: Lane, error: Exception | None) -> None:
        request = next((r for r in self._requests if r.waiting.get(lane)), None)
        if error is not None and request is not None:
            # One task fails, so that a process that never starts is not tried forever.
            self._deliver(request, request.waiting[lane].popleft(), None, error)
        self._feed(lane)

    def _on_finished(self, lane: Lane, result: object, error: Exception | None) -> None:
        request, index = self._running.pop(lane)
        if isinstance(error, NotBegunError) and not request.tried_again:
            # The process had died while it had nothing to do.
            request.tried_again = True
            request.waiting[lane].appendleft(index)
            self._feed(lane)
            return
        self._feed(lane)  # before the views draw: the process works meanwhile
        if request in self._requests:
            self._deliver(request, index, result, error)

    def _deliver(
        self, request: _Request, index: int, result: object, error: Exception | None
    ) -> None:
        request.done += 1
        channel, ticket = request.channel, request.ticket
        if error is None:
            channel.arrived.emit(ticket, index, result)
        else:
            if not isinstance(error, EngineError):
                name = channel.objectName()
                logger.error("task %d of channel %s failed", index, name, exc_info=error)
            channel.failed.emit(ticket, index, error)
        # A view may have started or cancelled something in between.
        if request in self._requests and request.done == len(request.tasks):
            self._retire(channel, "done")
        self._report_progress()

    def _report_progress(self) -> None:
        if not self._requests:
            self._finished = 0
        done = self._finished + sum(request.done for request in self._requests)
        total = self._finished + sum(len(request.tasks) for request in self._requests)
        if (done, total) != self._reported:
            self._reported = (done, total)
            self.progress_changed.emit(done, total)
