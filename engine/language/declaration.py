"""``f = ...`` and ``f(b, a) = ...``: a prefix that is dropped and gives the order of variables."""

from __future__ import annotations

from dataclasses import dataclass

from lark import Token

from engine.errors import Span
from engine.language.refusals import Refusal

_FUNCTION_LETTERS = frozenset("fghpquvwyzFGHPQ")
"""What may stand alone in front of ``=``; ``x = 4`` is an equation."""

_DECLARED = "NAME OPEN NAME"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What stands behind the prefix, and what the prefix says.

    Attributes:
        body: The tokens of the polynomial.
        variables: Names in the declared order; ``None`` without ``f(...) =``.
    """

    body: list[Token]
    variables: tuple[str, ...] | None


def split_declaration(tokens: list[Token], length: int) -> Declaration:
    """Take the prefix off.

    Raises:
        Refusal: An equation, or a declaration that is incomplete or lacks a variable.
    """
    places = [index for index, token in enumerate(tokens) if token.type == "EQUALS"]
    if not places:
        return Declaration(tokens, None)
    prefix, body = tokens[: places[0]], tokens[places[0] + 1 :]
    equals = tokens[places[0]]
    if len(places) > 1:
        raise _equation(tokens, tokens[places[1]], length)
    if not body:
        raise Refusal("There is nothing behind the =.", _span(equals), "Type a polynomial there.")
    kinds = [token.type for token in prefix]
    if kinds == ["NAME"]:
        occurs = any(token.value == prefix[0].value for token in body if token.type == "NAME")
        if prefix[0].value in _FUNCTION_LETTERS and not occurs:
            return Declaration(body, None)
        raise _equation(tokens, equals, length)
    if kinds[:2] != ["NAME", "OPEN"] or kinds[2:] != _argument_kinds(len(kinds) - 2):
        raise _equation(tokens, equals, length)
    return Declaration(body, _declared(prefix[2:-1:2], prefix[-1], body))


def _argument_kinds(count: int) -> list[str]:
    """Return the kinds of ``b, a)``; ``count`` of them."""
    return ["NAME", "COMMA"] * ((count - 2) // 2) + ["NAME", "CLOSE"] if count > 1 else ["CLOSE"]


def _declared(arguments: list[Token], closing: Token, body: list[Token]) -> tuple[str, ...]:
    names = tuple(argument.value for argument in arguments)
    for index, argument in enumerate(arguments):
        if argument.value in names[:index]:
            raise Refusal(
                f"{argument} is declared twice.", _span(argument), "Name each variable once."
            )
    for token in body:
        if token.type == "NAME" and token.value not in names:
            column = closing.start_pos or 0
            raise Refusal(
                f"{token.value} is not among the variables that the left side declares.",
                _span(token),
                f"Add {token.value} on the left side, or leave the left side out.",
                [((column, column, f",{token.value}" if names else f"{token.value}"),)],
            )
    return names


def _equation(tokens: list[Token], equals: Token, length: int) -> Refusal:
    start, stop = _span(equals)
    is_whole = tokens[0] is not equals and tokens[-1] is not equals
    is_single = sum(token.type == "EQUALS" for token in tokens) == 1
    return Refusal(
        "This is an equation, not a polynomial.",
        (start, stop),
        "Type one side, or the left side minus the right side in parentheses.",
        [((start, stop, "-("), (length, length, ")"))] if is_whole and is_single else [],
    )


def _span(token: Token) -> Span:
    return token.start_pos or 0, token.end_pos or 0
