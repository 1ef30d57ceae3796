"""How a file is read that may be anything: a pipe is not waited for, and nothing is read whole."""

from __future__ import annotations

import errno
import stat
from pathlib import Path


def read_plain_file(path: Path, largest: int) -> bytes:
    """Return the content of a file.

    Args:
        path: The file.
        largest: Bytes that it may have.

    Raises:
        OSError: It cannot be read, is larger, or is no file. Opening a pipe would wait for somebody
            who writes into it.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(None, "it is a folder, device or pipe, not a file")
    with path.open("rb") as file:
        content = file.read(largest + 1)
    if len(content) > largest:
        raise OSError(errno.EFBIG, "it is too large")
    return content
