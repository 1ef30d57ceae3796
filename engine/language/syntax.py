"""Tokens to a syntax tree (lark, LALR), and what is said where the grammar stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, takewhile
from typing import Any, NamedTuple

from lark import Lark, Token, Tree, UnexpectedToken
from lark.lexer import Lexer

from engine.errors import Span
from engine.language.refusals import Refusal
from engine.limits import Limits

SyntaxNode = Tree[Token] | Token

_CLOSING = {"(": ")", "[": "]", "{": "}"}
_THOUSANDS = re.compile("[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]+)?")
_DEPTH = {"OPEN": 1, "CLOSE": -1}
_OPERATORS = ("PLUS", "MINUS", "TIMES", "DIVIDE", "POWER")


class _ReadyTokens(Lexer):
    """Hands tokens that exist already to lark."""

    def __init__(self, _configuration: object) -> None: ...

    def lex(self, lexer_state: Any, parser_state: Any = None) -> Iterator[Token]:
        """Yield the tokens, which lark hands through in the place of a text."""
        del parser_state
        return iter(lexer_state)


@cache
def _parser() -> Lark:
    """Build the parser; on first use, for it takes longer than an import should."""
    return Lark.open("grammar.lark", rel_to=__file__, parser="lalr", lexer=_ReadyTokens)


def parse(tokens: list[Token], typed: str, limits: Limits) -> SyntaxNode:
    """Return the syntax tree.

    Args:
        tokens: From :func:`engine.language.tokens.tokenise`.
        typed: The typed text, to quote from.
        limits: Budgets; nesting counts here.

    Raises:
        Refusal: The tokens are no expression.
    """
    if not tokens:
        raise Refusal(
            "There is nothing to read.", (0, len(typed)), "Type a polynomial such as 2ab^2."
        )
    _check_nesting(tokens, limits)
    _check_brackets(tokens, len(typed))
    _check_neighbours(tokens)
    try:
        tree: SyntaxNode = _parser().parse(tokens)
    except UnexpectedToken as error:
        raise _explain(tokens, error, typed) from None
    return tree


def place_of(token: Token) -> Span:
    """Return where ``token`` stands in the typed text."""
    return token.start_pos or 0, token.end_pos or 0


def span_of(node: SyntaxNode) -> Span:
    """Return where ``node`` stands in the typed text."""
    first, last = node, node
    while isinstance(first, Tree):
        first = first.children[0]
    while isinstance(last, Tree):
        last = last.children[-1]
    return first.start_pos or 0, last.end_pos or 0


def leaves_of(node: SyntaxNode) -> Iterator[Token]:
    """Yield the tokens of ``node``, from left to right."""
    if isinstance(node, Token):
        yield node
        return
    for child in node.children:
        yield from leaves_of(child)


class Factor(NamedTuple):
    """One factor of a product as typed.

    Attributes:
        operator: ``"TIMES"``, ``"DIVIDE"`` or, where it just stands beside the last one, ``""``.
        signs: Plus and minus signs in front of it.
        node: The factor itself.
    """

    operator: str
    signs: list[SyntaxNode]
    node: SyntaxNode


def factors_of(children: list[SyntaxNode]) -> Iterator[Factor]:
    """Yield the factors of a ``product`` node."""
    operator, signs = "", list[SyntaxNode]()
    for child in children:
        kind = child.type if isinstance(child, Token) else ""
        if kind in ("TIMES", "DIVIDE"):
            operator = kind
        elif kind in ("PLUS", "MINUS"):
            signs.append(child)
        else:
            yield Factor(operator, signs, child)
            operator, signs = "", []


def parts_of_power(children: list[SyntaxNode]) -> list[list[SyntaxNode]]:
    """Return base and exponents of a ``power`` node, each as its signs and its atom."""
    parts: list[list[SyntaxNode]] = [[]]
    for child in children:
        kind = child.type if isinstance(child, Token) else ""
        if kind == "SUPERSCRIPT":
            parts.append([child])
        elif kind == "POWER":
            parts.append([])
        else:
            parts[-1].append(child)
    return parts


def _check_nesting(tokens: list[Token], limits: Limits) -> None:
    depth = chain = 0
    for token in tokens:
        depth += _DEPTH.get(token.type, 0)
        chain = chain + 1 if token.type in _OPERATORS else 0
        if depth + chain > limits.nesting:
            raise Refusal(
                f"Parentheses or signs are nested deeper than {limits.nesting} levels here.",
                place_of(token),
                "Multiply out the innermost part.",
            )


def _check_brackets(tokens: list[Token], length: int) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.type == "OPEN":
            opened.append(token)
        elif token.type == "CLOSE":
            if not opened:
                raise Refusal(
                    f"This {token} closes nothing.",
                    place_of(token),
                    "Delete it, or put the opening one in front.",
                    [((*place_of(token), ""),)],
                )
            expected = _CLOSING[opened.pop()]
            if token != expected:
                raise Refusal(
                    f"This {token} stands where {expected} is needed.",
                    place_of(token),
                    f"Type {expected} here.",
                    [((*place_of(token), expected),)],
                )
    if opened:
        raise Refusal(
            f"This {opened[-1]} is never closed.",
            place_of(opened[-1]),
            f"Type {_CLOSING[opened[-1]]} where it ends.",
            [((length, length, "".join(_CLOSING[token] for token in reversed(opened))),)],
        )


def _check_neighbours(tokens: list[Token]) -> None:
    for left, right in pairwise(tokens):
        if left.type == right.type == "NUMBER" and not left[0] == right[0] == "\\":
            raise _two_numbers(tokens, left, right)
        if left.type == "OPEN" and right.type == "CLOSE":
            raise Refusal(
                "There is nothing between these parentheses.",
                (left.start_pos or 0, right.end_pos or 0),
                "Type something between them, or delete them.",
            )


def _two_numbers(tokens: list[Token], left: Token, right: Token) -> Refusal:
    """Refuse a product without its sign, a mixed number or separated thousands."""
    index = next(i for i, token in enumerate(tokens) if token is right)
    message = f"Two numbers stand side by side: {left} and {right}."
    span = (place_of(left)[0], place_of(right)[1])
    hint = "Write * between them for a product, or + in parentheses for a mixed number."
    product = ((place_of(left)[1], place_of(right)[0], "*"),)
    group = [left, *takewhile(lambda token: token.type == "NUMBER", tokens[index:])]
    if _THOUSANDS.fullmatch(" ".join(group)):
        number = "".join(group)
        whole = (span[0], place_of(group[-1])[1])
        hint = f"Write {number} without spaces, or * between numbers for a product."
        return Refusal(message, whole, hint, [((*whole, number),), product])
    is_stroke = [token.type for token in tokens[index + 1 : index + 3]] == ["DIVIDE", "NUMBER"]
    is_mixed = left.value.denominator == 1 and (is_stroke or right.value.denominator > 1)
    if not is_mixed:
        return Refusal(message, span, hint, [product])
    end = place_of(tokens[index + 2] if is_stroke else right)[1]
    mixed = (
        (span[0], span[0], "("),
        (place_of(left)[1], place_of(right)[0], "+"),
        (end, end, ")"),
    )
    return Refusal(message, span, hint, [mixed, product])


def _explain(tokens: list[Token], error: UnexpectedToken, typed: str) -> Refusal:
    """Say what the grammar misses, from the two tokens where it stopped."""
    unexpected = error.token
    index = next((i for i, token in enumerate(tokens) if token is unexpected), len(tokens))
    is_end = index == len(tokens)
    place = (len(typed), len(typed)) if is_end else place_of(unexpected)
    if unexpected.type == "COMMA":
        return Refusal("A comma separates nothing here.", place, "Type one polynomial.")
    if error.expected == {"OPEN"}:
        message = "\\frac needs a numerator and a denominator in braces."
        place = place_of(_fraction_at_end(tokens)) if is_end else place
        return Refusal(message, place, "Write \\frac{1}{2} for one half.")
    if index and tokens[index - 1].type in _OPERATORS:
        return _missing_operand(tokens[index - 1], None if is_end else unexpected, typed)
    return Refusal(
        f"{typed[slice(*place)]} has nothing in front of it.",
        place,
        "Type what belongs in front of it, or delete it.",
        [((*place, ""),)],
    )


def _fraction_at_end(tokens: list[Token]) -> Token:
    r"""Return the ``\frac`` that the text ends in, with its numerator or without it."""
    depth = 0
    for token in reversed(tokens):
        depth += _DEPTH.get(token.type, 0)
        if depth == 0 and token.type == "FRACTION":
            return token
    raise ValueError("a fraction was expected to go on")


def _missing_operand(operator: Token, unexpected: Token | None, typed: str) -> Refusal:
    what = "An exponent" if operator.type == "POWER" else "Something"
    if unexpected is None or unexpected.type == "CLOSE":
        return Refusal(
            f"{what} is missing after {operator}.",
            place_of(operator),
            "Type what belongs there, or delete the sign.",
            [((*place_of(operator), ""),)],
        )
    return Refusal(
        f"{typed[slice(*place_of(unexpected))]} cannot follow {typed[slice(*place_of(operator))]}.",
        (place_of(operator)[0], place_of(unexpected)[1]),
        "Delete one of the two signs, or type what belongs between them.",
    )
