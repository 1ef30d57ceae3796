"""How a file is read without waiting for it, and written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from engine.errors import ExportError

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)

_OTHER_FOLDER = "choose a folder that you may write to"
_MORE_SPACE = "free some space or choose another disk"
_ADVICE = {
    errno.ENOENT: "create that folder or choose another",
    errno.ENOTDIR: "choose a path on which only the last part is a file",
    errno.EISDIR: "choose a file name in it",
    errno.EACCES: _OTHER_FOLDER,
    errno.EPERM: _OTHER_FOLDER,
    errno.EROFS: _OTHER_FOLDER,
    errno.ENOSPC: _MORE_SPACE,
    errno.EDQUOT: _MORE_SPACE,
    errno.EFBIG: _MORE_SPACE,
    errno.ENAMETOOLONG: "choose a shorter name",
}


def read_file(path: str | os.PathLike[str], largest: int) -> bytes:
    """Return the content of a file of any kind, without waiting and without reading endlessly.

    Args:
        path: The file.
        largest: Bytes that it may have.

    Raises:
        OSError: It cannot be read, is a folder, device or pipe, or is larger.
        ValueError: No file can have such a name.
    """
    with open(path, "rb", opener=_open_at_once) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(None, "it is a device or a pipe, not a file")
        content = file.read(largest + 1)
    if len(content) > largest:
        raise OSError(errno.EFBIG, "it is too large")
    return content


def _open_at_once(path: str, flags: int) -> int:
    """Open ``path`` without waiting until somebody writes into it, as a pipe would."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


@contextlib.contextmanager
def replaced_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Yield a binary file whose content stands at ``path`` once the block has ended.

    What is written goes to a temporary file in the same folder. At the end of the block it is
    forced to the disk and takes the place of ``path`` in one step. If anything raises before
    that, the temporary file is removed and what stood at ``path`` still does. A new file gets
    the permissions that any new file gets, a replaced one keeps its own; a symbolic link stays,
    and the file that it points to is replaced.

    Raises:
        ExportError: The file cannot be written; names the path, the reason and what to do.
            Whatever else the block raises passes through.
    """
    from secrets import token_hex  # loads much, and the window reads a file before it is drawn

    if not os.fspath(path):  # which the system would take for the current folder
        raise ExportError("Nothing was written: the path is empty; give the name of a file.")
    try:
        target = Path(os.path.realpath(path))
        mode = _replaceable_mode(target)
        temporary = target.with_name(f".trigrad-{token_hex(8)}.part")
        file = os.fdopen(os.open(temporary, _NEW_FILE, 0o666), "wb")
    except (OSError, ValueError) as error:
        raise _export_error(path, error) from error
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except OSError as error:
        raise _export_error(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)  # gone already if it took its place
    _force_to_disk(target.parent)


def _replaceable_mode(target: Path) -> int | None:
    """Return the permissions of the file at ``target``; None if there is no file yet."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder")
    if not stat.S_ISREG(mode):
        raise OSError(None, "it is a device or pipe, not a file")
    if not os.access(target, os.W_OK):
        raise OSError(None, "the file is write-protected")
    return stat.S_IMODE(mode)


def _export_error(path: str | os.PathLike[str], error: OSError | ValueError) -> ExportError:
    if isinstance(error, ExportError):
        return error
    number, reason = error.errno if isinstance(error, OSError) else None, str(error)
    if isinstance(error, OSError) and error.strerror:
        reason = error.strerror[0].lower() + error.strerror[1:]
    advice = _ADVICE.get(number or 0, "choose another file name")
    return ExportError(f"{os.fspath(path)!r} was not written: {reason}; {advice}.")


def _force_to_disk(folder: Path) -> None:
    # The file is whole by now. Where a folder cannot be forced to the disk (Windows, some
    # network drives), a power cut may bring the previous file back, which is whole as well.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
