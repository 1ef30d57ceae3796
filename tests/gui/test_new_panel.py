"""A panel is one folder and one line: one that is made here has a dock, a key and its exports."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

import gui.panels
from engine.worksheet.worksheet import Worksheet
from gui.app import Trigrad
from gui.export.export_kinds import KINDS, ExportKind, FileFormat
from gui.panel.panel_slot import PANELS, Export, PanelSlot, Place
from gui.panel.seen import is_seen
from gui.session.settings import SettingsRepository
from tests.gui.conftest import BUILD_MILLISECONDS, close, make_program

pytestmark = pytest.mark.slow

LAMP = '''
"""A lamp: says how bright f is at the point."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from engine import compare
from gui.panel.panel import Panel
from gui.panel.picture import Picture


def build(context):
    view = QLabel("bright")
    read = context.store.inputs()
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0xFFDD00)
    return Panel(view, QObject(view), {
        "csv": lambda: compare(read.reading.polynomial, read.point, [("a",)], methods=["rules"]),
        "picture": lambda: Picture(image, "A lamp", "that burns"),
        "latex": lambda: r"\\odot",
        "words": lambda: "It burns.",
    })
'''

LINE = PanelSlot(
    "lamp", "Lamp", "gui.panels.lamp", Place.BOTTOM, "Ctrl+L",
    (Export("csv", "brightness"), Export("picture", "lamp"), Export("latex", "sign of the lamp"),
     Export("words", "mood")),
)  # fmt: skip

WORDS = ExportKind(
    line="{} in words",
    action="{}_in_words",
    tip="Write the {} to a file, for a person",
    title="{}",
    formats=lambda _text: (FileFormat("Plain text", ".txt"), FileFormat("Markdown", ".md")),
    make=lambda text, _path, chosen: f"{text} {chosen.ending}".encode(),
    why_nothing=lambda name, _store: f"There is no {name} yet.",
)

DELIVERED = [
    ("comparison as CSV", "comparison"),
    ("stencil as CSV", "stencil"),
    ("cost study as CSV", "cost_study"),
    ("picture of cost", "picture_of_cost"),
    ("computation graph as CSV", "computation_graph"),
    ("picture of computation graph", "picture_of_computation_graph"),
    ("derivation as LaTeX", "derivation_as_LaTeX"),
    ("critical points as CSV", "critical_points"),
    ("picture of surface", "picture_of_surface"),
    ("samples of the gradient field as CSV", "samples_of_the_gradient_field"),
    ("picture of gradient field", "picture_of_gradient_field"),
    ("error study as CSV", "error_study"),
    ("picture of error study", "picture_of_error_study"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Hold one panel as if the folder were in gui/panels, and know one more kind of file."""
    package = tmp_path / "panels" / "lamp"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(LAMP, encoding="utf-8")
    monkeypatch.setattr(gui.panels, "__path__", [*gui.panels.__path__, str(package.parent)])
    monkeypatch.setitem(KINDS, "words", WORDS)
    yield package
    sys.modules.pop("gui.panels.lamp", None)


@pytest.fixture
def make(
    qtbot: QtBot, qapp: QApplication, settings: SettingsRepository
) -> Iterator[Callable[..., Trigrad]]:
    settings.update(theme="light", tour_offered=True)
    made: list[Trigrad] = []

    def make(*slots: PanelSlot) -> Trigrad:
        made.append(make_program(qapp, settings, Worksheet(), slots))
        return made[-1]

    yield make
    for program in made:
        close(program)
        program.window.deleteLater()


def line(program: Trigrad, name: str) -> QAction:
    menu = next(one for one in program.window.findChildren(QMenu) if one.title() == "&File")
    return next(one for one in menu.actions() if one.text() == f"Export {name}…")


def said(program: Trigrad) -> str:
    return program.window.statusBar().currentMessage()


def write(qtbot: QtBot, program: Trigrad, name: str, path: Path, chosen: str = "") -> bytes:
    """Pick a line of the menu, type a path into its dialog, and return what was written."""
    line(program, name).trigger()
    dialog = program.window.findChild(QFileDialog)
    if chosen:
        dialog.selectNameFilter(chosen)
        dialog.filterSelected.emit(chosen)  # as a click does
    dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
    dialog.accept()
    written = path if path.suffix else path.with_suffix(f".{dialog.defaultSuffix()}")
    qtbot.waitUntil(lambda: said(program).endswith(f" to {written}"), timeout=5000)
    qtbot.waitUntil(lambda: program.window.findChild(QFileDialog) is None, timeout=5000)
    return written.read_bytes()


def test_that_a_new_panel_has_a_dock_a_key_and_its_exports(
    qtbot: QtBot, make: Callable[..., Trigrad], folder: Path, tmp_path: Path
) -> None:
    program = make(*PANELS, LINE)
    program.show()
    qtbot.waitUntil(lambda: len(program.panels) == len(PANELS) + 1, timeout=BUILD_MILLISECONDS)
    dock = program.window.docks["lamp"]
    assert dock.windowTitle() == "Lamp"
    assert dock.widget() is program.panels["lamp"].widget
    assert not is_seen(dock)
    program.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is program.window, timeout=5000)
    QTest.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: is_seen(dock), timeout=5000)

    table = write(qtbot, program, "brightness as CSV", tmp_path / "table.csv").decode()
    assert [row["value"] for row in csv.DictReader(table.splitlines())] == ["54.0"]
    image = QImage.fromData(write(qtbot, program, "picture of lamp", tmp_path / "lamp.png"))
    assert (image.pixelColor(4, 4).name(), image.text("Title")) == ("#ffdd00", "A lamp")
    latex = write(qtbot, program, "sign of the lamp as LaTeX", tmp_path / "lamp.tex")
    assert latex == rb"\odot"
    mood = write(qtbot, program, "mood in words", tmp_path / "mood", "Markdown (*.md)")
    assert mood == b"It burns. .md"
    assert said(program) == f"Wrote the mood to {tmp_path / 'mood.md'}"
    assert line(program, "mood in words").statusTip() == "Write the mood to a file, for a person"
    assert not line(program, "mood in words").icon().isNull()


def test_that_every_export_is_in_the_menu_before_its_panel_is_built(
    make: Callable[..., Trigrad], folder: Path
) -> None:
    program = make(*PANELS, LINE)
    assert not program.panels
    lines = [(one.text(), one.objectName()) for one in program.window.exports]
    assert lines[: len(DELIVERED)] == [
        (f"Export {text}…", f"export_{name}") for text, name in DELIVERED
    ]
    assert lines[len(DELIVERED) :] == [
        ("Export brightness as CSV…", "export_brightness"),
        ("Export picture of lamp…", "export_picture_of_lamp"),
        ("Export sign of the lamp as LaTeX…", "export_sign_of_the_lamp_as_LaTeX"),
        ("Export mood in words…", "export_mood_in_words"),
    ]
    tips = {one.text(): one.statusTip() for one in program.window.exports}
    for text, tip in (
        ("stencil as CSV", "Write the stencil to a file, for a spreadsheet or a program"),
        ("picture of cost", "Write the plot of the cost to a file, as it is drawn now"),
        ("derivation as LaTeX", "Write the derivation to a file, for a document"),
    ):
        assert tips[f"Export {text}…"] == tip


def test_that_what_cannot_be_exported_yet_says_why(
    make: Callable[..., Trigrad], folder: Path
) -> None:
    program = make(*PANELS, LINE)
    for name, reason in (
        ("comparison as CSV", "open the panel of the comparison first, and wait for it."),
        ("picture of surface", "no surface of the problem as it stands is shown."),
        ("derivation as LaTeX", "no derivation of the problem as it stands is shown."),
    ):
        line(program, name).trigger()
        assert said(program) == f"Nothing was exported: {reason}"
    line(program, "mood in words").trigger()
    assert said(program) == "There is no mood yet."
    program.store.edit("edit", text="x^^2")
    line(program, "comparison as CSV").trigger()
    assert said(program) == "The problem cannot be read at the moment; mend it, then export."
    assert program.window.findChild(QFileDialog) is None


def test_that_every_declared_export_is_of_a_known_kind_and_of_one_of_its_kind() -> None:
    for slot in PANELS:
        kinds = [one.kind for one in slot.exports]
        assert set(kinds) <= set(KINDS), slot.key
        assert len(set(kinds)) == len(kinds), slot.key


@pytest.mark.parametrize("exports", [LINE.exports[:-1], (*LINE.exports, Export("text", "x"))])
def test_that_a_panel_that_gives_other_exports_than_it_declares_is_refused(
    qtbot: QtBot,
    make: Callable[..., Trigrad],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    exports: tuple[Export, ...],
) -> None:
    monkeypatch.setitem(KINDS, "text", WORDS)
    program = make(LINE._replace(exports=exports), PANELS[0])
    with qtbot.captureExceptions() as exceptions:
        program.show()
        qtbot.waitUntil(lambda: "problem" in program.panels, timeout=BUILD_MILLISECONDS)
    assert "but the list of panels says" in str(exceptions[0][1])
    said_there = program.window.docks["lamp"].widget().text()
    assert said_there == "An internal error keeps this panel away."
