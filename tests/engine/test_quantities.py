"""The list of a row's quantities: files hold every field of a row, and every entry of the list."""

import csv
import json
from dataclasses import fields, replace
from fractions import Fraction

import pytest

from engine import Comparison, ComparisonRow, Point, read, write_csv
from engine.export.json import comparison_json
from engine.quantities import QUANTITIES

READING = read("x^2")
ROW = ComparisonRow(
    "forward", ("x",), Fraction(1, 3), {"step": 1e-4},
    value=0.25, absolute_error=0.5, relative_error=0.125, correct_digits=2.5, error_estimate=1e-3,
    evaluations=4, cost="evaluations", seconds=1.5e-5, step=1e-4, dtype="float64", device="cpu",
    reversed_value=0.75, reversal_difference=0.5, unavailable="A reason.",
)  # fmt: skip
OTHERS = {str: "other", float: 0.375, int: 7, Fraction: Fraction(5, 7), tuple: ("x", "x"),
          dict: {"step": 1e-5}}  # fmt: skip


def in_csv(row, folder):
    write_csv(Comparison(READING.polynomial, Point({"x": 1}), (row,)), folder / "row.csv")
    with (folder / "row.csv").open(encoding="utf-8", newline="") as file:
        (cells,) = csv.DictReader(file, strict=True)
    return cells


def in_json(row):
    comparison = Comparison(READING.polynomial, Point({"x": 1}), (row,))
    return json.loads(comparison_json(READING, comparison))["rows"][0]


@pytest.mark.parametrize("field", [field.name for field in fields(ComparisonRow)])
def test_that_every_field_of_a_row_is_in_both_files(tmp_path, field):
    value = getattr(ROW, field)
    assert value, f"give {field} a value in ROW"
    changed = replace(ROW, **{field: OTHERS[type(value)]})
    assert in_csv(changed, tmp_path) != in_csv(ROW, tmp_path)
    assert in_json(changed) != in_json(ROW)


def test_that_every_quantity_is_in_both_files_by_its_name_and_says_what_it_is(tmp_path):
    assert len({quantity.name for quantity in QUANTITIES}) == len(QUANTITIES)
    for quantity in QUANTITIES:
        assert quantity.name in in_csv(ROW, tmp_path)
        assert quantity.name in in_json(ROW)
        assert quantity.hint


@pytest.mark.parametrize("name", [one.name for one in QUANTITIES if one.kind == "value"])
def test_that_an_exact_number_stands_beside_its_float(tmp_path, name):
    row = replace(ROW, **{name: Fraction(10**400 + 1, 3)})
    cells = in_csv(row, tmp_path)
    assert (cells[name], cells[f"{name} p/q"]) == ("", f"{10**400 + 1}/3")
    row = replace(ROW, **{name: Fraction(1, 3)})
    cells = in_csv(row, tmp_path)
    assert (cells[name], cells[f"{name} p/q"]) == (repr(1 / 3), "1/3")
