"""Files dropped on the real window, through the window of the desktop, as a file manager does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from engine.worksheet.worksheet import Worksheet
from gui.app import Trigrad
from gui.panel.panel_slot import PANELS
from gui.panel.seen import is_seen
from gui.tour.card import TourCard

pytestmark = pytest.mark.slow

_ACTIONS = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def urls(*addresses: str | Path) -> QMimeData:
    data = QMimeData()
    data.setUrls(
        [QUrl.fromLocalFile(str(a)) if isinstance(a, Path) else QUrl(a) for a in addresses]
    )
    # As file managers do.
    data.setData("text/plain", "\n".join(url.toString() for url in data.urls()).encode())
    return data


def drop(widget: QWidget, data: QMimeData) -> Qt.DropAction | None:
    """Drop ``data`` on the middle of a widget; return what was done with it, None if refused."""
    handle = widget.window().windowHandle()
    at = widget.mapTo(widget.window(), widget.rect().center())
    enter = QDragEnterEvent(at, _ACTIONS, data, _LEFT, _NONE)
    QApplication.sendEvent(handle, enter)
    if not enter.isAccepted():
        return None  # as the desktop does: it shows that nothing can be dropped here
    move = QDragMoveEvent(at + QPoint(1, 0), _ACTIONS, data, _LEFT, _NONE)
    QApplication.sendEvent(handle, move)
    dropped = QDropEvent(QPointF(at), _ACTIONS, data, _LEFT, _NONE)
    QApplication.sendEvent(handle, dropped)
    return dropped.dropAction() if dropped.isAccepted() else None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "dropped.json"
    path.write_text(Worksheet(text="a^7 + b").to_json(), encoding="utf-8")
    return path


def places(panel: QWidget) -> Sequence[QWidget]:
    """Return what can be seen of a panel: everything that takes drops, and one label or so."""
    inside = [one for one in panel.findChildren(QWidget) if is_seen(one)]
    return [panel, *inside[:1], *(one for one in inside if one.acceptDrops())]


@pytest.mark.parametrize("key", [slot.key for slot in PANELS])
def test_that_a_worksheet_is_opened_wherever_in_a_panel_it_is_dropped(
    qtbot: QtBot, program: Trigrad, path: Path, key: str
) -> None:
    program.window.raise_panel(key)
    panel = program.panels[key].widget
    qtbot.waitUntil(lambda: is_seen(panel), timeout=5000)
    for place in places(panel):
        program.actions["new"].trigger()
        # Not moved, or the file would be deleted.
        assert drop(place, urls(path)) == Qt.DropAction.CopyAction
        qtbot.waitUntil(lambda: program.store.worksheet.text == "a^7 + b", timeout=5000)
        assert program.window.windowTitle() == "dropped.json[*] – trigrad"


def test_that_a_worksheet_is_opened_on_the_menu_and_on_a_panel_that_was_torn_off(
    qtbot: QtBot, program: Trigrad, path: Path
) -> None:
    dock = program.window.docks["problem"]
    for _ in range(2):  # back in the window it has no window of its own, and then a new one
        dock.setFloating(True)
        qtbot.waitUntil(lambda: dock.windowHandle() is not None, timeout=5000)
        assert dock.window() is dock
        for place in (program.window.menuBar(), program.panels["problem"].widget.focusProxy()):
            program.actions["new"].trigger()
            drop(place, urls(path))
            qtbot.waitUntil(lambda: program.store.worksheet.text == "a^7 + b", timeout=5000)
        dock.setFloating(False)


def test_that_what_is_not_saved_is_asked_about_before_a_dropped_file_is_opened(
    qtbot: QtBot, program: Trigrad, path: Path
) -> None:
    program.store.edit("edit", text="y^2")
    drop(program.window, urls(path))
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is not None, timeout=5000)
    assert program.store.worksheet.text == "y^2"
    # Nothing else is to come in between.
    assert drop(program.panels["problem"].widget.focusProxy(), urls(path)) is None
    discard = program.window.findChild(QMessageBox).button(QMessageBox.StandardButton.Discard)
    qtbot.mouseClick(discard, Qt.MouseButton.LeftButton)
    assert program.store.worksheet.text == "a^7 + b"


def test_that_a_dropped_file_ends_the_tour(qtbot: QtBot, program: Trigrad, path: Path) -> None:
    program.actions["tour"].trigger()
    drop(program.window, urls(path))
    qtbot.waitUntil(lambda: program.store.worksheet.text == "a^7 + b", timeout=5000)
    assert not program.window.findChild(TourCard).isVisible()


@pytest.mark.parametrize(
    ("addresses", "said"),
    [
        (["one.json", "two.json"], "2 files were dropped; drop one worksheet to open it."),
        (["https://example.org/one.json"], "is no file of this computer; drop a worksheet file."),
    ],
)
def test_that_what_cannot_be_opened_is_refused_in_one_sentence(
    qtbot: QtBot, program: Trigrad, tmp_path: Path, addresses: list[str], said: str
) -> None:
    files = [one if ":" in one else tmp_path / one for one in addresses]
    drop(program.panels["problem"].widget.focusProxy(), urls(*files))
    bar = program.window.statusBar()
    qtbot.waitUntil(lambda: said in bar.currentMessage(), timeout=5000)
    assert program.store.worksheet == Worksheet()


def test_that_a_dropped_file_that_is_no_worksheet_is_refused_with_the_reason(
    qtbot: QtBot, program: Trigrad, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("x^2", encoding="utf-8")
    drop(program.window, urls(tmp_path / "notes.txt"))
    qtbot.waitUntil(lambda: program.window.findChild(QMessageBox) is not None, timeout=5000)
    assert "no trigrad worksheet" in program.window.findChild(QMessageBox).text()
    assert program.store.worksheet == Worksheet()


def test_that_a_text_that_is_dropped_on_a_field_is_still_a_text(
    qtbot: QtBot, program: Trigrad
) -> None:
    data = QMimeData()
    data.setText("7")
    fields = program.panels["problem"].widget
    drop(fields.focusProxy(), data)
    assert "7" in program.store.worksheet.text
    for line in [one for one in fields.findChildren(QLineEdit) if is_seen(one)]:
        line.clear()
        drop(line, data)
        assert line.text() == "7"
    assert drop(program.window.menuBar(), data) is None


def test_that_a_dialog_of_files_takes_what_is_dropped_on_it_itself(
    qtbot: QtBot, program: Trigrad, path: Path
) -> None:
    program.actions["open"].trigger()
    dialog = program.window.findChild(QFileDialog)
    qtbot.waitExposed(dialog)
    assert drop(program.window, urls(path)) is None
    assert program.store.worksheet == Worksheet()
    dialog.reject()
