"""Which digits cancel where nearly equal numbers are subtracted, and which survive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.exact import whole_text

MOST_DIGITS = 60
"""Digits that are written out; a float64 between 1 and 2 has up to 52 behind the point."""


@dataclass(frozen=True, slots=True)
class Cancellation:
    """``minuend - subtrahend = difference``, written out so that equal places stand in columns.

    Attributes:
        minuend: The sum of the positive products.
        subtrahend: The sum of the negative ones, without its sign.
        difference: What is left, with its sign.
        lost: How many leading characters stand above nothing but zeros of the difference: these
            cancel, also where a carry makes them look different, as in 36.00 - 35.99.
        digits_lost: How many of these are digits, leading zeros not counted.
        shortened: Whether there are more digits than are written out.
    """

    minuend: str
    subtrahend: str
    difference: str
    lost: int
    digits_lost: int
    shortened: bool


def cancellation(products: Sequence[Fraction]) -> Cancellation | None:
    """Return how the positive and the negative ones of ``products`` cancel.

    None where all have one sign: then nothing is subtracted.
    """
    plus = sum((product for product in products if product > 0), Fraction(0))
    minus = sum((-product for product in products if product < 0), Fraction(0))
    if not (plus and minus):
        return None
    places, shortened = _places(plus, minus)
    one, other = (_written(value, places) for value in (plus, minus))
    rest = _written(abs(plus - minus), places)
    width = max(map(len, (one, other, rest)))
    one, other, rest = (text.rjust(width) for text in (one, other, rest))
    lost = next((index for index, digit in enumerate(rest) if digit not in " 0."), width)
    significant = one[:lost].replace(".", "").strip().lstrip("0")
    sign = "-" if plus < minus else ""
    return Cancellation(one, other, sign + rest, lost, len(significant), shortened)


def _places(plus: Fraction, minus: Fraction) -> tuple[int, bool]:
    """Return how many decimals are written, and whether there are more."""
    needed = max(_decimals(plus), _decimals(minus))
    whole = len(whole_text(int(max(plus, minus))))
    room = MOST_DIGITS - whole
    # Numbers far below 1 begin behind many zeros.
    small = max(plus, minus)
    if small < 1:
        room += len(whole_text(int(1 / small)))
    allowed = max(0, room)
    return min(needed, allowed), needed > allowed


def _decimals(value: Fraction) -> int:
    """Return how many decimals the number has; more than are ever written for an endless one."""
    twos = (value.denominator & -value.denominator).bit_length() - 1
    odd = value.denominator >> twos
    fives = 0
    while odd % 5 == 0:
        odd, fives = odd // 5, fives + 1
    return max(twos, fives) if odd == 1 else 10**6


def _written(value: Fraction, places: int) -> str:
    """Return ``value`` with ``places`` decimals; what is beyond them is cut off."""
    scaled = value * 10**places
    digits = whole_text(scaled.numerator // scaled.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits
