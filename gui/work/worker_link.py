"""One worker process as the window sees it: a connection, and a thread that listens to it."""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import Any

from gui.startup.safe_path import safe_start
from gui.work.worker_process import Answer, serve

TERM_SECONDS = 0.3
"""How long SIGKILL waits for what SIGTERM did not end: a process deep in C code does not see it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The process is gone.

    Attributes:
        status: Its exit status; negative for the signal that ended it.
    """

    status: int | None


class WorkerLink:
    """Starts a process, which then does one task at a time.

    Args:
        tell: Is called with the :class:`Answer` to each task, and with :class:`Ended` when the
            process has gone without having been asked to end; in a thread of its own.

    Raises:
        OSError: No process could be started.
    """

    def __init__(self, tell: Callable[[Answer | Ended], object]) -> None:
        # Not forked: Qt's threads, and the locks that they hold, must not be copied.
        context = multiprocessing.get_context("spawn")
        self._connection, of_process = context.Pipe()
        self._process = context.Process(target=serve, args=(of_process,), daemon=True)
        self._tell, self._wanted = tell, True
        with safe_start(), _interrupts_held():
            self._process.start()
        # Only its own end stays open, so that the connection breaks when the process ends.
        of_process.close()
        self._listener = threading.Thread(target=self._listen, name="worker-link", daemon=True)
        self._listener.start()

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._process.is_alive()

    def send(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        """Have the process call a module-level function.

        Raises:
            OSError: The process is gone.
            Exception: What is to be sent cannot be pickled.
        """
        self._connection.send_bytes(pickle.dumps((function, arguments)))

    def end(self) -> None:
        """End the process without waiting for it; nothing more is reported."""
        self._wanted = False
        self._process.terminate()
        killer = threading.Timer(TERM_SECONDS, self._process.kill)
        killer.daemon = True
        killer.start()

    def join(self, deadline: float) -> None:
        """Wait until the process is gone, at most until ``deadline`` of ``time.monotonic``."""
        self._listener.join(max(0.0, deadline - time.monotonic()))

    @property
    def gone(self) -> bool:
        """Whether the process is gone and nothing of it is left."""
        return not self._listener.is_alive()

    def _listen(self) -> None:
        while True:
            try:
                answer = self._connection.recv_bytes()
            except (EOFError, OSError):
                break
            self._say(_read(answer))
        self._process.join()
        self._say(Ended(self._process.exitcode))

    def _say(self, what: Answer | Ended) -> None:
        if self._wanted:
            self._tell(what)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Have a process started inside: Ctrl+C in the terminal is for the window, never for it.

    A process begins with the signals blocked that its parent blocks. What comes for the window
    meanwhile, to whichever thread, has its effect afterwards: a process whose parent has gone
    before it could say what to do would complain.
    """
    caught: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: caught.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        with _blocked(signal.SIGINT):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for caught_number in caught:
            signal.raise_signal(caught_number)


@contextmanager
def _blocked(number: signal.Signals) -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return
    resource_tracker.ensure_running()  # starting that one lets them through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _InWorkerProcessError(Exception):
    """Where an error was raised: the cause of the one that is shown here."""


def _read(answer: bytes) -> Answer:
    try:
        read: Answer = pickle.loads(answer)
    except Exception as error:  # noqa: BLE001 - the error of a task may not be readable
        return Answer(error=error)
    if read.error is not None:
        read.error.__cause__ = _InWorkerProcessError(f"\n{read.trace}")
    return read
