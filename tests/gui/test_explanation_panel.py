"""How it works: three columns of one derivative, in lock-step, whatever is pointed at."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

import engine
from engine.differentiation.method import MethodChoice
from engine.partial import Partial
from engine.worksheet.worksheet import all_methods
from gui.look.theme import DARK
from gui.panel.panel import Panel, PanelContext
from gui.panels import explanation
from gui.panels.explanation.playback import Playback
from gui.panels.explanation.presenter import ExplanationPresenter
from gui.panels.explanation.view import ExplanationView
from tests.gui.conftest import turn

pytestmark = pytest.mark.slow

LONG_MS = 30_000


@pytest.fixture
def panel(qtbot: QtBot, panel_context: PanelContext) -> Panel:
    panel_context.selection.pick_partial(Partial(("a",)))
    turn()
    panel = explanation.build(panel_context)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(1100, 420)
    return panel


@pytest.fixture
def view(qtbot: QtBot, panel: Panel) -> ExplanationView:
    assert isinstance(panel.widget, ExplanationView)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    settle(qtbot, panel)
    return panel.widget


def presenter_of(panel: Panel) -> ExplanationPresenter:
    assert isinstance(panel.presenter, ExplanationPresenter)
    return panel.presenter


def settle(qtbot: QtBot, panel: Panel) -> None:
    presenter = presenter_of(panel)
    turn()  # before it nothing is awaited yet
    # What has a text may still have that of the problem before.
    qtbot.waitUntil(lambda: not presenter.waits, timeout=LONG_MS)
    qtbot.waitUntil(
        lambda: presenter.latex() is not None and presenter.graph() is not None, timeout=LONG_MS
    )
    view = panel.widget
    assert isinstance(view, ExplanationView)
    qtbot.waitUntil(lambda: bool(view.differences.sum.text()), timeout=LONG_MS)


def plain(html: str) -> str:
    return re.sub(r"[\s\u00a0\u2009]+", " ", re.sub(r"<[^>]*>", "", html)).strip()


def items(view: ExplanationView) -> list[QTreeWidgetItem]:
    found: list[QTreeWidgetItem] = []
    waiting = [view.rules.tree.topLevelItem(i) for i in range(view.rules.tree.topLevelItemCount())]
    while waiting:
        item = waiting.pop(0)
        found.append(item)
        waiting = [item.child(i) for i in range(item.childCount())] + waiting
    return found


def stencil(view: ExplanationView) -> str:
    return re.sub(r"[\s\u00a0]+", " ", view.differences.page.toPlainText())


def test_that_three_columns_explain_one_derivative(view: ExplanationView) -> None:
    assert [item.text(0) for item in items(view)] == [
        "∂/∂a(2ab² + 3a²b) = 2b² + 3b·2a",
        "∂/∂a(2ab²) = 2b²",
        "∂/∂a(a) = 1",
        "∂/∂a(3a²b) = 3b·2a",
        "∂/∂a(a²) = 2a",
        "∂f/∂a = 2b² + 3b·2a = 6ab + 2b²",
    ]
    assert "a + h, b 1 ≈ 72.00540009" in stencil(view)
    assert "54.00090000009072" in stencil(view)
    assert [box.node.meaning for box in view.graph.picture.boxes][-1] == "3a²b + 2ab²"
    assert view.graph.said.text() == (
        "9 nodes compute f in float64 on cpu; ∂f/∂a is the adjoint of a."
    )


def test_that_every_line_is_typeset(qtbot: QtBot, view: ExplanationView) -> None:
    model = view.rules.tree.model()
    top = model.index(0, 0)
    indices = [top, model.index(0, 0, top), model.index(1, 0, top), model.index(1, 0)]
    qtbot.waitUntil(lambda: view.rules.tree.drawing(top) is not None, timeout=LONG_MS)
    for index in indices:
        drawing = view.rules.tree.drawing(index)
        assert drawing is not None
        assert drawing.isValid()
        assert drawing.defaultSize().height() > 20
    opened = view.rules.tree.drawing(indices[2]).defaultSize().width()
    view.rules.tree.collapse(indices[2])
    folded = view.rules.tree.drawing(indices[2])
    assert folded is not None  # what a folded branch comes to
    assert folded.defaultSize().width() != opened


def test_that_contributions_add_up_below_every_column(view: ExplanationView) -> None:
    assert plain(view.rules.sum.text()) == "18 + 36 = 54"
    assert plain(view.graph.sum.text()) == "18 + 36 = 54"
    assert plain(view.differences.sum.text()) == (
        "18 + 36.0009 − 2.32e−11 (rounding) ≈ 54.00090000009072"
    )


def test_that_pointing_at_a_term_marks_it_in_every_column(view: ExplanationView) -> None:
    view.formula.linkHovered.emit("1")
    assert view.rules.tree.lit == {(0, 3), (0, 4)}
    lit = [box.node.meaning for box in view.graph.picture.boxes if box.opacity() == 1.0]
    assert lit == ["a", "b", "a²", "3a²", "3a²b", "3a²b + 2ab²"]
    assert plain(view.rules.sum.text()) == "3 a2 b: 36 of 54"
    assert plain(view.graph.sum.text()) == "3 a2 b: 36 of 54"
    assert "of it 3 a2 b" in stencil(view)
    assert "a + h, b ≈ 72.00540009 ≈ 36.00360009" in stencil(view)
    view.formula.linkHovered.emit("")
    assert view.rules.tree.lit is None
    assert all(box.opacity() == 1.0 for box in view.graph.picture.boxes)


def test_that_a_click_keeps_a_term_marked_and_another_lets_it_go(view: ExplanationView) -> None:
    view.formula.linkActivated.emit("0")
    view.formula.linkHovered.emit("")
    assert plain(view.rules.sum.text()) == "2 a b2: 18 of 54"
    assert "font-weight:bold" in view.formula.text()
    view.formula.linkActivated.emit("0")
    assert plain(view.rules.sum.text()) == "18 + 36 = 54"


def test_that_pointing_at_a_node_or_a_rule_marks_its_term(
    qtbot: QtBot, view: ExplanationView
) -> None:
    box = next(box for box in view.graph.picture.boxes if box.node.meaning == "2ab²")
    place = view.graph.picture.mapFromScene(box.scenePos())
    QTest.mouseMove(view.graph.picture.viewport(), place)
    qtbot.waitUntil(lambda: plain(view.rules.sum.text()) == "2 a b2: 18 of 54", timeout=5000)
    view.graph.picture.node_pointed.emit(None)
    view.rules.tree.line_pointed.emit((0, 4))
    assert plain(view.graph.sum.text()) == "3 a2 b: 36 of 54"
    view.rules.tree.line_pointed.emit((0, 0))  # the sum belongs to both: it marks nothing
    assert plain(view.graph.sum.text()) == "18 + 36 = 54"


def test_that_values_appear_forward_and_adjoints_flow_back(view: ExplanationView) -> None:
    player, boxes = view.graph.player, view.graph.picture.boxes
    assert player.slider.maximum() == 18
    player.buttons["first"].click()
    assert not any(box.value_known or box.adjoint_known for box in boxes)
    seen = []
    while player.buttons["forward"].isEnabled():
        player.buttons["forward"].click()
        known = [box.value_known for box in boxes], [box.adjoint_known for box in boxes]
        seen.append((sum(known[0]), sum(known[1])))
    assert seen == [(n, 0) for n in range(1, 10)] + [(9, n) for n in range(1, 10)]
    player.buttons["back"].click()
    assert [box.adjoint_known for box in boxes] == [False] + [True] * 8


def test_that_the_matching_rule_and_the_terms_share_are_marked_meanwhile(
    view: ExplanationView,
) -> None:
    view.graph.player.slider.setValue(5)  # v₅ = 3 · v₃
    assert view.graph.said.text() == "5 of 18: v₅ = 3 · v₃ = 3 · 4 = 12."
    assert [box.node.meaning for box in view.graph.picture.boxes if box.current] == ["3a²"]
    assert view.rules.tree.marked == {(0, 3)}
    assert "of it 3 a2 b" in stencil(view)
    view.graph.player.slider.setValue(16)  # back at a²
    assert view.graph.said.text().startswith("16 of 18: the adjoint of v₃ is 3 · 3 = 9")
    assert view.rules.tree.marked == {(0, 4)}
    view.graph.player.slider.setValue(18)
    assert view.rules.tree.marked == frozenset()


def test_that_an_adjoint_is_the_sum_over_the_edges(view: ExplanationView) -> None:
    view.graph.player.slider.setValue(17)  # b takes part in three products
    assert "b is 3 · 4 + 3 · 4 + 12 · 1 = 36." in view.graph.said.text()


def test_that_it_plays_by_itself_and_stops_at_the_end(qtbot: QtBot, view: ExplanationView) -> None:
    view.graph.player._clock.setInterval(5)
    view.graph.player.buttons["play"].click()
    assert view.graph.player.playing
    qtbot.waitUntil(lambda: not view.graph.player.playing, timeout=10_000)
    assert view.graph.player.slider.value() == 18


def test_that_a_drag_goes_on_where_the_computation_stands(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    view.graph.player.slider.setValue(4)
    panel_context.store.edit("drag", coordinates=(("a", "5"), ("b", "3")))
    settle(qtbot, panel)
    assert view.graph.player.slider.value() == 4
    assert view.graph.picture.boxes[0].node.recorded.value == 5
    panel_context.store.edit("text", text="a^3 b + a")
    settle(qtbot, panel)
    assert view.graph.player.slider.value() == view.graph.player.slider.maximum()


def test_that_a_mixed_derivative_shows_the_graph_of_the_gradient(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.selection.pick_partial(Partial(("a", "b")))
    settle(qtbot, panel)
    assert "11 nodes compute ∂f/∂a" in view.graph.said.text()
    assert [i.text(0) for i in items(view)][-1] == "∂²f/∂a∂b = 2·2b + 3·2a = 6a + 4b"
    assert plain(view.graph.sum.text()) == "12 + 12 = 24"
    assert "a + ha, b + hb" in stencil(view)


def test_that_a_constant_gradient_records_no_graph(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("line", text="3a + b")
    panel_context.selection.pick_partial(Partial(("a", "a")))
    qtbot.waitUntil(
        lambda: "PyTorch records no graph" in view.graph.sentence.text(), timeout=LONG_MS
    )
    assert not view.graph.player.buttons["play"].isEnabled()
    assert presenter_of(panel).graph() is None


def test_that_a_text_that_was_left_before_it_was_explained_is_explained_dimmed(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    settle(qtbot, panel)
    panel_context.store.edit("type", text="a^3 b")
    panel_context.store.edit("type", text="a^3 b + (")
    qtbot.waitUntil(lambda: items(view)[-1].text(0).endswith("= 3a²b"), timeout=LONG_MS)
    qtbot.waitUntil(lambda: not presenter_of(panel).waits, timeout=LONG_MS)
    assert not view.rules.tree.isEnabled()
    assert presenter_of(panel).latex() is None
    assert presenter_of(panel).graph() is None
    panel_context.store.edit("type", text="a^3 b")
    settle(qtbot, panel)
    assert view.rules.tree.isEnabled()


def test_that_what_cannot_be_explained_says_why(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    long = " + ".join(f"a^{n}" for n in range(1, 420))
    panel_context.store.edit("long", text=long)
    qtbot.waitUntil(lambda: "up to 400" in view.rules.sentence.text(), timeout=LONG_MS)
    qtbot.waitUntil(lambda: "up to 250" in view.graph.sentence.text(), timeout=LONG_MS)
    rules = tuple(choice for choice in all_methods() if choice.key == "rules")
    panel_context.store.edit("methods", methods=rules, text="ab")
    qtbot.waitUntil(lambda: "tick a difference" in view.differences.sentence.text())
    panel_context.store.edit("constant", text="5")
    turn()
    assert "f is constant" in view.sentence.text()
    panel_context.store.edit("typing", text="2a^2 +")
    turn()
    assert not view.rules.tree.isEnabled()
    panel_context.store.edit("slip", text="2a^2 + b", partials="gradient, q", methods=all_methods())
    turn()
    assert not view.rules.tree.isEnabled()
    panel_context.store.edit("typed", partials="gradient")
    settle(qtbot, panel)
    assert view.rules.tree.isEnabled()


def test_that_number_type_and_device_are_those_of_the_comparison(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    methods = (
        MethodChoice("forward"), MethodChoice("autograd_reverse", (("dtype", "float32"),)),
    )  # fmt: skip
    panel_context.store.edit("float32", methods=methods)
    settle(qtbot, panel)
    assert "in float32 on cpu" in view.graph.said.text()
    missing = (MethodChoice("autograd_reverse", (("device", "mps"),)),)
    panel_context.store.edit("mps", methods=missing)
    qtbot.waitUntil(lambda: "no mps device" in view.graph.sentence.text(), timeout=LONG_MS)


def test_that_the_graph_is_zoomed_panned_and_fitted(view: ExplanationView) -> None:
    picture = view.graph.picture
    picture.fit()
    fitted = picture.transform().m11()
    room = picture.mapToScene(picture.viewport().rect()).boundingRect()
    assert room.contains(picture.scene().sceneRect().adjusted(20, 20, -20, -20))
    picture.setFocus()
    QTest.keyClick(picture, Qt.Key.Key_Plus)
    assert picture.transform().m11() > fitted
    for _ in range(40):
        QTest.keyClick(picture, Qt.Key.Key_Minus)
    assert picture.transform().m11() >= 0.05
    QTest.keyClick(picture, Qt.Key.Key_0)
    assert picture.transform().m11() == pytest.approx(fitted)


def test_that_sixty_nodes_stand_apart_and_are_played_to_the_end(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("many", text="(a+b+c)^4", coordinates=(("c", "1"),))
    settle(qtbot, panel)
    boxes = view.graph.picture.boxes
    assert len(boxes) == 56
    rects = [box.sceneBoundingRect().adjusted(2, 2, -2, -2) for box in boxes]
    for number, rect in enumerate(rects):
        assert not any(rect.intersects(other) for other in rects[:number])
    for position in range(view.graph.player.slider.maximum() + 1):
        view.graph.player.slider.setValue(position)
    assert all(box.adjoint_known for box in boxes)


def test_that_a_large_graph_is_readable_and_follows_what_is_computed(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("many", text="(a+b+c)^4", coordinates=(("c", "1"),))
    settle(qtbot, panel)
    picture = view.graph.picture
    assert picture.transform().m11() >= 0.62
    for position in (1, 20, 40, 56, 57, 80, 111):
        view.graph.player.slider.setValue(position)
        (current,) = [box for box in picture.boxes if box.current]
        seen = picture.mapToScene(picture.viewport().rect()).boundingRect()
        assert seen.contains(current.sceneBoundingRect().center())
    picture.fit()
    assert picture.transform().m11() < 0.62


def test_that_the_picture_for_a_file_holds_the_whole_graph(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("many", text="(a+b+c)^4", coordinates=(("c", "1"),))
    settle(qtbot, panel)
    picture = panel.exports["picture"]()
    assert picture is not None
    assert picture.drawing is view.graph.picture
    seen = view.graph.picture.mapToScene(view.graph.picture.viewport().rect()).boundingRect()
    assert all(seen.contains(box.sceneBoundingRect()) for box in view.graph.picture.boxes)


def test_that_the_same_graph_is_a_table_with_every_digit(view: ExplanationView) -> None:
    view.graph.as_table.click()
    trace = view.graph.trace
    assert trace.isVisible()
    lines = [
        [trace.topLevelItem(row).text(column) for column in range(trace.columnCount())]
        for row in range(trace.topLevelItemCount())
    ]
    assert lines[0] == ["a", "input", "a", "2", "54"]
    assert lines[5] == ["v₆", "v₅ · b", "3a²b", "36", "1"]
    view.graph.player.slider.setValue(5)
    assert trace.topLevelItem(4).text(3) == "12"
    assert trace.topLevelItem(5).text(3) == "–"
    assert trace.topLevelItem(4).background(0).style() != Qt.BrushStyle.NoBrush
    trace.node_pointed.emit(7)
    assert plain(view.graph.sum.text()) == "2 a b2: 18 of 54"
    view.graph.as_table.click()
    assert view.graph.picture.isVisible()


def test_that_sums_and_sentences_are_true_of_what_is_long_or_missing(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    store = panel_context.store
    store.edit(
        "long", text="0.1a^3 - 1/3 a b", coordinates=(("a", "-3.0730257507643897"), ("b", "1/7"))
    )
    settle(qtbot, panel)
    assert plain(view.rules.sum.text()).count("≈") == 1
    store.edit("many", text=" + ".join(f"a^{n}" for n in range(1, 12)), coordinates=(("a", "2"),))
    settle(qtbot, panel)
    assert plain(view.rules.sum.text()).endswith("+ … = 20481")
    store.edit("cancelling", text="a^2 - a^2 + b", coordinates=(("a", "2"), ("b", "3")))
    settle(qtbot, panel)
    assert "a is not among its inputs, so ∂f/∂a is 0." in view.graph.said.text()
    store.edit("product", text="(a+b)^2 b")
    settle(qtbot, panel)
    assert "compute f, multiplied out, in float64" in view.graph.said.text()


def test_that_numbers_in_a_box_leave_their_names_readable(
    qtbot: QtBot, view: ExplanationView, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit(
        "digits", coordinates=(("a", "-3.0730257507643897"), ("b", "-0.0123456"))
    )
    settle(qtbot, panel)
    font = view.graph.picture.boxes[0]
    assert font.boundingRect().width() < 120
    assert "value −3.0730257507643897" in font.toolTip()


def test_that_the_trace_is_written_as_csv(
    panel: Panel, view: ExplanationView, tmp_path: Path
) -> None:
    graph = presenter_of(panel).graph()
    assert graph is not None
    engine.write_csv(graph, tmp_path / "trace.csv")
    with (tmp_path / "trace.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["node"] for row in rows] == ["a", "b", "v₃", "v₄", "v₅", "v₆", "v₇", "v₈", "v₉"]
    product = rows[5]
    assert (product["operation"], product["meaning"]) == ("v₅ · b", "3a²b")
    assert (product["input 1"], product["local 1"]) == ("v₅", "3.0")
    assert (product["input 2"], product["local 2"]) == ("b", "12.0")
    assert (product["value"], product["adjoint"]) == ("36.0", "1.0")
    assert (rows[4]["input 1"], rows[4]["local 1"]) == ("3.0", "")
    assert (rows[0]["operation"], rows[0]["adjoint"]) == ("input", "54.0")
    assert {row["derivative"] for row in rows} == {"∂f/∂a"}


def test_that_the_derivation_is_offered_as_latex(panel: Panel, view: ExplanationView) -> None:
    latex = presenter_of(panel).latex()
    assert latex is not None
    assert r"&= 6 a b + 2 b^{2} && \text{collected}" in latex


def test_that_both_themes_draw_what_can_be_seen(view: ExplanationView) -> None:
    light = view.graph.picture.grab().toImage()
    view.show_theme(DARK)
    dark = view.graph.picture.grab().toImage()
    for image, ground in ((light, "#ffffff"), (dark, DARK.base)):
        assert image.pixelColor(3, 3).name() == ground
        colours = {image.pixel(x, y) for x in range(0, image.width(), 3)
                   for y in range(0, image.height(), 3)}  # fmt: skip
        assert len(colours) > 8
    assert DARK.text in view.formula.text()


def test_that_nothing_is_worked_out_while_it_cannot_be_seen(
    qtbot: QtBot, panel: Panel, panel_context: PanelContext
) -> None:
    panel_context.store.edit("hidden", text="a^2 b")
    turn()
    assert presenter_of(panel)._followed.stale
    assert presenter_of(panel).graph() is None


def test_that_the_playback_knows_what_is_computed_where(
    panel: Panel, view: ExplanationView
) -> None:
    graph = presenter_of(panel).graph()
    assert graph is not None
    start = Playback(graph, 0)
    assert start.current is None
    assert start.sentence() == "Nothing is computed yet: go forward."
    assert Playback(graph, 1).sentence() == "1 of 18: a = 2 goes in."
    assert Playback(graph, 9).current == 8
    assert Playback(graph, 10).backward
    assert Playback(graph, 10).current == 8
    assert "where the way back begins" in Playback(graph, 10).sentence()
    assert Playback(graph, 18).current == 0


def test_that_the_playback_says_where_a_number_is_rounded(
    panel: Panel, view: ExplanationView
) -> None:
    graph = presenter_of(panel).graph()
    assert graph is not None
    first, *others = graph.nodes
    third = replace(first, recorded=replace(first.recorded, value=1 / 3, adjoint=2 / 3))
    rounded = replace(graph, nodes=(third, *others))
    assert f"{first.symbol} ≈ 0.333333 goes in." in Playback(rounded, 1).sentence()
    taker = next(
        index
        for index, node in enumerate(graph.nodes)
        if any(taken.node == 0 for taken in node.recorded.inputs)
    )
    assert Playback(rounded, taker + 1).sentence().count("≈") == 2
    last = replace(graph, nodes=(first, *others[:-2], replace(
        others[-2], recorded=replace(others[-2].recorded, adjoint=2 / 3)), others[-1]))  # fmt: skip
    assert "≈ 0.666667." in Playback(last, len(graph.nodes) + 2).sentence()
