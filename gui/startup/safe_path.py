"""No module is imported from the folder that happens to be current, here or in a worker process.

A file ``json.py`` that lies beside a worksheet must not be run. The command ``trigrad`` and all
worker processes never look there. ``python -m gui`` and ``python -m engine`` do, which is Python's
own habit and begins before any line of the program; the first stops it with its own first lines,
and ``python -P -m`` never does it.
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
    with suppress(OSError):  # raised where the current folder is gone
        if not sys.flags.safe_path and os.path.abspath(sys.path[0]) == os.getcwd() != home:
            del sys.path[0]


@contextmanager
def safe_start() -> Iterator[None]:
    """Keep every Python started inside from looking for modules in the current folder.

    Only inside: somebody else's program, started later, may rely on it.
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
