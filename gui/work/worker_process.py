"""What runs inside a worker process besides its tasks; the only gui module that it imports."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait

_LAST_SECONDS = 0.3
"""Between the request to end and the end."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one task.

    Attributes:
        result: What its function returned.
        error: What it raised instead, or what kept it from being called or its result from being
            sent; None where nothing did.
        trace: Where it was raised.
    """

    result: object = None
    error: Exception | None = None
    trace: str = ""


def serve(connection: Connection) -> None:
    """Answer one task after the other until the window closes the connection.

    A task is a pickled function with its arguments, and an :class:`Answer` is sent back pickled.
    Nobody but these two processes has an end of the connection.
    """
    _prepare()
    with suppress(EOFError, OSError):  # the window is gone
        while True:
            connection.send_bytes(_answer(connection.recv_bytes()))


def get_ready() -> None:
    """Do nothing; its answer says that the process is up."""


def get_warm(method: str) -> None:
    """Import the library of a method and have it differentiate once.

    So the first derivative that the user asks for is as fast as all that follow.
    """
    from engine.comparison import compare_one
    from engine.differentiation.method import DerivativeProblem, MethodChoice
    from engine.expression import Power, Variable
    from engine.partial import Partial
    from engine.point import Point
    from engine.polynomial import Polynomial

    f = Power(Variable("x"), 2), Polynomial("x", {(2,): 1})
    problem = DerivativeProblem(*f, Partial(("x",)), Point({"x": 1}))
    compare_one(problem, MethodChoice(method))


def _answer(task: bytes) -> bytes:
    try:
        function, arguments = pickle.loads(task)
        return pickle.dumps(Answer(function(*arguments)))
    except Exception as error:  # noqa: BLE001 - the window tells the user, or logs the bug
        trace = traceback.format_exc()
        try:
            return pickle.dumps(Answer(error=error, trace=trace))
        except Exception:  # noqa: BLE001 - an error may hold anything
            return pickle.dumps(Answer(error=RuntimeError(repr(error)), trace=trace))


def _prepare() -> None:
    """Make the process a good neighbour of the window; called once, before its first task.

    It gives its core back between two products, for torch's threads would otherwise spin; and it
    ends with the window, even where the window was killed while a task of minutes is running.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        # As the window would have ended it: an export removes what it has written so far.
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_LAST_SECONDS)
        # Only this ends a thread in the middle of C code.
        os._exit(1)
