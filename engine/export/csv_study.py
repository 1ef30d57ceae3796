"""The tables of an error study and of a stencil."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from engine.differentiation.rational_complex import RationalComplex
from engine.explanation.stencil_table import StencilRow, StencilTable
from engine.export.csv_cells import (
    Cell,
    CsvDialect,
    Table,
    coordinate_columns,
    number_columns,
    polynomial_column,
)
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial
from engine.studies.error_samples import ErrorSample, ErrorStudy


def study_table(studies: Sequence[ErrorStudy], dialect: CsvDialect) -> Table:
    """Return a row for each study and step; all studies are of one problem."""
    columns: dict[str, Callable[[ErrorStudy, ErrorSample], Cell]] = {
        "method": lambda study, sample: study.scheme,
        "dtype": lambda study, sample: study.dtype,
        **number_columns("h", lambda study, sample: sample.step),
        **number_columns("step", lambda study, sample: sample.taken),
        "value": lambda study, sample: sample.value,
        **number_columns("exact", lambda study, sample: study.exact),
    }
    columns |= number_columns("total", lambda study, sample: sample.total)
    columns |= number_columns("truncation", lambda study, sample: sample.truncation)
    columns |= number_columns("round_off", lambda study, sample: sample.round_off)
    columns["bound"] = lambda study, sample: sample.bound
    columns |= number_columns(
        "leading_term", lambda study, sample: study.leading and study.leading[0]
    )
    columns["leading_power"] = lambda study, sample: study.leading and study.leading[1]
    shared = _problem_columns(studies[0].polynomial, studies[0].point, studies[0].partial)
    records = (
        [*shared.values(), *(cell(study, sample) for cell in columns.values())]
        for study in studies
        for sample in study.samples
    )
    return _spelled([*shared, *columns], records, dialect)


def stencil_rows_table(tables: Sequence[StencilTable], dialect: CsvDialect) -> Table:
    """Return a row for each point at which f is evaluated; all tables are of one method."""
    problem = tables[0].problem
    f = problem.polynomial
    moved = [name for name, _ in tables[0].steps]
    columns: dict[str, Callable[[StencilTable, StencilRow], Cell]] = {
        "method": lambda table, row: table.scheme,
        "dtype": lambda table, row: table.dtype,
        **number_columns("share", lambda table, row: table.share),
    }
    for name in moved:
        columns |= _variable_columns(name, f.variables.index(name))
    columns |= {
        **number_columns("weight", lambda table, row: row.point.weight),
        **number_columns("f", lambda table, row: row.exact),
        **number_columns("f_stored", lambda table, row: row.stored),
        **number_columns("product", lambda table, row: row.product),
        **number_columns("sum", lambda table, row: table.total),
        **number_columns("divisor", lambda table, row: table.divisor),
        **number_columns("value", lambda table, row: table.value),
        **number_columns("exact", lambda table, row: table.exact),
    }
    shared = _problem_columns(f, problem.point, problem.partial)
    records = (
        [*shared.values(), *(cell(table, row) for cell in columns.values())]
        for table in tables
        for row in table.rows
    )
    return _spelled([*shared, *columns], records, dialect)


def _variable_columns(
    name: str, index: int
) -> dict[str, Callable[[StencilTable, StencilRow], Cell]]:
    return {
        **number_columns(f"step {name}", lambda table, row: dict(table.steps)[name]),
        f"offset {name}": lambda table, row: row.point.offsets[index],
        **number_columns(f"stored {name}", lambda table, row: _real(row.point.coordinates[index])),
    }


def _problem_columns(f: Polynomial, point: Point, partial: Partial) -> dict[str, Cell]:
    return {
        **polynomial_column(f),
        **coordinate_columns(f.variables, point),
        "derivative": str(partial),
        "partial": "*".join(partial.names),
    }


def _real(coordinate: Any) -> Fraction:
    real = coordinate.real if isinstance(coordinate, RationalComplex) else coordinate
    return real if isinstance(real, Fraction) else Fraction(float(real))


def _spelled(header: list[str], records: Iterable[list[Cell]], dialect: CsvDialect) -> Table:
    return Table(header, (map(dialect.spell, header, record) for record in records))
