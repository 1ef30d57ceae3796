"""A typed number to an exact fraction, within the budget of digits."""

from __future__ import annotations

import re
from fractions import Fraction

from engine.errors import Span, shorten
from engine.language.notes import NoteBook
from engine.language.refusals import Refusal
from engine.limits import Limits

_DIGITS = re.compile("[0-9]+")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?")


def read_number(text: str, span: Span, limits: Limits, notes: NoteBook) -> Fraction:
    """Return the exact value of ``0.5``, ``0,5``, ``.5`` or ``1e3``.

    Raises:
        Refusal: More than one decimal sign, or too many digits.
    """
    if text.isdecimal() and len(text) <= limits.digits:
        return Fraction(int(text))
    mantissa, mark, exponent = text.replace("E", "e").partition("e")
    if len(re.findall("[.,]", mantissa)) > 1:
        repair = (span[0], span[1], text.replace(",", ""))
        raise Refusal(
            f"The number {shorten(mantissa)} has more than one decimal sign.",
            span,
            "Write it with one decimal point and without separators of thousands.",
            [(repair,)] if _THOUSANDS.fullmatch(mantissa) else [],
        )
    _check_digits(text, mantissa, exponent, span, limits)
    if "," in mantissa:
        _note_comma(text, mantissa, span, notes)
    if mark:
        _note_power_of_ten(text, len(mantissa), span, notes)
    return Fraction(mantissa.replace(",", ".")) * Fraction(10) ** int(exponent or 0)


def read_fraction(text: str, span: Span, limits: Limits, notes: NoteBook) -> Fraction:
    r"""Return the value of ``\frac12`` or ``\frac{1}{2}``: a number over a number.

    Raises:
        Refusal: The denominator is 0, or there are too many digits.
    """
    found = _DIGITS.findall(text)
    numerator, denominator = found if len(found) == 2 else found[0]
    value = read_number(denominator, span, limits, notes)
    if value == 0:
        raise Refusal("Division by zero is not defined.", span, "Write another divisor.")
    return read_number(numerator, span, limits, notes) / value


def _check_digits(text: str, mantissa: str, exponent: str, span: Span, limits: Limits) -> None:
    digits = sum(char.isdecimal() for char in mantissa)
    short_exponent = exponent.lstrip("+-0")
    if len(short_exponent) > 6 or digits + int(short_exponent or 0) > limits.digits:
        raise Refusal(
            f"The number {shorten(text)} has more than {limits.digits} digits.",
            span,
            "Write a shorter number.",
        )


def _note_comma(text: str, mantissa: str, span: Span, notes: NoteBook) -> None:
    with_point = mantissa.replace(",", ".")
    without = (span[0], span[1], text.replace(",", ""))
    notes.add(
        "decimal_comma",
        text,
        span,
        f"{shorten(mantissa)} is read with a decimal comma, as {shorten(with_point)}.",
        (without,) if _THOUSANDS.fullmatch(mantissa) else (),
    )


def _note_power_of_ten(text: str, mark: int, span: Span, notes: NoteBook) -> None:
    letter, exponent = text[mark], text[mark + 1 :]
    times = "*" if exponent[0].isdecimal() else ""
    notes.add(
        "power_of_ten",
        text,
        span,
        f"{shorten(text)} is read as {shorten(text[:mark])}·10^{exponent.lstrip('+')}, "
        f"not as a product with the variable {letter}.",
        ((span[0], span[1], f"{text[:mark]}*{letter}{times}{exponent}"),),
    )
