"""Nothing that lies about is run as code: no settings, and no file of the current folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

import gui
from engine.differentiation.method import MethodChoice
from engine.worksheet.worksheet import Worksheet
from gui.startup.safe_path import safe_start
from tests.gui.started_program import Start, wait_for_window, wait_until

pytestmark = pytest.mark.slow

OUR_KEYS = (
    "theme", "export_folder", "worksheet_folder", "dialect", "geometry", "dock_state",
    "tour_offered",
)  # fmt: skip
DIALOG_KEYS = (
    "viewMode", "sidebarWidth", "shortcuts", "history", "lastVisited", "treeViewHeader",
    "qtVersion",
)  # fmt: skip
DESKTOP_KEYS = ("General/ColorScheme", "Icons/Theme", "KDE/widgetStyle", "KDE/SingleClick")


class Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, sprung: Path) -> None:
        self.sprung = str(sprung)

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.sprung,)


@pytest.fixture
def sprung(tmp_path: Path) -> Path:
    """Where every trap leaves something."""
    folder = tmp_path / "sprung"
    folder.mkdir()
    return folder


def set_traps(path: Path, keys: tuple[str, ...], sprung: Path) -> None:
    stored = QSettings(str(path), QSettings.Format.IniFormat)
    stored.setValue("schema_version", 1)
    for key in keys:
        stored.setValue(key, Trap(sprung / f"{path.name} {key.replace('/', ' ')}"))
    stored.sync()
    assert "PyObjectWrapper" in path.read_text(encoding="latin-1")


@pytest.mark.parametrize("keys", [OUR_KEYS, ("schema_version",)])
def test_that_no_settings_file_runs_code(
    start: Start, tmp_path: Path, sprung: Path, keys: tuple[str, ...]
) -> None:
    config = tmp_path / "config"
    set_traps(config / "trigrad" / "trigrad.conf", keys, sprung)
    set_traps(config / "kdeglobals", DESKTOP_KEYS, sprung)
    set_traps(config / "QtProject.conf", tuple(f"FileDialog/{key}" for key in DIALOG_KEYS), sprung)
    process = start(XDG_CURRENT_DESKTOP="KDE", KDE_SESSION_VERSION="5", KDE_FULL_SESSION="true")
    window = wait_for_window(process)
    subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", "ctrl+o"], check=True)
    wait_for_window(process, "Open")
    assert list(sprung.iterdir()) == []


def test_that_qts_own_settings_are_used_nowhere() -> None:
    sources = Path(gui.__path__[0]).rglob("*.py")
    assert [path.name for path in sources if "QSettings" in path.read_text("utf-8")] == []


# The current folder.

LIBRARIES = {
    "engine", "flint", "lark", "llvmlite", "numpy", "pyqtgraph", "resources", "sitecustomize",
    "sympy", "torch", "mpmath", "contourpy", "OpenGL", "grandalf", "ziamath", "shiboken6",
    "usercustomize", "PySide6",
}  # fmt: skip

INSTALLED = str(Path(sys.executable).with_name("trigrad"))

LATER = {"json", "multiprocessing", "numpy", "pickle", "random", "socket", "sympy", "torch"}
"""What ``python -m gui`` imports after its first lines, before which it cannot do anything."""

ANSWERS = """
import sys
def note(event, arguments):
    if event == "pickle.find_class" and arguments[1] == "ComparisonRow":
        with open({path!r}, "a") as file:
            file.write(".")
sys.addaudithook(note)
"""
"""Notes each answer of a worker process that brings a row of the comparison."""


@pytest.fixture
def traps(tmp_path: Path, sprung: Path) -> Path:
    """A folder with a module for every name that might be imported, and a worksheet."""
    folder = tmp_path / "traps"
    folder.mkdir()
    for name in LIBRARIES | set(sys.stdlib_module_names):
        (folder / f"{name}.py").write_text(f"open({str(sprung / name)!r}, 'w').close()\n")
    mine = Worksheet(methods=(MethodChoice("sympy"), MethodChoice("autograd_reverse")))
    (folder / "homework.json").write_text(mine.to_json(), encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", [(INSTALLED,), (sys.executable, "-m", "gui")])
def test_that_neither_window_nor_workers_import_from_the_current_folder(
    start: Start, tmp_path: Path, traps: Path, sprung: Path, command: tuple[str, ...]
) -> None:
    if command != (INSTALLED,):
        for path in traps.glob("*.py"):
            if path.stem not in LATER:
                path.unlink()
    answers = tmp_path / "answers"
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(ANSWERS.format(path=str(answers)))
    process = start("homework.json", command=command, folder=traps, PYTHONPATH=str(hooks))
    window = wait_for_window(process)
    assert wait_until(lambda: answers.exists() and answers.stat().st_size >= 2, 60)
    subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", "ctrl+q"], check=True)
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (0, "", "")
    assert list(sprung.iterdir()) == []


@pytest.mark.parametrize("command", [(INSTALLED,), (sys.executable, "-P", "-m", "engine")])
def test_that_the_result_as_text_imports_nothing_from_the_current_folder(
    start: Start, traps: Path, sprung: Path, command: tuple[str, ...]
) -> None:
    process = start("7", command=command, folder=traps, DISPLAY=None, WAYLAND_DISPLAY=None)
    out, _ = process.communicate(timeout=60)
    assert "f = 7" in out
    assert list(sprung.iterdir()) == []


@pytest.mark.parametrize("before", [None, "", "1"])
def test_that_what_is_started_later_may_look_where_it_likes(
    monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    monkeypatch.setenv("PYTHONSAFEPATH", "0")
    monkeypatch.delenv("PYTHONSAFEPATH")
    if before is not None:
        monkeypatch.setenv("PYTHONSAFEPATH", before)
    with safe_start():
        assert os.environ["PYTHONSAFEPATH"] == "1"
    assert os.environ.get("PYTHONSAFEPATH") == before
