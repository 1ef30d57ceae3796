"""The guided tour: by keyboard alone, on the real window, and the own work is as it was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from engine.comparison import Comparison, compare
from engine.differentiation.method import MethodChoice
from engine.language.reader import read
from engine.partial import Partial
from engine.point import Point
from engine.worksheet.worksheet import Worksheet
from engine.worksheet.worksheet_reader import read_worksheet_file
from gui.app import Trigrad
from gui.panel.panel_slot import PANELS
from gui.panel.seen import is_seen
from gui.session.settings import SettingsRepository
from gui.tour.card import TourCard
from gui.tour.steps import LESSON, TourStep, tour_steps
from tests.gui.conftest import BUILD_MILLISECONDS, make_program

pytestmark = pytest.mark.slow

LONG_MS = 60_000
STEPS = tour_steps()


def card_of(program: Trigrad) -> TourCard:
    card = program.window.findChild(TourCard)
    assert isinstance(card, TourCard)
    return card


def press(qtbot: QtBot, program: Trigrad, key: Qt.Key) -> None:
    """Press a key where the keyboard is, as a person without a mouse does."""
    at = QApplication.focusWidget() or program.window
    QTest.keyClick(at, key)


def begin(qtbot: QtBot, program: Trigrad) -> TourCard:
    program.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is program.window, timeout=5000)
    press(qtbot, program, Qt.Key.Key_F1)
    card = card_of(program)
    qtbot.waitUntil(card.isVisible, timeout=5000)
    return card


def compared(program: Trigrad, method: str, partial: tuple[str, ...]) -> object:
    shown = program.panels["comparison"].exports["csv"]()
    assert isinstance(shown, Comparison)
    rows = {(row.method, row.partial): row for row in shown.rows}
    return rows[method, partial].value


def test_that_the_keyboard_alone_goes_to_the_end_and_the_own_work_is_as_it_was(
    qtbot: QtBot, program: Trigrad
) -> None:
    store, selection = program.store, program._context.selection
    store.edit("mine", text="x^3 - 3xy^2", coordinates=(("x", "1"), ("y", "2")))
    store.end_merge()
    store.edit("mine too", coordinates=(("x", "5"), ("y", "2")))
    program.window.docks["cost"].raise_()
    selection.pick_scheme("five_point")
    own, count = store.worksheet, store.undo_stack.count()
    card = begin(qtbot, program)
    for number, step in enumerate(STEPS):
        assert step.title in card.title.text()
        assert f"step {number + 1} of {len(STEPS)}" in card.title.text()
        assert card.words.text() == step.text
        assert store.worksheet == step.worksheet
        assert selection.scheme == step.scheme
        if step.partial:
            assert selection.partial == Partial(step.partial)
        dock = program.window.docks[step.panel]
        qtbot.waitUntil(lambda dock=dock: is_seen(dock), timeout=5000)  # type: ignore[misc]
        press(qtbot, program, Qt.Key.Key_Space)
    assert not card.isVisible()
    assert store.worksheet == own
    assert store.undo_stack.count() == count
    assert selection.scheme == "five_point"
    qtbot.waitUntil(lambda: is_seen(program.window.docks["cost"]), timeout=5000)
    store.undo_group.undo()
    assert dict(store.worksheet.coordinates) == {"x": "1", "y": "2"}


def test_that_arrows_go_back_and_forth_and_escape_ends_it(qtbot: QtBot, program: Trigrad) -> None:
    card = begin(qtbot, program)
    for key, number in (
        (Qt.Key.Key_Right, 2), (Qt.Key.Key_Right, 3), (Qt.Key.Key_Left, 2), (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_Left, 1), (Qt.Key.Key_PageDown, 2), (Qt.Key.Key_PageUp, 1),
    ):  # fmt: skip
        press(qtbot, program, key)
        assert f"step {number} of" in card.title.text()
    press(qtbot, program, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert program.store.worksheet == Worksheet()


def test_that_the_tours_numbers_are_those_of_the_table_beside_it(
    qtbot: QtBot, program: Trigrad
) -> None:
    begin(qtbot, program)
    for method, partial, number, step in (
        ("rules", (), "72", 0),
        ("rules", ("a",), "54", 1),
        ("rules", ("a", "b"), "24", 2),
        ("forward", ("a",), "54.00090000009072", 3),
        ("forward", ("a", "b"), "24.000500786769408", 4),
        ("autograd_reverse", ("a",), "54", 6),
    ):
        qtbot.waitUntil(
            lambda m=method, p=partial: compared(program, m, p) is not None, timeout=LONG_MS
        )
        value = compared(program, method, partial)
        assert float(value) == float(number)  # type: ignore[arg-type]
        assert number in STEPS[step].text


def test_that_what_the_texts_claim_is_so() -> None:
    texts = {step.title: step.text for step in STEPS}
    f, at = read(LESSON.text).polynomial, Point({"a": 2, "b": 3})
    assert str(f.to_tuples()) in texts["Rules for a machine"]
    assert "((2, ('b', 2)), (6, ('a', 1), ('b', 1)))" in texts["Rules for a machine"]
    assert "off by 0.0009," in texts["A machine that knows no rules"]
    tiny = MethodChoice("forward", (("step", 1e-12),))
    (row,) = compare(f, at, [("a",)], methods=[tiny]).rows
    assert f"**{row.value}**" in texts["Shrink h"]
    assert dict(_step("Shrink h").worksheet.methods[0].parameters) == {"step": 1e-12}
    central = MethodChoice("central", (("step", 0.01), ("dtype", "rational")))
    (exact,) = compare(f, at, [("a",)], methods=[central]).rows
    assert exact.value == exact.exact  # central differences are exact for the lesson's f
    fourth = read(_step("Now a⁴b").worksheet.text).polynomial
    errors = [
        compare(fourth, at, [("a",)], methods=[choice]).rows[0].absolute_error
        for h in (0.01, 0.02)
        for choice in [MethodChoice("central", (("step", h), ("dtype", "rational")))]
    ]
    assert errors[1] == pytest.approx(4 * errors[0])  # a slope of 2


def _step(title: str) -> TourStep:
    return next(step for step in STEPS if step.title == title)


def test_that_the_graph_is_played_where_the_tour_speaks_of_it(
    qtbot: QtBot, program: Trigrad
) -> None:
    begin(qtbot, program)
    while "Automatic" not in card_of(program).title.text():
        press(qtbot, program, Qt.Key.Key_Space)
    player = program.panels["explanation"].widget.graph.player  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: player.playing, timeout=LONG_MS)
    qtbot.waitUntil(lambda: 0 < player.slider.value() < 18, timeout=10_000)
    press(qtbot, program, Qt.Key.Key_Space)
    assert not player.playing


def test_that_edits_during_the_tour_are_undone_by_themselves_and_then_forgotten(
    qtbot: QtBot, program: Trigrad
) -> None:
    store = program.store
    store.edit("mine", text="x^2")
    begin(qtbot, program)
    store.edit("try", coordinates=(("a", "7"), ("b", "3")))
    store.undo_group.undo()
    assert store.worksheet == STEPS[0].worksheet
    store.undo_group.undo()  # not beyond: the own work is not the tour's
    assert store.worksheet == STEPS[0].worksheet
    store.edit("try again", text="a + b")
    press(qtbot, program, Qt.Key.Key_Escape)
    assert store.worksheet.text == "x^2"


def test_that_saving_in_the_middle_saves_nothing_and_says_so(
    qtbot: QtBot, program: Trigrad
) -> None:
    program.store.edit("mine", text="x^2 y")
    card = begin(qtbot, program)
    program.actions["save"].trigger()
    assert "End the tour to save your own" in program.window.statusBar().currentMessage()
    assert program.window.findChild(QFileDialog) is None
    assert card.isVisible()
    program.actions["new"].trigger()  # leaves the tour, and then asks about the own work
    assert not card.isVisible()
    assert program.store.worksheet.text == "x^2 y"
    assert program.window.findChild(QMessageBox) is not None
    assert program.window.isWindowModified()


def test_that_closing_in_the_middle_saves_the_own_work_and_not_the_tours(
    qtbot: QtBot, program: Trigrad, tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    program.store.edit("mine", text="x^2 y")
    program._files.save(path)
    program.store.edit("mine", text="x^3 y")
    begin(qtbot, program)
    assert program.window.windowTitle() == "mine.json[*] – trigrad"
    assert program.window.isWindowModified()
    program.window.close()
    save = program.window.findChild(QMessageBox).button(QMessageBox.StandardButton.Save)
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    assert not program.window.isVisible()
    assert read_worksheet_file(path).text == "x^3 y"


@pytest.mark.parametrize("saved", [True, False])
def test_that_the_tour_changes_neither_the_name_nor_whether_it_is_saved(
    qtbot: QtBot, program: Trigrad, tmp_path: Path, saved: bool
) -> None:
    window = program.window
    program.store.edit("mine", text="x^2 y")
    program._files.save(tmp_path / "mine.json")
    if not saved:
        program.store.edit("mine", text="x^3 y")
    undo = program.actions["undo"].text()
    begin(qtbot, program)
    program.store.edit("try", text="a + b")
    assert window.isWindowModified() is not saved
    press(qtbot, program, Qt.Key.Key_Escape)
    assert (window.windowTitle(), window.isWindowModified()) == (
        "mine.json[*] – trigrad",
        not saved,
    )
    assert program.actions["undo"].text() == undo


def test_that_escape_ends_it_wherever_the_keyboard_is(qtbot: QtBot, program: Trigrad) -> None:
    card = begin(qtbot, program)
    program.panels["problem"].widget.expression.setFocus()  # type: ignore[attr-defined]
    press(qtbot, program, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not card.isVisible(), timeout=5000)


def test_that_what_the_tour_calculated_is_not_shown_beside_the_own_work(
    qtbot: QtBot, program: Trigrad
) -> None:
    program.store.edit("unreadable", text="2x^")
    begin(qtbot, program)
    qtbot.waitUntil(lambda: compared(program, "rules", ("a",)) == 54, timeout=LONG_MS)
    press(qtbot, program, Qt.Key.Key_Escape)
    table = program.panels["comparison"].widget.table  # type: ignore[attr-defined]
    assert table.model().rowCount() == 0


def test_that_closing_in_the_middle_keeps_the_layout_of_before(
    qtbot: QtBot, program: Trigrad, settings: SettingsRepository
) -> None:
    begin(qtbot, program)
    program.window.close()
    assert not card_of(program).isVisible()
    assert settings.settings.dock_state


def test_that_the_first_start_offers_it_once(
    qtbot: QtBot, qapp: QApplication, settings: SettingsRepository
) -> None:
    for offered in (True, False):
        program = make_program(qapp, settings, Worksheet())
        program.show()
        qtbot.waitUntil(lambda p=program: len(p.panels) == len(PANELS), timeout=BUILD_MILLISECONDS)  # type: ignore[misc]
        card = card_of(program)
        if offered:
            qtbot.waitUntil(card.isVisible, timeout=5000)
            assert "New here?" in card.title.text()
            assert program.store.worksheet == Worksheet()
            card.end_button.click()
        qtbot.wait(50)
        assert not card.isVisible()
        program.window.close()
    assert settings.settings.tour_offered


def test_that_the_offer_leads_into_the_tour(
    qtbot: QtBot, qapp: QApplication, settings: SettingsRepository
) -> None:
    program = make_program(qapp, settings, Worksheet(text="x^2"))
    program.show()
    card = card_of(program)
    qtbot.waitUntil(card.isVisible, timeout=BUILD_MILLISECONDS)
    card.next_button.click()
    assert "step 1 of" in card.title.text()
    press(qtbot, program, Qt.Key.Key_Escape) if card.hasFocus() else card.end_button.click()
    assert program.store.worksheet.text == "x^2"
    program.window.close()


def test_that_every_text_fits_beside_the_buttons_at_the_smallest_usual_size(
    qtbot: QtBot, program: Trigrad
) -> None:
    program.window.resize(1024, 700)
    card = begin(qtbot, program)
    for _ in STEPS:
        words = card.words
        qtbot.waitUntil(lambda: card.height() < 110, timeout=5000)
        assert words.height() >= words.heightForWidth(words.width())
        assert not re.search(r"<[a-z]", words.text())
        press(qtbot, program, Qt.Key.Key_Space)
