"""How a worksheet file is read: bounded, never waited for, and refused with a reason."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from engine.errors import WorksheetError
from engine.files import read_file
from engine.worksheet.worksheet import Worksheet

LARGEST_FILE = 1_000_000
"""Bytes; a worksheet has a few thousand, and a wrong file is to be refused at once."""

_LONGEST_PATH = 200


def read_worksheet_file(path: Path) -> Worksheet:
    """Return the worksheet in a file.

    Raises:
        WorksheetError: The file cannot be read or is no worksheet.
    """
    shown = shown_path(path)
    try:
        return Worksheet.from_json(read_file(path, LARGEST_FILE).decode("utf-8-sig"))
    except WorksheetError:
        raise
    except UnicodeDecodeError as error:
        raise WorksheetError(f"{shown} is no trigrad worksheet: it is not UTF-8 text.") from error
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise WorksheetError(f"{shown} is no trigrad worksheet: it is too large.") from error
        raise WorksheetError(f"{shown} cannot be read: {error.strerror or error}.") from error
    except ValueError as error:  # a character that no name of a file has
        raise WorksheetError(f"{shown} cannot be read: no file has such a name.") from error


def shown_path(path: str | os.PathLike[str]) -> str:
    """Return a path for a message: one line; of a long path the end, which names the file."""
    text = os.fspath(path)
    if not text.isprintable():
        text = repr(text)
    return text if len(text) <= _LONGEST_PATH else "…" + text[1 - _LONGEST_PATH :]
