"""Point: exact named coordinates, from whole numbers, fractions, decimals, floats or text."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Iterator, Mapping
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, localcontext
from fractions import Fraction
from numbers import Rational
from typing import Any

import numpy as np

from engine.errors import PointError, shorten
from engine.exact import fraction_text, nearest_float, whole_text
from engine.limits import LIMITS
from engine.writing.names import by_canonical_name, canonical_name
from engine.writing.styles import VULGAR_FRACTIONS

Coordinate = int | float | Fraction | Decimal | str | np.integer[Any] | np.floating[Any]

_LEADING_BITS = 200
_LONGEST_ADVICE = 40
_TOO_LONG = "A number of so many digits is not calculated with."

_VULGAR = "".join(VULGAR_FRACTIONS)
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)\s*(?:"
    rf"(?P<vulgar>[{_VULGAR}])"
    r"|(?P<whole>[0-9]*)(?:[.,](?P<decimals>[0-9]+))?(?:[eE](?P<exponent>[+-]?[0-9]+))?)"
)
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[,\s])[0-9]{3}(?:(?P=mark)[0-9]{3})*")
_SIDE_BY_SIDE = re.compile(rf"[0-9]\s+[.,]?[0-9]|[0-9]\s*[{_VULGAR}]|[{_VULGAR}]\s*[0-9{_VULGAR}]")


def read_number(text: str) -> Fraction:
    """Return the exact value of ``3``, ``-2``, ``0.1``, ``0,1``, ``1/3``, ``½``, ``-1.5e-3``.

    White space may stand around the number, its sign and ``/``, but not inside.

    Raises:
        PointError: The text is no such number, could be another one too (``1,000``), or has too
            many digits.
    """
    if len(text) > LIMITS.number:
        raise _too_long(len(text), LIMITS.number)
    plain = text.strip().replace("\N{MINUS SIGN}", "-").replace("\N{FRACTION SLASH}", "/")
    sides = plain.split("/", 2)
    if len(sides) > 2:
        raise _no_number(text)
    numerator, *rest = (_read_decimal(side.strip(), text) for side in sides)
    if rest and rest[0] == 0:
        raise PointError(f"{_quoted(text)} divides by zero; type a number such as 1/3.")
    value = numerator / rest[0] if rest else numerator
    _check_size(value)
    return value


def _read_decimal(part: str, text: str) -> Fraction:
    """Return the value of one side of ``/``; ``text`` is all that was typed."""
    if len(part) > LIMITS.digits:
        raise _too_long(len(part), LIMITS.digits)
    thousands = _THOUSANDS.fullmatch(part.lstrip("+- "))
    if thousands:
        raise _thousands(part, thousands["mark"], text)
    match = _NUMBER.fullmatch(part)
    if match is None or not (match["whole"] or match["decimals"] or match["vulgar"]):
        raise _no_number(text)
    if match["vulgar"]:
        value = VULGAR_FRACTIONS[match["vulgar"]]
    else:
        decimals = match["decimals"] or ""
        exponent = _read_exponent(match["exponent"] or "0", text) - len(decimals)
        value = int((match["whole"] or "") + decimals) * Fraction(10) ** exponent
    return -value if match["sign"] == "-" else value


def _read_exponent(digits: str, text: str) -> int:
    if len(digits.lstrip("+-0")) > 3:
        size = "close to zero" if digits.startswith("-") else "large"
        raise PointError(f"{_quoted(text)} is too {size}; the exponent may have up to 3 digits.")
    return int(digits)


def _quoted(text: str) -> str:
    return repr(shorten(text))


def _too_long(length: int, longest: int) -> PointError:
    return PointError(f"A number of {length} characters is too long; {longest} are read.")


def _thousands(part: str, mark: str, text: str) -> PointError:
    plain = shorten(re.sub(r"[,\s]", "", part), _LONGEST_ADVICE)
    if mark == "," and part.count(",") == 1:
        decimal = part.replace(",", ".")  # of seven digits at most
        return PointError(
            f"{_quoted(text)} can be meant as {plain} or {decimal}; type one of these."
        )
    return PointError(f"{_quoted(text)} has separators of thousands; type {plain}.")


def _no_number(text: str) -> PointError:
    if _SIDE_BY_SIDE.search(text):
        return PointError(
            f"{_quoted(text)} is two numbers side by side; type one, such as 3/2 or 1.5."
        )
    return PointError(f"{_quoted(text)} is no number; type one such as 2, -0.5 or 1/3.")


def rounded_text(value: Fraction, digits: int) -> str:
    """Return about ``value``; beyond the range of floats, still its size: ``1e-400``."""
    nearest = nearest_float(value)
    if not value or sys.float_info.min <= abs(nearest) < math.inf:
        return f"{nearest:.{digits}g}"
    # Numbers of millions of digits are possible; their first bits are enough.
    size = abs(value)
    up = max(0, size.numerator.bit_length() - _LEADING_BITS)
    down = max(0, size.denominator.bit_length() - _LEADING_BITS)
    with localcontext(Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN)) as context:
        leading = Decimal(size.numerator >> up) / Decimal(size.denominator >> down)
        about = leading * Decimal(2) ** (up - down)
        context.prec = digits
        return f"{'-' if value < 0 else ''}{about.normalize():e}"


def write_number(value: Fraction) -> str:
    """Return the shortest exact text: a decimal where it ends within 17 places, else ``p/q``."""
    if value.denominator == 1:
        return whole_text(value.numerator)
    for places in range(1, 18):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = whole_text(abs(scaled.numerator)).rjust(places + 1, "0")
            sign = "-" if value < 0 else ""
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return fraction_text(value)


def _exact(name: str, value: Coordinate) -> Fraction:
    try:
        exact = read_number(value) if isinstance(value, str) else _exact_number(value)
        _check_size(exact)
    except PointError as error:
        raise PointError(f"{name}: {error}") from None
    return exact


def _check_size(value: Fraction) -> None:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > LIMITS.coefficient_bits:
        raise PointError(_TOO_LONG)


def _exact_number(value: object) -> Fraction:
    if isinstance(value, Rational):  # int, Fraction and the whole numbers of NumPy
        return Fraction(int(value.numerator), int(value.denominator))
    if not isinstance(value, float | np.floating | Decimal):
        raise PointError(f"{value!r} is no real number.")
    if not (value.is_finite() if isinstance(value, Decimal) else math.isfinite(value)):
        raise PointError(f"{value!r} is no finite number.")
    if isinstance(value, Decimal) and abs(value.adjusted()) > LIMITS.coefficient_bits:
        raise PointError(_TOO_LONG)  # before it is written out as a fraction
    return Fraction(*value.as_integer_ratio())


class Point(Mapping[str, Fraction]):
    """Exact coordinates by the name of their variable.

    Args:
        coordinates: Name to value. A name is taken in every spelling that is read as one
            variable: ``"x1"`` is ``"x_1"``. Text is read as a number, a decimal is exact
            (``"0.1"`` is 1/10), a float is taken as the rational that it stores. NumPy's
            whole numbers and floats are taken like Python's.

    Raises:
        PointError: A value is no finite real number, or has too many digits; or a variable has
            two values.
    """

    __slots__ = ("_coordinates",)

    def __init__(self, coordinates: Mapping[str, Coordinate]) -> None:
        self._coordinates = {
            name: _exact(name, value) for name, value in by_canonical_name(coordinates).items()
        }

    def __getitem__(self, name: str) -> Fraction:
        return self._coordinates[canonical_name(name)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._coordinates)

    def __len__(self) -> int:
        return len(self._coordinates)

    def __hash__(self) -> int:
        return hash(frozenset(self._coordinates.items()))

    def __repr__(self) -> str:
        return f"Point({self})"

    def __str__(self) -> str:
        return ", ".join(f"{name}={write_number(value)}" for name, value in self.items())

    def in_order(self, variables: tuple[str, ...]) -> tuple[Fraction, ...]:
        """Return the coordinates of ``variables``, in their order.

        Raises:
            PointError: A coordinate is missing.
        """
        missing = [name for name in variables if name not in self._coordinates]
        if missing:
            example = ", ".join(f"{name}=1" for name in missing)
            raise PointError(f"The point has no value for {', '.join(missing)}; add {example}.")
        return tuple(self._coordinates[name] for name in variables)

    def moved(self, **changes: Coordinate) -> Point:
        """Return this point with some coordinates replaced."""
        return Point({**self._coordinates, **by_canonical_name(changes)})
