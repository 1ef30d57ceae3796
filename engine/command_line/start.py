"""What the first word names: the file of a worksheet, or a polynomial."""

from __future__ import annotations

import os
import re
from pathlib import Path

from engine.command_line.words import UsageError

_PATH_OR_SUFFIX = re.compile(r"(\.{0,2}|~|[A-Za-z]:)/|.*\.[A-Za-z]{2,}$", re.DOTALL)
_WORD = re.compile("[A-Za-z]{5}")
"""This many letters side by side are never variables."""


def worksheet_path(start: str) -> Path | None:
    """Return the file that ``start`` names, or None where it is a polynomial.

    What ends in ``.json`` is a file. So is what names one and does not read as a polynomial;
    what does both is the polynomial: whoever means the file ``x`` writes ``./x``.

    Raises:
        UsageError: It looks like the path of a file, but there is none, and no polynomial.
    """
    if start.lower().endswith(".json"):
        return Path(start)
    exists = os.path.exists(start)
    if not exists and not _looks_like_a_path(start):
        return None  # and is not read here: a window shows what is wrong with it
    from engine.errors import ReadError
    from engine.language.reader import read
    from engine.worksheet.worksheet_reader import shown_path

    try:
        read(start)
    except ReadError as error:
        if exists:
            return Path(start)
        raise UsageError(
            f"There is no file {shown_path(start)}, and it is no polynomial either: {error.message}"
        ) from None
    return None


def note_on(start: str) -> str:
    """Return what is to be said of a polynomial: that there is a file of that name, too."""
    if not os.path.exists(start) or os.path.isdir(start):
        return ""
    return f"{start} is read as a polynomial; for the file of that name write ./{start}"


def _looks_like_a_path(text: str) -> bool:
    """Return whether it is worth reading ``text`` to see that it is no polynomial."""
    slashes = text.replace(os.sep, "/")
    return bool(_PATH_OR_SUFFIX.match(slashes)) or ("/" in slashes and bool(_WORD.search(text)))
