"""replaced_file(): whole or not at all, whatever goes wrong."""

import errno
import os
import resource
import signal
import stat
from pathlib import Path

import pytest

from engine.errors import ExportError, LimitError
from engine.files import replaced_file


def _write(path: str | Path, content: bytes = b"new") -> None:
    with replaced_file(path) as file:
        file.write(content)


def test_that_a_file_is_written_and_nothing_else_is_left(tmp_path):
    _write(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_that_an_existing_file_stays_until_the_block_has_ended(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    with replaced_file(path) as file:
        file.write(b"new")
        file.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def _fail_halfway(path: Path, failure: BaseException) -> None:
    with replaced_file(path) as file:
        file.write(b"half")
        raise failure


@pytest.mark.parametrize(
    "failure", [LimitError("too large"), KeyboardInterrupt(), ZeroDivisionError()]
)
def test_that_a_failure_on_the_way_leaves_everything_as_it_was(tmp_path, failure):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    with pytest.raises(type(failure)):
        _fail_halfway(path, failure)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_that_a_full_disk_is_an_export_error_and_leaves_the_old_file(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    with pytest.raises(
        ExportError, match=r"out\.csv' was not written: no space left .*; free some"
    ):
        _fail_halfway(path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_that_a_real_write_that_fails_leaves_the_old_file(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(ExportError, match="file too large; free some space"):
            _write(path, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["out.csv"]


def test_that_a_new_file_has_the_permissions_of_any_new_file(tmp_path):
    (tmp_path / "plain").write_bytes(b"")
    _write(tmp_path / "ours")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_that_a_replaced_file_keeps_its_permissions(tmp_path):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    _write(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_that_a_symbolic_link_stays_a_link(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "real")
    _write(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder" / "real").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/out.csv", "no such file or directory; create that folder or choose another"),
        ("file/out.csv", "not a directory; choose a path"),
        ("", "it is a folder; choose a file name in it"),
        ("n" * 300, "file name too long; choose a shorter name"),
        ("a\0b", "embedded null byte; choose another file name"),
        ("pipe", "it is a device or pipe, not a file; choose another file name"),
    ],
)
def test_that_an_impossible_path_is_named_with_reason_and_advice(tmp_path, name, reason):
    (tmp_path / "file").write_bytes(b"old")
    os.mkfifo(tmp_path / "pipe")
    path = os.path.join(tmp_path, name)
    with pytest.raises(ExportError) as caught:
        _write(path)
    assert str(caught.value).startswith(f"{path!r} was not written: ")
    assert reason in str(caught.value)
    assert sorted(os.listdir(tmp_path)) == ["file", "pipe"]
