"""read(text): a student's text to the tree as typed, the polynomial and the notes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lark import Token

from engine.errors import ReadError
from engine.expression import Expression, Power, Product, Variable
from engine.language.ambiguities import note_ambiguities
from engine.language.builder import Builder, Places
from engine.language.declaration import split_declaration
from engine.language.expansion import Expansion, ExpansionError
from engine.language.notes import NoteBook, ReadingNote
from engine.language.refusals import Refusal, apply_edits
from engine.language.syntax import parse, place_of
from engine.language.tokens import tokenise
from engine.limits import LIMITS, Limits
from engine.polynomial import Polynomial
from engine.writing.alphabet import MAX_RUN

_TRIED_CHARACTERS = 5_000
"""How much text is read again in all, to see whether the texts offered can be read."""

_SHARE = 20
"""Each text that is tried may take this share of the work of the text itself."""

_PLAIN_LETTERS = {
    "e": "e is a plain variable here, not Euler's number.",
    "i": "i is a plain variable here, not the imaginary unit √−1.",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was read as.

    Attributes:
        text: The text as typed.
        expression: The tree as typed, not expanded.
        polynomial: The same, in canonical form.
        notes: What could have been meant otherwise, by place.
    """

    text: str
    expression: Expression
    polynomial: Polynomial
    notes: tuple[ReadingNote, ...]


def read(text: str, limits: Limits = LIMITS) -> Reading:
    """Read a polynomial.

    Args:
        text: What a student types: ``2ab^2``, ``½x``, ``f(b, a) = 3a²b``, or LaTeX.
        limits: Budgets for the whole text.

    Returns:
        The tree, the polynomial and the notes. Every alternative offered was read, to a
        different polynomial; the later ones of a long text with many notes are not tried.

    Raises:
        ReadError: The text is none, with the place in the typed text and a hint.
    """
    notes = NoteBook()
    try:
        expression, polynomial = _read(text, limits, notes)
    except Refusal as refusal:
        raise _read_error(text, refusal, _repaired(text, refusal, limits)) from None
    return Reading(text, expression, polynomial, _finished(text, polynomial, notes, limits))


def _read(
    text: str, limits: Limits, notes: NoteBook, longest_run: int = MAX_RUN
) -> tuple[Expression, Polynomial]:
    """Return tree and polynomial; collects notes and tries no other text."""
    tokens = tokenise(text, limits, notes, longest_run)
    declaration = split_declaration(tokens)
    if declaration.function is not None:
        notes.forget(*place_of(declaration.function))
    _check_variables(declaration.body, declaration.variables, limits)
    _note_plain_letters(declaration.body, notes)
    tree = parse(declaration.body, text, limits)
    names = tuple(dict.fromkeys(t.value for t in declaration.body if t.type == "NAME"))
    expansion = Expansion(declaration.variables or names, limits)
    places = Places()
    try:
        expression = Builder(expansion, places).build(tree)
        polynomial = expansion.polynomial(expression)
    except ExpansionError as error:
        raise Refusal(str(error), places.of(error.part), error.hint) from None
    note_ambiguities(tree, text, notes)
    return expression, polynomial


def _check_variables(tokens: list[Token], declared: tuple[str, ...] | None, limits: Limits) -> None:
    seen: set[str] = set(declared or ())
    for token in tokens:
        if token.type == "NAME":
            seen.add(token.value)
        if len(seen) > limits.variables:
            raise Refusal(
                f"There are more than {limits.variables} different variables.",
                (token.start_pos or 0, token.end_pos or 0),
                "Use fewer variables.",
            )


def _note_plain_letters(tokens: list[Token], notes: NoteBook) -> None:
    for token in tokens:
        message = _PLAIN_LETTERS.get(token.value) if token.type == "NAME" else None
        if message:
            span = (token.start_pos or 0, token.end_pos or 0)
            notes.add("plain_letter", token.value, span, message)


def _try(text: str, limits: Limits) -> Polynomial | None:
    """Return the polynomial of another text, or ``None``; spends only a part of the budget."""
    if len(text) > _TRIED_CHARACTERS:
        return None
    try:
        return _read(text, replace(limits, operations=limits.operations // _SHARE), NoteBook())[1]
    except Refusal:
        return None


def _read_error(text: str, refusal: Refusal, repaired: str | None) -> ReadError:
    return ReadError(str(refusal), text, refusal.span, refusal.hint, repaired)


def _repaired(text: str, refusal: Refusal, limits: Limits) -> str | None:
    candidates = (apply_edits(text, edits) for edits in refusal.repairs)
    return next((text for text in candidates if _try(text, limits) is not None), None)


def _finished(
    text: str, polynomial: Polynomial, notes: NoteBook, limits: Limits
) -> tuple[ReadingNote, ...]:
    """Return the notes with their alternatives tried.

    A tower of powers that is the same either way needs no note.
    """
    finished = []
    characters = _TRIED_CHARACTERS
    for draft in notes.drafts():
        alternative = None
        if draft.edits and len(text) <= characters:
            characters -= len(text)
            changed = apply_edits(text, draft.edits)
            other = _try(changed, limits)
            if other == polynomial and draft.kind == "power_tower":
                continue
            alternative = changed if other is not None and other != polynomial else None
        finished.append(ReadingNote(draft.kind, draft.span, draft.message, alternative))
    return tuple(finished)


def read_name(text: str) -> str:
    """Return the canonical name of one variable: ``x_1`` for ``x1``, ``x₁``, ``x_{1}``.

    Raises:
        ReadError: The text is not exactly one variable.
    """
    try:
        tokens = tokenise(text, LIMITS, NoteBook())
    except Refusal as refusal:
        raise _read_error(text, refusal, None) from None
    if [token.type for token in tokens] != ["NAME"]:
        raise ReadError(
            "This is not exactly one variable.",
            text,
            (0, len(text)),
            "Type one letter, a Greek letter or a letter with a number, such as x_1.",
        )
    return str(tokens[0].value)


def read_names(text: str) -> tuple[str, ...]:
    """Return the names in a product of variables: ``aab`` and ``a^2b`` give a, a, b.

    Unlike in :func:`read`, many letters in a row are no word.

    Raises:
        ReadError: The text is not a product of variables.
    """
    try:
        expression, _ = _read(text, LIMITS, NoteBook(), longest_run=LIMITS.degree)
    except Refusal as refusal:
        raise _read_error(text, refusal, None) from None
    names = _names_in(expression)
    if not names:
        raise ReadError(
            "This is not a product of variables.",
            text,
            (0, len(text)),
            "Type the variables one after the other: a, ab, aab.",
        )
    return names


def _names_in(expression: Expression) -> tuple[str, ...]:
    """Return the factors that are variables, or nothing where there are other factors."""
    match expression:
        case Variable(name):
            return (name,)
        case Power(base, exponent):
            return _names_in(base) * exponent
        case Product(factors):
            parts = [_names_in(factor) for factor in factors]
            return tuple(name for part in parts for name in part) if all(parts) else ()
        case _:
            return ()
