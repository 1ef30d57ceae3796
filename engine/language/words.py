"""Letters in a row: variables, a Greek letter, a function that is refused, or a word."""

from __future__ import annotations

import re
from fractions import Fraction

from lark import Token

from engine.errors import Span, shorten
from engine.language.normalise import SUBSCRIPTS, PlainText
from engine.language.notes import NoteBook
from engine.language.refusals import Refusal
from engine.language.signs import function_refusal, sign_refusal
from engine.writing.alphabet import (
    GREEK_BY_NAME,
    MAX_RUN,
    NAMED_LETTERS,
    PI_NAMES,
    function_in,
    is_plain_run,
)

_LONGEST_HINT = 40
_COMMA_OR_POINT, _POINT = re.compile("[.,][0-9]"), re.compile("[.][0-9]")
_FROM_SUBSCRIPTS = str.maketrans(SUBSCRIPTS)
_PART = re.compile("|".join([*(name for name in GREEK_BY_NAME if len(name) > 3), "."]))
"""A Greek name in a word, or one of the letters around it."""


def make_token(kind: str, text: str, span: Span, value: Fraction | str | None = None) -> Token:
    """Return a token that stands at ``span`` of the typed text."""
    # What lark's own constructor does, without the arguments of its older versions: four times
    # as fast, which counts in a text of many thousand tokens.
    token = str.__new__(Token, text)
    token.type, token.value = kind, value
    token.start_pos, token.end_pos = span
    token.line = token.column = token.end_line = token.end_column = None
    return token


def split_run(
    match: re.Match[str], plain: PlainText, typed: str, notes: NoteBook, longest: int = MAX_RUN
) -> list[Token]:
    """Return the names in one run of letters; a subscript belongs to the last.

    Args:
        match: Groups ``run``, ``subscript``, ``braced`` and ``digits`` of the token pattern.
        plain: The text that was matched, with its typed columns.
        typed: The typed text.
        notes: Takes what could have been meant otherwise.
        longest: More letters than this in a row are refused as a word.

    Raises:
        Refusal: A word, a function, π, or a decimal number right behind a letter.
    """
    run, (start, stop) = match["run"], match.span("run")
    span = plain.span(start, stop)
    is_alone = match.lastgroup == "run" and len(run) == 1 and run != "π"
    if is_alone and plain.text[stop : stop + 1] != ".":
        return [make_token("NAME", run, span, run)]
    _refuse_decimals(match, plain)
    _refuse_words(match, plain, typed, longest)
    lowered = (match["lowered"] or "").translate(_FROM_SUBSCRIPTS)
    subscript = match["subscript"] or match["braced"] or lowered or match["digits"]
    suffix = f"_{subscript}" if subscript else ""
    letter = NAMED_LETTERS.get(run)
    if letter is not None:
        _note_greek(run, letter, span, notes)
        names = [(letter, span)]
    else:
        if len(run) > 2 and not is_plain_run(run):
            _note_letters(run, span, notes)
        names = [(char, plain.span(i, i + 1)) for i, char in enumerate(run, start)]
    if match["digits"] and len(match["digits"]) > 1:
        _note_subscript(names[-1][0], match, plain, notes)
    *others, (name, place) = names
    tokens = [make_token("NAME", other, at, other) for other, at in others]
    end = plain.span(*match.span())[1] if suffix else place[1]
    return [*tokens, make_token("NAME", name, (place[0], end), name + suffix)]


def _refuse_words(match: re.Match[str], plain: PlainText, typed: str, longest: int) -> None:
    run, start = match["run"], match.start("run")
    span = plain.span(*match.span("run"))
    spaced = (*span, "*".join(run))
    if run in PI_NAMES:
        raise Refusal(
            f"{run} means π, which is no rational number.",
            span,
            f"For the product of two variables, type {'*'.join(run)}.",
            [(spaced,)],
        )
    if "π" in run:
        at = start + run.index("π")
        raise sign_refusal("π", plain.span(at, at + 1), typed)
    function = function_in(run)
    if function:
        raise function_refusal(function, span)
    if len(run) > longest and run not in NAMED_LETTERS:
        parts = "*".join(_PART.findall(run))
        hint = "For a product of variables, type * between them."
        if len(parts) <= _LONGEST_HINT:
            hint = f"For a product of variables, type {parts}."
        raise Refusal(
            f"{shorten(run)} is a word; a variable is a single letter.",
            span,
            hint,
            [((*span, parts),), (spaced,)],
        )


def _refuse_decimals(match: re.Match[str], plain: PlainText) -> None:
    """Refuse ``x1.5`` and ``x.5``: neither a name nor plainly a product."""
    number = (_COMMA_OR_POINT if match["digits"] else _POINT).match(plain.text, match.end())
    if number is None:
        return
    digits = match.start("digits") if match["digits"] else match.end()
    raise Refusal(
        "A decimal number stands right behind a variable.",
        plain.span(match.start(), number.end()),
        "Write the number first, or * between the two.",
        [((column, column, "*"),) for column in [plain.span(digits, digits)[0]]],
    )


def _note_greek(run: str, letter: str, span: Span, notes: NoteBook) -> None:
    notes.add(
        "greek_name",
        run,
        span,
        f"{run} is read as the one variable {letter}.",
        ((*span, "*".join(run)),),
    )


def _note_letters(run: str, span: Span, notes: NoteBook) -> None:
    notes.add(
        "letters",
        run,
        span,
        f"{run} is read as the product {'·'.join(run)}: every letter is a variable.",
    )


def _note_subscript(letter: str, match: re.Match[str], plain: PlainText, notes: NoteBook) -> None:
    digits = match["digits"]
    start, _ = match.span("digits")
    column = plain.span(start, start + 1)[0]
    edits = ((column, column, "*"),)
    if notes.extend("subscript", letter + digits, edits):
        return
    notes.add(
        "subscript",
        letter + digits,
        plain.span(match.end("run") - 1, match.end("digits")),
        f"{letter}{digits} is read as the one variable {letter} with the subscript {digits}.",
        edits,
    )
