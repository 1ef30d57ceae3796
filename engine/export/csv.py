"""Which rows and columns a result has as CSV, and how each cell is spelled.

One observation a row, RFC 4180 (a header, CRLF, quotes where needed), UTF-8. Columns of a
comparison, where a row is one method's answer for one derivative:

    polynomial       f after the label "polynomial: "
    at a             coordinate of the point, one column for each variable
    at a p/q         the same, exact
    derivative       f, ∂f/∂a, ∂²f/∂a∂b
    partial          the same for programs: value, a, a*b
    method           key of the method
    parameter step   one column for each parameter that any of the methods has
    value            what the method gave
    value p/q        the same, exact; only from methods that calculate in rationals
    exact            the exact value, rounded once
    exact p/q        the exact value
    absolute_error, relative_error, correct_digits, error_estimate
    evaluations      what was counted, and in the next column what that is
    cost             "evaluations", "rule applications", "graph nodes"
    seconds          median time of one run
    step, dtype, device
    unavailable      why there is no value, after the label "unavailable: "

Columns of a field, where a row is one node (the second axis changes fastest):

    polynomial       as above
    at a, at b       the node, one column for each axis
    value            f
    df/da, df/db     its gradient, one column for each axis
    at c, at c p/q   the variables that were held, two columns for each

Floats are written with as many digits as they need to be read back bit for bit (``repr``). What
is not defined is an empty cell, and so is the float of an exact number beyond the floats. A
sample that overflowed is inf, -inf or nan. No cell starts with a character that makes a
spreadsheet calculate, negative numbers apart: text that could does so behind a label.

The dialect "standard" is for programs: comma, decimal point. "semicolon" is for spreadsheets
where the decimal sign is a comma: semicolon, decimal comma, a byte order mark (without it Excel
takes the file for another encoding) and the label "exact: " in the p/q columns (without it 1/3
becomes the 1st of March).
"""

from __future__ import annotations

import codecs
import csv
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from engine.comparison import Comparison, ComparisonRow
from engine.errors import ExportError, LimitError
from engine.export.files import replaced_file
from engine.export.numbers import fraction_text, nearest_float
from engine.field import GradientField
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial

LARGEST_FILE = 2**29
"""Bytes of one file, estimated; every row of a field repeats the polynomial."""

_BYTES_A_CELL = 20

Cell = str | int | float | Fraction | None


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How cells are told apart and numbers are spelled."""

    delimiter: str
    decimal: str
    encoding: str
    fraction_label: str

    def spell(self, column: str, cell: Cell) -> str:
        """Return the text of one cell."""
        match cell:
            case None:
                return ""
            case float():
                return self.spell_float(float(cell))  # NumPy's own repr is another
            case Fraction():
                return self.fraction_label + fraction_text(cell)
            case int():
                return str(cell)
            case _:
                return cell if _is_harmless(cell) else f"{column}: {cell}"

    def spell_float(self, value: float) -> str:
        """Return the shortest text that reads back as the same float."""
        return repr(value).replace(".", self.decimal)


DIALECTS = {
    "standard": CsvDialect(",", ".", "utf-8", ""),
    "semicolon": CsvDialect(";", ",", "utf-8-sig", "exact: "),
}
"""The dialects by name."""


@dataclass(frozen=True, slots=True)
class _Table:
    columns: list[str]
    rows: Iterable[Iterable[str]]


def write_csv(
    result: Comparison | GradientField, path: str | os.PathLike[str], dialect: str = "standard"
) -> None:
    """Write ``result`` as a CSV file, whole or not at all.

    Args:
        result: What to write; the text at the top of this module names the columns.
        path: The file; an existing one is replaced once the new one is complete.
        dialect: ``"standard"`` or ``"semicolon"``.

    Raises:
        ExportError: The file cannot be written, or there is no such dialect.
        LimitError: The file would be larger than :data:`LARGEST_FILE`.
    """
    if dialect not in DIALECTS:
        raise ExportError(f"There is no CSV dialect {dialect!r}; choose {' or '.join(DIALECTS)}.")
    chosen = DIALECTS[dialect]
    if isinstance(result, Comparison):
        table = _comparison_table(result, chosen)
    else:
        table = _field_table(result, chosen)
    with replaced_file(path) as file:
        # No buffer of text: one that cannot be flushed would complain once more when it goes.
        writer = csv.writer(
            codecs.getwriter(chosen.encoding)(file),
            delimiter=chosen.delimiter,
            lineterminator="\r\n",
        )
        writer.writerow(table.columns)
        writer.writerows(table.rows)


def _is_harmless(text: str) -> bool:
    # Spreadsheets calculate what starts with = + - @, also after a tab or a line break, and
    # some with their full-width forms: so only what is known to be safe goes without a label.
    return not text or text[0].isalnum() or text[0] == "∂"


def _comparison_table(comparison: Comparison, dialect: CsvDialect) -> _Table:
    f, point = comparison.polynomial, comparison.point
    names = list(dict.fromkeys(name for row in comparison.rows for name in row.parameters))
    shared = {**_polynomial_column(f), **_coordinate_columns(f.variables, point)}
    columns: dict[str, Callable[[ComparisonRow], Cell]] = {
        "derivative": lambda row: str(Partial(row.partial)),
        "partial": lambda row: "*".join(row.partial) or "value",
        "method": lambda row: row.method,
        **{f"parameter {name}": _parameter(name) for name in names},
        "value": lambda row: _float_or_none(row.value),
        "value p/q": lambda row: _fraction_or_none(row.value),
        "exact": lambda row: nearest_float(row.exact),
        "exact p/q": lambda row: row.exact,
        "absolute_error": lambda row: row.absolute_error,
        "relative_error": lambda row: row.relative_error,
        "correct_digits": lambda row: row.correct_digits,
        "error_estimate": lambda row: row.error_estimate,
        "evaluations": lambda row: row.evaluations,
        "cost": lambda row: row.cost,
        "seconds": lambda row: row.seconds,
        "step": lambda row: row.step,
        "dtype": lambda row: row.dtype,
        "device": lambda row: row.device,
        "reversed_value": lambda row: _float_or_none(row.reversed_value),
        "reversed_value p/q": lambda row: _fraction_or_none(row.reversed_value),
        "reversal_difference": lambda row: row.reversal_difference,
        "unavailable": lambda row: row.unavailable and f"unavailable: {row.unavailable}",
    }
    header = [*shared, *columns]
    records = (
        [*shared.values(), *(cell(row) for cell in columns.values())] for row in comparison.rows
    )
    return _Table(header, (map(dialect.spell, header, record) for record in records))


def _float_or_none(value: Fraction | float | None) -> float | None:
    return None if value is None else nearest_float(value)


def _fraction_or_none(value: Fraction | float | None) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def _parameter(name: str) -> Callable[[ComparisonRow], Cell]:
    return lambda row: row.parameters.get(name)


def _field_table(field: GradientField, dialect: CsvDialect) -> _Table:
    f, axes = field.polynomial, field.grid.variables
    first = _polynomial_column(f)
    last = _coordinate_columns([name for name in f.variables if name not in axes], field.point)
    before, after = ([dialect.spell(*item) for item in part.items()] for part in (first, last))
    columns = [
        *first,
        *(f"at {name}" for name in axes),
        "value",
        *(f"df/d{name}" for name in axes),
        *last,
    ]
    bytes_a_row = sum(map(len, before + after)) + _BYTES_A_CELL * len(columns)
    if field.values.size * bytes_a_row > LARGEST_FILE:
        raise LimitError(
            f"The file would have {field.values.size} rows of about {bytes_a_row} bytes, more than "
            f"{LARGEST_FILE} bytes in all: every row holds the polynomial. Take fewer nodes or a "
            "polynomial of fewer terms."
        )
    return _Table(columns, _field_rows(field, dialect, before, after))


def _field_rows(
    field: GradientField, dialect: CsvDialect, before: list[str], after: list[str]
) -> Iterator[list[str]]:
    # A million rows: what every row repeats is spelled once, and a node once for its axis.
    spell = dialect.spell_float
    x_axis, *y_axis = ([spell(node) for node in nodes.tolist()] for nodes in field.grid.nodes)
    parts = [part for part in (field.values, field.dx, field.dy) if part is not None]
    samples = [part.reshape(len(x_axis), -1) for part in parts]
    for index, x in enumerate(x_axis):
        columns = (map(spell, part[index].tolist()) for part in samples)
        for node, *sample in zip(product([x], *y_axis), *columns, strict=True):
            yield [*before, *node, *sample, *after]


def _polynomial_column(f: Polynomial) -> dict[str, Cell]:
    return {"polynomial": f"polynomial: {f}"}


def _coordinate_columns(variables: Iterable[str], point: Point) -> dict[str, Cell]:
    columns: dict[str, Cell] = {}
    for name in variables:
        columns[f"at {name}"] = nearest_float(point[name])
        columns[f"at {name} p/q"] = point[name]
    return columns
