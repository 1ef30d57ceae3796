"""Point: exact named coordinates, from whole numbers, fractions, decimals, floats or text."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from engine.errors import PointError
from engine.limits import LIMITS

Coordinate = int | float | Fraction | Decimal | str

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]*)(?:[.,](?P<decimals>[0-9]+))?(?:[eE](?P<exponent>[+-]?[0-9]{1,3}))?",
    re.ASCII,
)


def read_number(text: str) -> Fraction:
    """Return the exact value of ``3``, ``-2``, ``0.1``, ``0,1``, ``1/3``, ``-1.5e-3``, ``−2``.

    Raises:
        PointError: The text is no such number, or it has too many digits.
    """
    plain = "".join(text.split()).replace("\N{MINUS SIGN}", "-").replace("\N{FRACTION SLASH}", "/")
    if len(plain) > LIMITS.digits:
        raise PointError(
            f"A number of {len(plain)} characters is too long; {LIMITS.digits} are read."
        )
    parts = [_read_decimal(part) for part in plain.split("/")]
    if not plain or len(parts) > 2 or None in parts:
        raise PointError(f"{text!r} is no number; type one such as 2, -0.5 or 1/3.")
    numerator, *rest = (part for part in parts if part is not None)
    if rest and rest[0] == 0:
        raise PointError(f"{text!r} divides by zero; type a number such as 1/3.")
    return numerator / rest[0] if rest else numerator


def _read_decimal(text: str) -> Fraction | None:
    match = _NUMBER.fullmatch(text)
    if match is None or not (match["whole"] or match["decimals"]):
        return None
    decimals = match["decimals"] or ""
    exponent = int(match["exponent"] or 0) - len(decimals)
    value = int((match["whole"] or "") + decimals) * Fraction(10) ** exponent
    return -value if match["sign"] == "-" else value


def write_number(value: Fraction) -> str:
    """Return the shortest exact text: a decimal where it ends within 17 places, else ``p/q``."""
    if value.denominator == 1:
        return str(value.numerator)
    for places in range(1, 18):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            sign = "-" if value < 0 else ""
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return f"{value.numerator}/{value.denominator}"


def _exact(name: str, value: Coordinate) -> Fraction:
    if isinstance(value, str):
        try:
            return read_number(value)
        except PointError as error:
            raise PointError(f"{name}: {error}") from None
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        raise PointError(f"{name}: {value!r} is no finite number.")
    exact = Fraction(value)
    if max(exact.numerator.bit_length(), exact.denominator.bit_length()) > LIMITS.coefficient_bits:
        raise PointError(f"{name}: a number of so many digits is not calculated with.")
    return exact


class Point(Mapping[str, Fraction]):
    """Exact coordinates by the name of their variable.

    Args:
        coordinates: Name to value. Text is read as a number, a decimal is exact
            (``"0.1"`` is 1/10), a float is taken as the rational that it stores.

    Raises:
        PointError: A value is no finite number.
    """

    __slots__ = ("_coordinates",)

    def __init__(self, coordinates: Mapping[str, Coordinate]) -> None:
        self._coordinates = {name: _exact(name, value) for name, value in coordinates.items()}

    def __getitem__(self, name: str) -> Fraction:
        return self._coordinates[name]

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
        return Point({**self._coordinates, **changes})
