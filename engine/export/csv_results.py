"""The tables of a comparison, of a field and of a cost study."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from engine.comparison import Comparison, ComparisonRow
from engine.errors import LimitError
from engine.evaluation.field import GradientField
from engine.export.csv_cells import (
    Cell,
    CsvDialect,
    Table,
    coordinate_columns,
    number_columns,
    polynomial_column,
)
from engine.partial import Partial
from engine.quantities import QUANTITIES, Quantity
from engine.studies.cost_study import CostSample, CostStudy

LARGEST_FILE = 2**29
"""Bytes of one file, estimated; every row of a field repeats the polynomial."""

_BYTES_A_CELL = 20


def comparison_table(comparison: Comparison, dialect: CsvDialect) -> Table:
    """Return a row for each method and derivative."""
    f, point = comparison.polynomial, comparison.point
    names = list(dict.fromkeys(name for row in comparison.rows for name in row.parameters))
    shared = {**polynomial_column(f), **coordinate_columns(f.variables, point)}
    columns: dict[str, Callable[[ComparisonRow], Cell]] = {
        "derivative": lambda row: str(Partial(row.partial)),
        "partial": lambda row: "*".join(row.partial) or "value",
        "method": lambda row: row.method,
        **{f"parameter {name}": _parameter(name) for name in names},
    }
    for quantity in QUANTITIES:
        columns |= _columns_of(quantity)
    header = [*shared, *columns]
    records = (
        [*shared.values(), *(cell(row) for cell in columns.values())] for row in comparison.rows
    )
    return Table(header, (map(dialect.spell, header, record) for record in records))


def _parameter(name: str) -> Callable[[ComparisonRow], Cell]:
    return lambda row: row.parameters.get(name)


def _columns_of(quantity: Quantity) -> dict[str, Callable[[ComparisonRow], Cell]]:
    name, get = quantity.name, quantity.get
    match quantity.kind:
        case "value":
            return number_columns(name, get)
        case "sentence":
            return {name: lambda row: (said := get(row)) and f"{name}: {said}"}
    return {name: get}


def field_table(field: GradientField, dialect: CsvDialect) -> Table:
    """Return a row for each node.

    Raises:
        LimitError: The file would be larger than :data:`LARGEST_FILE`.
    """
    f, axes = field.polynomial, field.grid.variables
    first = polynomial_column(f)
    last = coordinate_columns([name for name in f.variables if name not in axes], field.point)
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
    return Table(columns, _field_rows(field, dialect, before, after))


def cost_table(study: CostStudy, dialect: CsvDialect) -> Table:
    """Return a row for each method and size."""
    shared = {**polynomial_column(study.polynomial),
              **coordinate_columns(study.polynomial.variables, study.point)}  # fmt: skip
    columns: dict[str, Callable[[CostSample], Cell]] = {
        "kind": lambda sample: sample.kind,
        "size": lambda sample: sample.size,
        "partials": lambda sample: " ".join("*".join(names) for names in sample.partials),
        "method": lambda sample: sample.method,
        "count": lambda sample: sample.count,
        "cost": lambda sample: sample.unit,
        "seconds": lambda sample: sample.seconds,
        "unavailable": lambda sample: sample.unavailable and f"unavailable: {sample.unavailable}",
    }
    header = [*shared, *columns]
    records = (
        [*shared.values(), *(cell(sample) for cell in columns.values())] for sample in study.samples
    )
    return Table(header, (map(dialect.spell, header, record) for record in records))


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
