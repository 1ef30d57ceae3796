"""``f = ...`` and ``f(b, a) = ...``: a prefix that is dropped and gives the order of variables."""

from __future__ import annotations

from dataclasses import dataclass

from lark import Token

from engine.language.refusals import Edit, Refusal
from engine.language.syntax import place_of

_FUNCTION_LETTERS = frozenset("fghpqFGHPQ")
_DEPENDENT_LETTERS = _FUNCTION_LETTERS | frozenset("uvwyz")
"""What may stand alone in front of ``=``; the latter where a variable stands behind it.

``x = 4`` and ``y = 4`` are equations, ``y = x^2`` and ``f = 4`` name a function.
"""

_DECLARED = "NAME OPEN NAME"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What stands behind the prefix, and what the prefix says.

    Attributes:
        body: The tokens of the polynomial.
        variables: Names in the declared order; ``None`` without ``f(...) =``.
        function: Name of the function, which is not read any further.
    """

    body: list[Token]
    variables: tuple[str, ...] | None
    function: Token | None


def split_declaration(tokens: list[Token]) -> Declaration:
    """Take the prefix off.

    Raises:
        Refusal: An equation, or a declaration that is incomplete or lacks a variable.
    """
    places = [index for index, token in enumerate(tokens) if token.type == "EQUALS"]
    if not places:
        return Declaration(tokens, None, None)
    prefix, body = tokens[: places[0]], tokens[places[0] + 1 :]
    equals = tokens[places[0]]
    if len(places) > 1:
        raise _equation(tokens[places[1]], [])
    if not body:
        raise Refusal(
            "There is nothing behind the =.", place_of(equals), "Type a polynomial there."
        )
    kinds = [token.type for token in prefix]
    if kinds == ["NAME"]:
        names = {token.value for token in body if token.type == "NAME"}
        letters = _DEPENDENT_LETTERS if names else _FUNCTION_LETTERS
        if prefix[0].value in letters - names:
            return Declaration(body, None, prefix[0])
    if kinds[:2] != ["NAME", "OPEN"] or kinds[2:] != _argument_kinds(len(kinds) - 2):
        raise _equation(equals, _repairs(tokens, places[0]))
    return Declaration(body, _declared(prefix[2:-1:2], prefix[-1], body), prefix[0])


def _argument_kinds(count: int) -> list[str]:
    """Return the kinds of ``b, a)``; ``count`` of them."""
    return ["NAME", "COMMA"] * ((count - 2) // 2) + ["NAME", "CLOSE"] if count > 1 else ["CLOSE"]


def _declared(arguments: list[Token], closing: Token, body: list[Token]) -> tuple[str, ...]:
    names = tuple(argument.value for argument in arguments)
    for index, argument in enumerate(arguments):
        if argument.value in names[:index]:
            raise Refusal(
                f"{argument} is declared twice.", place_of(argument), "Name each variable once."
            )
    for token in body:
        if token.type == "NAME" and token.value not in names:
            column = closing.start_pos or 0
            raise Refusal(
                f"{token.value} is not among the variables that the left side declares.",
                place_of(token),
                f"Add {token.value} on the left side, or leave the left side out.",
                [((column, column, f",{token.value}" if names else f"{token.value}"),)],
            )
    return names


def _equation(equals: Token, repairs: list[tuple[Edit, ...]]) -> Refusal:
    if len(repairs) == 1 and len(repairs[0]) == 1 and not repairs[0][0][2]:
        hint = "If the right side is meant, type it alone."
    else:
        hint = "Type one side, or the left side minus the right side in parentheses."
    return Refusal("This is an equation, not a polynomial.", place_of(equals), hint, repairs)


def _repairs(tokens: list[Token], place: int) -> list[tuple[Edit, ...]]:
    """Offer the right side alone where the left one only names it, else the difference."""
    prefix, body = tokens[:place], tokens[place + 1 :]
    right = place_of(body[0])[0]
    kinds = [token.type for token in prefix]
    names = {token.value for token in body if token.type == "NAME"}
    is_name = kinds == ["NAME"] and names and prefix[0].value not in names
    if not prefix or is_name or (kinds[:2] == ["NAME", "OPEN"] and kinds[-1] == "CLOSE"):
        return [((place_of(tokens[0])[0], right, ""),)]
    left, end = place_of(prefix[-1])[1], place_of(body[-1])[1]
    if any(token.type in ("PLUS", "MINUS") for token in body):
        return [((left, right, " - ("), (end, end, ")"))]
    return [((left, right, " - "),)]
