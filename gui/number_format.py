"""How numbers are shown; the only place where a number is rounded, and never in data."""

from __future__ import annotations

import math
import re
import sys
from fractions import Fraction

from engine.limits import LIMITS
from engine.point import rounded_text, write_number

DASH = "–"
"""What is shown where a quantity is not defined."""

_MINUS = "\N{MINUS SIGN}"
_LONGEST_EXACT = 24
_MOST_DIGITS = 17
_BITS_OF_SHORT = 150
"""More than the numerator and the denominator of anything short can have together."""
_TEN_DIGITS = re.compile(r"(\d{10})")
_WITH_BREAK = "\\1\N{ZERO WIDTH SPACE}"


def show_value(value: Fraction | float | None) -> str:
    """Return every digit of a float (as ``repr``); an exact value as :func:`show_equal`, with ≈.

    Floats that left their range are called ``overflow``.
    """
    if value is None:
        return DASH
    if isinstance(value, Fraction):
        sign, text = show_equal(value)
        return text if sign == "=" else f"{sign} {text}"
    if math.isnan(value):
        return "overflow"
    if math.isinf(value):
        return f"{_MINUS if value < 0 else ''}∞ (overflow)"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value)).replace("-", _MINUS)
    return _short_exponent(repr(float(value)))


def show_equal(value: Fraction) -> tuple[str, str]:
    """Return ``=`` and the exact value, or ``≈`` and 17 digits where it is too long.

    Exact is a decimal of up to 17 digits; else ``p/q`` of up to 24 characters.
    """
    # Sized by bits first: Python refuses to write whole numbers above 4,300 digits.
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    text = _written_out(value) if bits <= _BITS_OF_SHORT else ""
    if text and len(text) <= _LONGEST_EXACT:
        return "=", text.replace("-", _MINUS)
    text = _rounded(value)
    exact = bits <= LIMITS.coefficient_bits and Fraction(text) == value
    return "=" if exact else "≈", _short_exponent(text)


def _written_out(value: Fraction) -> str:
    text = write_number(value)
    if "." in text and sum(map(str.isdigit, text)) > _MOST_DIGITS:
        return f"{value.numerator}/{value.denominator}"
    return text


def _rounded(value: Fraction) -> str:
    text = rounded_text(value, _MOST_DIGITS)
    # As short as the float that it stands for allows: 0.1, not 0.10000000000000001.
    nearest = float(text)
    return repr(nearest) if sys.float_info.min <= abs(nearest) < math.inf else text


def wrapped_tip(rich_text: str) -> str:
    """Return a tool tip that is wrapped also inside of long numbers, which have no spaces."""
    return f"<qt>{_TEN_DIGITS.sub(_WITH_BREAK, rich_text)}</qt>"


def show_error(value: float | None) -> str:
    """Return an error with three digits, ``0`` for none at all, a dash for an undefined one."""
    if value is None:
        return DASH
    if value == 0:
        return "0"
    if math.isnan(value):
        return DASH
    if math.isinf(value):
        return "∞"
    if 0.01 <= value < 999.5:
        return f"{value:#.3g}".rstrip(".")
    return _short_exponent(f"{value:.2e}")


def show_tick(value: float, digits: int = 4) -> str:
    """Return a number short enough for an axis, a contour or a box: at most that many digits."""
    return _short_exponent(f"{value:.{digits}g}")


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
