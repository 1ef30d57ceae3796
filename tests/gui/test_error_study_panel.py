"""The error study as a person uses it: curves, cursor, parts of the error, words, files."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import engine
from engine.differentiation.method import MethodChoice
from engine.differentiation.step import balanced_step
from engine.evaluation.arithmetic import FLOAT64
from engine.partial import Partial
from engine.studies.error_study import schemes_with_step
from engine.worksheet.worksheet import all_methods
from gui.look.theme import DARK
from gui.panel.panel import Panel, PanelContext
from gui.panels import error_study
from gui.panels.error_study.parts_bars import signed_text
from gui.panels.error_study.presenter import ErrorStudyPresenter
from gui.panels.error_study.view import ErrorStudyView
from gui.session.worksheet_store import WorksheetStore
from tests.choices import with_chosen, without_step
from tests.gui.conftest import turn

SCHEMES = list(schemes_with_step())


@pytest.fixture
def panel(qtbot: QtBot, panel_context: PanelContext) -> Panel:
    panel_context.selection.pick_partial(Partial(("a",)))
    turn()
    panel = error_study.build(panel_context)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(500, 560)
    return panel


@pytest.fixture
def view(qtbot: QtBot, panel: Panel) -> ErrorStudyView:
    assert isinstance(panel.widget, ErrorStudyView)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    wait_for_study(qtbot, panel)
    return panel.widget


def wait_for_study(qtbot: QtBot, panel: Panel) -> tuple[engine.ErrorStudy, ...]:
    presenter = panel.presenter
    assert isinstance(presenter, ErrorStudyPresenter)
    qtbot.waitUntil(lambda: presenter.studies() is not None, timeout=20_000)
    studies = presenter.studies()
    assert studies is not None
    return studies


def steps_of(store: WorksheetStore) -> dict[str, object]:
    return {choice.key: dict(choice.parameters).get("step") for choice in store.worksheet.methods}


def test_that_every_scheme_that_is_compared_has_its_curve(
    qtbot: QtBot, view: ErrorStudyView, panel: Panel
) -> None:
    studies = wait_for_study(qtbot, panel)
    assert [study.scheme for study in studies] == SCHEMES
    assert {study.exact for study in studies} == {54}
    assert list(view.plot._lines) == SCHEMES
    styles = {
        (line.opts["pen"].color().name(), line.opts["pen"].style(), markers.opts["symbol"])
        for line, markers, _ in view.plot._lines.values()
    }
    assert len(styles) == len(SCHEMES)
    assert len({symbol for *_, symbol in styles}) == len(SCHEMES)
    x, y = view.plot._lines["forward"][0].getData()
    step = int(np.argmin(abs(x + 2)))
    assert y[step] == pytest.approx(math.log10(9 * 10.0 ** x[step]), abs=1e-6)


def test_that_the_cursor_stands_at_the_step_of_the_comparison_and_its_error_is_split(
    qtbot: QtBot, view: ErrorStudyView
) -> None:
    assert view.plot.cursor.value() == pytest.approx(-4)
    assert view.step.text() == "h = 1e−4"
    parts = view.parts._parts
    assert parts is not None
    assert parts.truncation == 9 * Fraction(1e-4)
    assert parts.truncation + parts.round_off == parts.total
    assert "Truncation +9.00e−4" in view.parts.accessibleDescription()


def test_that_dragging_the_cursor_is_the_step_of_the_scheme_looked_at_and_one_undo(
    qtbot: QtBot, view: ErrorStudyView, panel_context: PanelContext
) -> None:
    store = panel_context.store
    before = store.worksheet
    for log in (-3.0, -2.5, -2.0):
        view.plot.cursor.setPos(log)
    view.plot.drag_ended.emit()
    assert view.schemes.currentData() == "forward"
    assert steps_of(store) == {**dict.fromkeys(choice.key for choice in all_methods()),
                               "forward": 0.01}  # fmt: skip
    qtbot.waitUntil(lambda: view.step.text() == "h = 0.01", timeout=10_000)
    parts = view.parts._parts
    assert parts is not None
    assert parts.truncation == 9 * Fraction(0.01)
    store.undo_stack.undo()
    turn()
    assert store.worksheet == before
    qtbot.waitUntil(lambda: view.step.text() == "h = 1e−4", timeout=10_000)


def test_that_the_line_cannot_be_dragged_out_of_sight(
    qtbot: QtBot, view: ErrorStudyView, panel_context: PanelContext
) -> None:
    first = min(curve.steps[0] for curve in view.plot._curves)
    view.plot.cursor.setPos(-40.0)
    assert view.plot.cursor.value() == pytest.approx(first)
    step = dict(dict(panel_context.store.worksheet.methods[0].parameters))["step"]
    assert float(step) == pytest.approx(10**first, rel=0.1)
    turn()
    assert view.plot.cursor.isVisible()
    assert view.plot.cursor.value() == pytest.approx(first, abs=0.05)
    assert view.step.text().startswith("h = 1e−")
    view.plot.cursor.setPos(-2.0)
    qtbot.waitUntil(lambda: view.step.text() == "h = 0.01", timeout=10_000)


def test_that_the_line_follows_the_scheme_that_is_picked_and_moves_that_alone(
    qtbot: QtBot, view: ErrorStudyView, panel_context: PanelContext
) -> None:
    store = panel_context.store
    view.plot.cursor.setPos(-2.0)
    panel_context.selection.pick_scheme("five_point")
    own = balanced_step(Fraction(2), 1, 4, FLOAT64)
    at = math.log10(own)
    qtbot.waitUntil(lambda: view.plot.cursor.value() == pytest.approx(at), timeout=10_000)
    assert view.schemes.currentText() == "five point"
    qtbot.keyClick(view.plot, Qt.Key.Key_Left)
    steps = steps_of(store)
    assert steps.pop("forward") == 0.01
    assert steps.pop("five_point") == pytest.approx(float(own) / 10**0.1, rel=0.05)
    assert set(steps.values()) == {None}
    store.undo_stack.undo()  # not one step with the drag of the other scheme
    assert steps_of(store)["forward"] == 0.01
    curves = {curve.key: curve.here for curve in view._curves}
    assert curves["forward"] == -2 and curves["backward"] != -2


def test_that_a_scheme_that_is_not_compared_gives_way_to_one_that_is(
    qtbot: QtBot, view: ErrorStudyView, panel_context: PanelContext
) -> None:
    store = panel_context.store
    panel_context.selection.pick_scheme("forward")
    store.edit("untick", methods=(MethodChoice("central"), MethodChoice("rules")))
    turn()
    assert view.schemes.currentData() == "central"
    view.plot.cursor.setPos(-2.0)
    assert steps_of(store) == {"central": 0.01, "rules": None}


def test_that_the_line_stays_where_it_is_while_the_problem_cannot_be_read(
    qtbot: QtBot, view: ErrorStudyView, panel_context: PanelContext
) -> None:
    store = panel_context.store
    store.edit("slip", text="2ab^")
    before = store.worksheet
    view.plot.cursor.setPos(-2.0)  # the mouse was quicker than the next turn
    turn()
    assert store.worksheet == before
    qtbot.waitUntil(lambda: view.plot.cursor.value() == pytest.approx(-4), timeout=10_000)
    assert not view.plot.cursor.movable
    qtbot.keyClick(view.plot, Qt.Key.Key_Left)
    assert store.worksheet == before
    store.edit("mend", text="2ab^2")
    turn()
    assert view.plot.cursor.movable
    qtbot.keyClick(view.plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert steps_of(store)["forward"] == 1e-3


def test_that_a_drag_sweeps_nothing_again(qtbot: QtBot, view: ErrorStudyView, panel: Panel) -> None:
    studies = wait_for_study(qtbot, panel)
    view.plot.cursor.setPos(-2.0)
    qtbot.waitUntil(lambda: view.step.text() == "h = 0.01", timeout=10_000)
    again = wait_for_study(qtbot, panel)
    assert all(one is other for one, other in zip(studies, again, strict=True))


def test_that_arrow_keys_move_the_step(
    qtbot: QtBot, view: ErrorStudyView, panel_context: PanelContext
) -> None:
    qtbot.keyClick(view.plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert steps_of(panel_context.store)["forward"] == 1e-3
    qtbot.waitUntil(lambda: view.plot.cursor.value() == pytest.approx(-3), timeout=10_000)
    qtbot.keyClick(view.plot, Qt.Key.Key_Left)
    assert steps_of(panel_context.store)["forward"] == 7.9e-4
    qtbot.mouseClick(view.defaults, Qt.MouseButton.LeftButton)
    assert set(steps_of(panel_context.store).values()) == {None}


def test_that_errors_that_are_0_stand_in_the_strip(view: ErrorStudyView) -> None:
    bottom, top = view.plot.strip.getRegion()
    _, markers, _ = view.plot._lines["complex_step"]
    _, heights = markers.getData()
    assert ((heights > bottom) & (heights < top)).sum() > 10
    assert view.plot.zero_label.textItem.toPlainText().strip() == "0"
    axis = view.plot.getAxis("left")
    (_, ticks), *_ = axis.tickValues(bottom, 2.0, 300.0)
    assert min(ticks) >= top


def test_that_the_sentence_for_a_study_without_a_v_is_shown(
    qtbot: QtBot, view: ErrorStudyView, panel_context: PanelContext
) -> None:
    view.schemes.setCurrentIndex(view.schemes.findData("central"))
    view.schemes.activated.emit(view.schemes.currentIndex())
    turn()
    assert panel_context.selection.scheme == "central"
    qtbot.waitUntil(lambda: "f has degree 2 in a" in view.words.text(), timeout=10_000)
    assert '<a href="example">a^4 b</a> has one' in view.words.text()
    assert not view.plot.predicted.isVisible()
    view.words.linkActivated.emit("example")
    assert panel_context.store.worksheet.text == "a^4 b"
    qtbot.waitUntil(lambda: "falls as h² and rounding grows" in view.words.text(), timeout=10_000)
    assert "Slope measured: 2.00." in view.words.text()
    assert "predicted" in view.words.text()
    assert view.plot.predicted.isVisible()
    x, y = view.plot.leading.getData()
    assert (y[-1] - y[-9]) / (x[-1] - x[-9]) == pytest.approx(2)


def test_that_float32_is_another_study(qtbot: QtBot, view: ErrorStudyView, panel: Panel) -> None:
    view.dtypes.setCurrentText("float32")
    view.dtypes.textActivated.emit("float32")
    studies = wait_for_study(qtbot, panel)
    assert {study.dtype for study in studies} == {"float32"}


def test_that_a_point_too_large_for_float32_leaves_the_way_back(
    qtbot: QtBot, view: ErrorStudyView, panel: Panel, panel_context: PanelContext
) -> None:
    view.dtypes.setCurrentText("float32")
    view.dtypes.textActivated.emit("float32")
    panel_context.store.edit("far", coordinates=(("a", "1e40"), ("b", "1")))
    qtbot.waitUntil(lambda: "pick float64 above" in view.sentence.text(), timeout=10_000)
    assert view.dtypes.isVisible()
    assert view.dtypes.isEnabled()
    view.dtypes.setCurrentText("float64")
    view.dtypes.textActivated.emit("float64")
    assert {study.dtype for study in wait_for_study(qtbot, panel)} == {"float64"}
    qtbot.waitUntil(view.plot.isVisible, timeout=5000)


def test_that_the_legend_lists_what_is_drawn(
    qtbot: QtBot, view: ErrorStudyView, panel_context: PanelContext
) -> None:
    for part in ("truncation", "rounding bound", "best&nbsp;predicted", "best&nbsp;found"):
        assert part.replace(" ", "&nbsp;") in view.legend.text()
    panel_context.selection.pick_scheme("richardson")
    qtbot.waitUntil(lambda: "no single slope" in view.words.text(), timeout=10_000)
    assert "predicted" not in view.legend.text()
    assert "truncation" not in view.legend.text()


def test_that_it_says_where_the_comparison_has_another_number_type(
    qtbot: QtBot, view: ErrorStudyView, panel: Panel
) -> None:
    assert "This study is in" not in view.words.text()
    view.dtypes.setCurrentText("float32")
    view.dtypes.textActivated.emit("float32")
    wait_for_study(qtbot, panel)
    assert "in float32; the comparison has this row in float64." in view.words.text()


def test_that_it_follows_the_point_and_the_derivative(
    qtbot: QtBot, view: ErrorStudyView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("move", coordinates=(("a", "1/3"), ("b", "-2")))
    turn()
    assert {study.point["a"] for study in wait_for_study(qtbot, panel)} == {Fraction(1, 3)}
    panel_context.selection.pick_partial(Partial(("a", "b")))
    turn()
    studies = wait_for_study(qtbot, panel)
    assert [study.scheme for study in studies] == list(schemes_with_step(2))
    assert view.plot.getAxis("left").labelText == "|error of ∂²f/∂a∂b|"


def test_that_a_hidden_panel_costs_nothing_until_it_is_shown(
    qtbot: QtBot, panel: Panel, panel_context: PanelContext
) -> None:
    progress: list[tuple[int, int]] = []
    panel_context.runner.progress_changed.connect(lambda *said: progress.append(said))
    panel_context.store.edit("edit", text="a^3b")
    qtbot.wait(50)
    assert progress == []
    panel.widget.show()
    assert {str(study.polynomial) for study in wait_for_study(qtbot, panel)} == {"a^3b"}


@pytest.mark.parametrize(
    ("changes", "partial", "sentence"),
    [
        ({"methods": without_step()}, ("a",), "tick a difference or the complex step"),
        ({"methods": (MethodChoice("complex_step"),)}, ("a", "b"), "tick a difference"),
        ({}, (), "pick a derivative in the comparison"),
        ({"text": "5"}, ("a",), "f is constant: it has no derivative"),
    ],
)
def test_that_there_is_a_sentence_where_there_is_nothing_to_study(
    view: ErrorStudyView,
    panel: Panel,
    panel_context: PanelContext,
    changes: dict[str, object],
    partial: tuple[str, ...],
    sentence: str,
) -> None:
    panel_context.selection.pick_partial(Partial(partial) if partial else None)
    panel_context.store.edit("change", **changes)
    turn()
    assert view.sentence.isVisible()
    assert sentence in view.sentence.text()
    assert panel.exports["csv"]() is None


def test_that_a_step_that_vanishes_keeps_the_cursor_and_has_no_parts(
    qtbot: QtBot, view: ErrorStudyView, panel_context: PanelContext
) -> None:
    choice = MethodChoice("forward", (("step", 1e-30),))
    panel_context.store.edit("step", methods=with_chosen(choice))
    turn()
    assert view.plot.cursor.isVisible()
    assert view.plot.cursor.value() == pytest.approx(-30)
    assert view.step.text() == "h = 1e−30"
    assert view.parts._parts is None


def test_that_a_text_that_was_left_before_it_was_studied_is_studied_dimmed(
    qtbot: QtBot, view: ErrorStudyView, panel: Panel, panel_context: PanelContext
) -> None:
    presenter = panel.presenter
    assert isinstance(presenter, ErrorStudyPresenter)
    wait_for_study(qtbot, panel)
    panel_context.store.edit("type", text="a^3 b")
    panel_context.store.edit("type", text="a^3 b + (")
    wanted = engine.read("a^3 b").polynomial
    qtbot.waitUntil(
        lambda: {study.polynomial for study in presenter._studies.values()} == {wanted},
        timeout=20_000,
    )
    assert view.plot.getPlotItem().opacity() < 1
    assert presenter.studies() is None
    panel_context.store.edit("type", text="a^3 b")
    wait_for_study(qtbot, panel)
    assert view.plot.getPlotItem().opacity() == 1


def test_that_what_cannot_be_read_dims_the_picture(
    qtbot: QtBot, view: ErrorStudyView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("slip", text="2ab^")
    turn()
    assert view.plot.getPlotItem().opacity() < 1
    panel_context.store.edit("mend", text="2ab^2 + 3a^2b")
    wait_for_study(qtbot, panel)
    assert view.plot.getPlotItem().opacity() == 1


def test_that_errors_too_small_for_any_float_are_drawn(
    qtbot: QtBot, view: ErrorStudyView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("tiny", text="a^3/10^350 + b")
    wait_for_study(qtbot, panel)
    view.plot.grab()
    _, y = view.plot.leading.getData()
    assert np.isfinite(y).all()
    assert y.max() < -320


def test_that_the_study_is_exported_as_it_is_drawn(
    qtbot: QtBot, view: ErrorStudyView, panel: Panel
) -> None:
    assert panel.exports["csv"]() == wait_for_study(qtbot, panel)
    picture = panel.exports["picture"]()
    assert picture is not None
    assert picture.drawing is view.plot


def test_that_a_theme_restyles_the_plot(view: ErrorStudyView, panel_context: PanelContext) -> None:
    panel_context.theme.show(DARK)
    assert view.plot.backgroundBrush().color().name() == DARK.base
    assert DARK.muted in view.legend.text()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(9, 10**4), "+9.00e−4"),
        (Fraction(-1, 3), "−0.333"),
        (Fraction(10) ** 400, "+1.00e400"),
        (Fraction(-1, 10**400), "−1.00e−400"),
    ],
)
def test_that_parts_are_written_with_their_sign(value: Fraction, text: str) -> None:
    assert signed_text(value) == text
