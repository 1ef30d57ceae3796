"""The stencil panel: the points, the digits that cancel, what comes out, and its file."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from pytestqt.qtbot import QtBot

from engine.differentiation.method import MethodChoice
from engine.explanation.stencil_table import StencilTable
from engine.partial import Partial
from engine.worksheet.worksheet import all_methods
from gui.look.number_format import show_equal
from gui.look.theme import DARK, LIGHT
from gui.panel.panel import Panel, PanelContext
from gui.panels import stencil
from gui.panels.stencil.presenter import StencilPresenter
from gui.panels.stencil.view import StencilView
from tests.choices import without_step
from tests.gui.conftest import turn


@pytest.fixture
def panel(qtbot: QtBot, panel_context: PanelContext) -> Panel:
    panel_context.selection.pick_partial(Partial(("a",)))
    turn()
    panel = stencil.build(panel_context)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(720, 300)
    return panel


@pytest.fixture
def view(qtbot: QtBot, panel: Panel) -> StencilView:
    assert isinstance(panel.widget, StencilView)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    wait(qtbot, panel)
    return panel.widget


def wait(qtbot: QtBot, panel: Panel) -> tuple[StencilTable, ...]:
    assert isinstance(panel.presenter, StencilPresenter)
    presenter = panel.presenter
    qtbot.waitUntil(lambda: presenter.tables() is not None, timeout=20_000)
    tables = presenter.tables()
    assert tables is not None
    return tables


def text(view: StencilView) -> str:
    return re.sub(r"[\s\u00a0]+", " ", view.page.toPlainText())


def test_that_the_lessons_subtraction_is_shown_digit_by_digit(view: StencilView) -> None:
    said = text(view)
    assert "∂f/∂a in float64: f is evaluated at these points, h = 1e−4." in said
    assert "a + h, b 1 ≈ 72.00540009000001 72.00540009000001" in said
    assert "72.0054000900000090723551693372428417205810546875" in said
    assert "− 72.0000000000000000000000000000000000000000000000" in said
    assert "= 0.0054000900000090723551693372428417205810546875" in said
    assert "4 leading digits cancel: of about 16 digits that a float64 holds, 12 are left." in said
    # (f(2.0001) - 72) / 0.0001 at the floats next to them, in fractions.
    x, h = Fraction(2.0001), Fraction(1e-4)
    quotient = (18 * x + 9 * x**2 - 72) / h
    shown = show_equal(quotient)[1]
    assert (
        f"computed as 54.00090000009072. With the exact values of f it would be ≈ {shown}" in said
    )
    assert shown != "54.00090000009072"
    assert "The derivative is 54: an error of 9.00e−4." in said


def test_that_the_digits_that_cancel_are_grey_and_the_others_are_not(view: StencilView) -> None:
    html = view.page.toHtml()
    grey = re.findall(rf'color:{LIGHT.muted};">([^<]*)</span>', html)
    assert "72.00" in grey
    assert not any("54000900" in part for part in grey)


def test_that_it_follows_the_scheme_the_derivative_and_the_step(
    qtbot: QtBot, view: StencilView, panel: Panel, panel_context: PanelContext
) -> None:
    view.schemes.setCurrentIndex(view.schemes.findData("five_point"))
    view.schemes.activated.emit(view.schemes.currentIndex())
    turn()
    assert panel_context.selection.scheme == "five_point"
    assert [len(table.rows) for table in wait(qtbot, panel)] == [4]
    assert "a + 2h, b" in text(view)
    panel_context.selection.pick_partial(Partial(("a", "b")))
    turn()
    assert [len(table.rows) for table in wait(qtbot, panel)] == [16]
    assert "a − 2ha, b + hb" in text(view)
    choice = MethodChoice("five_point", (("step", 0.5), ("dtype", "rational")))
    panel_context.store.edit("step", methods=(choice,))
    wait(qtbot, panel)
    assert "in exact numbers nothing is lost by that" in text(view)
    assert "With the exact values of f it would be 24. The derivative is 24: an error of 0." in (
        text(view)
    )


def test_that_extrapolation_shows_every_level_with_its_share(
    qtbot: QtBot, view: StencilView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("five", text="a^5 b")
    panel_context.selection.pick_scheme("richardson")
    turn()
    tables = wait(qtbot, panel)
    assert len(tables) == 7
    assert sum(table.share for table in tables) == 1
    assert "h/2, … h/64, added up by the shares" in text(view)
    assert "Share" in text(view)


def test_that_the_complex_step_subtracts_nothing(
    qtbot: QtBot, view: StencilView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.selection.pick_scheme("complex_step")
    wait(qtbot, panel)
    assert "a + ih, b" in text(view)
    assert "Im f there, exactly" in text(view)
    assert "cancel" not in text(view)


def test_that_a_text_that_was_left_before_it_was_shown_is_shown_dimmed(
    qtbot: QtBot, view: StencilView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("type", text="a^3 b")
    panel_context.store.edit("type", text="a^3 b + (")
    qtbot.waitUntil(lambda: " 24 " in text(view), timeout=20_000)
    assert not view.page.isEnabled()
    assert panel.exports["csv"]() is None
    panel_context.store.edit("type", text="a^3 b")
    assert len(wait(qtbot, panel)[0].rows) > 0
    assert view.page.isEnabled()


def test_that_there_is_a_sentence_where_there_is_no_stencil(
    qtbot: QtBot, view: StencilView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("exact only", methods=without_step())
    turn()
    assert "tick a difference or the complex step" in text(view)
    panel_context.store.edit("constant", text="7", methods=all_methods())
    turn()
    assert text(view).startswith("f is constant: it has no derivative")
    panel_context.store.edit("back", text="2ab^2 + 3a^2b")
    turn()
    lost = MethodChoice("forward", (("step", 1e-30),))
    panel_context.store.edit("lost", methods=(lost,))
    qtbot.waitUntil(lambda: "vanishes next to a = 2" in text(view), timeout=10_000)
    assert panel.exports["csv"]() is None
    panel_context.store.edit("slip", text="2ab^")
    turn()
    assert not view.page.isEnabled()


def test_that_an_overflow_says_so(
    qtbot: QtBot, view: StencilView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit(
        "large",
        text="a^9 b",
        coordinates=(("a", "1e200"), ("b", "1")),
        methods=(MethodChoice("forward", (("step", 1e190),)),),
    )
    wait(qtbot, panel)
    assert "The values left the range of float64" in text(view)


def test_that_a_hidden_panel_asks_for_nothing(panel: Panel, panel_context: PanelContext) -> None:
    progress: list[tuple[int, int]] = []
    panel_context.runner.progress_changed.connect(lambda *said: progress.append(said))
    panel_context.store.edit("edit", text="a^3b")
    turn()
    assert progress == []


def test_that_a_theme_recolours_the_page(view: StencilView, panel_context: PanelContext) -> None:
    panel_context.theme.show(DARK)
    assert DARK.muted in view.page.toHtml()
    assert LIGHT.muted not in view.page.toHtml()
