"""The tables of an error study and of a stencil."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from engine.differentiation.gaussian import Gaussian
from engine.explanation.stencil_table import StencilRow, StencilTable
from engine.export.csv_cells import (
    Cell,
    CsvDialect,
    Table,
    coordinate_columns,
    polynomial_column,
)
from engine.export.numbers import float_or_none
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial
from engine.studies.error_samples import ErrorSample, ErrorStudy


def study_table(studies: Sequence[ErrorStudy], dialect: CsvDialect) -> Table:
    """Return a row for each study and step; all studies are of one problem."""
    columns: dict[str, Callable[[ErrorStudy, ErrorSample], Cell]] = {
        "method": lambda study, sample: study.scheme,
        "dtype": lambda study, sample: study.dtype,
        **_number("h", lambda study, sample: sample.step),
        **_number("step", lambda study, sample: sample.taken),
        "value": lambda study, sample: sample.value,
        **_number("exact", lambda study, sample: study.exact),
    }
    columns |= _number("total", lambda study, sample: sample.total)
    columns |= _number("truncation", lambda study, sample: sample.truncation)
    columns |= _number("round_off", lambda study, sample: sample.round_off)
    columns["bound"] = lambda study, sample: sample.bound
    columns |= _number("leading_term", lambda study, sample: study.leading and study.leading[0])
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
        **_number("share", lambda table, row: table.share),
    }
    for name in moved:
        columns |= _variable_columns(name, f.variables.index(name))
    columns |= {
        **_number("weight", lambda table, row: row.point.weight),
        **_number("f", lambda table, row: row.exact),
        **_number("f_stored", lambda table, row: row.stored),
        **_number("product", lambda table, row: row.product),
        **_number("sum", lambda table, row: table.total),
        **_number("divisor", lambda table, row: table.divisor),
        **_number("value", lambda table, row: table.value),
        **_number("exact", lambda table, row: table.exact),
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
        **_number(f"step {name}", lambda table, row: dict(table.steps)[name]),
        f"offset {name}": lambda table, row: row.point.offsets[index],
        **_number(f"stored {name}", lambda table, row: _real(row.point.coordinates[index])),
    }


def _number(
    name: str, get: Callable[[Any, Any], Fraction | None]
) -> dict[str, Callable[[Any, Any], Cell]]:
    """Return the column of a float and, beside it, that of the exact number."""
    return {name: lambda one, row: float_or_none(get(one, row)), f"{name} p/q": get}


def _problem_columns(f: Polynomial, point: Point, partial: Partial) -> dict[str, Cell]:
    return {
        **polynomial_column(f),
        **coordinate_columns(f.variables, point),
        "derivative": str(partial),
        "partial": "*".join(partial.names),
    }


def _real(coordinate: Any) -> Fraction:
    real = coordinate.real if isinstance(coordinate, Gaussian) else coordinate
    return real if isinstance(real, Fraction) else Fraction(float(real))


def _spelled(header: list[str], records: Iterable[list[Cell]], dialect: CsvDialect) -> Table:
    return Table(header, (map(dialect.spell, header, record) for record in records))
