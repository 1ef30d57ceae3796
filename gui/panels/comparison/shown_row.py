"""ShownRow: one row of the table, whether its numbers are there yet or not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from engine.comparison import ComparisonRow
from engine.differentiation.registry import MethodEntry
from engine.partial import Partial

Grade = Literal["good", "fair", "poor", "none"]
"""How good a value is; names the colour of the theme, ``none`` has no colour."""

_DIGITS_OF_FLOAT32 = 7
_DIGITS_OF_FLOAT64 = 15


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A method and a derivative, with what is known of them.

    Attributes:
        entry: The method, as registered.
        partial: The derivative.
        row: The numbers; None until there are any.
        fresh: False while the numbers belong to an earlier worksheet; they are then dimmed.
        waiting: What is waited for, or ``""``; shown where there are no numbers.
        earlier_seconds: The time measured last; shown, dimmed, until the row has its own.
    """

    entry: MethodEntry
    partial: Partial
    row: ComparisonRow | None = None
    fresh: bool = False
    waiting: str = ""
    earlier_seconds: float | None = None

    @property
    def reason(self) -> str:
        """What stands where the value would: why there is none, or what is waited for."""
        if self.row is None:
            return self.waiting
        return self.row.unavailable or ""

    @property
    def overflowed(self) -> bool:
        """Whether the calculation left the range of its floats: there is nothing to measure."""
        value = None if self.row is None else self.row.value
        return isinstance(value, float) and not math.isfinite(value)

    @property
    def grade(self) -> Grade:
        """How good the value is for the type of number that it was computed in."""
        if self.row is None or self.row.absolute_error is None or self.overflowed:
            return "none"
        if is_exact(self.row):
            return "good"
        digits = self.row.correct_digits
        if digits is None or math.isnan(digits):
            return "none"
        possible = _DIGITS_OF_FLOAT32 if self.row.dtype == "float32" else _DIGITS_OF_FLOAT64
        if digits >= possible - 1.5:
            return "good"
        return "fair" if digits >= possible / 2 else "poor"


def is_exact(row: ComparisonRow) -> bool:
    """Return whether a value has no error at all: as a float, one can be 0 and still be one."""
    return absolute_error(row) == 0


def absolute_error(row: ComparisonRow) -> Fraction | float | None:
    """Return the error of a value; exactly, where it is too small or too large for a float."""
    error, value = row.absolute_error, row.value
    if error not in {0.0, math.inf} or value is None:
        return error
    overflowed = isinstance(value, float) and not math.isfinite(value)
    return error if overflowed else abs(Fraction(value) - row.exact)
