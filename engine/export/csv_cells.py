"""How one cell of a CSV file is spelled, and what every table begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import ParamSpec

from engine.exact import fraction_text
from engine.export.numbers import float_or_none
from engine.point import Point
from engine.polynomial import Polynomial

Cell = str | int | float | Fraction | None

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class CsvDialect:
    """How cells are separated and numbers are spelled."""

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
                return self.spell_float(float(cell))  # NumPy's own repr differs
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
class Table:
    """Header and rows, every cell spelled."""

    columns: list[str]
    rows: Iterable[Iterable[str]]


def _is_harmless(text: str) -> bool:
    # Spreadsheets calculate what starts with = + - @, also after a tab or a line break, and
    # some with their full-width forms: so only what is known to be safe goes without a label.
    return not text or text[0].isalnum() or text[0] == "∂"


def polynomial_column(f: Polynomial) -> dict[str, Cell]:
    """Return the column that says which f it is."""
    return {"polynomial": f"polynomial: {f}"}


def coordinate_columns(variables: Iterable[str], point: Point) -> dict[str, Cell]:
    """Return two columns for each of ``variables``: its coordinate as a float, and exact."""
    columns: dict[str, Cell] = {}
    for name in variables:
        columns[f"at {name}"] = float_or_none(point[name])
        columns[f"at {name} p/q"] = point[name]
    return columns


def number_columns(name: str, get: Callable[P, Cell]) -> dict[str, Callable[P, Cell]]:
    """Return the column of the nearest float and, beside it, that of the exact number.

    The first is empty for an exact number beyond the floats, the second for a float.
    """

    def nearest(*args: P.args, **kwargs: P.kwargs) -> Cell:
        number = get(*args, **kwargs)
        return number if number is None or isinstance(number, str) else float_or_none(number)

    def exact(*args: P.args, **kwargs: P.kwargs) -> Cell:
        number = get(*args, **kwargs)
        return number if isinstance(number, Fraction) else None

    return {name: nearest, f"{name} p/q": exact}
