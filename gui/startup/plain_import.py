"""Keeps Python's own import, which PySide6 replaces with one that reads every module's source."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def plain_import() -> Iterator[None]:
    """Keep Python's import while PySide6 is imported inside, for the first time in this process.

    To support ``from __feature__ import snake_case`` its import searches the source of everything
    imported from then on, and keeps it. Nothing here uses that feature, and the program has some
    800 modules.
    """
    before = builtins.__import__
    try:
        yield
    finally:
        builtins.__import__ = before
