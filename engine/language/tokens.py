"""Plain text to tokens: numbers, names and signs, each with its place in the typed text."""

from __future__ import annotations

import re

from lark import Token

from engine.errors import Span
from engine.language.normalise import SUBSCRIPTS, SUPERSCRIPTS, PlainText, normalise
from engine.language.notes import NoteBook
from engine.language.numbers import read_fraction, read_number
from engine.language.refusals import Refusal
from engine.language.signs import last_sign_refusal, sign_refusal
from engine.language.words import make_token, split_run
from engine.limits import Limits
from engine.writing.alphabet import GREEK, MAX_RUN
from engine.writing.styles import VULGAR_FRACTIONS

_SIGNS = {
    "+": "PLUS",
    "-": "MINUS",
    "*": "TIMES",
    "**": "POWER",
    "^": "POWER",
    "/": "DIVIDE",
    "=": "EQUALS",
    ":=": "EQUALS",
    ",": "COMMA",
    **dict.fromkeys("([{", "OPEN"),
    **dict.fromkeys(")]}", "CLOSE"),
}

_FROM_SUPERSCRIPTS = str.maketrans(SUPERSCRIPTS)
_LETTERS = "A-Za-zπ" + "".join(sorted(GREEK))
_TOKEN = re.compile(
    r"(?P<space>[\s~]+)"
    r"|(?P<number>(?:[0-9]+(?:[.,][0-9]+)*|(?<![\w)\]}.])\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<run>[{_LETTERS}]+)"
    r"(?:\s*_\s*(?:(?P<subscript>[0-9]+)|\{\s*(?P<braced>[0-9]+)\s*\})"
    rf"|\s*(?P<lowered>[{''.join(SUBSCRIPTS)}]+)|(?P<digits>[0-9]+))?"
    rf"|(?P<superscript>[{''.join(SUPERSCRIPTS)}]+)"
    r"|(?P<number_pair>\\frac\s*(?:[0-9]|\{\s*[0-9]+\s*\})\s*(?:[0-9]|\{\s*[0-9]+\s*\}))"
    rf"|(?P<vulgar>[{''.join(VULGAR_FRACTIONS)}])"
    r"|(?P<fraction>\\frac)"
    r"|(?P<sign>\*\*|//|:=|[-+*^/=,()\[\]{}])"
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
        if match.lastgroup == "sign":
            tokens.extend(_signs_of(*match.span(), plain, typed))
        elif match["run"] is not None:
            tokens.extend(split_run(match, plain, typed, notes, longest_run))
        elif match.lastgroup != "space":
            tokens.append(_token_of(match, plain.span(*match.span()), typed, limits, notes))
    if tokens and tokens[-1].type == "COMMA":
        raise last_sign_refusal(",", (tokens[-1].start_pos or 0, tokens[-1].end_pos or 0))
    return tokens


def _signs_of(start: int, stop: int, plain: PlainText, typed: str) -> list[Token]:
    """Return one token, but two where ``**`` was not typed: ``··`` is no power."""
    text, span = plain.text[start:stop], plain.span(start, stop)
    if text == "//":
        raise sign_refusal(text, span, typed)
    if text == "**" and typed[slice(*span)] != text:
        places = [plain.span(index, index + 1) for index in (start, start + 1)]
        return [make_token("TIMES", "*", place) for place in places]
    return [make_token(_SIGNS[text], text, span)]


def _token_of(
    match: re.Match[str], span: Span, typed: str, limits: Limits, notes: NoteBook
) -> Token:
    text = match[0]
    match match.lastgroup:
        case "number":
            return make_token("NUMBER", text, span, read_number(text, span, limits, notes))
        case "number_pair":
            return make_token("NUMBER", text, span, read_fraction(text, span, limits, notes))
        case "superscript":
            digits = text.translate(_FROM_SUPERSCRIPTS)
            return make_token("SUPERSCRIPT", text, span, read_number(digits, span, limits, notes))
        case "vulgar":
            return make_token("NUMBER", text, span, VULGAR_FRACTIONS[text])
        case "fraction":
            return make_token("FRACTION", text, span)
    if text in (".", ";") and not match.string[match.end() :].strip():
        raise last_sign_refusal(text, span)
    raise sign_refusal(text, span, typed)
