"""The window's tests run on a real X server (pytest-xvfb) and leave no process behind."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

# Before the first import of Qt: offscreen draws no OpenGL, and a graphics card none that repeats.
if sys.platform == "linux":
    os.environ.setdefault("QT_QPA_PLATFORM", "xcb")
    os.environ.setdefault("LIBGL_ALWAYS_SOFTWARE", "1")

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from engine.worksheet.worksheet import Worksheet
from gui.app import Trigrad
from gui.export.file_export import FileExport
from gui.look.theme import LIGHT
from gui.panel.panel import PanelContext, ThemeSource
from gui.panel.panel_slot import PANELS, PanelSlot
from gui.session.critical_source import CriticalSource
from gui.session.readings import Readings
from gui.session.selection import Selection
from gui.session.settings import SettingsRepository
from gui.session.worksheet_store import WorksheetStore
from gui.start import make_window
from gui.work.job_runner import JobRunner
from gui.work.turns import turns
from tests.gui.started_program import Start, session_processes

BUILD_MILLISECONDS = 20_000
"""The first OpenGL view of a process compiles its shaders in software."""

# Without it a second 3-D view draws nothing: shader programs are cached for the whole process.
QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)


# What has been loaded so far stays: the collector need not go through it after every test.
gc.collect()
gc.freeze()


@pytest.fixture(autouse=True)
def garbage_is_collected_in_this_thread() -> Iterator[None]:
    """As in the program: no thread that listens to a worker is to destroy a test's widgets."""
    gc.disable()
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def no_process_is_left() -> Iterator[None]:
    """Fail a test that leaves a worker process running."""
    yield
    left = multiprocessing.active_children()
    for process in left:
        process.kill()
        process.join()
    assert left == []


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[QtBot]:
    """As it comes, but it owns what is added to it.

    By itself it keeps weak references. Between the end of a test's function and the closing of its
    widgets nobody would own them, and the collector could destroy one in the middle of its paint.
    """
    owned: list[QWidget] = []
    add = qtbot.addWidget

    def add_and_own(widget: QWidget) -> None:
        owned.append(widget)
        add(widget)

    monkeypatch.setattr(qtbot, "addWidget", add_and_own)
    yield qtbot
    owned.clear()


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    """A job runner that is shut down after the test."""
    runner = JobRunner()
    yield runner
    runner.shutdown()


@pytest.fixture
def settings_path(tmp_path: Path) -> Path:
    """Where the settings of this test are kept."""
    return tmp_path / "settings.json"


@pytest.fixture
def settings(settings_path: Path) -> SettingsRepository:
    """Settings of their own for this test."""
    return SettingsRepository(settings_path)


@pytest.fixture
def store(runner: JobRunner) -> WorksheetStore:
    """Holds the default worksheet."""
    return WorksheetStore(Readings(runner))


@pytest.fixture
def panel_context(
    store: WorksheetStore, runner: JobRunner, settings: SettingsRepository
) -> PanelContext:
    """What a panel is built from: the default worksheet, the light theme."""
    critical = CriticalSource(store, runner)
    return PanelContext(store, runner, ThemeSource(LIGHT), settings, Selection(), critical)


def turn() -> None:
    """Let the panels follow a change: each does it in a turn of the event loop of its own."""
    loop = QEventLoop()

    def end() -> None:
        # What is not seen has its turn before what is, where a busy machine has been late.
        if turns()._seen:
            turns().ask(loop, end, seen=False)
        else:
            loop.quit()

    turns().ask(loop, end, seen=False)
    loop.exec()


def make_program(
    app: QApplication,
    settings: SettingsRepository,
    worksheet: Worksheet,
    slots: Sequence[PanelSlot] = PANELS,
    path: Path | None = None,
) -> Trigrad:
    """Return the program as it starts, not shown yet."""
    return Trigrad(app, settings, worksheet, make_window(app, settings, slots), path)


def close(program: Trigrad) -> None:
    """Close the window as it is: nobody is there to say what becomes of what is not saved."""
    program.window.may_close = lambda: True
    program.window.close()


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, settings: SettingsRepository) -> Iterator[Trigrad]:
    """The whole program on the default worksheet, every panel built."""
    settings.update(theme="light", tour_offered=True)
    program = make_program(qapp, settings, Worksheet())
    program.show()
    qtbot.waitUntil(lambda: len(program.panels) == len(PANELS), timeout=BUILD_MILLISECONDS)
    yield program
    close(program)
    program.window.deleteLater()


@pytest.fixture
def start(tmp_path: Path, qapp: QApplication) -> Iterator[Start]:
    """Start the program in a session of its own, with settings of its own.

    The test is connected to the screen itself: a virtual one begins anew when nobody is left.
    """
    started: list[subprocess.Popen[str]] = []

    def start(
        *arguments: str,
        command: Sequence[str] = (sys.executable, "-m", "gui"),
        folder: Path | None = None,
        **environment: str | None,
    ) -> subprocess.Popen[str]:
        variables = os.environ | {
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_DATA_HOME": str(tmp_path / "data"),
        }
        variables.pop("QT_QPA_PLATFORM", None)
        for name, value in environment.items():
            variables.pop(name, None)
            if value is not None:
                variables[name] = value
        process = subprocess.Popen(
            [*command, *arguments],
            cwd=folder,
            env=variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        for pid in session_processes(process.pid):
            os.kill(pid, signal.SIGKILL)
        process.communicate(timeout=10)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What dialogs stand in front of."""
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def said() -> list[str]:
    """What was reported to the user."""
    return []


@pytest.fixture
def file_export(
    window: QWidget,
    store: WorksheetStore,
    runner: JobRunner,
    settings: SettingsRepository,
    said: list[str],
) -> FileExport:
    """Exports in front of the window."""
    return FileExport(window, store, runner, settings, said.append)


@pytest.fixture
def answer(qtbot: QtBot, window: QWidget) -> Callable[[Path, str], None]:
    """Type a path into the dialog that is open, choose a filter, and accept."""

    def type_and_accept(path: Path, name_filter: str = "") -> None:
        qtbot.waitUntil(lambda: window.findChild(QFileDialog) is not None, timeout=5000)
        dialog = window.findChild(QFileDialog)
        if name_filter:
            dialog.selectNameFilter(name_filter)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
        dialog.accept()
        qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None, timeout=5000)

    return type_and_accept
