"""The whole program: built in one process, started as a person starts it, closed, and killed."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
)
from pytestqt.qtbot import QtBot

from engine.comparison import Comparison
from engine.differentiation.method import MethodChoice
from engine.evaluation.field import GradientField
from engine.worksheet.worksheet import Worksheet
from gui.app import Trigrad
from gui.look.theme import DARK, LIGHT
from gui.panel.panel_slot import PANELS, PanelSlot, Place
from gui.panel.seen import is_seen
from gui.session.settings import SettingsRepository
from gui.startup.screen_check import why_no_window
from gui.widgets.veil import Veil
from gui.work.worker_lane import WorkerLane
from tests.gui.conftest import BUILD_MILLISECONDS, close, make_program
from tests.gui.started_program import Start, session_processes, wait_for_window, wait_until

pytestmark = pytest.mark.slow

LIBRARY_SECONDS = 60
"""PyTorch is imported in a worker process; on a cold disk that alone takes longer than 5 s."""


def test_that_every_panel_is_built_and_the_window_stays_the_same_native_window(
    qtbot: QtBot, qapp: QApplication, settings: SettingsRepository
) -> None:
    program = make_program(qapp, settings, Worksheet())
    program.show()
    assert program.window.isVisible() and not program.panels
    native = program.window.winId()
    qtbot.waitUntil(lambda: len(program.panels) == len(PANELS), timeout=BUILD_MILLISECONDS)
    seen = ["problem", "comparison", "surface", "gradient_field"]
    behind = [slot.key for slot in PANELS if slot.key not in seen]
    assert list(program.panels) == [*seen, *behind]
    exports = [action.text() for action in program.window.exports]
    menu = next(one for one in program.window.findChildren(QMenu) if one.title() == "&File")
    assert [one.text() for one in menu.actions() if one.text() in exports] == exports
    assert exports[0] == "Export comparison as CSV…"
    assert exports[-1].endswith("error study…")
    for slot in PANELS:
        assert program.window.docks[slot.key].widget() is program.panels[slot.key].widget
    # A view of OpenGL in it would have made Qt destroy it and create another.
    assert program.window.winId() == native
    program.window.close()


class ShownWindows(QObject):
    """Notes every window that comes on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():  # type: ignore[attr-defined]
            self.kinds.append(type(watched).__name__)
        return False


def test_that_no_part_of_a_panel_flashes_up_as_a_window_of_its_own(
    qtbot: QtBot, qapp: QApplication, settings: SettingsRepository
) -> None:
    settings.update(tour_offered=True)
    shown = ShownWindows()
    qapp.installEventFilter(shown)
    program = make_program(qapp, settings, Worksheet())
    program.show()
    qtbot.waitUntil(lambda: len(program.panels) == len(PANELS), timeout=BUILD_MILLISECONDS)
    qapp.removeEventFilter(shown)
    assert shown.kinds == ["MainWindow"]
    program.window.close()


def test_that_pytorch_is_started_once_the_panels_that_are_seen_stand(
    qtbot: QtBot, qapp: QApplication, settings: SettingsRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.update(tour_offered=True)
    program = make_program(qapp, settings, Worksheet())
    stood: dict[str, list[str]] = {}
    wake = WorkerLane.wake

    def note(lane: WorkerLane) -> None:
        stood.setdefault(lane.objectName(), list(program.panels))
        wake(lane)

    monkeypatch.setattr(WorkerLane, "wake", note)
    program.show()
    qtbot.waitUntil(lambda: len(program.panels) == len(PANELS), timeout=BUILD_MILLISECONDS)
    assert stood["sympy"] == []
    assert stood["torch"] == ["problem", "comparison", "surface", "gradient_field"]
    program.window.close()


def test_that_a_panel_that_fails_keeps_none_of_the_others_away(
    qtbot: QtBot, qapp: QApplication, settings: SettingsRepository
) -> None:
    broken = PanelSlot("broken", "Broken", "gui.no_such_panel", Place.TOP)
    program = make_program(qapp, settings, Worksheet(), (PANELS[0], broken, PANELS[1]))
    with qtbot.captureExceptions() as exceptions:
        program.show()
        qtbot.waitUntil(lambda: len(program.panels) == 2, timeout=5000)
    assert [kind for kind, _, _ in exceptions] == [ModuleNotFoundError]
    said = program.window.docks["broken"].widget().text()
    assert said.startswith("A part of the program cannot be loaded (ModuleNotFoundError")
    program.window.close()


def test_that_the_example_is_compared_by_every_method_without_a_click(
    qtbot: QtBot, program: Trigrad
) -> None:
    exported = program.panels["comparison"].exports["csv"]

    def values() -> dict[tuple[str, tuple[str, ...]], object]:
        shown = exported()
        if not isinstance(shown, Comparison):
            return {}
        return {(r.method, r.partial): r.value for r in shown.rows if r.value is not None}

    ready = ("autograd_forward", ("a", "b"))
    qtbot.waitUntil(lambda: ready in values(), timeout=LIBRARY_SECONDS * 1000)
    found = values()
    for method in ("rules", "sympy", "autograd_reverse", "autograd_forward"):
        assert [found[method, p] for p in ((), ("a",), ("a", "b"))] == [72, 54, 24]
    assert found["forward", ("a",)] == 54.00090000009072
    assert found["forward", ("a", "b")] == 24.000500786769408


def test_that_a_panel_behind_a_tab_costs_nothing_until_it_comes_to_the_front(
    qtbot: QtBot, program: Trigrad
) -> None:
    stencil, docks = program.panels["stencil"], program.window.docks
    qtbot.waitUntil(lambda: is_seen(program.panels["comparison"].widget), timeout=5000)
    assert stencil.widget.isVisible()  # says Qt, although nothing of it is on the screen
    assert not is_seen(stencil.widget)
    assert stencil.exports["csv"]() is None
    docks["stencil"].raise_()
    qtbot.waitUntil(lambda: stencil.exports["csv"]() is not None, timeout=20_000)
    docks["comparison"].raise_()
    qtbot.waitUntil(lambda: not is_seen(stencil.widget), timeout=5000)
    program.store.edit("point", coordinates=(("a", "5"), ("b", "1")))
    assert stencil.exports["csv"]() is None
    docks["stencil"].raise_()
    qtbot.waitUntil(lambda: stencil.exports["csv"]() is not None, timeout=20_000)


@pytest.mark.parametrize(
    "key", ["surface", "gradient_field", "stencil", "cost", "explanation", "error_study"]
)
def test_that_a_panel_says_when_it_shows_the_last_problem_that_could_be_read(
    qtbot: QtBot, program: Trigrad, key: str
) -> None:
    program.window.raise_panel(key)
    widget = program.panels[key].widget
    (veil,) = widget.findChildren(Veil)
    qtbot.waitUntil(lambda: is_seen(widget), timeout=5000)
    assert not veil.isVisible()
    program.store.edit("text", text="2ab^2 + (")
    qtbot.waitUntil(veil.isVisible, timeout=5000)
    program.store.edit("text", text="2ab^2 + (a)")
    qtbot.waitUntil(lambda: not veil.isVisible(), timeout=5000)


def test_that_the_polynomial_can_be_typed_without_a_click(qtbot: QtBot, program: Trigrad) -> None:
    field = program.panels["problem"].widget.focusProxy()
    assert program.window.focusWidget() is field
    QTest.keyClicks(field, "+b")
    assert program.store.worksheet.text == "2ab^2 + 3a^2b+b"


def test_that_what_is_typed_before_the_field_is_there_is_not_lost(
    qtbot: QtBot, qapp: QApplication, settings: SettingsRepository
) -> None:
    settings.update(tour_offered=True)
    program = make_program(qapp, settings, Worksheet())
    program.show()
    assert not program.panels
    QTest.keyClick(program.window, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(program.window, "x^3y - 7")
    qtbot.waitUntil(lambda: len(program.panels) == len(PANELS), timeout=BUILD_MILLISECONDS)
    assert program.store.worksheet.text == "x^3y - 7"
    QTest.keyClicks(program.window, "9")  # it takes none itself any more
    assert program.store.worksheet.text == "x^3y - 7"
    close(program)


def export_line(program: Trigrad, name: str) -> QAction:
    return next(one for one in program.window.exports if one.objectName() == name)


def test_that_the_derivation_is_exported_through_the_menu(
    qtbot: QtBot, program: Trigrad, tmp_path: Path
) -> None:
    program.window.raise_panel("explanation")
    latex = program.panels["explanation"].exports["latex"]
    qtbot.waitUntil(lambda: latex() is not None, timeout=LIBRARY_SECONDS * 1000)
    export_line(program, "export_derivation_as_LaTeX").trigger()
    dialog = program.window.findChild(QFileDialog)
    path = tmp_path / "derivation.tex"
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()
    qtbot.waitUntil(path.exists, timeout=5000)
    assert r"\text{sum rule}" in path.read_text(encoding="utf-8")


def test_that_what_is_shown_is_exported_through_the_menu(
    qtbot: QtBot, program: Trigrad, settings: SettingsRepository, tmp_path: Path
) -> None:
    samples = program.panels["gradient_field"].exports["csv"]
    assert samples is not None
    qtbot.waitUntil(lambda: isinstance(samples(), GradientField), timeout=5000)
    export_line(program, "export_samples_of_the_gradient_field").trigger()
    dialog = program.window.findChild(QFileDialog)
    path = tmp_path / "samples.csv"
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()
    done = f"Wrote the samples of the gradient field to {path}"
    qtbot.waitUntil(lambda: program.window.statusBar().currentMessage() == done, timeout=5000)
    with path.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    a, b = float(row["at a"]), float(row["at b"])
    assert float(row["df/da"]) == pytest.approx(2 * b**2 + 6 * a * b, rel=1e-12)
    assert settings.settings.export_folder == str(tmp_path)


def test_that_undo_in_the_menu_names_the_step_and_takes_it_back(program: Trigrad) -> None:
    undo, redo = program.actions["undo"], program.actions["redo"]
    assert (undo.isEnabled(), undo.text()) == (False, "&Undo")
    program.store.edit("edit expression", text="x^2")
    assert (undo.isEnabled(), undo.text()) == (True, "&Undo edit expression")
    undo.trigger()
    assert program.store.worksheet == Worksheet()
    assert redo.text() == "&Redo edit expression"
    redo.trigger()
    assert program.store.worksheet.text == "x^2"


def answer(qtbot: QtBot, program: Trigrad, button: QMessageBox.StandardButton) -> None:
    """Answer the question that stands in front of the window."""
    box = program.window.findChild(QMessageBox)
    qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is None, timeout=5000)


def open_first_example(program: Trigrad) -> None:
    program.window.examples_menu.aboutToShow.emit()
    program.window.examples_menu.actions()[0].trigger()


@pytest.mark.parametrize("begin", [lambda p: p.actions["new"].trigger(), open_first_example])
def test_that_another_worksheet_asks_first_and_begins_a_history_of_its_own(
    qtbot: QtBot, program: Trigrad, begin: Callable[[Trigrad], None]
) -> None:
    undo = program.actions["undo"]
    program.store.edit("edit expression", text="x^2")
    begin(program)
    assert program.store.worksheet.text == "x^2"
    answer(qtbot, program, QMessageBox.StandardButton.Cancel)
    assert (program.store.worksheet.text, undo.isEnabled()) == ("x^2", True)
    begin(program)
    answer(qtbot, program, QMessageBox.StandardButton.Discard)
    assert program.store.worksheet.text != "x^2"
    assert (undo.isEnabled(), undo.text()) == (False, "&Undo")
    assert not program.window.isWindowModified()


def test_that_the_title_names_the_file_and_closing_asks_about_what_is_not_saved(
    qtbot: QtBot, program: Trigrad, tmp_path: Path
) -> None:
    window = program.window
    assert (window.windowTitle(), window.isWindowModified()) == ("Untitled[*] – trigrad", False)
    program.actions["save"].trigger()
    dialog = window.findChild(QFileDialog)
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(tmp_path / "mine.json"))
    dialog.accept()
    assert (window.windowTitle(), window.isWindowModified()) == ("mine.json[*] – trigrad", False)
    program.store.edit("edit expression", text="x^2")
    assert window.isWindowModified()
    program.actions["quit"].trigger()
    assert window.isVisible()
    box = window.findChild(QMessageBox)
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Save), Qt.MouseButton.LeftButton)
    assert not window.isVisible()
    assert Worksheet.from_json((tmp_path / "mine.json").read_text("utf-8")).text == "x^2"


def test_that_closing_asks_also_where_no_file_is_open(qtbot: QtBot, program: Trigrad) -> None:
    field = program.panels["problem"].widget.focusProxy()
    QTest.keyClicks(field, "+b")
    assert program.window.isWindowModified()
    program.actions["quit"].trigger()
    answer(qtbot, program, QMessageBox.StandardButton.Cancel)
    assert program.window.isVisible()
    program.window.close()
    answer(qtbot, program, QMessageBox.StandardButton.Discard)
    assert not program.window.isVisible()


def test_that_what_was_typed_and_taken_out_again_is_not_asked_about(
    qtbot: QtBot, program: Trigrad
) -> None:
    open_first_example(program)
    field = program.panels["problem"].widget.focusProxy()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Plus, Qt.Key.Key_B):
        QTest.keyClick(field, key)
    assert program.window.isWindowModified()
    for _ in range(2):
        QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert not program.window.isWindowModified()
    program.actions["quit"].trigger()
    assert not program.window.isVisible()


def test_that_a_name_of_a_file_stands_in_the_title_as_it_is(program: Trigrad) -> None:
    program.window.show_file("a[*].json", unsaved=True)
    handle = program.window.windowHandle()
    assert handle.title() == "a[*].json* – trigrad"


def test_that_a_file_given_at_the_start_is_the_one_that_is_open(
    qtbot: QtBot, qapp: QApplication, settings: SettingsRepository
) -> None:
    program = make_program(qapp, settings, Worksheet(), PANELS[:1], Path("/nowhere/mine.json"))
    assert program.window.windowTitle() == "mine.json[*] – trigrad"
    program.window.close()


def test_that_the_theme_changes_everywhere_and_is_remembered(
    program: Trigrad, qapp: QApplication, settings: SettingsRepository
) -> None:
    def base() -> str:
        return qapp.palette().color(QPalette.ColorRole.Base).name()

    assert base() == LIGHT.base
    program.actions["theme_dark"].trigger()
    close = program.window.docks["surface"].findChild(QAbstractButton, "qt_dockwidget_closebutton")
    for shown in (close.icon(), program.actions["undo"].icon()):
        image = shown.pixmap(QSize(32, 32)).toImage()
        colours = {image.pixelColor(x, y).name() for x in range(32) for y in range(32)}
        assert DARK.text in colours
    assert base() == DARK.base
    assert settings.settings.theme == "dark"
    program.actions["theme_system"].trigger()
    assert base() == LIGHT.base  # a bare X server names no scheme
    assert settings.settings.theme == "system"


def test_that_about_names_the_versions_without_importing_pytorch(program: Trigrad) -> None:
    program.actions["about"].trigger()
    text = program.window.findChild(QMessageBox).text()
    for name in ("trigrad", "Python", "Qt", "NumPy", "SymPy", "PyTorch"):
        assert name in text


def test_that_closing_remembers_the_layout(
    qtbot: QtBot, qapp: QApplication, program: Trigrad, settings: SettingsRepository
) -> None:
    program.window.docks["surface"].hide()
    program.window.close()
    again = make_program(qapp, settings, Worksheet())
    again.show()
    qtbot.waitUntil(lambda: len(again.panels) == len(PANELS), timeout=BUILD_MILLISECONDS)
    assert not again.window.docks["surface"].isVisible()
    again.window.close()


# As a process of its own.


def test_that_closing_while_work_runs_ends_within_two_seconds_and_leaves_no_process(
    start: Start,
) -> None:
    process = start("(x+y)^3")
    # Two workers, both in the middle of importing their libraries.
    assert wait_until(lambda: len(session_processes(process.pid)) >= 3, 30)
    # Not before: Qt tries OpenGL out on windows of its own, which last for a moment.
    window = wait_for_window(process)
    subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", "ctrl+q"], check=True)
    closed_at = time.monotonic()
    out, err = process.communicate(timeout=10)
    # Python's own resource tracker ends a moment after the process that it serves.
    wait_until(lambda: session_processes(process.pid) == [], 2)
    assert time.monotonic() - closed_at < 2
    assert (process.returncode, out, err) == (0, "", "")
    assert session_processes(process.pid) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("processes", [2, 3])
def test_that_ctrl_c_ends_it_without_a_word_and_leaves_no_process(
    start: Start, number: signal.Signals, processes: int
) -> None:
    process = start("(1+x+y+z)^9")
    assert wait_until(lambda: len(session_processes(process.pid)) >= processes, 30)
    os.killpg(process.pid, number)  # as the terminal does
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out, err) == (-number, "", "")
    assert wait_until(lambda: session_processes(process.pid) == [], 5)


def test_that_the_workers_end_with_a_window_that_was_killed(start: Start) -> None:
    process = start()
    wait_for_window(process)
    assert wait_until(lambda: len(session_processes(process.pid)) >= 3, 30)
    process.kill()
    process.wait(timeout=5)
    assert wait_until(lambda: session_processes(process.pid) == [], 5)


def test_that_the_window_is_shown_before_slow_imports_and_never_loads_pytorch_or_sympy(
    tmp_path: Path,
) -> None:
    script = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from gui.panel.panel_slot import PANELS
from gui.session.settings import SettingsRepository
from gui.start import make_window
if __name__ == "__main__":
    app = QApplication([])
    settings = SettingsRepository(Path(sys.argv[1]))
    window = make_window(app, settings)
    programs = []
    def fill():
        slow = {"numpy", "flint", "lark", "engine.worksheet", "engine.polynomial", "pyqtgraph",
                "multiprocessing", "PySide6.QtSvg"}
        print(sorted(slow & set(sys.modules)))
        from engine.worksheet.worksheet import Worksheet
        from gui.app import Trigrad
        program = Trigrad(app, settings, Worksheet(), window)
        program.runner.progress_changed.connect(
            lambda done, total: window.close() if total == 0 else None
        )
        program.show()
        programs.append(program)
    window.when_painted(fill)
    window.show()
    app.exec()
    assert len(programs[0].panels) == len(PANELS)
    print(sorted({"torch", "sympy"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "settings.json")],
        capture_output=True,
        text=True,
        timeout=LIBRARY_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n[]\n", "")


def test_that_the_import_of_pyside_which_reads_all_sources_is_not_kept() -> None:
    script = """
import builtins, linecache, sys, types
import gui
before = builtins.__import__
def run(first, path):
    print(builtins.__import__ is before, "PySide6.QtWidgets" in sys.modules)
    first()
    print([path for path in linecache.cache if "engine" in path])
    return 0
sys.modules["gui.start"] = types.SimpleNamespace(run=run)
from gui.__main__ import main
sys.exit(main([]))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "True True\n[]\n", "")


def test_that_without_a_screen_the_main_job_is_done_as_text(start: Start) -> None:
    process = start(DISPLAY=None, WAYLAND_DISPLAY=None)
    out, err = process.communicate(timeout=LIBRARY_SECONDS)
    assert process.returncode == 0
    assert err.startswith("trigrad: no window: there is no screen")
    assert "apt-get install xvfb" in err
    assert err.count("\n") == 1
    for value in ("f = 72", "54.00090000009072", "24.000500786769408"):
        assert value in out


def test_that_without_a_screen_a_worksheet_file_is_worked_on(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    mine = Worksheet(
        text="-x^2 y",
        coordinates=(("x", "1/2"), ("y", "3")),
        partials="xy",
        methods=(MethodChoice("rules"), MethodChoice("forward", (("step", 0.5),))),
    )
    path.write_text(mine.to_json(), encoding="utf-8")
    process = start(str(path), DISPLAY=":4711", WAYLAND_DISPLAY=None)
    out, err = process.communicate(timeout=LIBRARY_SECONDS)
    assert process.returncode == 0
    assert "the screen :4711 does not answer" in err
    assert err.count("\n") == 1
    assert "x = 1/2, y = 3" in out
    assert "∂²f/∂x∂y = -1" in out
    assert "rules" in out and "sympy" not in out
    assert "  forward:step=0.5  " in out


def test_that_without_a_screen_a_text_that_cannot_be_read_is_refused(start: Start) -> None:
    process = start("x^^2", DISPLAY=None, WAYLAND_DISPLAY=None)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (2, "")
    assert "column 2" in err and "Traceback" not in err


def test_that_a_missing_system_library_is_named_with_its_package(tmp_path: Path) -> None:
    # As PySide6 fails on a bare Debian.
    package = tmp_path / "PySide6"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "QtGui.py").write_text(
        "raise ImportError('libEGL.so.1: cannot open shared object file: No such file')"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from gui.startup.screen_check import why_no_window as w; print(w())",
        ],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (
        "a system library of Qt is missing (libEGL.so.1): apt-get install libegl1\n"
    )


@pytest.mark.parametrize("platform", ["offscreen", "vnc:port=5900"])
def test_that_another_platform_of_qt_is_taken_at_its_word(platform: str) -> None:
    assert why_no_window({"QT_QPA_PLATFORM": platform}) == ""


def test_that_the_screen_of_the_tests_is_found() -> None:
    assert why_no_window({"DISPLAY": os.environ["DISPLAY"]}) == ""


def test_that_a_screen_that_was_found_does_not_begin_anew_before_qt_is_there() -> None:
    script = """
import os
from gui.startup.screen_check import why_no_window
assert why_no_window() == ""
opened = [os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd")[:-1]]
print(sum(one.startswith("socket:") for one in opened))
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=30, check=True
    )
    assert done.stdout == "1\n"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("--help",), 0, "usage: trigrad"),
        (("--version",), 0, "trigrad 0.1.0"),
        (("x^2", "+ 1"), 2, "put quotes around a polynomial"),
        (("no-such-file.json",), 2, "cannot be read: No such file or directory"),
    ],
)
def test_that_the_command_line_answers_without_a_window(
    start: Start, arguments: tuple[str, ...], status: int, said: str
) -> None:
    process = start(*arguments)
    out, err = process.communicate(timeout=30)
    assert process.returncode == status
    assert said in (err if status else out)
    assert "Traceback" not in err
