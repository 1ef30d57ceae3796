"""How numbers are shown; the only place where a number is rounded, and never in data."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from engine.exact import fraction_text, nearest_float
from engine.limits import LIMITS
from engine.point import rounded_text, write_number

DASH = "–"
"""What is shown where a quantity is not defined."""

LONGEST_SHORT = 13
"""Characters of an exact number in a caption."""

_MINUS = "\N{MINUS SIGN}"
_LONGEST_EXACT = 24
_SHORT_DIGITS = 4
_ERROR_DIGITS = 3
_MOST_DIGITS = 17
_BITS_OF_SHORT = 150
"""More than the numerator and the denominator of anything short can have together."""
_TEN_DIGITS = re.compile(r"(\d{10})")
_WITH_BREAK = "\\1\N{ZERO WIDTH SPACE}"


class Shown(NamedTuple):
    """How a number is written: ``=`` and all of it, or ``≈`` and its first digits.

    Attributes:
        sign: What stands between the quantity and its number.
        text: The number.
    """

    sign: str
    text: str

    def __str__(self) -> str:
        return f"{self.sign} {self.text}"

    @property
    def alone(self) -> str:
        """The number where it is not the right side of an equation; ``≈`` where it is rounded."""
        return self.text if self.sign == "=" else str(self)


def show_value(value: Fraction | float | None) -> str:
    """Return every digit of a float (as ``repr``); an exact value as :func:`show_equal`, with ≈.

    Floats that left their range are called ``overflow``.
    """
    if value is None:
        return DASH
    if isinstance(value, Fraction):
        return show_equal(value).alone
    if math.isnan(value):
        return "overflow"
    if math.isinf(value):
        return f"{_MINUS if value < 0 else ''}∞ (overflow)"
    if value == int(value) and abs(value) < 1e15:
        return str(int(value)).replace("-", _MINUS)
    return _short_exponent(repr(float(value)))


def show_equal(value: Fraction) -> Shown:
    """Return ``=`` and the exact value, or ``≈`` and 17 digits where it is too long.

    Exact is a decimal of up to 17 digits; else ``p/q`` of up to 24 characters.
    """
    return _exact(value, _LONGEST_EXACT) or _with_sign(value, _rounded(value))


def show_stored(value: Fraction) -> Shown:
    """Return a number as its float is written where one may hold it, else :func:`show_equal`."""
    nearest = nearest_float(value)
    if math.isfinite(nearest) and Fraction(nearest) == value:
        return Shown("=", show_value(nearest))
    return show_equal(value)


def show_short(value: Fraction, room: int = LONGEST_SHORT) -> Shown:
    """Return as :func:`show_equal` what fits into a caption or a label: ``= 1/3``, ``≈ 0.04167``.

    Exact is what has up to ``room`` characters; what is rounded has four digits.
    """
    return _exact(value, room) or show_rounded(value, _SHORT_DIGITS)


def show_rounded(value: Fraction | float, digits: int = _MOST_DIGITS) -> Shown:
    """Return a decimal of up to that many digits, and whether that is the value.

    The shortest decimal of a float is its value.
    """
    if isinstance(value, Fraction):
        return _with_sign(value, rounded_text(value, digits))
    text = f"{value:.{digits}g}"
    return Shown("=" if float(text) == value else "≈", _short_exponent(text))


def show_tuple(values: Iterable[Shown]) -> Shown:
    """Return ``(54, 36)`` with ``≈`` where one of them is rounded."""
    shown = tuple(values)
    sign = "=" if all(one.sign == "=" for one in shown) else "≈"
    return Shown(sign, f"({', '.join(one.text for one in shown)})")


def _exact(value: Fraction, room: int) -> Shown | None:
    # Sized by bits first: writing a number of millions of digits takes minutes.
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    text = _written_out(value, room) if bits <= _BITS_OF_SHORT else ""
    return Shown("=", text.replace("-", _MINUS)) if 0 < len(text) <= room else None


def _with_sign(value: Fraction, text: str) -> Shown:
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    exact = bits <= LIMITS.coefficient_bits and Fraction(text) == value
    return Shown("=" if exact else "≈", _short_exponent(text))


def _written_out(value: Fraction, room: int) -> str:
    text = write_number(value)
    too_long = len(text) > room or sum(map(str.isdigit, text)) > _MOST_DIGITS
    return fraction_text(value) if "." in text and too_long else text


def _rounded(value: Fraction) -> str:
    text = rounded_text(value, _MOST_DIGITS)
    # As short as the float that it stands for allows: 0.1, not 0.10000000000000001.
    nearest = float(text)
    return repr(nearest) if sys.float_info.min <= abs(nearest) < math.inf else text


def wrapped_tip(rich_text: str) -> str:
    """Return a tool tip that is wrapped even inside long numbers, which have no spaces."""
    return f"<qt>{_TEN_DIGITS.sub(_WITH_BREAK, rich_text)}</qt>"


def show_error(value: Fraction | float | None) -> str:
    """Return an error with three digits, ``0`` for none at all, a dash for an undefined one.

    An exact error has its size shown even where no float can hold it: ``1.00e−400``.
    """
    if value is None:
        return DASH
    if isinstance(value, Fraction):
        return _exact_error(value)
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else DASH if math.isnan(value) else "∞"
    if 0.01 <= value < 999.5:
        return f"{value:#.3g}".rstrip(".")
    return _short_exponent(f"{value:.{_ERROR_DIGITS - 1}e}")


def _exact_error(value: Fraction) -> str:
    nearest = nearest_float(value)
    if not value or sys.float_info.min <= nearest < math.inf:
        return show_error(nearest)
    mantissa, _, exponent = rounded_text(value, _ERROR_DIGITS).partition("e")
    return _short_exponent(f"{float(mantissa):.{_ERROR_DIGITS - 1}f}e{exponent}")


def show_tick(value: float, digits: int = 4) -> str:
    """Return a number short enough for an axis, a contour or a box: at most that many digits."""
    return show_rounded(value, digits).text


def show_step(value: Fraction | float | None) -> str:
    """Return a step as it would be typed, with up to four digits: ``1e-4``, ``0.25``."""
    return DASH if value is None else show_set(value).text


def show_set(value: Fraction | float | str) -> Shown:
    """Return what a parameter is set to: a text as it is, a number as a step, ``≈`` if rounded.

    The step that a float stands for is the decimal that was typed.
    """
    if isinstance(value, str):
        return Shown("=", value)
    if isinstance(value, float) and not math.isfinite(value):
        return Shown("≈", show_error(value))
    nearest, text = nearest_float(value), rounded_text(Fraction(value), _SHORT_DIGITS)
    as_float = nearest and math.isfinite(nearest)
    exact = float(text) == nearest if as_float else Fraction(text) == value
    sign = "=" if exact else "≈"
    if value < 0.001 and "e" not in text:
        mantissa, exponent = f"{float(text):.{_SHORT_DIGITS - 1}e}".split("e")
        text = f"{mantissa.rstrip('0').rstrip('.')}e{exponent}"
    return Shown(sign, _short_exponent(text))


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
