"""No module is imported from the folder that happens to be current, here or in a worker process.

Who has a file ``json.py`` beside a worksheet does not ask for it to be run. The command ``trigrad``
and all worker processes never look there. ``python -m gui`` and ``python -m engine`` do, which is
Python's own habit and begins before any line of the program; the first leaves it with its own first
lines, and ``python -P -m`` never has it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_SAFE = "PYTHONSAFEPATH"


def leave_current_folder() -> None:
    """Import nothing from the current folder from now on, unless the program itself lies there."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    with suppress(OSError):  # so it is where the current folder is gone
        if not sys.flags.safe_path and os.path.abspath(sys.path[0]) == os.getcwd() != home:
            del sys.path[0]


@contextmanager
def safe_start() -> Iterator[None]:
    """Have every Python that is started inside look for no module in the current folder.

    Only inside: a program of somebody else's that is started later may count on it.
    """
    before = os.environ.get(_SAFE)
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE]
        else:
            os.environ[_SAFE] = before
