"""How numbers are spelled where programs read them: every digit, and nothing that is not there."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpz


def fraction_text(value: Fraction) -> str:
    """Return ``p/q``, or ``p`` for a whole number, whatever its length."""
    # Python refuses to write whole numbers of more than 4300 digits; FLINT has no such limit.
    numerator = str(fmpz(value.numerator))
    return numerator if value.denominator == 1 else f"{numerator}/{fmpz(value.denominator)}"


def nearest_float(value: Fraction | float) -> float | None:
    """Return ``value`` rounded once to a float; None if it lies beyond the range of floats."""
    try:
        return float(value)
    except OverflowError:
        return None
