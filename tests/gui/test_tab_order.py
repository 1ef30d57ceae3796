"""Where Tab and Shift+Tab lead in the real window, as somebody without a mouse goes through it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from engine.differentiation.registry import methods
from gui.app import Trigrad
from gui.panels.problem.view import ProblemView
from tests.gui.conftest import turn

Walk = Callable[[QWidget, Qt.Key, int], list[QWidget]]


@pytest.fixture
def walk(qtbot: QtBot, program: Trigrad) -> Walk:
    """Press a key so many times from a widget on; return what has the focus after each."""

    def go(start: QWidget, key: Qt.Key, times: int) -> list[QWidget]:
        start.setFocus()
        held = (
            Qt.KeyboardModifier.ShiftModifier
            if key == Qt.Key.Key_Backtab
            else Qt.KeyboardModifier.NoModifier
        )
        found = []
        for _ in range(times):
            qtbot.keyClick(QApplication.focusWidget(), key, held)
            found.append(QApplication.focusWidget())
        return found

    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow, timeout=5000)
    return go


@pytest.fixture
def view(program: Trigrad) -> ProblemView:
    view = program.panels["problem"].widget
    assert isinstance(view, ProblemView)
    return view


def expected(view: ProblemView) -> list[QWidget]:
    """Return the fields of the problem from top to bottom, as they are seen."""
    links = [view.findChild(QWidget, f"methods-{word}") for word in ("all", "none")]
    rows = [view.methods.rows[entry.key] for entry in methods()]
    return [
        view.expression,
        *(field.edit for field in view.point.fields.values()),
        view.partials.edit,
        *view.partials.buttons.values(),
        *links,
        *(one for row in rows for one in (row.check, row.fold) if one.isVisible()),
    ]


def test_that_tab_goes_from_the_polynomial_to_the_point_and_on_as_it_is_seen(
    program: Trigrad, view: ProblemView, walk: Walk
) -> None:
    fields = expected(view)
    assert sum(isinstance(field, QToolButton) for field in fields) > 5
    assert walk(fields[0], Qt.Key.Key_Tab, len(fields) - 1) == fields[1:]
    (after,) = walk(fields[-1], Qt.Key.Key_Tab, 1)
    assert program.panels["comparison"].widget.isAncestorOf(after)
    assert walk(after, Qt.Key.Key_Backtab, len(fields)) == fields[::-1]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["x*y*z^2 + a", "b^2 + c*a", "7 + b"])
def test_that_tab_finds_the_fields_of_other_variables(
    program: Trigrad, view: ProblemView, walk: Walk, text: str
) -> None:
    for after in ("p + q", text):
        program.store.edit("type", text=after)
        turn()
    fields = expected(view)
    assert walk(fields[0], Qt.Key.Key_Tab, len(fields) - 1) == fields[1:]
    assert walk(fields[-1], Qt.Key.Key_Backtab, len(fields) - 1) == fields[-2::-1]


def test_that_tab_comes_to_the_notes_below_the_polynomial(
    program: Trigrad, view: ProblemView, walk: Walk
) -> None:
    program.store.edit("type", text="1/2x + x12")
    turn()
    first, second, third = walk(view.expression, Qt.Key.Key_Tab, 3)
    assert view.notes.isAncestorOf(first)
    assert [second, third] == [field.edit for field in view.point.fields.values()][:2]


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_that_tab_goes_round_the_window_and_never_behind_a_tab(
    program: Trigrad, view: ProblemView, walk: Walk, key: Qt.Key
) -> None:
    program.window.raise_panel("stencil")
    turn()
    found = walk(view.expression, key, 60)
    around = found[: found.index(view.expression) + 1]
    panels = {
        name
        for name, panel in program.panels.items()
        if any(panel.widget.isAncestorOf(widget) for widget in around)
    }
    assert panels == {"problem", "stencil", "surface", "gradient_field"}
