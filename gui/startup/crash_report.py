"""What happens on a bug: every detail goes to a log file, one dialog says where, and no exit."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

logger = logging.getLogger(__name__)

_LARGEST_LOG = 1_000_000
"""Bytes; past this, the next start begins a new file and keeps the previous one."""


def log_to_file(folder: Path) -> Path | None:
    """Write warnings and errors of the whole program to a file in ``folder``.

    Returns:
        The file, or None where none can be written; everything then goes to standard error only.
    """
    path = folder / "trigrad.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # opening a pipe would wait for its reader
            raise OSError(f"{path} is no file")
        # No size limit here: it would start a new file while the program runs.
        handler = RotatingFileHandler(path, backupCount=1, encoding="utf-8")
        if path.stat().st_size > _LARGEST_LOG:
            handler.doRollover()
    except OSError as error:
        logger.warning("nothing is logged to a file: %s", error)
        return None
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    return path


def place_of_details(log_path: Path | None) -> str:
    """Say where to look for more, given what :func:`log_to_file` returned."""
    return f"Details are in {log_path}" if log_path else "Details are on standard error"


def install(show: Callable[[str], object], log_path: Path | None) -> None:
    """Log every uncaught exception, and show the first one.

    Args:
        show: Shows a text to the user; called in the window's thread, once for each run of the
            program: a bug that recurs at every key press must not bury the window in boxes.
        log_path: What :func:`log_to_file` returned.
    """
    shown = False

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        nonlocal shown
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        logger.critical("uncaught", exc_info=(kind, error, trace))
        sys.__excepthook__(kind, error, trace)
        if shown or threading.current_thread() is not threading.main_thread():
            return
        shown = True
        show(
            f"Internal error: {kind.__name__}. {place_of_details(log_path)}.\n\n"
            "The program goes on, but what is shown may be out of date."
        )

    def report_from_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            report(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = report
    threading.excepthook = report_from_thread
