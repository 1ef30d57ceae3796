"""Nothing that lies about is run as code: no settings, and no file of the current folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

import gui
from tests.gui.started_program import Start, wait_for_window

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
