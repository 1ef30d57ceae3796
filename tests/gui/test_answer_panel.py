"""Your answer: checked at every key, right in any arrangement, and the slip named."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.partial import Partial
from gui.look.theme import DARK, LIGHT
from gui.panel.panel import PanelContext
from gui.panels import answer
from gui.panels.answer.presenter import LONGEST_ANSWER
from gui.panels.answer.view import AnswerView
from tests.gui.conftest import turn


@pytest.fixture
def view(qtbot: QtBot, panel_context: PanelContext) -> AnswerView:
    panel_context.selection.pick_partial(Partial(("a",)))
    turn()
    panel = answer.build(panel_context)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(700, 300)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    assert isinstance(panel.widget, AnswerView)
    return panel.widget


def type_answer(view: AnswerView, text: str) -> str:
    view.answer.clear()
    QTest.keyClicks(view.answer, text)
    return view.verdict.text()


def test_that_it_asks_for_the_derivative_that_is_picked(
    view: AnswerView, panel_context: PanelContext
) -> None:
    assert "∂f/∂a" in view.question.text()
    assert view.verdict.text() == "It is checked while you type."
    panel_context.selection.pick_partial(Partial(("a", "b")))
    turn()
    assert "∂²f/∂a∂b" in view.question.text()


@pytest.mark.parametrize("right", ["2b^2 + 6ab", "6ab+2b^2", "2b(b+3a)", "b*(6a + 2b)"])
def test_that_any_arrangement_of_the_right_answer_is_right(view: AnswerView, right: str) -> None:
    said = type_answer(view, right)
    assert said.startswith("Right: your answer equals the derivative exactly.")
    assert LIGHT.good in view.verdict.styleSheet()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("2b^2 + 6a^2b", "the exponent was not lowered"),
        ("2b^2 + 3ab", "6ab"),
        ("4ab + 3a^2", "by b"),
        ("2b^2", "6ab"),
        ("2b^2 - 6ab", "sign"),
        ("17a^5", "Not right, but no slip is recognised: at a = "),
    ],
)
def test_that_a_slip_is_named(view: AnswerView, wrong: str, said: str) -> None:
    assert said in type_answer(view, wrong)
    assert LIGHT.poor in view.verdict.styleSheet()


def test_that_what_cannot_be_read_is_said_and_not_judged(view: AnswerView) -> None:
    said = type_answer(view, "2b^")
    assert said
    assert "Right" not in said
    assert LIGHT.muted in view.verdict.styleSheet()
    view.answer_edited.emit("1+" * LONGEST_ANSWER)
    assert f"up to {LONGEST_ANSWER} characters" in view.verdict.text()


def test_that_how_it_was_read_is_shown(view: AnswerView) -> None:
    type_answer(view, "2b^2 + 6ab")
    assert "<sup>2</sup>" in view.echo.text()
    assert "read as" in type_answer(view, "b^2/1 + b^2 + 6ab")


def test_that_each_derivative_keeps_its_own_answer(
    view: AnswerView, panel_context: PanelContext
) -> None:
    type_answer(view, "2b^2 + 6ab")
    panel_context.selection.pick_partial(Partial(("b",)))
    turn()
    assert view.answer.text() == ""
    type_answer(view, "4ab + 3a^2")
    assert view.verdict.text().startswith("Right")
    panel_context.selection.pick_partial(Partial(("a",)))
    turn()
    assert view.answer.text() == "2b^2 + 6ab"
    assert view.verdict.text().startswith("Right")
    panel_context.store.edit("other f", text="a^2")
    turn()
    assert view.answer.text() == ""


def test_that_without_a_derivative_nothing_can_be_typed(
    view: AnswerView, panel_context: PanelContext
) -> None:
    panel_context.store.edit("constant", text="5")
    turn()
    assert "f is constant" in view.question.text()
    assert not view.answer.isEnabled()
    panel_context.store.edit("typing", text="5a +")
    turn()
    assert "cannot be read" in view.question.text()
    panel_context.store.edit("typed", text="5a + b")
    turn()
    assert view.answer.isEnabled()


def test_that_a_theme_recolours_the_verdict(view: AnswerView) -> None:
    type_answer(view, "2b^2 + 6ab")
    view.show_theme(DARK)
    assert DARK.good in view.verdict.styleSheet()
