"""Exact numbers of any size: their digits as text, the float next to them, and FLINT's own kind."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpz


def to_flint(value: Fraction | float) -> fmpq:
    """Return a number for FLINT, which is several times as fast with them; a float exactly."""
    return fmpq(*value.as_integer_ratio())


def to_fraction(value: fmpq) -> Fraction:
    """Return a number of FLINT's as a fraction."""
    return Fraction(int(value.p), int(value.q))


def whole_text(value: int) -> str:
    """Return the digits of a whole number, however many they are."""
    # Python refuses to write whole numbers of more than 4300 digits; FLINT has no such limit.
    return str(fmpz(value))


def fraction_text(value: Fraction) -> str:
    """Return ``p/q``, or ``p`` for a whole number, whatever its length."""
    numerator = whole_text(value.numerator)
    return numerator if value.denominator == 1 else f"{numerator}/{whole_text(value.denominator)}"


def nearest_float(value: Any) -> float:
    """Return the nearest float; ``inf`` beyond the largest, as IEEE 754 rounds."""
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
