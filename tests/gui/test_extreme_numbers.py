"""Numbers that no float holds and that fill pages, in every panel of the real window."""

from __future__ import annotations

import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTextEdit
from pytestqt.qtbot import QtBot

from engine.differentiation.method import MethodChoice
from engine.worksheet.worksheet import Worksheet
from gui.app import Trigrad
from gui.panel.panel_slot import PANELS
from gui.panels.answer.view import AnswerView
from gui.panels.explanation.view import ExplanationView
from gui.panels.problem.view import ProblemView
from tests.gui.conftest import turn

pytestmark = pytest.mark.slow

LONG_MS = 60_000
RATIONAL = tuple(
    MethodChoice(key, (("dtype", "rational"),)) for key in ("forward", "central", "richardson")
)


def at(a: str, b: str = "3", text: str = "2ab^2 + 3a^2b", **others: object) -> Worksheet:
    return Worksheet(text=text, coordinates=(("a", a), ("b", b)), **others)  # type: ignore[arg-type]


SHEETS = {
    "coefficient 1e400": Worksheet(text="10^400a^2+b"),
    "coefficient 1e-400": Worksheet(text="a^2/10^400 + a*b/7^500"),
    "degree 500 at 1e999": at("1e999", text="a^500+b"),
    "1e999 and 1e-999": at("1e999", "-1e-999"),
    "in rationals": at("1e999", "1/3", methods=RATIONAL),
    "rationals of 1e400": at("1/3", "1e-999", text="10^400a^2b^2+b", methods=RATIONAL),
    "coordinate of 4200 digits": at("9" * 4200),
    "coordinate of 4300 digits": at("7" * 4300),
    "coordinate of 5199 digits": at("9" * 4200 + "e999"),
    "fraction of 4200 digits": at(f"{'8' * 4200}1/{'7' * 4200}", methods=RATIONAL),
    "coefficient of 4200 digits": Worksheet(text=f"{'9' * 4200}a^2b + b^2"),
    "critical point at 1e400": Worksheet(text="(a-10^400)^2+(b-1)^2+3ab"),
    "critical point at a root": Worksheet(text="a^4/4 - 10^1800a^2 + b^2/10^700"),
    "one variable": Worksheet(text="3e999x^3 - x/10^999", coordinates=(("x", "1e-999"),)),
    "three variables": Worksheet(text="10^400a^2+b*c", coordinates=(("c", "9" * 4000),)),
    "constant": Worksheet(text="10^4000/7"),
}


def said(program: Trigrad) -> str:
    """Return all that the window says."""
    labels = [label.text() + label.toolTip() for label in program.window.findChildren(QLabel)]
    pages = [page.toPlainText() for page in program.window.findChildren(QTextEdit)]
    return "\n".join([*labels, *pages])


def settle(qtbot: QtBot, program: Trigrad) -> None:
    turn()
    qtbot.waitUntil(lambda: not program.runner._requests, timeout=LONG_MS)
    turn()


def use(program: Trigrad, key: str, qtbot: QtBot) -> None:
    """Do in a panel what makes it show more."""
    view = program.panels[key].widget
    if isinstance(view, ExplanationView):
        for term in (0, 1, 0):
            view.term_picked.emit(term)
        view.graph.player.play_from_start()
        view.graph.player.pause()
    elif isinstance(view, AnswerView):
        view.answer.setText("2a + 10^400")
    elif isinstance(view, ProblemView):
        for field in view.point.fields.values():
            for key_ in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                qtbot.keyClick(field.edit, key_)
    elif key == "critical":
        view.go_requested.emit(0)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("sheets", [tuple(SHEETS)[start::4] for start in range(4)])
def test_that_no_number_is_too_large_too_small_or_too_long_for_the_window(
    qtbot: QtBot, program: Trigrad, caplog: pytest.LogCaptureFixture, sheets: tuple[str, ...]
) -> None:
    for name in sheets:
        program.store.open(SHEETS[name])
        for slot in PANELS:
            program.window.raise_panel(slot.key)
            settle(qtbot, program)
            program.window.grab()
            use(program, slot.key, qtbot)
            settle(qtbot, program)
            program.window.grab()
            errors = [record for record in caplog.records if record.levelno >= logging.ERROR]
            assert not errors, (name, slot.key, errors)
            assert "Internal error" not in said(program), (name, slot.key)
            program.store.open(SHEETS[name])
