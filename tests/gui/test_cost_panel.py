"""The cost panel: curves as they come, counts and times, words, and its file."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.differentiation.method import MethodChoice
from engine.studies.cost_study import CostStudy
from gui.look.theme import DARK
from gui.panel.panel import Panel, PanelContext
from gui.panels import cost
from gui.panels.cost.presenter import CONSTANT, NO_METHOD, CostPresenter
from gui.panels.cost.view import CostView
from tests.gui.conftest import turn

LOCAL = tuple(map(MethodChoice, ("forward", "central", "complex_step", "rules")))


@pytest.fixture
def panel(qtbot: QtBot, panel_context: PanelContext) -> Panel:
    panel_context.store.edit("local", methods=LOCAL)
    turn()
    panel = cost.build(panel_context)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(900, 320)
    return panel


@pytest.fixture
def view(qtbot: QtBot, panel: Panel) -> CostView:
    assert isinstance(panel.widget, CostView)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    wait(qtbot, panel, len(LOCAL))
    return panel.widget


def wait(qtbot: QtBot, panel: Panel, methods: int) -> CostStudy:
    presenter = panel.presenter
    assert isinstance(presenter, CostPresenter)

    def complete() -> bool:
        study = presenter.study()
        if study is None:
            return False
        found = {(sample.kind, sample.method) for sample in study.samples}
        return len(found) == 2 * methods

    qtbot.waitUntil(complete, timeout=60_000)
    study = presenter.study()
    assert study is not None
    return study


def test_that_every_method_has_a_curve_of_what_it_counts(view: CostView) -> None:
    assert list(view.orders.curves) == [choice.key for choice in LOCAL]
    x, y = view.orders.curves["forward"][0].getData()
    assert x.tolist() == [1, 2, 3, 4, 5]
    assert 10**y == pytest.approx([2, 4, 8, 16, 32])
    x, y = view.gradients.curves["forward"][0].getData()
    assert (x.tolist(), (10**y).round().tolist()) == ([1, 2], [2, 4])


def test_that_what_is_not_there_is_a_gap_and_no_zero(view: CostView) -> None:
    _, y = view.orders.curves["complex_step"][0].getData()
    assert np.isfinite(y).tolist() == [True, False, False, False, False]
    markers, _ = view.orders.curves["complex_step"][1].getData()
    assert markers.tolist() == [1]


def test_that_times_are_shown_instead(qtbot: QtBot, view: CostView) -> None:
    qtbot.mouseClick(view.times, Qt.MouseButton.LeftButton)
    assert view.orders.getAxis("left").labelText == "seconds"
    _, y = view.orders.curves["rules"][0].getData()
    assert (y < -2).all()  # microseconds
    assert "evaluations" not in view.legend.text()
    qtbot.mouseClick(view.counts, Qt.MouseButton.LeftButton)
    assert "<b>evaluations:</b>" in view.legend.text()


def test_that_the_words_say_what_the_curves_show(view: CostView) -> None:
    assert view.order_words.text().startswith("Forward difference: 2, 4, 8, 16, 32 evaluations")
    assert view.gradient_words.text() == "Forward difference: 4 evaluations of f, 2 for each."


@pytest.mark.slow
def test_that_pytorch_and_sympy_come_from_their_processes(
    qtbot: QtBot, view: CostView, panel: Panel, panel_context: PanelContext
) -> None:
    choices = tuple(map(MethodChoice, ("sympy", "autograd_reverse")))
    panel_context.store.edit("others", methods=choices)
    turn()
    study = wait(qtbot, panel, 2)
    assert list(view.orders.curves) == ["autograd_reverse"]  # SymPy counts nothing
    assert "Reverse mode: one pass through one graph of 9 nodes" in view.gradient_words.text()
    qtbot.mouseClick(view.times, Qt.MouseButton.LeftButton)
    assert list(view.orders.curves) == ["sympy", "autograd_reverse"]
    assert {sample.unit for sample in study.samples} == {None, "graph nodes"}


def test_that_it_follows_the_polynomial(
    qtbot: QtBot, view: CostView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("three", text="abc")
    turn()
    study = wait(qtbot, panel, len(LOCAL))
    assert study.polynomial.variables == ("a", "b", "c")
    assert view.gradients.curves["forward"][0].getData()[0].tolist() == [1, 2, 3]
    axis = view.gradients.getAxis("bottom")
    ((_, ticks),) = axis.tickValues(0.7, 3.3, 300.0)
    assert ticks == [1, 2, 3]


def test_that_there_is_a_sentence_where_nothing_can_cost(
    view: CostView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("constant", text="5")
    turn()
    assert view.sentence.isVisible()
    assert view.sentence.text() == CONSTANT
    assert panel.exports["csv"]() is None
    panel_context.store.edit("none", text="ab", methods=())
    turn()
    assert view.sentence.text() == NO_METHOD


def test_that_a_hidden_panel_measures_nothing(panel: Panel, panel_context: PanelContext) -> None:
    progress: list[tuple[int, int]] = []
    panel_context.runner.progress_changed.connect(lambda *said: progress.append(said))
    panel_context.store.edit("edit", text="a^3b")
    turn()
    assert progress == []


def test_that_a_text_that_was_left_before_it_was_measured_is_measured_dimmed(
    qtbot: QtBot, view: CostView, panel: Panel, panel_context: PanelContext
) -> None:
    presenter = panel.presenter
    assert isinstance(presenter, CostPresenter)
    wait(qtbot, panel, len(LOCAL))
    panel_context.store.edit("type", text="abc")
    panel_context.store.edit("type", text="abc + (")
    qtbot.waitUntil(
        lambda: (
            len(view.gradients.curves) > 0
            and view.gradients.curves["forward"][0].getData()[0].tolist() == [1, 2, 3]
        ),
        timeout=20_000,
    )
    assert view.orders.getPlotItem().opacity() < 1
    assert presenter.study() is None
    panel_context.store.edit("type", text="abc")
    assert wait(qtbot, panel, len(LOCAL)).polynomial.variables == ("a", "b", "c")


def test_that_what_cannot_be_read_dims_the_plots(
    view: CostView, panel_context: PanelContext
) -> None:
    panel_context.store.edit("slip", text="2ab^")
    turn()
    assert view.orders.getPlotItem().opacity() < 1


def test_that_a_theme_restyles_the_plots(view: CostView, panel_context: PanelContext) -> None:
    panel_context.theme.show(DARK)
    assert view.orders.backgroundBrush().color().name() == DARK.base
    assert DARK.muted in view.legend.text()
