"""A library that is missing or broken is named, with the line that installs it, and that is all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gui.startup.failed_start import advice_on, failed_import
from tests.gui.started_program import Start, session_processes, wait_for_window, wait_until

pytestmark = pytest.mark.slow

BROKEN = "raise RuntimeError('built for another machine')"
MISSING = "raise ModuleNotFoundError(\"No module named 'flint'\", name='flint')"

INSTALL = f'"{sys.executable}" -m pip install '
SAID = {
    BROKEN: (
        "The library python-flint is broken (RuntimeError: built for another machine). Install it "
        f'with this line, then start trigrad again:\n{INSTALL}--force-reinstall "python-flint'
    ),
    MISSING: (
        "The library python-flint is not installed (ModuleNotFoundError: No module named 'flint'). "
        f'Install it with this line, then start trigrad again:\n{INSTALL}"python-flint'
    ),
}

CLOSED = ("bash", "-c", 'exec "$@" 2>&-', "bash", sys.executable, "-m", "gui")
"""Starts the program with standard error closed, which is None to Python then."""


@pytest.fixture
def libraries(tmp_path: Path) -> Path:
    """A folder whose libraries stand in front of those that are installed."""
    folder = tmp_path / "libraries"
    folder.mkdir()
    return folder


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the program logs."""
    return tmp_path / "data" / "trigrad" / "trigrad" / "trigrad.log"


def press_enter(process: subprocess.Popen[str], title: str) -> None:
    window = wait_for_window(process, title)
    subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", "Return"], check=True)


@pytest.mark.parametrize("code", [BROKEN, MISSING])
@pytest.mark.parametrize("argument", ["x^2", "some.json"])
@pytest.mark.parametrize("command", [(sys.executable, "-m", "gui"), CLOSED], ids=["", "closed"])
def test_that_the_window_says_what_is_missing_and_ends(
    start: Start, libraries: Path, log: Path, code: str, argument: str, command: tuple[str, ...]
) -> None:
    (libraries / "flint.py").write_text(code)
    process = start(argument, command=command, PYTHONPATH=str(libraries))
    press_enter(process, "trigrad cannot start")
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (1, "", "")
    logged = log.read_text(encoding="utf-8")
    assert SAID[code] in logged
    assert logged.count("Traceback") == 1
    assert f'File "{libraries / "flint.py"}"' in logged


@pytest.mark.parametrize("code", [BROKEN, MISSING])
@pytest.mark.parametrize("argument", ["x^2", "some.json"])
def test_that_without_a_screen_it_is_said_as_text(
    start: Start, libraries: Path, log: Path, code: str, argument: str
) -> None:
    (libraries / "flint.py").write_text(code)
    process = start(argument, PYTHONPATH=str(libraries), DISPLAY=None, WAYLAND_DISPLAY=None)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (1, "")
    assert err.startswith(f"trigrad: {SAID[code]}")
    assert "Traceback" not in err
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_that_without_screen_and_standard_error_it_is_in_the_log(
    start: Start, libraries: Path, log: Path
) -> None:
    (libraries / "flint.py").write_text(BROKEN)
    process = start(command=CLOSED, PYTHONPATH=str(libraries), DISPLAY=None, WAYLAND_DISPLAY=None)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (1, "", "")
    assert SAID[BROKEN] in log.read_text(encoding="utf-8")


def test_that_without_qt_the_details_are_on_standard_error(start: Start, libraries: Path) -> None:
    (libraries / "flint.py").write_text(BROKEN)
    (libraries / "PySide6.py").write_text("raise RuntimeError('no Qt')")
    process = start(PYTHONPATH=str(libraries))
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (1, "")
    assert "Traceback" in err
    assert f"trigrad: {SAID[BROKEN]}" in err


def test_that_nothing_takes_the_place_of_a_closed_stream(start: Start) -> None:
    process = start(command=CLOSED)
    wait_for_window(process)
    assert wait_until(lambda: len(session_processes(process.pid)) >= 3, 30)
    for pid in session_processes(process.pid):
        assert Path(f"/proc/{pid}/fd/2").readlink() == Path(os.devnull)


def test_that_without_standard_error_the_result_is_printed_all_the_same(start: Start) -> None:
    process = start("7", command=CLOSED, DISPLAY=None, WAYLAND_DISPLAY=None)
    out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "f = 7" in out


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"lark.py": "import no_such_part"}, "The library no_such_part is not installed"),
        ({"lark.py": "import lark.part"}, "The library lark is broken"),
        ({"lark.py": "import json; json.loads('')"}, "The library lark is broken (JSONDecodeError"),
        ({"lark.py": ""}, "The library lark is broken (ImportError: cannot import name"),
        ({"numpy.py": "1/0"}, "The library numpy is broken (ZeroDivisionError: division by zero"),
        ({"lark.py": "a b"}, "A part of the program cannot be loaded (SyntaxError"),
        ({"lark.py": "raise OSError('a\\n' * 999)"}, "The library lark is broken (OSError: a a a"),
    ],
    ids=range(7),
)
def test_that_the_library_that_failed_is_named(
    libraries: Path, files: dict[str, str], said: str
) -> None:
    ((name, code),) = files.items()
    (libraries / name).write_text(code)
    script = "from gui.startup.failed_start import *; print(advice_on(failed_import('gui.app')))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(libraries)},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout.startswith(said)
    assert len(done.stdout) < 500


def test_that_nothing_failed_where_everything_can_be_imported() -> None:
    assert failed_import("gui.start") is None


def test_that_a_part_of_the_program_itself_is_no_library() -> None:
    error = failed_import("gui.no_such_part")
    assert error is not None
    assert advice_on(error).endswith("Install trigrad again.")
