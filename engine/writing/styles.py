"""What a number, a name, a power and a sign look like in text, Unicode, LaTeX and rich text."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from html import escape
from typing import ClassVar

from engine.exact import fraction_text, whole_text
from engine.writing.alphabet import NAME_BY_GREEK, split_name

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
VULGAR_FRACTIONS = {
    char: Fraction(unicodedata.normalize("NFKC", char).replace("⁄", "/"))
    for char in "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒"
}
_VULGAR_BY_VALUE = {value: char for char, value in VULGAR_FRACTIONS.items()}
THIN_SPACE = "\u2009"


def superscript(exponent: int) -> str:
    """Return what stands behind a base: ``³``, and nothing for 1."""
    return "" if exponent == 1 else str(exponent).translate(_SUPERSCRIPTS)


class Style(ABC):
    """One way to write the parts of an expression; the writer decides what stands where."""

    plus: ClassVar[str] = " + "
    minus: ClassVar[str] = " − "
    negative: ClassVar[str] = "−"
    times: ClassVar[str] = "·"
    beside: ClassVar[str] = ""
    letters_can_form_words: ClassVar[bool] = True
    ambiguous_after_exponent: ClassVar[bool] = False
    """Whether ``/`` after an exponent could be meant to belong to it."""

    @abstractmethod
    def name(self, name: str) -> str:
        """Write a variable."""

    @abstractmethod
    def power(self, base: str, exponent: int) -> str:
        """Write ``base``, which needs no more parentheses, with its exponent."""

    def group(self, inner: str) -> str:
        """Put parentheses around ``inner``."""
        return f"({inner})"

    def number(self, value: Fraction, *, is_factor: bool) -> str:
        """Write a number >= 0; ``is_factor`` where something stands beside it."""
        if value.denominator == 1:
            return whole_text(value.numerator)
        return self.fraction(value, is_factor=is_factor)

    def fraction(self, value: Fraction, *, is_factor: bool) -> str:
        """Write a fraction that is no whole number."""
        plain = fraction_text(value)
        return self.group(plain) if is_factor else plain

    def quotient(self, dividend: str, bare_dividend: str, divisor: int) -> str:
        """Write a division; ``bare_dividend`` is the dividend without outer parentheses."""
        return f"{dividend}/{divisor}"


class TextStyle(Style):
    """Plain text, for files and for typing; reads back without notes."""

    minus = " - "
    negative = "-"
    times = "*"
    ambiguous_after_exponent = True

    def name(self, name: str) -> str:
        """See :meth:`Style.name`."""
        return name

    def power(self, base: str, exponent: int) -> str:
        """See :meth:`Style.power`."""
        return f"{base}^{exponent}"


class UnicodeStyle(Style):
    """One line of Unicode; reads back without notes."""

    def name(self, name: str) -> str:
        """See :meth:`Style.name`."""
        letter, subscript = split_name(name)
        return letter + subscript.translate(_SUBSCRIPTS)

    def power(self, base: str, exponent: int) -> str:
        """See :meth:`Style.power`."""
        return base + str(exponent).translate(_SUPERSCRIPTS)

    def fraction(self, value: Fraction, *, is_factor: bool) -> str:
        """See :meth:`Style.fraction`."""
        return _VULGAR_BY_VALUE.get(value) or super().fraction(value, is_factor=is_factor)


class LatexStyle(Style):
    """LaTeX for mathematics mode.

    Args:
        written: LaTeX of names that stand for something else than a variable.
    """

    minus = " - "
    negative = "-"
    times = r" \cdot "
    beside = " "
    letters_can_form_words = False

    def __init__(self, written: Mapping[str, str] | None = None) -> None:
        self._written = written or {}

    def name(self, name: str) -> str:
        """See :meth:`Style.name`."""
        if name in self._written:
            return self._written[name]
        letter, subscript = split_name(name)
        # LaTeX has no command for omicron; every engine draws the letter itself.
        command = (
            f"\\{NAME_BY_GREEK[letter]}" if letter in NAME_BY_GREEK and letter != "ο" else letter
        )
        return f"{command}_{{{subscript}}}" if subscript else command

    def power(self, base: str, exponent: int) -> str:
        """See :meth:`Style.power`."""
        return f"{base}^{{{exponent}}}"

    def group(self, inner: str) -> str:
        """See :meth:`Style.group`."""
        return rf"\left({inner}\right)"

    def fraction(self, value: Fraction, *, is_factor: bool) -> str:
        """See :meth:`Style.fraction`."""
        return rf"\frac{{{whole_text(value.numerator)}}}{{{whole_text(value.denominator)}}}"

    def quotient(self, dividend: str, bare_dividend: str, divisor: int) -> str:
        """See :meth:`Style.quotient`."""
        return rf"\frac{{{bare_dividend}}}{{{divisor}}}"


class RichTextStyle(Style):
    """HTML as Qt's rich text knows it."""

    plus = f"{THIN_SPACE}+{THIN_SPACE}"
    minus = f"{THIN_SPACE}−{THIN_SPACE}"
    beside = THIN_SPACE
    times = f"{THIN_SPACE}·{THIN_SPACE}"
    letters_can_form_words = False

    def name(self, name: str) -> str:
        """See :meth:`Style.name`."""
        letter, subscript = split_name(escape(name))
        below = f"<sub>{subscript}</sub>" if subscript else ""
        return f"<i>{letter}</i>{below}"

    def power(self, base: str, exponent: int) -> str:
        """See :meth:`Style.power`."""
        return f"{base}<sup>{exponent}</sup>"

    def fraction(self, value: Fraction, *, is_factor: bool) -> str:
        """See :meth:`Style.fraction`."""
        above, below = whole_text(value.numerator), whole_text(value.denominator)
        return f"<sup>{above}</sup>⁄<sub>{below}</sub>"
