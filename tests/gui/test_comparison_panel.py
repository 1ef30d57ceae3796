"""The comparison as a person uses it, with the real engine, worker processes and clipboard."""

from __future__ import annotations

import csv
import io
import multiprocessing

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.comparison import Comparison, ComparisonRow
from engine.differentiation.method import MethodChoice
from engine.partial import Partial
from engine.worksheet.worksheet import all_methods
from gui.look.theme import LIGHT
from gui.panel.panel import Panel, PanelContext
from gui.panels import comparison
from gui.panels.comparison.columns import COLUMNS, INDEX
from gui.panels.comparison.results import NOT_YET
from gui.panels.comparison.shown_row import ShownRow
from gui.panels.comparison.view import ComparisonView
from gui.session.worksheet_store import WorksheetStore

LOCAL = ("forward", "backward", "central", "five_point", "richardson", "complex_step", "rules")
"""The methods that need no worker process."""


@pytest.fixture
def store(store: WorksheetStore) -> WorksheetStore:
    """Without the methods that load a library, so that most tests are quick."""
    store.edit("local", methods=tuple(MethodChoice(key) for key in LOCAL))
    return store


@pytest.fixture
def panel(qtbot: QtBot, panel_context: PanelContext, store: WorksheetStore) -> Panel:
    panel = comparison.build(panel_context)
    qtbot.addWidget(panel.widget)
    panel.widget.resize(700, 360)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    return panel


@pytest.fixture
def view(qtbot: QtBot, panel: Panel) -> ComparisonView:
    """With the rows that are seen computed."""
    view = panel.widget
    assert isinstance(view, ComparisonView)
    qtbot.waitUntil(lambda: all(row.fresh for row in every(view)))
    return view


def row_of(view: ComparisonView, key: str) -> ShownRow:
    (row,) = [row for row in view.table.comparison.rows if row.entry.key == key]
    return row


def cell(view: ComparisonView, row: int, key: str) -> str:
    return str(view.table.sorted.index(row, INDEX[key]).data())


def value(qtbot: QtBot, view: ComparisonView, key: str) -> object:
    qtbot.waitUntil(lambda: row_of(view, key).fresh)
    row = row_of(view, key).row
    assert row is not None
    return row.value


def test_that_the_main_example_is_there_without_a_click(qtbot: QtBot, view: ComparisonView) -> None:
    assert view.selector.tabText(view.selector.currentIndex()) == "∂f/∂a"
    assert [view.selector.tabText(i) for i in range(view.selector.count())] == [
        "All", "f", "∂f/∂a", "∂f/∂b", "∂²f/∂a²", "∂²f/∂a∂b", "∂²f/∂b²"
    ]  # fmt: skip
    assert view.exact.text() == "54"
    assert view.where.text() == "exactly, at a = 2, b = 3"
    assert value(qtbot, view, "forward") == 54.00090000009072
    assert value(qtbot, view, "rules") == 54
    assert [row.entry.key for row in view.table.comparison.rows] == list(LOCAL)


def test_that_a_picked_derivative_is_shown(qtbot: QtBot, view: ComparisonView) -> None:
    rectangle = view.selector.tabRect(5)
    qtbot.mouseClick(view.selector, Qt.MouseButton.LeftButton, pos=rectangle.center())
    assert view.exact.text() == "24"
    qtbot.waitUntil(lambda: row_of(view, "forward").fresh)
    assert value(qtbot, view, "forward") == 24.000500786769408
    assert row_of(view, "complex_step").reason
    qtbot.mouseClick(
        view.selector, Qt.MouseButton.LeftButton, pos=view.selector.tabRect(0).center()
    )
    assert view.table.comparison.rowCount() == 6 * len(LOCAL)
    assert not view.table.isColumnHidden(INDEX["partial"])
    qtbot.mouseClick(
        view.selector, Qt.MouseButton.LeftButton, pos=view.selector.tabRect(2).center()
    )
    assert view.table.isColumnHidden(INDEX["partial"])


def test_that_the_table_follows_the_worksheet_and_undo(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore
) -> None:
    store.edit("edit", text="2ab^2 + 3a^2b + a")
    assert value(qtbot, view, "rules") == 55
    assert view.exact.text() == "55"
    store.edit("move", coordinates=(("a", "0"), ("b", "1/2")))
    assert view.exact.text() == "1.5"
    assert view.where.text() == "exactly, at a = 0, b = 0.5"
    store.edit("methods", methods=store.worksheet.methods[1:])
    assert "forward" not in [row.entry.key for row in view.table.comparison.rows]
    for _ in range(3):
        store.undo_stack.undo()
    assert value(qtbot, view, "forward") == 54.00090000009072


def test_that_a_step_gives_another_value(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore
) -> None:
    chosen = MethodChoice("forward", (("step", 0.01),))
    store.edit("step", methods=(chosen, *store.worksheet.methods[1:]))
    # f(2 + h, 3) = 72 + 54h + 9h², so the quotient is 54 + 9h up to rounding
    assert value(qtbot, view, "forward") == pytest.approx(54.09, abs=1e-9)
    assert cell(view, 0, "step") == "0.01"
    assert "step = 0.01" in view.table.sorted.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_that_times_come_when_the_worksheet_rests(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore
) -> None:
    def measured() -> bool:
        return all(r.row and r.row.seconds for r in every(view))

    qtbot.waitUntil(measured)
    shown = cell(view, 0, "seconds")
    store.edit("move", coordinates=(("a", "1"), ("b", "1")))
    row = row_of(view, "forward").row
    assert row is not None
    assert row.seconds is None
    assert cell(view, 0, "seconds") == shown  # the earlier time, dimmed, until there is another
    qtbot.waitUntil(measured)


def every(view: ComparisonView) -> tuple[ShownRow, ...]:
    return view.table.comparison.rows


def test_that_the_last_rows_stay_dimmed_while_the_problem_is_wrong(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore, panel: Panel
) -> None:
    store.edit("edit", text="2ab^2 + ")
    assert view.message.isVisible()
    start = "These rows belong to the last problem that could be read. "
    assert view.message.text().startswith(start)
    assert view.message.text() != start
    rows = view.table.comparison.rows
    assert len(rows) == len(LOCAL)
    assert not any(row.fresh for row in rows)
    assert rows[0].row is not None
    assert panel.exports["csv"]() is None
    store.undo_stack.undo()
    assert view.notice.isHidden()
    assert value(qtbot, view, "forward") == 54.00090000009072


def test_that_no_method_is_said_and_not_an_empty_table_only(
    view: ComparisonView, store: WorksheetStore
) -> None:
    store.edit("none", methods=())
    assert view.table.comparison.rowCount() == 0
    assert view.message.text() == "No method is chosen: tick one."
    store.undo_stack.undo()
    assert view.notice.isHidden()


def click_header(qtbot: QtBot, view: ComparisonView, key: str) -> None:
    header = view.table.horizontalHeader()
    x = header.sectionViewportPosition(INDEX[key]) + 12
    qtbot.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, header.height() // 2)
    )


def test_that_a_header_sorts_up_down_and_not_at_all(qtbot: QtBot, view: ComparisonView) -> None:
    methods = [row.entry.label for row in every(view)]
    click_header(qtbot, view, "absolute_error")
    assert cell(view, len(LOCAL) - 1, "method") in {"Forward difference", "Backward difference"}
    click_header(qtbot, view, "absolute_error")
    assert cell(view, 0, "method") in {"Forward difference", "Backward difference"}
    click_header(qtbot, view, "absolute_error")
    assert [cell(view, row, "method") for row in range(len(LOCAL))] == methods


def test_that_an_unavailable_row_says_why_across_the_row_wherever_it_is_sorted(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore
) -> None:
    store.edit("partials", partials="ab")
    across = len(COLUMNS) - INDEX["value"]

    def unavailable() -> list[int]:
        return [row for row in range(len(LOCAL)) if "first" in cell(view, row, "value")]

    qtbot.waitUntil(lambda: len(unavailable()) == 1, timeout=5000)
    for _ in range(3):
        reasons = unavailable()
        assert len(reasons) == 1
        assert [view.table.columnSpan(row, INDEX["value"]) for row in range(len(LOCAL))] == [
            across if row in reasons else 1 for row in range(len(LOCAL))
        ]
        click_header(qtbot, view, "value")


def test_that_selected_rows_are_copied_with_all_their_digits(
    qtbot: QtBot, view: ComparisonView
) -> None:
    view.table.setFocus()
    view.table.selectRow(0)
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    (row,) = csv.DictReader(io.StringIO(QApplication.clipboard().text()), delimiter="\t")
    assert row["Method"] == "Forward difference"
    assert row["Derivative"] == "∂f/∂a"
    assert float(row["Value"]) == 54.00090000009072
    assert row["Exact value"] == "54"
    view.table.clearSelection()
    selected, table = view.table.context_menu().actions()
    assert not selected.isEnabled()
    table.trigger()
    rows = list(csv.DictReader(io.StringIO(QApplication.clipboard().text()), delimiter="\t"))
    assert [row["Method"] for row in rows] == [row.entry.label for row in every(view)]


def test_that_the_value_column_shows_all_its_digits(view: ComparisonView) -> None:
    text = view.table.fontMetrics().horizontalAdvance("54.00090000009072")
    assert view.table.columnWidth(INDEX["value"]) > text
    assert view.table.columnViewportPosition(INDEX["value"]) + text < view.table.viewport().width()


def test_that_an_empty_column_is_hidden(view: ComparisonView, store: WorksheetStore) -> None:
    assert not view.table.isColumnHidden(INDEX["error_estimate"])
    store.edit("methods", methods=(MethodChoice("rules"),))
    assert view.table.isColumnHidden(INDEX["error_estimate"])
    assert view.table.isColumnHidden(INDEX["step"])


def test_that_both_orders_are_shown_where_there_are_two(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore
) -> None:
    assert view.table.isColumnHidden(INDEX["reversed_value"])
    store.edit("mixed", partials="ab")
    assert value(qtbot, view, "rules") == 24
    assert not view.table.isColumnHidden(INDEX["reversed_value"])
    assert not view.table.isColumnHidden(INDEX["reversal_difference"])
    row = row_of(view, "forward").row
    assert row is not None
    assert row.reversed_value == 24.000500786769408
    assert row.reversal_difference == 0


def test_that_a_long_polynomial_does_not_stop_the_window(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore
) -> None:
    store.edit("rules", methods=(MethodChoice("forward"), MethodChoice("rules")), partials="x")
    text = "+".join(f"{i + 1}x^{i}y^{j}" for i in range(30) for j in range(30))
    store.edit("paste", text=text, coordinates=(("x", "1"), ("y", "1")))
    assert "is being read…" in view.message.text()
    expected = sum((i + 1) * i for i in range(30)) * 30
    qtbot.waitUntil(lambda: view.exact.text() == str(expected), timeout=20_000)
    assert row_of(view, "rules").reason == "…"
    assert value(qtbot, view, "rules") == expected


@pytest.mark.slow
def test_that_sympy_and_pytorch_arrive_from_their_processes(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore, panel: Panel
) -> None:
    store.edit("all", methods=all_methods())
    assert row_of(view, "autograd_reverse").reason == "PyTorch is loading…"
    assert row_of(view, "sympy").reason == "SymPy is loading…"
    assert value(qtbot, view, "rules") == 54
    qtbot.waitUntil(lambda: all(row.fresh for row in every(view)), timeout=60_000)
    for key in ("sympy", "autograd_reverse", "autograd_forward"):
        assert value(qtbot, view, key) == 54
    store.edit("move", coordinates=(("a", "1"), ("b", "1")))
    assert row_of(view, "autograd_reverse").reason == ""  # the old numbers stay, dimmed
    assert not row_of(view, "autograd_reverse").fresh
    qtbot.waitUntil(lambda: all(row.fresh for row in every(view)))
    assert value(qtbot, view, "autograd_forward") == 8
    qtbot.waitUntil(lambda: not any(row.unavailable == NOT_YET for row in exported(panel)))
    assert len(exported(panel)) == 6 * len(all_methods())
    assert exported(panel)[0].method == "forward"


def exported(panel: Panel) -> tuple[ComparisonRow, ...]:
    comparison = panel.exports["csv"]()
    assert isinstance(comparison, Comparison)
    return comparison.rows


def test_that_what_a_person_cancels_says_so_and_comes_again_when_asked(
    qtbot: QtBot,
    view: ComparisonView,
    store: WorksheetStore,
    panel_context: PanelContext,
    panel: Panel,
) -> None:
    store.edit("sympy", methods=(MethodChoice("rules"), MethodChoice("sympy")), partials="a")
    assert [row.unavailable for row in exported(panel)] == [None, "Not calculated yet."]
    assert view.again.isHidden()
    panel_context.runner.cancel_all()
    qtbot.waitUntil(lambda: row_of(view, "sympy").reason.startswith("Cancelled"))
    rules, sympy = exported(panel)
    assert rules.value == 54
    assert (sympy.method, sympy.exact, sympy.value) == ("sympy", 54, None)
    assert sympy.unavailable == "Cancelled before it was calculated."
    qtbot.mouseClick(view.again, Qt.MouseButton.LeftButton)
    assert view.notice.isHidden()
    qtbot.waitUntil(lambda: row_of(view, "sympy").fresh, timeout=30_000)
    assert value(qtbot, view, "sympy") == 54


def test_that_what_was_lost_with_a_process_comes_again_when_asked(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore
) -> None:
    store.edit("sympy", methods=(MethodChoice("rules"), MethodChoice("sympy")), partials="a")

    def is_lost() -> bool:
        for process in multiprocessing.active_children():
            process.kill()
        return "ended unexpectedly" in row_of(view, "sympy").reason

    qtbot.waitUntil(is_lost, timeout=30_000)
    assert view.notice.isVisible()
    assert view.message.text() == "1 of 2 rows are missing."
    qtbot.mouseClick(view.again, Qt.MouseButton.LeftButton)
    assert view.notice.isHidden()
    qtbot.waitUntil(lambda: row_of(view, "sympy").fresh, timeout=30_000)


def test_that_a_picked_derivative_outlives_a_text_that_lacks_it(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore, panel_context: PanelContext
) -> None:
    store.edit("text", text="xy")
    view.partial_picked.emit(2)  # after f and its derivative by x
    assert panel_context.selection.partial == Partial(("y",))
    for text in ("3", "3x", "3x^2y + 4y"):  # as it is typed
        store.edit("text", text=text)
    assert panel_context.selection.partial == Partial(("y",))


def test_that_another_problem_ends_the_talk_of_what_was_cancelled(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore, panel_context: PanelContext
) -> None:
    store.edit("sympy", text="c^2 d", methods=(MethodChoice("sympy"),), partials="c, d")
    panel_context.runner.cancel_all()
    qtbot.waitUntil(view.again.isVisible)
    store.edit("edit polynomial", text="a b", methods=(MethodChoice("rules"),), partials="a")
    qtbot.waitUntil(lambda: row_of(view, "rules").fresh)
    assert view.notice.isHidden()
    assert view.again.isHidden()


def test_that_numbers_of_another_polynomial_are_never_shown_and_of_another_point_are(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore
) -> None:
    store.edit("sympy", methods=(MethodChoice("sympy"),), partials="a")
    qtbot.waitUntil(lambda: row_of(view, "sympy").fresh, timeout=30_000)
    store.edit("move point", coordinates=(("a", "1"), ("b", "3")))
    moved = row_of(view, "sympy")
    assert moved.row is not None and not moved.fresh
    store.edit("edit polynomial", text="a^3 b")
    assert row_of(view, "sympy").row is None


def test_that_tab_leaves_the_table(qtbot: QtBot, view: ComparisonView) -> None:
    view.activateWindow()
    view.table.setFocus()
    qtbot.waitUntil(view.table.hasFocus)
    qtbot.keyClick(view.table, Qt.Key.Key_Tab)
    assert not view.table.hasFocus()


def test_that_what_is_too_long_is_about_and_not_exactly(
    view: ComparisonView, store: WorksheetStore
) -> None:
    store.edit("large", coordinates=(("a", "1e200"), ("b", "1/7")), partials="a")
    assert view.heading.text() == "∂f/∂a ≈"
    assert view.exact.text().endswith("e199")
    assert view.where.text() == "at a = 1e200, b = 1/7"


def test_that_a_selected_row_keeps_its_colours(view: ComparisonView) -> None:
    table, poor = view.table, QColor(LIGHT.poor)
    place = table.visualRect(table.sorted.index(0, INDEX["relative_error"]))

    def share_of_its_colour() -> tuple[int, QColor]:
        picture = table.viewport().grab(place).toImage()
        pixels = [picture.pixelColor(x, y) for x in range(place.width()) for y in range(14)]
        return sum(pixel == poor for pixel in pixels), pixels[-1]

    written, plain = share_of_its_colour()
    assert written > 10
    table.selectRow(0)
    assert table.selectionModel().isRowSelected(0)
    selected, background = share_of_its_colour()
    assert background != plain
    assert selected == pytest.approx(written, rel=0.5)


def test_that_a_reason_may_use_all_the_room_beside_it(
    view: ComparisonView, store: WorksheetStore
) -> None:
    store.edit("partials", partials="ab")  # the complex step gives first derivatives only
    view.resize(1600, 360)
    assert view.table.horizontalHeader().length() == view.table.viewport().width()


def test_that_all_says_how_many_there_are(view: ComparisonView, store: WorksheetStore) -> None:
    view.selector.setCurrentIndex(0)
    assert view.heading.text() == "f and 5 derivatives"
    store.edit("partials", partials="a")
    assert view.heading.text() == "1 derivative"


@pytest.mark.slow
def test_that_a_row_that_came_late_is_measured_too(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore, panel: Panel
) -> None:
    text = "+".join(f"{name}^3" for name in "abcdfghjkmnpqr")
    store.edit("many", text=text, methods=store.worksheet.methods[:3])  # 120 derivatives
    qtbot.waitUntil(lambda: all(row.seconds is not None for row in exported(panel)))
    assert len(exported(panel)) == 120 * 3


def test_that_the_main_columns_and_ten_methods_fit_a_small_window(
    qtbot: QtBot, view: ComparisonView, store: WorksheetStore
) -> None:
    store.edit("all", methods=all_methods())
    view.resize(684, 282)
    table = view.table
    assert table.rowViewportPosition(9) + table.rowHeight(9) <= table.viewport().height()
    cost = INDEX["evaluations"]
    seen = table.columnViewportPosition(cost) + table.columnWidth(cost)
    assert seen <= table.viewport().width()
    assert table.rowHeight(0) >= table.fontMetrics().height() + 2
