"""Functions that the tests have run in worker processes."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from engine.errors import EngineError


def write_when_called(path: str, value: object) -> object:
    """Leave a trace of the call, and return the value."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{value}\n")
    return value


def sleep_then(seconds: float, value: object) -> object:
    """Return the value after a while."""
    time.sleep(seconds)
    return value


def write_then_sleep(path: str, seconds: float) -> None:
    """Say that the work has begun, then work for long."""
    Path(path).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(seconds)


def ignore_the_signal_then_sleep(path: str, seconds: float) -> None:
    """Behave as a process in the middle of C code: it does not see SIGTERM."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    write_then_sleep(path, seconds)


def refuse(message: str) -> None:
    """Fail as the engine does for what a user typed."""
    raise EngineError(message)


def divide(numerator: int, denominator: int) -> float:
    """Fail by a bug for a denominator of 0."""
    return numerator / denominator


def die(code: int) -> None:
    """End the process as a crash does."""
    os._exit(code)


def loaded_modules() -> frozenset[str]:
    """Return the names of the top-level modules that this process has loaded."""
    return frozenset(name.partition(".")[0] for name in sys.modules)


def environment(name: str) -> str | None:
    """Return a variable of this process."""
    return os.environ.get(name)


class UnsendableError(EngineError):
    """An error that holds what cannot be pickled."""

    def __init__(self) -> None:
        super().__init__(lambda: None)


class UnreadableError(EngineError):
    """An error that can be pickled, but not read again."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first} {second}")


def return_a_function() -> object:
    """Return what cannot be pickled."""
    return lambda: None


def raise_unsendable() -> None:
    """Fail by an error that cannot be pickled."""
    raise UnsendableError


def raise_unreadable() -> None:
    """Fail by an error that cannot be read again."""
    raise UnreadableError("no", "reader")


def interrupt_itself() -> str:
    """Return what is left after a Ctrl+C."""
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(0.05)
    return "still here"
