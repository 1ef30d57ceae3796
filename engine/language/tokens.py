"""Plain text to tokens: numbers, names and signs, each with its place in the typed text."""

from __future__ import annotations

import re

from lark import Token

from engine.errors import Span
from engine.language.alphabet import GREEK, MAX_RUN
from engine.language.normalise import normalise
from engine.language.notes import NoteBook
from engine.language.numbers import fraction_of_digits, read_number
from engine.language.refusals import Refusal
from engine.language.signs import sign_refusal
from engine.language.styles import VULGAR_FRACTIONS
from engine.language.words import make_token, split_run
from engine.limits import Limits

_SIGNS = {
    "+": "PLUS",
    "-": "MINUS",
    "*": "TIMES",
    "**": "POWER",
    "^": "POWER",
    "/": "DIVIDE",
    "=": "EQUALS",
    ",": "COMMA",
    "\\frac": "FRACTION",
    **dict.fromkeys("([{", "OPEN"),
    **dict.fromkeys(")]}", "CLOSE"),
}

_LETTERS = "A-Za-zπ" + "".join(sorted(GREEK))
_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:[0-9]+(?:[.,][0-9]+)*|(?<![\w)\]}.])\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<run>[{_LETTERS}]+)"
    r"(?:\s*_\s*(?:(?P<subscript>[0-9]+)|\{\s*(?P<braced>[0-9]+)\s*\})|(?P<digits>[0-9]+))?"
    r"|\\frac\s*(?P<digit_pair>[0-9]\s*[0-9])"
    rf"|(?P<vulgar>[{''.join(VULGAR_FRACTIONS)}])"
    r"|(?P<fraction>\\frac)"
    r"|(?P<sign>\*\*|//|[-+*^/=,()\[\]{}])"
    r"|(?P<other>.)",
    re.DOTALL,
)


def tokenise(
    typed: str, limits: Limits, notes: NoteBook, longest_run: int = MAX_RUN
) -> list[Token]:
    """Return the tokens; ``value`` is a Fraction for numbers and the canonical name for names.

    Raises:
        Refusal: A character, number or word that the language does not have.
    """
    if len(typed) > limits.characters:
        raise Refusal(
            f"The text has more than {limits.characters} characters.",
            (limits.characters, len(typed)),
            "Type a shorter one.",
        )
    plain = normalise(typed, notes)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(plain.text):
        if match.lastgroup != "space":
            if match["run"] is not None:
                tokens.extend(split_run(match, plain, typed, notes, longest_run))
            else:
                tokens.append(_token_of(match, plain.span(*match.span()), typed, limits, notes))
    return tokens


def _token_of(
    match: re.Match[str], span: Span, typed: str, limits: Limits, notes: NoteBook
) -> Token:
    text, pair = match[0], match["digit_pair"]
    if text in _SIGNS:
        return make_token(_SIGNS[text], text, span)
    if match["number"] is not None:
        return make_token("NUMBER", text, span, read_number(text, span, limits, notes))
    if match["vulgar"] is not None:
        return make_token("NUMBER", text, span, VULGAR_FRACTIONS[text])
    if pair is not None:
        return make_token("NUMBER", text, span, fraction_of_digits(pair[0], pair[-1], span))
    raise sign_refusal(text, span, typed)
