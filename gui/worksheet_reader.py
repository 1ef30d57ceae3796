"""How a worksheet file is read: bounded, and refused with a reason; loaded before Qt is."""

from __future__ import annotations

from pathlib import Path

from engine.errors import WorksheetError
from engine.worksheet import Worksheet

LARGEST_FILE = 1_000_000
"""Bytes; a worksheet has a few thousand, and a wrong file is to be refused at once."""


def read_worksheet_file(path: Path) -> Worksheet:
    """Return the worksheet in a file.

    Raises:
        WorksheetError: The file cannot be read or is no worksheet.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise WorksheetError(f"{path} is no trigrad worksheet: it is too large.")
        return Worksheet.from_json(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise WorksheetError(f"{path} is no trigrad worksheet: it is not UTF-8 text.") from error
    except OSError as error:
        raise WorksheetError(f"{path} cannot be read: {error.strerror or error}.") from error
