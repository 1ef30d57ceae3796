"""Critical points: found in the background, listed, marked on both plots, gone to, written."""

from __future__ import annotations

import csv
import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

import engine
from engine.critical.critical_points import find_critical_points
from gui.look.theme import DARK
from gui.panel.panel import Panel, PanelContext
from gui.panels import critical, gradient_field, surface
from gui.panels.critical.view import CriticalView
from gui.panels.gradient_field.view import GradientFieldView
from gui.panels.surface.view import SurfaceView
from gui.session.plotted import plotted_of
from gui.session.shown_critical import critical_marks
from tests.gui.conftest import turn

HIMMELBLAU = "(x^2+y-11)^2 + (x+y^2-7)^2"
LONG_MS = 30_000

Find = Callable[[str], None]


@pytest.fixture
def panel(qtbot: QtBot, panel_context: PanelContext) -> Panel:
    panel = critical.build(panel_context)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(900, 300)
    return panel


@pytest.fixture
def view(qtbot: QtBot, panel: Panel) -> CriticalView:
    assert isinstance(panel.widget, CriticalView)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    return panel.widget


@pytest.fixture
def find(qtbot: QtBot, panel_context: PanelContext) -> Find:
    def find(text: str) -> None:
        panel_context.store.edit("text", text=text)
        turn()
        panel_context.critical.begin()
        qtbot.waitUntil(lambda: not panel_context.critical.searching, timeout=LONG_MS)

    return find


def cells(view: CriticalView) -> list[list[str]]:
    table = view.table
    return [
        [table.topLevelItem(row).text(column) for column in range(table.columnCount())]
        for row in range(table.topLevelItemCount())
    ]


def test_that_the_examples_only_point_is_a_proved_saddle(view: CriticalView, find: Find) -> None:
    find("2ab^2 + 3a^2b")
    ((kind, a, b, value, why),) = cells(view)
    assert (kind, a, b, value) == ("✕ saddle", "0", "0", "0")
    assert "5·t³" in why
    assert view.heading.text().startswith("1 critical point:")


def test_that_himmelblaus_nine_are_listed_with_their_intervals(
    view: CriticalView, find: Find
) -> None:
    find(HIMMELBLAU)
    rows = cells(view)
    assert [row[0].split()[1] for row in rows].count("minimum") == 4
    assert next(row[:4] for row in rows if row[1] == "3") == ["▼ minimum", "3", "2", "0"]
    tip = view.table.topLevelItem(0).toolTip(1)
    assert "The root of x³ + 3x² − 13x − 38 between -3.77931" in tip


def test_that_curves_are_listed_as_curves(view: CriticalView, find: Find) -> None:
    find("(x^2 + y^2 - 1)^2")
    point, curve = cells(view)
    assert point[0] == "▲ maximum"
    assert curve[:2] == ["━ curve of minima", "x² + y² − 1 = 0"]
    assert "1 critical point and 1 curve" in view.heading.text()
    view.table.setCurrentItem(view.table.topLevelItem(1))
    assert not view.go.isEnabled()


def test_that_the_point_goes_there_and_undo_takes_it_back(
    view: CriticalView, find: Find, panel_context: PanelContext
) -> None:
    find(HIMMELBLAU)
    store = panel_context.store
    before = store.worksheet
    row = next(i for i, line in enumerate(cells(view)) if line[1] == "3")
    view.table.setCurrentItem(view.table.topLevelItem(row))
    assert view.go.isEnabled()
    view.go.click()
    assert {k: dict(store.worksheet.coordinates)[k] for k in "xy"} == {"x": "3", "y": "2"}
    store.undo_stack.undo()
    turn()
    assert store.worksheet == before
    view.table.itemActivated.emit(view.table.topLevelItem(0), 0)
    typed = dict(store.worksheet.coordinates)
    assert float(typed["x"]) == pytest.approx(-3.779310253, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("xyz", "two variables"),
        ("x^2", "two variables"),
        ("x + y", "no critical point: its gradient is nowhere 0"),
        ("x^25 + y", "up to 20"),
        ("2x^", "cannot be read"),
    ],
)
def test_that_where_there_is_none_it_says_why(
    view: CriticalView, find: Find, text: str, said: str
) -> None:
    find(text)
    assert said in view.sentence.text()
    assert view.sentence.isVisible()


def test_that_points_that_were_lost_with_a_process_are_looked_for_at_the_next_change(
    qtbot: QtBot, view: CriticalView, panel_context: PanelContext
) -> None:
    source, store = panel_context.critical, panel_context.store

    def is_lost() -> bool:
        for process in multiprocessing.active_children():
            process.kill()
        return "ended unexpectedly" in source.remark

    store.edit("text", text=HIMMELBLAU)
    qtbot.waitUntil(is_lost, timeout=LONG_MS)
    store.edit("point", coordinates=(("x", "2"), ("y", "1")))
    qtbot.waitUntil(lambda: source.found is not None, timeout=LONG_MS)
    assert view.table.topLevelItemCount() == 9


def test_that_a_new_text_is_not_shown_the_old_points(
    qtbot: QtBot, view: CriticalView, find: Find, panel_context: PanelContext
) -> None:
    find("x^2 + y^2")
    assert panel_context.critical.found is not None
    panel_context.store.edit("text", text="x^2 - y^2")
    turn()
    assert panel_context.critical.found is None
    assert "Looking for" in view.sentence.text()
    qtbot.waitUntil(lambda: panel_context.critical.found is not None, timeout=LONG_MS)
    assert cells(view)[0][0] == "✕ saddle"
    found = panel_context.critical.found
    panel_context.store.edit("same f", text="x^2 - yy")  # equal: nothing is looked for again
    turn()
    assert panel_context.critical.found is found


def test_that_they_are_marked_on_the_gradient_field(
    qtbot: QtBot, panel_context: PanelContext, find: Find
) -> None:
    panel = gradient_field.build(panel_context)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(500, 420)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    field = panel.widget
    assert isinstance(field, GradientFieldView)
    find(HIMMELBLAU)
    spots = field.field.critical.points.points()
    assert len(spots) == 9
    assert sorted(spot.symbol() for spot in spots) == ["t"] * 4 + ["t1"] + ["x"] * 4
    assert "minimum at x = 3, y = 2: f = 0" in [spot.data() for spot in spots]
    find("(x^2 + y^2 - 1)^2")
    x, y = field.field.critical.lines.getData()
    on_circle = np.hypot(x, y)
    assert np.nanmax(np.abs(on_circle - 1)) < 0.01
    assert len(field.field.critical.points.points()) == 1
    find("x + y")
    assert len(field.field.critical.points.points()) == 0


def test_that_they_are_marked_on_the_surface(
    qtbot: QtBot, panel_context: PanelContext, find: Find
) -> None:
    panel = surface.build(panel_context)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(500, 420)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    shown = panel.widget
    assert isinstance(shown, SurfaceView)
    find("(x^2 + y^2 - 1)^2")
    scene = shown.canvas.scene
    assert scene is not None
    assert scene.critical is not None
    assert scene.critical.kinds == ("maximum", "curve")
    assert len(scene.critical.points) == 1
    assert len(scene.critical.lines) > 20
    assert "critical:&nbsp;maximum,&nbsp;a&nbsp;curve" in shown._legend.text()
    with_marks = shown.picture()
    find("(x^2 + y^2 - 1)^2 + z")
    assert "critical" not in shown._legend.text()
    assert with_marks is not None


def test_that_the_painters_picture_has_them_too(
    qtbot: QtBot, panel_context: PanelContext, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIGRAD_OPENGL", "0")
    panel = surface.build(panel_context)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(500, 420)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    shown = panel.widget
    assert isinstance(shown, SurfaceView)
    find("x^2 + y^2")
    with_mark = shown.picture()
    scene = shown.canvas.scene
    assert scene is not None
    assert scene.critical is not None
    assert scene.critical.kinds == ("minimum",)
    panel_context.store.edit("slower", text="x^2 + y^2 + 0z")
    turn()
    assert with_mark is not None
    assert shown.picture() != with_mark


def test_that_no_arrow_is_drawn_at_a_critical_point_that_no_float_holds(
    view: CriticalView, find: Find, panel_context: PanelContext
) -> None:
    find(HIMMELBLAU)
    assert view.why.text().startswith("The determinant of the Hessian is")
    for row, line in enumerate(cells(view)):
        view.table.itemActivated.emit(view.table.topLevelItem(row), 0)
        plotted = plotted_of(panel_context.store.worksheet)
        assert plotted.gradient == (0.0, 0.0)
        exact = line[1] == "3"
        assert {str(slope) for slope in plotted.slopes_shown} == {"= 0" if exact else "≈ 0"}
    slow = plotted_of(replace(panel_context.store.worksheet, text="x/1000000000 + y^2"))
    assert slow.gradient[0] == 1e-9  # small, but no matter of rounding


def test_that_a_row_that_is_about_to_go_leads_nowhere(
    view: CriticalView, find: Find, panel_context: PanelContext
) -> None:
    find("(x-7)^2 + (y-2)^2")
    turn()
    before = panel_context.store.worksheet
    panel_context.critical.changed.emit()  # other points have come, the rows not yet
    view.go_requested.emit(0)
    assert panel_context.store.worksheet == before
    turn()
    view.go_requested.emit(0)
    there = dict(panel_context.store.worksheet.coordinates)
    assert (there["x"], there["y"]) == ("7", "2")


def test_that_axes_the_other_way_round_swap_the_places() -> None:
    found = find_critical_points(engine.read("(x-1)^2 + (y-2)^2").polynomial)
    there = critical_marks(found, ("x", "y"), ((-5.0, 5.0), (-5.0, 5.0)))
    back = critical_marks(found, ("y", "x"), ((-5.0, 5.0), (-5.0, 5.0)))
    assert there is not None
    assert back is not None
    assert there.places.tolist() == [[1.0, 2.0]]
    assert back.places.tolist() == [[2.0, 1.0]]
    assert critical_marks(found, ("x",), ((-5.0, 5.0),)) is None


def test_that_they_are_written_as_csv(
    panel: Panel, view: CriticalView, find: Find, tmp_path: Path
) -> None:
    find("(x^2 + y^2 - 1)^2")
    found = panel.exports["csv"]()
    engine.write_csv(found, tmp_path / "critical.csv")  # type: ignore[arg-type]
    with (tmp_path / "critical.csv").open(encoding="utf-8", newline="") as file:
        point, curve = csv.DictReader(file)
    assert (point["kind"], point["at x p/q"], point["f p/q"]) == ("maximum", "0", "1")
    assert (curve["kind"], curve["curve"]) == ("curve", "x^2 + y^2 - 1 = 0")
    find(HIMMELBLAU)
    engine.write_csv(panel.exports["csv"](), tmp_path / "critical.csv")  # type: ignore[arg-type]
    with (tmp_path / "critical.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["at x root of"] == "x³ + 3x² − 13x − 38"
    assert float(rows[0]["at x"]) == pytest.approx(-3.779310253)


def test_that_a_theme_recolours_the_kinds(view: CriticalView, find: Find) -> None:
    find("x^2 + y^2")
    view.show_theme(DARK)
    assert view.table.topLevelItem(0).foreground(0).color().name() == DARK.good


def test_that_a_number_of_many_digits_is_rounded_and_told_in_the_tip(
    view: CriticalView, find: Find, panel_context: PanelContext
) -> None:
    find("(x - 10^60 - 1)^2 + (y^2 - 2)^2")
    assert [line[1] for line in cells(view)] == ["≈ 1e60"] * 3
    item = view.table.topLevelItem(0)
    assert "10000" in item.toolTip(1).replace("\u200b", "")
    plotted = plotted_of(panel_context.store.worksheet, critical=panel_context.critical.found)
    assert plotted.critical is not None
    assert "x ≈ 1e60, y = " in plotted.critical.texts[0]
