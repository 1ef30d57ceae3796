"""write_csv(): the columns, every digit, and cells that a spreadsheet leaves alone."""

import csv
import math
from fractions import Fraction
from typing import get_args

import pandas as pd
import pytest

import engine.export.csv_results as csv_module
from engine import Comparison, ComparisonRow, Point, Polynomial, RegularGrid, sample, write_csv
from engine.errors import ExportError, LimitError
from engine.export.csv import Exported

F = Polynomial.from_tuples(((-1, ("a", 2)), (Fraction(1, 3), ("a", 1), ("b", 1))))
POINT = Point({"a": "0.1", "b": "1/3"})
COMPARISON = Comparison(
    F,
    POINT,
    (
        ComparisonRow(
            "forward", ("a", "b"), Fraction(1, 3), {"step": 1e-4, "scheme": "relative"},
            value=0.1 + 0.2, absolute_error=1.2345678901234566e-13, relative_error=5e-324,
            correct_digits=12.9, evaluations=4, cost="evaluations", seconds=1.5e-5, step=1e-4,
            dtype="float64", device="cpu", reversed_value=0.1, reversal_difference=0.2,
        ),
        ComparisonRow("rules", (), Fraction(-72), value=Fraction(-72), dtype="rational"),
        ComparisonRow("autograd_reverse", ("a",), Fraction(10**400), {"dtype": "float32"},
                      unavailable="=cmd|' /C calc'!A0"),
    ),
)  # fmt: skip
COLUMNS = [
    "polynomial", "at a", "at a p/q", "at b", "at b p/q", "derivative", "partial", "method",
    "parameter step", "parameter scheme", "parameter dtype", "value", "value p/q", "exact",
    "exact p/q", "absolute_error", "relative_error", "correct_digits", "error_estimate",
    "evaluations", "cost", "seconds", "step", "dtype", "device",
    "reversed_value", "reversed_value p/q", "reversal_difference", "unavailable",
]  # fmt: skip


def _read(path, dialect):
    delimiter, encoding = (",", "utf-8") if dialect == "standard" else (";", "utf-8-sig")
    with open(path, encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter, strict=True))


def _read_pandas(path, dialect):
    separators = {} if dialect == "standard" else {"sep": ";", "decimal": ","}
    return pd.read_csv(path, float_precision="round_trip", **separators)


def _float(cell, dialect):
    return float(cell if dialect == "standard" else cell.replace(",", "."))


def test_that_a_comparison_has_the_documented_columns_and_cells(tmp_path):
    write_csv(COMPARISON, tmp_path / "c.csv")
    first, second, third = _read(tmp_path / "c.csv", "standard")
    assert list(first) == COLUMNS
    assert list(first.values()) == [
        f"polynomial: {F}", "0.1", "1/10", repr(1 / 3), "1/3", "∂²f/∂a∂b", "a*b", "forward",
        "0.0001", "relative", "", "0.30000000000000004", "", repr(1 / 3), "1/3",
        "1.2345678901234566e-13", "5e-324", "12.9", "", "4", "evaluations", "1.5e-05", "0.0001",
        "float64", "cpu", "0.1", "", "0.2", "",
    ]  # fmt: skip
    assert second["value"] == second["exact"] == "-72.0"
    assert second["value p/q"] == second["exact p/q"] == "-72"
    assert second["derivative"] == "f" and second["partial"] == "value"
    assert third["exact"] == "" and third["exact p/q"] == "1" + "0" * 400
    assert third["value"] == third["evaluations"] == third["absolute_error"] == ""


def test_that_the_file_is_rfc_4180_in_utf_8(tmp_path):
    write_csv(COMPARISON, tmp_path / "c.csv")
    content = (tmp_path / "c.csv").read_bytes()
    assert content.startswith(b"polynomial,at a,")
    assert content.count(b"\r\n") == content.count(b"\n") == content.count(b"\r") == 4
    assert content.endswith(b"\r\n")


def test_that_the_semicolon_dialect_suits_a_spreadsheet_with_decimal_comma(tmp_path):
    write_csv(COMPARISON, tmp_path / "c.csv", "semicolon")
    assert (tmp_path / "c.csv").read_bytes().startswith(b"\xef\xbb\xbfpolynomial;at a;")
    first, *_ = _read(tmp_path / "c.csv", "semicolon")
    assert first["value"] == "0,30000000000000004"
    assert first["absolute_error"] == "1,2345678901234566e-13"
    assert first["at b p/q"] == "exact: 1/3"
    assert Fraction(first["at b p/q"].removeprefix("exact: ")) == POINT["b"]


@pytest.mark.filterwarnings("ignore:The 'float_precision'")
@pytest.mark.parametrize("dialect", ["standard", "semicolon"])
def test_that_a_comparison_reads_back_bit_for_bit(tmp_path, dialect):
    write_csv(COMPARISON, tmp_path / "c.csv", dialect)
    rows = _read(tmp_path / "c.csv", dialect)
    frame = _read_pandas(tmp_path / "c.csv", dialect)
    assert list(frame.columns) == COLUMNS
    for index, expected in enumerate(COMPARISON.rows):
        for column in ("absolute_error", "relative_error", "correct_digits", "seconds", "step"):
            number = getattr(expected, column)
            cell = rows[index][column]
            assert (_float(cell, dialect) if cell else None) == number
            read = frame[column][index]
            assert read == number if number is not None else math.isnan(read)


@pytest.mark.filterwarnings("ignore:The 'float_precision'")
@pytest.mark.parametrize("dialect", ["standard", "semicolon"])
def test_that_a_field_has_a_row_for_each_node_and_reads_back_bit_for_bit(tmp_path, dialect):
    f = Polynomial("abc", {(2, 1, 0): Fraction(1, 3), (0, 2, 1): -1})
    field = sample(f, RegularGrid(("a", -1, 0.7, 4), ("b", 0, 1, 3)), Point({"c": "1/7"}))
    write_csv(field, tmp_path / "f.csv", dialect)
    rows = _read(tmp_path / "f.csv", dialect)
    assert list(rows[0]) == [
        "polynomial", "at a", "at b", "value", "df/da", "df/db", "at c", "at c p/q",
    ]  # fmt: skip
    frame = _read_pandas(tmp_path / "f.csv", dialect)
    assert len(rows) == len(frame) == 12
    for index, row in enumerate(rows):
        i, j = divmod(index, 3)
        expected = {
            "at a": field.x[i], "at b": field.y[j], "value": field.values[i, j],
            "df/da": field.dx[i, j], "df/db": field.dy[i, j], "at c": 1 / 7,
        }  # fmt: skip
        for column, number in expected.items():
            assert _float(row[column], dialect) == number == frame[column][index]
        assert row["at c p/q"].removeprefix("exact: ") == "1/7"


def test_that_a_curve_has_one_axis_and_one_partial(tmp_path):
    write_csv(sample(F, RegularGrid(("b", 0, 1, 2)), Point({"a": 3})), tmp_path / "f.csv")
    first, second = _read(tmp_path / "f.csv", "standard")
    assert list(first) == ["polynomial", "at b", "value", "df/db", "at a", "at a p/q"]
    assert [first[c] for c in ("at b", "value", "df/db", "at a")] == ["0.0", "-9.0", "1.0", "3.0"]
    assert second["value"] == "-8.0"


def test_that_overflowed_samples_are_written_as_they_are(tmp_path):
    f = Polynomial("x", {(399,): 1})
    write_csv(sample(f, RegularGrid(("x", -1e10, 1e10, 3)), Point({})), tmp_path / "f.csv")
    assert [row["value"] for row in _read(tmp_path / "f.csv", "standard")] == ["-inf", "0.0", "inf"]


@pytest.mark.parametrize("dialect", ["standard", "semicolon"])
def test_that_no_cell_can_run_as_a_formula(tmp_path, dialect):
    evil = ("=1+1", "+x", "-x", "@SUM(1)", "\tx", "\rx", "\n=x", " =x", "＝x", "'=x")
    rows = tuple(
        ComparisonRow(
            text, (text,), Fraction(-1), {text: text}, value=-0.5,
            dtype=text, device=text, cost=text, unavailable=text,
        )
        for text in evil
    )  # fmt: skip
    f = Polynomial("x", {(1,): -1})  # whose names cannot be evil
    point = Point({"x": -1})
    write_csv(Comparison(f, point, rows), tmp_path / "c.csv", dialect)
    write_csv(sample(f, RegularGrid(("x", 0, 1, 2)), point), tmp_path / "f.csv", dialect)
    delimiter, encoding = (",", "utf-8") if dialect == "standard" else (";", "utf-8-sig")
    seen = 0
    for name in ("c.csv", "f.csv"):
        with open(tmp_path / name, encoding=encoding, newline="") as file:
            for row in csv.reader(file, delimiter=delimiter, strict=True):
                for cell in filter(None, row):
                    seen += 1
                    number = cell.replace(",", ".") if dialect == "semicolon" else cell
                    assert cell[0].isalnum() or cell[0] == "∂" or float(number) < 0
    assert seen > 180


def test_that_text_behind_a_label_is_all_there(tmp_path):
    write_csv(COMPARISON, tmp_path / "c.csv")
    *_, last = _read(tmp_path / "c.csv", "standard")
    assert last["unavailable"] == "unavailable: =cmd|' /C calc'!A0"


def test_that_an_unknown_dialect_is_refused_and_nothing_written(tmp_path):
    with pytest.raises(ExportError, match="no CSV dialect 'tsv'; choose standard or semicolon"):
        write_csv(COMPARISON, tmp_path / "c.csv", "tsv")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("result", [None, 3, "text", [None], F, COMPARISON.rows, [COMPARISON]])
def test_that_what_is_no_result_is_refused_with_all_that_can_be_written(tmp_path, result):
    with pytest.raises(ExportError, match="cannot be written as CSV") as refused:
        write_csv(result, tmp_path / "c.csv")
    kinds = get_args(Exported)
    alone = {kind for kind in kinds if not get_args(kind)}
    together = {one for kind in kinds for one in get_args(kind)}
    assert all(kind.__name__ in str(refused.value) for kind in alone | together)
    assert not list(tmp_path.iterdir())


def test_that_a_file_beyond_the_budget_is_refused_before_it_is_begun(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_module, "LARGEST_FILE", 1000)
    field = sample(F, RegularGrid(("b", 0, 1, 20)), Point({"a": 3}))
    with pytest.raises(LimitError, match="20 rows"):
        write_csv(field, tmp_path / "f.csv")
    assert not list(tmp_path.iterdir())


def test_that_a_failure_while_writing_keeps_the_old_file(tmp_path):
    (tmp_path / "c.csv").write_text("old")
    incomplete = Comparison(F, Point({"a": 1, "b": 1}), (*COMPARISON.rows, "no row"))
    with pytest.raises(AttributeError):
        write_csv(incomplete, tmp_path / "c.csv")
    assert (tmp_path / "c.csv").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["c.csv"]
