"""Signs that no polynomial has, each refused with its own message and hint."""

from __future__ import annotations

import re
import unicodedata

from engine.errors import Span
from engine.language.refusals import Edit, Refusal
from engine.writing.alphabet import ROOTS

_ONLY = "A polynomial is made of numbers, variables, +, −, · and whole powers."
_NO_ARROW = ("An arrow is no part of a polynomial.", "Write f(x) = … to name the variables.")
_NO_RELATION = ("An inequality or relation is no polynomial.", "Type one side only.")
_NO_SUBSCRIPT = (
    "A subscript must be a whole number behind a letter.",
    "Write x_1 or x_{12}, or use another letter.",
)
_PRIME = (
    "A prime marks a derivative; derivatives are not typed.",
    "Type f itself and choose its partial derivatives.",
)

_REASONS = {
    "//": ("Whole-number division (//) does not give a polynomial.", "Divide with one stroke: /."),
    "%": ("% (a remainder or a percentage) does not give a polynomial.", _ONLY),
    "|": ("An absolute value |…| is no polynomial.", _ONLY),
    "!": ("A factorial is no polynomial.", _ONLY),
    "√": ("A root is no polynomial.", _ONLY),
    "∛": ("A root is no polynomial.", _ONLY),
    "∞": ("Infinity is no number that can be calculated with.", "Type a number or a variable."),
    ".": (
        "This point stands outside a number.",
        "Write * for a product, and digits on both sides of a decimal point.",
    ),
    "$": ("A dollar sign stands alone.", "Put $ at both ends of the text or nowhere."),
    ":": (
        "A colon means nothing in a polynomial.",
        "Write / for a division, or f(x) = … to name the variables.",
    ),
    ";": ("A semicolon separates nothing here.", "Type one polynomial."),
    "π": (
        "π is no rational number, so it cannot be calculated with exactly.",
        "Type a decimal such as 3.1416 or a letter in its place.",
    ),
} | {
    **dict.fromkeys("_₀₁₂₃₄₅₆₇₈₉", _NO_SUBSCRIPT),
    **dict.fromkeys("<>≤≥≠≈≡", _NO_RELATION),
    **dict.fromkeys("↦→⟼⟶", _NO_ARROW),
}

_REPAIRS = {"//": "/", ".": "*", ":": "/", "π": "(3.1416)"}

_APOSTROPHES = "'’′´"
_QUOTES = re.compile(rf"[{_APOSTROPHES}″\"`“”„‚‘«»]")
_THOUSANDS = re.compile(rf"(?<=[0-9])[{_APOSTROPHES}](?=[0-9]{{3}}(?![0-9]))")


def function_refusal(name: str, span: Span) -> Refusal:
    r"""Return the refusal of ``sin`` or ``\sqrt``."""
    is_root = name.lstrip("\\") in ROOTS
    what = "takes a root, and a root is" if is_root else "is a function and"
    return Refusal(f"{name} {what} no part of a polynomial.", span, _ONLY)


def script_refusal(letter: str, span: Span, *, is_exponent: bool) -> Refusal:
    """Return the refusal of a raised or lowered character that is no digit."""
    if is_exponent:
        message = f"The exponent contains {letter}; it must be a number."
        return Refusal(message, span, "Only whole exponents from 0 up make a polynomial.")
    return Refusal(_NO_SUBSCRIPT[0], span, _NO_SUBSCRIPT[1])


def last_sign_refusal(sign: str, span: Span) -> Refusal:
    """Return the refusal of a full stop, a comma or a semicolon at the end of the text."""
    return Refusal(
        f"The sign {sign} at the end belongs to no polynomial.",
        span,
        "Delete it.",
        [((*span, ""),)],
    )


def _quote_refusal(sign: str, span: Span, typed: str) -> Refusal:
    """Distinguish separators of thousands, primes and quotation marks."""
    thousands = [match.span() for match in _THOUSANDS.finditer(typed)]
    if span in thousands:
        return Refusal(
            f"The sign {sign} stands inside a number.",
            span,
            "Write thousands without separators.",
            [tuple((*place, "") for place in thousands)],
        )
    before = typed[: span[0]][-1:]
    if sign != "`" and (before.isalnum() or before in tuple(f")]}}{_APOSTROPHES}")):
        return Refusal(_PRIME[0], span, _PRIME[1])
    return Refusal(
        f"The quotation mark {sign} is no part of a polynomial.",
        span,
        "Delete it.",
        [tuple((*match.span(), "") for match in _QUOTES.finditer(typed))],
    )


def sign_refusal(sign: str, span: Span, typed: str) -> Refusal:
    """Return the refusal of a sign that the language does not have."""
    if _QUOTES.fullmatch(sign):
        return _quote_refusal(sign, span, typed)
    if sign.isdecimal():
        ascii_digits = tuple(
            (index, index + 1, str(unicodedata.decimal(char)))
            for index, char in enumerate(typed)
            if char.isdecimal() and not char.isascii()
        )
        message = f"The digit {sign} is not one of 0 to 9."
        return Refusal(message, span, "Type the digits 0 to 9.", [ascii_digits])
    repairs: list[tuple[Edit, ...]] = []
    if sign in _REPAIRS:
        new = _REPAIRS[sign]
        places = [index for index in range(len(typed)) if typed.startswith(sign, index)]
        everywhere = tuple((index, index + len(sign), new) for index in places)
        repairs = [((*span, new),), everywhere]
    message, hint = _REASONS.get(
        sign, (f"The character {sign!r} means nothing in a polynomial.", _ONLY)
    )
    return Refusal(message, span, hint, repairs)
