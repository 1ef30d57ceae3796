"""A new column is one entry in the list of quantities: files, table and copies then have it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

PROGRAM = """
import json, sys
import engine.quantities
from engine.quantities import Quantity

engine.quantities.QUANTITIES += (
    Quantity("twice", "value", lambda row: 2 * row.exact, "Twice the\\nvalue", "Two of them"),
    Quantity("excess", "error", lambda row: 3 * (row.absolute_error or 0), "Excess"),
    Quantity("letters", "count", lambda row: 1000 * len(row.method), "Letters"),
    Quantity("initial", "word", lambda row: row.method[0], "Initial"),
    Quantity("undefined", "word", lambda row: None, "Undefined"),
    Quantity("remark", "sentence", lambda row: f"={row.method}"),
)

from PySide6.QtWidgets import QApplication
from engine import Point, compare, read, write_csv
from engine.differentiation.registry import find
from engine.export.json import comparison_json
from engine.export.text import comparison_text
from engine.partial import Partial
from gui.look.theme import LIGHT
from gui.panels.comparison.clipboard import as_text
from gui.panels.comparison.columns import COLUMNS
from gui.panels.comparison.shown_row import ShownRow
from gui.panels.comparison.table import ComparisonTable

reading = read("x^3")
comparison = compare(reading, Point({"x": "1/3"}), [("x",)], ["forward", "rules"])
write_csv(comparison, sys.argv[1])
comparison_text(reading, comparison)
app = QApplication([])
table = ComparisonTable(LIGHT)
rows = [ShownRow(find(row.method), Partial(row.partial), row, True) for row in comparison.rows]
table.show_rows(rows, several=False)
shown = {
    column.title: [table.comparison.cell(row, place)[0] for row in range(len(rows))]
    for place, column in enumerate(COLUMNS)
    if not table.isColumnHidden(place)
}
hints = {column.key: column.hint for column in COLUMNS}
print(json.dumps({"shown": shown, "hints": hints, "copied": as_text(rows),
                  "json": json.loads(comparison_json(reading, comparison))["rows"]}))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    path = tmp_path_factory.mktemp("columns") / "c.csv"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path)],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with path.open(encoding="utf-8", newline="") as file:
        return {**json.loads(done.stdout), "csv": list(csv.DictReader(file, strict=True))}


def test_that_a_new_quantity_is_in_the_files(found: dict[str, Any]) -> None:
    csv_row, json_row = found["csv"][0], found["json"][0]
    assert (csv_row["twice"], csv_row["twice p/q"]) == (repr(2 / 3), "2/3")
    assert (json_row["twice"], json_row["twice_exact"]) == (2 / 3, "2/3")
    assert float(csv_row["excess"]) == json_row["excess"] == 3 * json_row["absolute_error"]
    assert (csv_row["letters"], json_row["letters"]) == ("7000", 7000)
    assert (csv_row["initial"], json_row["initial"]) == ("f", "f")
    assert (csv_row["undefined"], json_row["undefined"]) == ("", None)
    assert (csv_row["remark"], json_row["remark"]) == ("remark: =forward", "=forward")


def test_that_a_new_quantity_with_a_title_is_in_the_table(found: dict[str, Any]) -> None:
    shown = found["shown"]
    assert shown["Twice the\nvalue"] == ["2/3", "2/3"]
    assert shown["Excess"][0].endswith("e−4") and shown["Excess"][1] == "0"
    assert shown["Letters"] == ["7,000", "5,000"]
    assert shown["Initial"] == ["f", "r"]
    assert "Undefined" not in shown  # for no row has anything to say there
    assert found["hints"]["twice"] == "Two of them"
    assert "remark" not in found["hints"]


def test_that_a_new_quantity_with_a_title_is_copied_with_all_its_digits(
    found: dict[str, Any],
) -> None:
    header, forward, _ = (line.split("\t") for line in found["copied"].splitlines())
    row = dict(zip(header, forward, strict=True))
    assert Fraction(row["Twice the value"]) == Fraction(2, 3)
    assert float(row["Excess"]) == found["json"][0]["excess"]
    assert (row["Letters"], row["Initial"], row["Undefined"]) == ("7000", "f", "")
    assert "remark" not in " ".join(header).lower()
