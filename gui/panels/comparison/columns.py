"""The columns of the table: what each is called, how it is shown, sorted and copied."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from engine.comparison import ComparisonRow
from engine.exact import fraction_text
from engine.quantities import QUANTITIES, Kind, Quantity
from gui.look.number_format import DASH, show_error, show_seconds, show_step, show_value
from gui.panels.comparison.shown_row import ShownRow, absolute_error, is_exact

SortKey = str | float | int | Fraction | None
"""None sorts last, whichever way the column is sorted."""

EXACT = "exact"
"""What stands for the digits of a value without an error."""

_SHORT_COSTS = {"evaluations": "evals", "rule applications": "rules", "graph nodes": "nodes"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: The name of the quantity.
        title: Header, with a line break where it may be broken.
        hint: Tool tip of the header.
        get: The quantity; None where it is not defined.
        show: The quantity as it is shown.
        numeric: Right-aligned, and sorted as a number.
    """

    key: str
    title: str
    hint: str
    get: Callable[[ComparisonRow], SortKey]
    show: Callable[[ComparisonRow], str]
    numeric: bool = True

    def text(self, shown: ShownRow) -> str:
        """Return what the cell says."""
        if self.key == "method":
            return shown.entry.label
        if self.key == "partial":
            return str(shown.partial)
        if shown.row is None or shown.reason:
            return ""
        if shown.overflowed and self.key in MEASURED:
            return DASH
        if self.key == "seconds" and shown.row.seconds is None:
            return show_seconds(shown.earlier_seconds)
        return self.show(shown.row)

    def sort_key(self, shown: ShownRow) -> SortKey:
        """Return what the column is sorted by."""
        if not self.numeric:
            text = self.text(shown)
            return None if text in {"", DASH} else text
        if shown.row is None or shown.reason:
            return None
        key = self.get(shown.row)
        return None if isinstance(key, float) and math.isnan(key) else key

    def copied(self, shown: ShownRow) -> str:
        """Return the quantity with all its digits, in ASCII; empty where it is not defined.

        What the cell says in a word is copied as that word.
        """
        if self.text(shown) == EXACT:
            return EXACT
        match self.sort_key(shown):
            case None:
                return ""
            case float(number):
                return repr(number)
            case Fraction() as number:
                return fraction_text(number)  # of any length, which str() is not
            case other:
                return str(other)


def _show_digits(row: ComparisonRow) -> str:
    if is_exact(row):
        return EXACT
    return DASH if row.correct_digits is None else f"{row.correct_digits:.1f}"


def _show_cost(row: ComparisonRow) -> str:
    if row.evaluations is None or row.cost is None:
        return DASH
    name = _SHORT_COSTS.get(row.cost, row.cost)
    return f"{row.evaluations:,} {name.removesuffix('s') if row.evaluations == 1 else name}"


_FORMS: dict[Kind, Callable[[Any], str]] = {
    "value": show_value,
    "error": show_error,
    "digits": "{:.1f}".format,
    "seconds": show_seconds,
    "step": show_step,
    "count": "{:,}".format,
    "word": str,
    "sentence": str,
}

_OF_THE_ROW: dict[str, Callable[[ComparisonRow], str]] = {
    "absolute_error": lambda row: show_error(absolute_error(row)),
    "correct_digits": _show_digits,
    "evaluations": _show_cost,
}
"""What is shown of more than the quantity itself."""

_ORDER = (
    "exact", "value", "correct_digits", "absolute_error", "relative_error", "seconds",
    "evaluations", "step", "error_estimate", "reversed_value", "reversal_difference", "dtype",
    "device",
)  # fmt: skip
"""From left to right: what is needed most comes first, and fits a small window; others follow."""


def _column(quantity: Quantity) -> Column:
    def show(row: ComparisonRow) -> str:
        what = quantity.get(row)
        return DASH if what is None else _FORMS[quantity.kind](what)

    return Column(
        quantity.name,
        quantity.title,
        quantity.hint,
        quantity.get,
        _OF_THE_ROW.get(quantity.name, show),
        numeric=quantity.kind not in {"word", "sentence"},
    )


def _place(quantity: Quantity) -> int:
    return _ORDER.index(quantity.name) if quantity.name in _ORDER else len(_ORDER)


COLUMNS: tuple[Column, ...] = (
    Column("method", "Method", "How it is differentiated", lambda r: r.method, lambda r: r.method,
           numeric=False),
    Column("partial", "Derivative", "What is computed", lambda r: "", lambda r: "", numeric=False),
    *map(_column, sorted((one for one in QUANTITIES if one.title), key=_place)),
)  # fmt: skip
"""All columns, from left to right."""

INDEX = {column.key: index for index, column in enumerate(COLUMNS)}
"""Where each column stands."""

COLOURED = frozenset({"correct_digits", "absolute_error", "relative_error"})
"""The columns whose text has the colour of the row's grade."""

MEASURED = COLOURED | {"error_estimate"}
"""The columns that have nothing to say where the calculation overflowed."""
