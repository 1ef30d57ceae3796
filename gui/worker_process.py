"""What runs inside a worker process besides its tasks; the only gui module that it imports."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any

_LAST_SECONDS = 0.3
"""Between the request to end and the end."""


def prepare() -> None:
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


def be_ready() -> None:
    """Do nothing; its return says that the process is up."""


def begin(function: Callable[..., Any], arguments: tuple[Any, ...]) -> int:
    """Run the first task of the process, and return the number of the process."""
    function(*arguments)
    return os.getpid()
