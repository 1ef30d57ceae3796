"""A bug is logged with every detail, shown once, and ends nothing."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gui.startup import crash_report


@pytest.fixture(autouse=True)
def hooks_are_put_back() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook, logging.getLogger().handlers[:]
    yield
    sys.excepthook, threading.excepthook, handlers = before
    for handler in set(logging.getLogger().handlers) - set(handlers):
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
def log(tmp_path: Path, shown: list[str]) -> Path:
    path = crash_report.log_to_file(tmp_path / "data")
    assert path is not None
    crash_report.install(shown.append, path)
    return path


def fail(text: str) -> None:
    try:
        raise ZeroDivisionError(text)
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)


def test_that_a_bug_is_logged_with_its_traceback_and_shown_with_the_path(
    log: Path, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    fail("first")
    written = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError: first" in written
    assert "in fail" in written
    (text,) = shown
    assert text.startswith(f"Internal error: ZeroDivisionError. Details are in {log}.")
    assert "ZeroDivisionError: first" in capsys.readouterr().err


def test_that_the_second_bug_is_logged_but_opens_no_second_box(
    log: Path, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    fail("first")
    fail("second")
    assert len(shown) == 1
    assert "ZeroDivisionError: second" in log.read_text(encoding="utf-8")
    assert "second" in capsys.readouterr().err


def test_that_a_bug_in_another_thread_is_logged_and_shows_no_box_from_there(
    log: Path, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    def crash() -> None:
        raise ZeroDivisionError("elsewhere")

    thread = threading.Thread(target=crash)
    thread.start()
    thread.join()
    assert "ZeroDivisionError: elsewhere" in log.read_text(encoding="utf-8")
    assert shown == []
    assert "elsewhere" in capsys.readouterr().err


def test_that_ctrl_c_is_no_bug(
    log: Path, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert shown == []
    assert log.read_text(encoding="utf-8") == ""
    assert "KeyboardInterrupt" in capsys.readouterr().err


@pytest.mark.parametrize(("size", "kept"), [(1_000_000, False), (1_000_001, True)])
def test_that_a_large_log_is_kept_and_a_new_one_begun(
    tmp_path: Path, size: int, kept: bool
) -> None:
    (tmp_path / "trigrad.log").write_text("x" * size, encoding="utf-8")
    path = crash_report.log_to_file(tmp_path)
    assert path == tmp_path / "trigrad.log"
    assert path.stat().st_size == (0 if kept else size)
    assert (tmp_path / "trigrad.log.1").exists() == kept


def test_that_a_log_that_grows_large_is_kept_until_the_next_start(log: Path) -> None:
    logging.getLogger("test").warning("%s", "x" * 1_000_001)
    logging.getLogger("test").warning("last")
    assert log.stat().st_size > 1_000_001
    assert [path.name for path in log.parent.iterdir()] == ["trigrad.log"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_that_what_is_no_file_only_loses_the_log(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "trigrad.log")
    assert crash_report.log_to_file(tmp_path) is None


def test_that_a_folder_that_cannot_be_made_only_loses_the_log(
    tmp_path: Path, shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    path = crash_report.log_to_file(tmp_path / "file" / "data")
    assert path is None
    crash_report.install(shown.append, path)
    fail("now")
    assert "Details are on standard error" in shown[0]
    assert "now" in capsys.readouterr().err
