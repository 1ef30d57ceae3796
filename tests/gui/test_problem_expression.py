"""Typing a polynomial: echo, notes, errors at their place, undo."""

from __future__ import annotations

from time import process_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCharFormat
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from engine.differentiation.registry import methods
from gui.look.theme import DARK
from gui.panel.panel import PanelContext
from gui.panels import problem
from gui.panels.problem.note_chips import Chip
from gui.panels.problem.view import ProblemView


@pytest.fixture
def view(qtbot: QtBot, panel_context: PanelContext) -> ProblemView:
    panel = problem.build(panel_context)
    assert isinstance(panel.widget, ProblemView)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(320, 700)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    return panel.widget


def type_text(qtbot: QtBot, view: ProblemView, text: str) -> None:
    view.expression.setFocus()
    view.expression.selectAll()
    qtbot.keyClicks(view.expression, text)


def underlines(view: ProblemView, style: QTextCharFormat.UnderlineStyle) -> list[str]:
    return [
        mark.cursor.selectedText()
        for mark in view.expression.extraSelections()
        if mark.format.underlineStyle() == style
    ]


def chips(view: ProblemView) -> list[Chip]:
    return [chip for chip in view.notes.findChildren(Chip) if chip.isVisible()]


def test_that_the_panel_opens_on_the_worksheet(view: ProblemView) -> None:
    assert view.expression.toPlainText() == "2ab^2 + 3a^2b"
    assert list(view.point.fields) == ["a", "b"]
    assert view.point.fields["b"].edit.text() == "3"
    assert view.partials.edit.text() == "value, gradient, hessian"
    assert all(row.check.isChecked() for row in view.methods.rows.values())
    assert list(view.methods.rows) == [entry.key for entry in methods()]
    assert "<sup>2</sup>" in view.echo.text()
    assert view.error.isHidden()


def test_that_every_key_is_read_and_the_cursor_stays(
    qtbot: QtBot, view: ProblemView, panel_context: PanelContext
) -> None:
    cursor = view.expression.textCursor()
    cursor.setPosition(3)
    view.expression.setTextCursor(cursor)
    qtbot.keyClicks(view.expression, "c")
    assert panel_context.store.worksheet.text == "2abc^2 + 3a^2b"
    assert view.expression.textCursor().position() == 4
    assert list(view.point.fields) == ["a", "b", "c"]
    assert view.point.fields["c"].edit.text() == "1"


def test_that_a_variable_that_comes_back_has_its_value(qtbot: QtBot, view: ProblemView) -> None:
    type_text(qtbot, view, "a^2")
    assert list(view.point.fields) == ["a"]
    type_text(qtbot, view, "b^2 + a")
    assert [field.edit.text() for field in view.point.fields.values()] == ["3", "2"]


def test_that_a_constant_needs_no_point(qtbot: QtBot, view: ProblemView) -> None:
    type_text(qtbot, view, "7")
    assert view.point.fields == {}
    assert (
        view.point.findChildren(QLineEdit, options=Qt.FindChildOption.FindDirectChildrenOnly) == []
    )


def test_that_an_error_is_underlined_at_its_place_with_its_message(
    qtbot: QtBot, view: ProblemView
) -> None:
    type_text(qtbot, view, "2x + sin(x)")
    wave = underlines(view, QTextCharFormat.UnderlineStyle.WaveUnderline)
    assert len(wave) == 1
    assert wave[0].startswith("sin")
    assert view.error.isVisible()
    assert "sin" in view.error.text()
    assert view.hint.text()
    assert view.echo.isHidden()


def test_that_an_error_beyond_a_character_of_two_units_is_at_its_place(
    qtbot: QtBot, view: ProblemView, panel_context: PanelContext
) -> None:
    panel_context.store.edit("paste", text="x + 𝟚 + x!")
    wave = underlines(view, QTextCharFormat.UnderlineStyle.WaveUnderline)
    assert wave in (["!"], ["x!"], ["𝟚"])


def test_that_a_mended_text_has_no_mark_left(qtbot: QtBot, view: ProblemView) -> None:
    type_text(qtbot, view, "2x^")
    assert underlines(view, QTextCharFormat.UnderlineStyle.WaveUnderline) == ["^"]
    qtbot.keyClicks(view.expression, "2")
    assert underlines(view, QTextCharFormat.UnderlineStyle.WaveUnderline) == []
    assert view.error.isHidden()
    assert view.echo.isVisible()


def test_that_one_click_on_a_note_reads_it_the_other_way(
    qtbot: QtBot, view: ProblemView, panel_context: PanelContext
) -> None:
    type_text(qtbot, view, "x12")
    assert list(view.point.fields) == ["x_12"]
    assert underlines(view, QTextCharFormat.UnderlineStyle.DotLine) == ["x12"]
    (chip,) = chips(view)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert list(view.point.fields) == ["x"]
    assert panel_context.store.worksheet.text == view.expression.toPlainText() != "x12"
    panel_context.store.undo_stack.undo()
    assert view.expression.toPlainText() == "x12"


def test_that_one_click_takes_the_repaired_text(qtbot: QtBot, view: ProblemView) -> None:
    type_text(qtbot, view, "2 3")
    (chip,) = chips(view)
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert view.error.isHidden()
    assert view.echo.isVisible()


def test_that_a_burst_of_keys_is_one_step_of_undo(
    qtbot: QtBot, view: ProblemView, panel_context: PanelContext
) -> None:
    view.activateWindow()
    type_text(qtbot, view, "x^2 + 1")
    qtbot.waitUntil(view.expression.hasFocus)
    assert panel_context.store.undo_stack.count() == 1
    qtbot.mouseClick(view.partials.edit, Qt.MouseButton.LeftButton)  # leaves the field
    qtbot.keyClicks(view.expression, "0")
    assert panel_context.store.undo_stack.count() == 2
    panel_context.store.undo_stack.undo()
    assert view.expression.toPlainText() == "x^2 + 1"
    panel_context.store.undo_stack.undo()
    assert view.expression.toPlainText() == "2ab^2 + 3a^2b"
    panel_context.store.undo_stack.redo()
    assert view.expression.toPlainText() == "x^2 + 1"


def test_that_the_keys_of_undo_are_left_to_the_window(
    qtbot: QtBot, view: ProblemView, panel_context: PanelContext
) -> None:
    action = panel_context.store.undo_stack.createUndoAction(view)
    action.setShortcut("Ctrl+Z")
    view.addAction(action)
    view.activateWindow()
    type_text(qtbot, view, "x")
    qtbot.waitUntil(view.expression.hasFocus)
    qtbot.keyClick(view.expression, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.expression.toPlainText() == "2ab^2 + 3a^2b", timeout=3000)


def test_that_a_long_text_grows_the_field_and_stays_inside(
    qtbot: QtBot, view: ProblemView, panel_context: PanelContext
) -> None:
    before = view.expression.height()
    panel_context.store.edit("paste", text=" + ".join(f"{n}x^{n}" for n in range(2, 20)))
    assert view.expression.height() > 2 * before
    view.resize(280, 700)
    inner = view.widget()
    assert inner is not None
    qtbot.waitUntil(lambda: inner.width() <= view.viewport().width())


def test_that_a_very_long_text_is_read_when_the_keys_rest(
    qtbot: QtBot, view: ProblemView, panel_context: PanelContext
) -> None:
    text = "+".join(f"{n}x^{n}" for n in range(1, 400))
    view.expression.selectAll()
    with qtbot.waitSignal(panel_context.store.worksheet_changed):
        view.expression.insertPlainText(text)
        assert panel_context.store.worksheet.text == "2ab^2 + 3a^2b"
    assert panel_context.store.worksheet.text == text
    assert view.echo.text() == "The new polynomial is being read…"
    known = "A polynomial of 399 terms and degree 399"
    qtbot.waitUntil(lambda: view.echo.text() == known, timeout=20_000)


def paste(view: ProblemView, text: str) -> None:
    QApplication.clipboard().setText(text)
    view.expression.paste()


def test_that_a_paste_beyond_the_budget_is_refused_with_the_readers_words(
    qtbot: QtBot, view: ProblemView, panel_context: PanelContext
) -> None:
    undo = panel_context.store.undo_stack
    paste(view, "+𝟚" * 30_000)  # the rest of the field makes it too long
    assert view.expression.toPlainText() == "2ab^2 + 3a^2b"
    assert "more than 60000 characters" in view.error.text()
    assert view.error.isVisible()
    assert undo.count() == 0
    qtbot.keyClicks(view.expression, "3")
    assert view.error.isHidden()
    assert panel_context.store.worksheet.text == "2ab^2 + 3a^2b3"


def test_that_a_paste_within_the_budget_replaces_what_is_selected_at_once(
    qtbot: QtBot, view: ProblemView, panel_context: PanelContext
) -> None:
    view.expression.selectAll()
    text = "x" + "+1" * 29_999
    started = process_time()
    one_line = view.expression.height()
    paste(view, text)
    view.expression.grab()
    assert view.expression.height() > 2 * one_line
    assert process_time() - started < 1  # broken between words, it took four seconds
    assert view.expression.toPlainText() == text
    paste(view, "+")
    qtbot.waitUntil(lambda: panel_context.store.worksheet.text == text + "+")
    assert not view.error.isVisible() or "characters" not in view.error.text()


def test_that_a_long_number_is_shown_by_its_ends_and_whole_in_the_tool_tip(
    qtbot: QtBot, view: ProblemView
) -> None:
    type_text(qtbot, view, "x/10^200")
    assert "10000000…00000" in view.echo.text()
    assert view.echo.toolTip().replace("\u200b", "").count("0") == 200
    type_text(qtbot, view, "x")
    assert view.echo.toolTip() == ""


def test_that_every_input_has_a_name_for_screen_readers(view: ProblemView) -> None:
    inputs = [*view.findChildren(QLineEdit), *view.findChildren(QPlainTextEdit)]
    inputs += view.findChildren(QComboBox)
    assert len(inputs) > 10
    for widget in inputs:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)


def test_that_a_new_theme_recolours_the_underline(
    qtbot: QtBot, view: ProblemView, panel_context: PanelContext
) -> None:
    type_text(qtbot, view, "x+")
    panel_context.theme.show(DARK)
    (mark,) = view.expression.extraSelections()
    assert mark.format.underlineColor().name() == DARK.error
