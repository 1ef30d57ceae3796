"""Keeps Python's own import, which PySide6 replaces by one that reads every module's source."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def plain_import() -> Iterator[None]:
    """Have PySide6 imported inside, for the first time in this process.

    For the sake of ``from __feature__ import snake_case`` its import looks through the source of
    whatever is imported from then on, and keeps it. Nothing here asks for such a feature, and the
    program has some 800 modules.
    """
    before = builtins.__import__
    try:
        yield
    finally:
        builtins.__import__ = before
