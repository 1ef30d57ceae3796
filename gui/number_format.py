"""How numbers are shown; the only place where a number is rounded, and never in data."""

from __future__ import annotations

import math
from fractions import Fraction

DASH = "–"
"""What is shown where a quantity is not defined."""

_MINUS = "\N{MINUS SIGN}"
_LONGEST_FRACTION = 24
_BITS_A_DIGIT = math.log2(10)


def show_value(value: Fraction | float | None) -> str:
    """Return every digit of a float (as ``repr``); a fraction as an integer or ``p/q``.

    A fraction with more than 24 characters is shown as ``≈`` and 17 digits.
    """
    if value is None:
        return DASH
    if isinstance(value, Fraction):
        return _show_fraction(value).replace("-", _MINUS)
    if math.isfinite(value) and value == int(value) and abs(value) < 1e15:
        return str(int(value)).replace("-", _MINUS)
    return repr(float(value)).replace("-", _MINUS)


def _show_fraction(value: Fraction) -> str:
    # Sized by bits first: Python refuses to write whole numbers above 4,300 digits.
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    if bits <= (_LONGEST_FRACTION + 2) * _BITS_A_DIGIT:
        text = str(value)
        if len(text) <= _LONGEST_FRACTION:
            return text
    return "≈ " + _float_text(value)


def _float_text(value: Fraction) -> str:
    try:
        text = repr(float(value))
    except OverflowError:
        text = ""
    if text and (float(text) != 0 or value == 0):
        return text
    magnitude = value.numerator.bit_length() - value.denominator.bit_length()
    sign = "-" if value < 0 else ""
    return f"{sign}10^{round(magnitude / _BITS_A_DIGIT)}"


def show_error(value: float | None) -> str:
    """Return an error with three digits, ``0`` for none at all."""
    if value is None:
        return DASH
    if value == 0:
        return "0"
    if not math.isfinite(value):
        return "∞" if value > 0 else str(value)
    if 0.01 <= value < 999.5:
        return f"{value:#.3g}".rstrip(".")
    return _short_exponent(f"{value:.2e}")


def show_tick(value: float) -> str:
    """Return a number short enough for an axis or a contour: at most 4 digits."""
    return _short_exponent(f"{value:.4g}")


def show_step(value: float | None) -> str:
    """Return a step as it would be typed, with up to four digits: ``1e-4``, ``0.25``."""
    if value is None:
        return DASH
    return _short_exponent(f"{value:.4g}") if value >= 0.001 else _short_power(value)


def _short_power(value: float) -> str:
    mantissa, exponent = f"{value:.3e}".split("e")
    return f"{mantissa.rstrip('0').rstrip('.')}e{_MINUS}{abs(int(exponent))}"


def _short_exponent(text: str) -> str:
    mantissa, mark, exponent = text.partition("e")
    return (mantissa + mark + (str(int(exponent)) if mark else "")).replace("-", _MINUS)


def show_seconds(value: float | None) -> str:
    """Return a duration with two or three digits and its unit."""
    if value is None:
        return DASH
    # Each limit is where three digits would round up to 1000.
    for limit, factor, unit in ((999.5e-9, 1e9, "ns"), (999.5e-6, 1e6, "µs"), (0.9995, 1e3, "ms")):
        if value < limit:
            return f"{value * factor:.3g} {unit}"
    return f"{value:.3g} s"
