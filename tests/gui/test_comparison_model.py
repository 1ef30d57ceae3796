"""The table's model, its order, its colours and what it says of a row, without a window."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from engine.comparison import ComparisonRow, measure
from engine.differentiation.registry import find
from engine.partial import Partial
from gui.look.theme import DARK, LIGHT
from gui.panels.comparison.clipboard import as_text
from gui.panels.comparison.columns import COLUMNS, INDEX
from gui.panels.comparison.shown_row import ShownRow
from gui.panels.comparison.table_model import ComparisonModel, SortedComparison

A = Partial(("a",))
FORWARD = ComparisonRow(
    method="forward",
    partial=("a",),
    exact=Fraction(54),
    parameters={"step": 1e-4},
    value=54.00090000009072,
    absolute_error=0.00090000009072,
    relative_error=1.66666683466667e-05,
    correct_digits=4.778151,
    evaluations=2,
    cost="evaluations",
    seconds=5.25e-6,
    step=1e-4,
    dtype="float64",
    device="cpu",
)
RULES = ComparisonRow(
    method="rules",
    partial=("a",),
    exact=Fraction(54),
    value=Fraction(54),
    absolute_error=0.0,
    relative_error=0.0,
    correct_digits=17.0,
    evaluations=5,
    cost="rule applications",
    seconds=1e-4,
    dtype="rational",
    device="cpu",
)
NO_TORCH = ComparisonRow(
    method="autograd_reverse", partial=("a",), exact=Fraction(54), unavailable="PyTorch is missing."
)


def shown(row: ComparisonRow, *, fresh: bool = True) -> ShownRow:
    return ShownRow(find(row.method), Partial(row.partial), row, fresh)


ROWS = (
    shown(FORWARD),
    ShownRow(find("central"), A, waiting="…"),
    shown(RULES),
    shown(NO_TORCH),
)


@pytest.fixture
def model(qtbot: QtBot) -> ComparisonModel:
    model = ComparisonModel(LIGHT)
    model.show_rows(ROWS)
    return model


@pytest.fixture
def proxy(model: ComparisonModel) -> SortedComparison:
    proxy = SortedComparison()
    proxy.setSourceModel(model)
    return proxy


def cell(model: ComparisonModel | SortedComparison, row: int, key: str) -> str:
    return str(model.data(model.index(row, INDEX[key])))


def order(proxy: SortedComparison, key: str, how: Qt.SortOrder) -> list[str]:
    proxy.sort(INDEX[key], how)
    return [cell(proxy, row, "method") for row in range(proxy.rowCount())]


@pytest.mark.parametrize("sorted_", [False, True])
def test_that_qt_finds_no_fault_with_the_model(
    model: ComparisonModel, proxy: SortedComparison, qtmodeltester: ModelTester, sorted_: bool
) -> None:
    qtmodeltester.check(proxy if sorted_ else model, force_py=True)
    model.show_rows(ROWS[:2])
    model.show_rows(())
    model.show_rows(ROWS)


def test_that_a_row_shows_its_numbers(model: ComparisonModel) -> None:
    assert {column.key: cell(model, 0, column.key) for column in COLUMNS} == {
        "method": "Forward difference",
        "partial": "∂f/∂a",
        "exact": "54",
        "value": "54.00090000009072",
        "correct_digits": "4.8",
        "absolute_error": "9.00e−4",
        "relative_error": "1.67e−5",
        "error_estimate": "–",
        "evaluations": "2 evals",
        "seconds": "5.25 µs",
        "step": "1e−4",
        "reversed_value": "–",
        "reversal_difference": "–",
        "dtype": "float64",
        "device": "cpu",
    }
    assert cell(model, 2, "correct_digits") == "exact"


def test_that_a_mixed_derivative_shows_both_orders(model: ComparisonModel) -> None:
    row = replace(
        FORWARD, partial=("a", "b"), reversed_value=54.0009, reversal_difference=9.072e-11
    )
    model.show_rows([shown(row)])
    assert cell(model, 0, "reversed_value") == "54.0009"
    assert cell(model, 0, "reversal_difference") == "9.07e−11"
    tip = str(model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole))
    assert "reverse order of the variables: 54.0009, a difference of 9.07e−11" in tip


def test_that_a_row_without_a_value_says_why_and_shows_no_number(model: ComparisonModel) -> None:
    assert cell(model, 1, "value") == "…"
    assert cell(model, 3, "value") == "PyTorch is missing."
    for key in ("absolute_error", "relative_error", "correct_digits", "seconds", "evaluations"):
        assert cell(model, 3, key) == ""


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (
            Qt.SortOrder.AscendingOrder,
            [
                "Symbolic rules",
                "Forward difference",
                "Central difference",
                "Autograd, reverse mode",
            ],
        ),
        (
            Qt.SortOrder.DescendingOrder,
            [
                "Forward difference",
                "Symbolic rules",
                "Central difference",
                "Autograd, reverse mode",
            ],
        ),
    ],
)
def test_that_numbers_sort_as_numbers_and_what_is_not_defined_is_last(
    proxy: SortedComparison, how: Qt.SortOrder, expected: list[str]
) -> None:
    assert order(proxy, "absolute_error", how) == expected
    assert order(proxy, "value", how) == expected  # 54 < 54.0009, a fraction beside a float


def test_that_equals_keep_the_order_of_the_methods(
    model: ComparisonModel, proxy: SortedComparison
) -> None:
    keys = ("forward", "backward", "central", "five_point")
    rows = [ShownRow(find(key), A, FORWARD, fresh=True) for key in keys]
    model.show_rows(rows)
    labels = [row.entry.label for row in rows]
    for how in Qt.SortOrder:
        assert order(proxy, "relative_error", how) == labels
        model.show_rows(list(rows))  # the numbers come again, as they do under a drag
        assert [cell(proxy, row, "method") for row in range(4)] == labels


def test_that_no_sort_column_means_the_order_of_the_methods(proxy: SortedComparison) -> None:
    order(proxy, "absolute_error", Qt.SortOrder.AscendingOrder)
    proxy.sort(-1)
    assert cell(proxy, 0, "method") == "Forward difference"


def colour(model: ComparisonModel, row: int, key: str) -> str:
    return str(model.data(model.index(row, INDEX[key]), Qt.ItemDataRole.ForegroundRole).name())


def test_that_errors_are_coloured_by_their_size(model: ComparisonModel) -> None:
    assert colour(model, 0, "relative_error") == LIGHT.poor
    assert colour(model, 2, "relative_error") == LIGHT.good
    assert colour(model, 0, "value") == LIGHT.text
    assert colour(model, 3, "value") == LIGHT.muted
    model.show_theme(DARK)
    assert colour(model, 2, "correct_digits") == DARK.good


@pytest.mark.parametrize(
    ("digits", "dtype", "grade"),
    [
        (15.9, "float64", "good"),
        (13.4, "float64", "fair"),
        (7.4, "float64", "poor"),
        (6.0, "float32", "good"),
        (4.0, "float32", "fair"),
        (1.0, "float32", "poor"),
        (None, "float64", "none"),
    ],
)
def test_that_a_grade_knows_what_the_type_can_do(
    digits: float | None, dtype: str, grade: str
) -> None:
    row = ComparisonRow(
        "forward", ("a",), Fraction(1), absolute_error=1e-3, correct_digits=digits, dtype=dtype
    )
    assert shown(row).grade == grade


@pytest.mark.parametrize(
    ("value", "dtype", "said", "range_"),
    [
        (float("nan"), "float64", "overflow", "float64 (1.8e308)"),
        (float("inf"), "float32", "∞ (overflow)", "float32 (3.4e38)"),
        (float("-inf"), "complex128", "−∞ (overflow)", "float64 (1.8e308)"),
    ],
)
def test_that_an_overflow_says_what_it_is_and_measures_nothing(
    model: ComparisonModel, value: float, dtype: str, said: str, range_: str
) -> None:
    row = ComparisonRow(
        "central", ("a",), Fraction(10) ** 600, value=value, dtype=dtype, device="cpu",
        error_estimate=value, **measure(value, Fraction(10) ** 600),
    )  # fmt: skip
    model.show_rows((shown(row),))
    assert cell(model, 0, "value") == said
    for key in ("correct_digits", "absolute_error", "relative_error", "error_estimate"):
        assert cell(model, 0, key) == "–"
        assert colour(model, 0, key) == LIGHT.muted
    assert colour(model, 0, "value") == LIGHT.muted
    tip = model.data(model.index(0, INDEX["value"]), Qt.ItemDataRole.ToolTipRole)
    assert f"The calculation left the range of {range_}" in tip


def test_that_a_row_says_why_it_has_no_digits_where_the_exact_value_is_0(
    model: ComparisonModel,
) -> None:
    row = ComparisonRow("central", ("a",), Fraction(0), value=1e-17, **measure(1e-17, Fraction(0)))
    model.show_rows((shown(row),))
    assert cell(model, 0, "correct_digits") == cell(model, 0, "relative_error") == "–"
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "with an exact value of 0 there are no relative one, digits or colour" in tip


def test_that_the_header_points_the_way_it_sorts(proxy: SortedComparison) -> None:
    proxy.sort(INDEX["absolute_error"], Qt.SortOrder.AscendingOrder)
    assert header(proxy, "absolute_error") == "Absolute\nerror ▲"
    proxy.sort(INDEX["absolute_error"], Qt.SortOrder.DescendingOrder)
    assert header(proxy, "absolute_error") == "Absolute\nerror ▼"
    assert header(proxy, "relative_error") == "Relative\nerror"
    proxy.sort(-1)
    assert header(proxy, "absolute_error") == "Absolute\nerror"


def header(proxy: SortedComparison, key: str) -> str:
    return str(proxy.headerData(INDEX[key], Qt.Orientation.Horizontal))


def test_that_numbers_of_an_earlier_worksheet_are_dimmed(model: ComparisonModel) -> None:
    model.show_rows((shown(FORWARD, fresh=False),))
    assert colour(model, 0, "value") == colour(model, 0, "relative_error") == LIGHT.muted
    tip = model.data(model.index(0, 0), Qt.ItemDataRole.ToolTipRole)
    assert "earlier polynomial or point" in tip


def test_that_a_row_says_what_it_is_on_hover(model: ComparisonModel) -> None:
    tip = model.data(model.index(0, INDEX["value"]), Qt.ItemDataRole.ToolTipRole)
    for part in ("Forward difference", "∂f/∂a", "limit definition", "step = 1e−4",
                 "2 evaluations", "float64", "54.00090000009072", "Exact: 54",
                 "5.25 µs a run"):  # fmt: skip
        assert part in tip
    tip = model.data(model.index(3, INDEX["value"]), Qt.ItemDataRole.ToolTipRole)
    assert "No value: PyTorch is missing." in tip


def test_that_a_copy_has_all_digits_and_leaves_out_what_is_not_of_now() -> None:
    lines = as_text([shown(FORWARD), shown(NO_TORCH), shown(RULES, fresh=False)]).splitlines()
    header, forward, missing, old = (line.split("\t") for line in lines)
    row = dict(zip(header, forward, strict=True))
    assert row["Value"] == "54.00090000009072"
    assert row["Relative error"] == "1.66666683466667e-05"
    assert row["Own estimate"] == ""
    assert row["Note"] == ""
    assert missing[-1] == "PyTorch is missing."
    assert dict(zip(header, old, strict=True))["Value"] == ""
    assert old[-1] == "being computed"


def test_that_a_copy_says_of_an_exact_value_what_the_cell_says() -> None:
    header, exact = (line.split("\t") for line in as_text([shown(RULES)]).splitlines())
    assert dict(zip(header, exact, strict=True))["Correct digits"] == "exact"


def test_that_a_value_is_not_called_exact_because_its_error_is_too_small_for_a_float(
    model: ComparisonModel,
) -> None:
    row = replace(FORWARD, exact=Fraction(1, 10**400), value=0.0, absolute_error=0.0,
                  relative_error=1.0, correct_digits=0.0)  # fmt: skip
    model.show_rows([shown(row)])
    assert cell(model, 0, "correct_digits") == "0.0"
    assert cell(model, 0, "absolute_error") == "1.00e−400"
    assert shown(row).grade == "poor"
    tip = model.data(model.index(0, INDEX["value"]), Qt.ItemDataRole.ToolTipRole)
    assert "Absolute error 1.00e−400" in tip


def test_that_an_exact_number_of_any_length_can_be_copied() -> None:
    row = replace(RULES, value=Fraction(10**5000, 3))
    header, line = as_text([shown(row)]).splitlines()
    copied = dict(zip(header.split("\t"), line.split("\t"), strict=True))
    assert copied["Value"] == f"1{'0' * 5000}/3"


def test_that_a_cell_that_was_seen_is_reported_however_late_it_changes(
    model: ComparisonModel,
) -> None:
    looked_at = [model.cell(1, column) for column in range(model.columnCount())]
    assert looked_at[INDEX["value"]][0] == "…"
    changes: list[tuple[int, int, int]] = []
    model.dataChanged.connect(
        lambda first, last, _: changes.append((first.row(), first.column(), last.column()))
    )
    others = (replace(ROWS[0], fresh=False), *ROWS[1:])
    model.show_rows(others)
    assert all(row == 0 for row, *_ in changes)  # nobody looks at the cells anew
    arrived = ShownRow(find("central"), A, replace(FORWARD, method="central"), fresh=True)
    model.show_rows((others[0], arrived, *others[2:]))
    assert (1, INDEX["value"], INDEX["value"]) in changes
    assert (1, INDEX["method"], INDEX["method"]) not in changes  # says what it said


def test_that_all_of_a_row_is_reported_where_it_is_sorted_by_what_is_not_shown(
    model: ComparisonModel,
) -> None:
    changes: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, _: changes.append((first.row(), last.column())))
    nearly = shown(replace(FORWARD, absolute_error=0.00090000009073))
    model.show_rows((nearly, *ROWS[1:]), sorting=True)
    assert changes == [(0, model.columnCount() - 1)]
