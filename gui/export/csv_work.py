"""Writing a CSV file in a worker process, which leaves nothing behind when it is given up."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window itself writes nothing
    from engine.export.csv import Exported


def write_csv_until_told(result: Exported, path: Path, dialect: str) -> None:
    """Write a CSV file; the signal that ends a worker first removes what is written so far.

    Raises:
        EngineError: As :func:`engine.write_csv` says.
    """
    from engine.export.csv import write_csv

    usual = signal.signal(signal.SIGTERM, _leave)
    try:
        write_csv(result, path, dialect)
    except SystemExit:
        # Exit silently: the window has stopped listening.
        os._exit(1)
    finally:
        signal.signal(signal.SIGTERM, usual)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    # Unlike a worker's usual end, an exception runs the clean-up on its way out.
    raise SystemExit
