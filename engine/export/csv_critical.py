"""The table of critical points: a row for each point and for each curve of them."""

from __future__ import annotations

import math

from engine.critical.algebraic_number import RealNumber
from engine.critical.critical_points import CriticalPoint, CriticalPoints
from engine.export.csv_cells import Cell, CsvDialect, Table, polynomial_column


def critical_table(found: CriticalPoints, dialect: CsvDialect) -> Table:
    """Return a row for each critical point, then one for each curve."""
    f = found.polynomial
    shared = polynomial_column(f)
    header = [*shared, "kind"]
    numbers = [*(f"at {name}" for name in f.variables), "f", "minor 1", "minor 2"]
    for name in numbers:
        header += [name, f"{name} p/q", f"{name} root of", f"{name} low p/q", f"{name} high p/q"]
    header += ["curve", "reason"]
    records: list[list[Cell]] = []
    for point in found.points:
        cells = [cell for number in _numbers(point) for cell in _spelled(number)]
        records.append([*shared.values(), point.verdict, *cells, None, point.reason])
    for curve in found.curves:
        empty: list[Cell] = [None] * (5 * len(numbers))
        records.append([*shared.values(), "curve", *empty, f"{curve.equation} = 0", curve.reason])
    return Table(header, (map(dialect.spell, header, record) for record in records))


def _numbers(point: CriticalPoint) -> tuple[RealNumber, ...]:
    return (*point.coordinates, point.value, *point.minors)


def _spelled(number: RealNumber) -> list[Cell]:
    known: Cell = number.exact
    interval: list[Cell] = [None, None] if number.exact is not None else [number.low, number.high]
    approximate = number.approximate if math.isfinite(number.approximate) else None
    return [approximate, known, number.root_of or None, *interval]
