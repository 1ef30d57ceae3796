"""The point, the derivatives and the methods, by what a person does with them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from engine.comparison import compare
from engine.differentiation.method import MethodChoice
from engine.worksheet.worksheet import all_methods
from gui.panel.panel import PanelContext
from gui.panels import problem
from gui.panels.problem.parameter_form import NumberInput
from gui.panels.problem.view import ProblemView
from gui.session.worksheet_store import WorksheetStore
from tests.choices import with_chosen

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def view(qtbot: QtBot, panel_context: PanelContext) -> ProblemView:
    panel = problem.build(panel_context)
    assert isinstance(panel.widget, ProblemView)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(320, 700)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    return panel.widget


def type_coordinate(qtbot: QtBot, view: ProblemView, name: str, text: str) -> None:
    view.point.fields[name].edit.selectAll()
    qtbot.keyClicks(view.point.fields[name].edit, text)


@pytest.mark.parametrize("text", ["1/3", "0.1", "-2", "0,5", "1e-3"])
def test_that_a_coordinate_is_kept_as_typed(
    qtbot: QtBot, view: ProblemView, store: WorksheetStore, text: str
) -> None:
    type_coordinate(qtbot, view, "a", text)
    assert dict(store.worksheet.coordinates) == {"a": text, "b": "3"}
    assert view.point.fields["a"].error.isHidden()
    assert store.undo_stack.count() == 1


def test_that_a_wrong_coordinate_says_so_at_its_own_field(qtbot: QtBot, view: ProblemView) -> None:
    type_coordinate(qtbot, view, "b", "two")
    assert "'two' is no number" in view.point.fields["b"].error.text()
    assert view.point.fields["b"].error.isVisible()
    assert view.point.fields["a"].error.isHidden()
    type_coordinate(qtbot, view, "b", "2")
    assert view.point.fields["b"].error.isHidden()


def test_that_up_and_down_step_by_one_and_with_control_by_a_tenth(
    qtbot: QtBot, view: ProblemView, store: WorksheetStore
) -> None:
    edit = view.point.fields["a"].edit
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.text() == "3"
    qtbot.keyClick(edit, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == "2.9"
    type_coordinate(qtbot, view, "a", "1/3")
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.text() == "-2/3"
    assert dict(store.worksheet.coordinates)["a"] == "-2/3"


def test_that_a_number_of_too_many_digits_says_so_and_no_key_changes_it(
    qtbot: QtBot, view: ProblemView, store: WorksheetStore
) -> None:
    text = "9" * 4200 + "e999"
    store.edit("long", coordinates=(("a", text), ("b", "3")))
    qtbot.keyClick(view.point.fields["a"].edit, Qt.Key.Key_Up)
    assert dict(store.worksheet.coordinates)["a"] == text
    assert "so many digits" in view.point.fields["a"].error.text()


def test_that_a_step_to_one_digit_too_many_is_not_taken(
    qtbot: QtBot, view: ProblemView, store: WorksheetStore
) -> None:
    text = str(2**14_000 - 1)  # all bits that a coordinate may have
    store.edit("long", coordinates=(("a", text), ("b", "3")))
    assert view.point.fields["a"].error.isHidden()
    qtbot.keyClick(view.point.fields["a"].edit, Qt.Key.Key_Up)
    assert dict(store.worksheet.coordinates)["a"] == text
    qtbot.keyClick(view.point.fields["a"].edit, Qt.Key.Key_Down)
    assert dict(store.worksheet.coordinates)["a"] == str(2**14_000 - 2)


def test_that_a_point_moved_elsewhere_shows_here(view: ProblemView, store: WorksheetStore) -> None:
    store.edit("move point", merge="drag", coordinates=(("a", "0.25"), ("b", "-1")))
    assert [field.edit.text() for field in view.point.fields.values()] == ["0.25", "-1"]
    store.undo_stack.undo()
    assert [field.edit.text() for field in view.point.fields.values()] == ["2", "3"]


def test_that_partials_are_typed(qtbot: QtBot, view: ProblemView, store: WorksheetStore) -> None:
    view.partials.edit.selectAll()
    qtbot.keyClicks(view.partials.edit, "a, aab")
    assert store.worksheet.partials == "a, aab"
    assert view.partials.error.isHidden()
    assert not view.partials.buttons["gradient"].isChecked()


@pytest.mark.parametrize(("text", "part"), [("a, x", "x"), ("a+b", "'a+b'"), ("", "No derivative")])
def test_that_wrong_partials_say_why(qtbot: QtBot, view: ProblemView, text: str, part: str) -> None:
    view.partials.edit.selectAll()
    qtbot.keyClick(view.partials.edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(view.partials.edit, text)
    assert view.partials.error.isVisible()
    assert part in view.partials.error.text()


def test_that_the_buttons_put_their_word_in_and_take_it_out(
    qtbot: QtBot, view: ProblemView, store: WorksheetStore
) -> None:
    view.partials.edit.selectAll()
    qtbot.keyClicks(view.partials.edit, "hessian aab")
    qtbot.mouseClick(view.partials.buttons["gradient"], LEFT)
    assert store.worksheet.partials == "gradient, hessian, aab"
    assert view.partials.buttons["gradient"].isChecked()
    qtbot.mouseClick(view.partials.buttons["hessian"], LEFT)
    assert view.partials.edit.text() == "gradient, aab"


def test_that_a_method_is_unchecked_and_comes_back_in_its_place(
    qtbot: QtBot, view: ProblemView, store: WorksheetStore
) -> None:
    view.methods.rows["central"].check.click()
    assert [m.key for m in store.worksheet.methods] == [
        m.key for m in all_methods() if m.key != "central"
    ]
    view.methods.rows["central"].check.click()
    assert store.worksheet.methods == all_methods()
    store.undo_stack.undo()
    assert not view.methods.rows["central"].check.isChecked()


def test_that_none_and_all_are_one_click_each(
    qtbot: QtBot, view: ProblemView, store: WorksheetStore
) -> None:
    for name, expected in (("methods-none", ()), ("methods-all", all_methods())):
        link = view.findChild(QPushButton, name)
        assert isinstance(link, QPushButton)
        view.ensureWidgetVisible(link)
        qtbot.mouseClick(link, LEFT)
        assert store.worksheet.methods == expected


def open_form(view: ProblemView, key: str) -> None:
    row = view.methods.rows[key]
    assert row.form.isHidden()
    row.fold.click()
    assert row.form.isVisible()


def step_field(view: ProblemView, key: str) -> NumberInput:
    field = view.methods.rows[key].form.inputs["step"]
    assert isinstance(field, NumberInput)
    return field


def test_that_a_step_is_set_and_the_default_is_left_out(
    qtbot: QtBot, view: ProblemView, store: WorksheetStore
) -> None:
    open_form(view, "forward")
    field = step_field(view, "forward")
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "1e-2")
    assert store.worksheet.methods[0] == MethodChoice("forward", (("step", 0.01),))
    assert field.edit.text() == "1e-2"
    assert view.methods.rows["forward"].fold.text() == "h = 0.01 ▾"
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "auto")
    assert store.worksheet.methods[0] == MethodChoice("forward", (("step", "auto"),))
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "0.0001")
    assert store.worksheet.methods == all_methods()


def test_that_a_step_that_no_float_writes_stays_as_typed(
    qtbot: QtBot, view: ProblemView, store: WorksheetStore
) -> None:
    open_form(view, "forward")
    field = step_field(view, "forward")
    field.edit.selectAll()
    qtbot.keyClicks(field.edit, "1/3")
    assert store.worksheet.methods[0] == MethodChoice("forward", (("step", "1/3"),))
    assert view.methods.rows["forward"].fold.text() == "h = 1/3 ▾"
    store.edit("rational", methods=(rational_with(store.worksheet.methods[0]),))
    inputs = store.inputs()
    (row,) = compare(inputs.reading, inputs.point, [("a",)], store.worksheet.methods).rows
    assert row.value == 57  # f(2 + h, 3) = 72 + 54h + 9h², so the quotient is 54 + 9h


def rational_with(choice: MethodChoice) -> MethodChoice:
    return MethodChoice(choice.key, (*choice.parameters, ("dtype", "rational")))


def test_that_a_step_that_is_shown_has_all_its_digits(
    view: ProblemView, store: WorksheetStore
) -> None:
    store.edit("set", methods=(MethodChoice("forward", (("step", 0.123456789),)),))
    assert step_field(view, "forward").edit.text() == "0.123456789"


def test_that_an_empty_coordinate_asks_for_a_number(qtbot: QtBot, view: ProblemView) -> None:
    edit = view.point.fields["a"].edit
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    assert view.point.fields["a"].error.text() == "Type a number such as 2, -0.5 or 1/3."


@pytest.mark.parametrize("text", ["-1", "0", "1e", "h", "1e-400", "1e400"])
def test_that_a_wrong_step_is_refused_at_its_field(
    qtbot: QtBot, view: ProblemView, store: WorksheetStore, text: str
) -> None:
    open_form(view, "backward")
    field = step_field(view, "backward")
    qtbot.keyClick(field.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field.edit, Qt.Key.Key_Delete)
    assert field.error.isHidden()  # empty is the default
    qtbot.keyClicks(field.edit, text)
    assert field.error.isVisible()
    assert field.edit.text() == text


def test_that_a_choice_is_set(qtbot: QtBot, view: ProblemView, store: WorksheetStore) -> None:
    open_form(view, "autograd_reverse")
    box = view.methods.rows["autograd_reverse"].form.inputs["dtype"]
    assert isinstance(box, QComboBox)
    box.setFocus()
    qtbot.keyClicks(box, "float32")
    qtbot.waitUntil(lambda: box.currentText() == "float32")
    box.textActivated.emit(box.currentText())
    assert MethodChoice("autograd_reverse", (("dtype", "float32"),)) in store.worksheet.methods
    store.undo_stack.undo()
    assert box.currentText() == "float64"


def test_that_parameters_survive_while_a_method_is_unchecked(
    view: ProblemView, store: WorksheetStore
) -> None:
    chosen = MethodChoice("forward", (("step", 0.5),))
    store.edit("set", methods=with_chosen(chosen))
    view.methods.rows["forward"].check.click()
    assert store.worksheet.methods == tuple(m for m in all_methods() if m.key != "forward")
    view.methods.rows["forward"].check.click()
    assert store.worksheet.methods[0] == chosen


def test_that_the_panel_fits_its_smallest_width(qtbot: QtBot, view: ProblemView) -> None:
    for row in view.methods.rows.values():
        if not row.fold.isHidden():
            row.fold.click()
    view.resize(280, 700)
    inner = view.widget()
    assert inner is not None
    qtbot.waitUntil(lambda: inner.minimumSizeHint().width() <= view.viewport().width())
