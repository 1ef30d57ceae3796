"""How a text reaches standard output or standard error, whatever state these are in."""

from __future__ import annotations

import os
import sys


def say(text: str) -> int:
    """Print a text; return the exit status: 0, or 1 if it could not be printed."""
    if sys.stdout is None:  # as where a process is started with the stream closed
        return complain("The result could not be printed: standard output is closed.", status=1)
    # A terminal that lacks a sign, such as ∂, shows its number instead of a traceback.
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except OSError as error:
        # Python flushes once more at exit; without a place for that it would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0  # the reader has seen what it wanted
        return complain(f"The result could not be printed: {error.strerror}.", status=1)
    return 0


def complain(message: str, status: int) -> int:
    """Print a message on standard error, if there is one; return the exit status."""
    if sys.stderr is not None:
        sys.stderr.write(f"{message}\n")
    return status
