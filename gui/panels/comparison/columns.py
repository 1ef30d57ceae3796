"""The columns of the table: what each is called, how it is shown, sorted and copied."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from engine.comparison import ComparisonRow
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
        key: Stable name.
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
        if shown.overflowed and self.key in COLOURED | {"estimate"}:
            return DASH
        if self.key == "seconds" and shown.row.seconds is None:
            return show_seconds(shown.earlier_seconds)
        return self.show(shown.row)

    def sort_key(self, shown: ShownRow) -> SortKey:
        """Return what the column is sorted by."""
        if not self.numeric:
            return self.text(shown) or None
        if shown.row is None or shown.reason:
            return None
        key = self.get(shown.row)
        return None if isinstance(key, float) and math.isnan(key) else key

    def copied(self, shown: ShownRow) -> str:
        """Return the quantity with all its digits, in ASCII; empty where it is not defined.

        What the cell says in a word is copied as that word.
        """
        if not self.numeric or self.text(shown) == EXACT:
            return self.text(shown)
        key = self.sort_key(shown)
        return "" if key is None else repr(key) if isinstance(key, float) else str(key)


def _show_digits(row: ComparisonRow) -> str:
    if is_exact(row):
        return EXACT
    return DASH if row.correct_digits is None else f"{row.correct_digits:.1f}"


def _show_cost(row: ComparisonRow) -> str:
    if row.evaluations is None or row.cost is None:
        return DASH
    name = _SHORT_COSTS.get(row.cost, row.cost)
    return f"{row.evaluations:,} {name.removesuffix('s') if row.evaluations == 1 else name}"


COLUMNS: tuple[Column, ...] = (
    Column("method", "Method", "How it is differentiated", lambda r: r.method, lambda r: r.method,
           numeric=False),
    Column("partial", "Derivative", "What is computed", lambda r: "", lambda r: "", numeric=False),
    Column("exact", "Exact\nvalue", "The exact value that every method is measured against",
           lambda r: r.exact, lambda r: show_value(r.exact)),
    Column("value", "Value", "What the method gives, every digit of it",
           lambda r: r.value, lambda r: show_value(r.value)),
    Column("digits", "Correct\ndigits", "How many leading digits agree with the exact value; "
           "exact ones are 17, more than a float can hold, in files",
           lambda r: r.correct_digits, _show_digits),
    Column("absolute", "Absolute\nerror", "|value − exact|",
           lambda r: r.absolute_error, lambda r: show_error(absolute_error(r))),
    Column("relative", "Relative\nerror", "|value − exact| / |exact|; not defined where exact is 0",
           lambda r: r.relative_error, lambda r: show_error(r.relative_error)),
    Column("seconds", "Time", "Median time of one run, after a warm-up",
           lambda r: r.seconds, lambda r: show_seconds(r.seconds)),
    Column("cost", "Cost", "Evaluations of f, applications of rules, or nodes of the graph",
           lambda r: r.evaluations, _show_cost),
    Column("step", "Step h", "The step of a difference quotient",
           lambda r: r.step, lambda r: show_step(r.step)),
    Column("estimate", "Own\nestimate", "What the method itself thinks that its error is",
           lambda r: r.error_estimate, lambda r: show_error(r.error_estimate)),
    Column("reversed", "Reverse\norder", "What the method gives for the variables in the reverse "
           "order, ∂²f/∂b∂a for ∂²f/∂a∂b",
           lambda r: r.reversed_value, lambda r: show_value(r.reversed_value)),
    Column("asymmetry", "Order\ndifference", "|∂²f/∂a∂b − ∂²f/∂b∂a|: 0 for the derivatives "
           "themselves, by Clairaut's theorem; a method may round differently",
           lambda r: r.reversal_difference, lambda r: show_error(r.reversal_difference)),
    Column("dtype", "Type", "The type of number that was computed with",
           lambda r: r.dtype, lambda r: r.dtype or DASH, numeric=False),
    Column("device", "Device", "The device that computed it",
           lambda r: r.device, lambda r: r.device or DASH, numeric=False),
)  # fmt: skip
"""All columns, from left to right: what is needed most comes first, and fits a small window."""

INDEX = {column.key: index for index, column in enumerate(COLUMNS)}
"""Where each column stands."""

COLOURED = frozenset({"digits", "absolute", "relative"})
"""The columns whose text has the colour of the row's grade."""
