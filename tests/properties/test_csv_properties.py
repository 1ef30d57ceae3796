"""Laws of CSV: every float and every fraction reads back as the same bits."""

import csv
import struct
import tempfile
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Comparison, ComparisonRow, Point, Polynomial, write_csv

floats = st.floats(allow_nan=False)
F = Polynomial("x", {(1,): 1})


@pytest.mark.parametrize("dialect", ["standard", "semicolon"])
@given(value=floats, error=floats, exact=st.fractions(), x=st.fractions(), reason=st.text())
def test_that_numbers_and_texts_read_back_unchanged(dialect, value, error, exact, x, reason):
    row = ComparisonRow("central", ("x",), exact, value=value, absolute_error=error,
                        unavailable=reason.encode("utf-8", "ignore").decode() or None)  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.csv"
        write_csv(Comparison(F, Point({"x": x}), (row,)), path, dialect)
        with path.open(encoding="utf-8-sig", newline="") as file:
            (read,) = csv.DictReader(file, delimiter=",;"[dialect == "semicolon"], strict=True)
    for column, number in (("value", value), ("absolute_error", error)):
        assert struct.pack("d", float(read[column].replace(",", "."))) == struct.pack("d", number)
    assert Fraction(read["exact p/q"].removeprefix("exact: ")) == exact
    assert Fraction(read["at x p/q"].removeprefix("exact: ")) == x
    assert read["unavailable"].removeprefix("unavailable: ") == (row.unavailable or "")
