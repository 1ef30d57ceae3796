"""Tokens to a syntax tree (lark, LALR), and what is said where the grammar stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from lark import Lark, Token, Tree, UnexpectedToken
from lark.lexer import Lexer

from engine.errors import Span
from engine.language.refusals import Edit, Refusal
from engine.limits import Limits

SyntaxNode = Tree[Token] | Token

_CLOSING = {"(": ")", "[": "]", "{": "}"}
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


def span_of(node: SyntaxNode) -> Span:
    """Return where ``node`` stands in the typed text."""
    first, last = node, node
    while isinstance(first, Tree):
        first = first.children[0]
    while isinstance(last, Tree):
        last = last.children[-1]
    return first.start_pos or 0, last.end_pos or 0


@dataclass(frozen=True, slots=True)
class Factor:
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
        if isinstance(child, Token) and child.type == "POWER":
            parts.append([])
        else:
            parts[-1].append(child)
    return parts


def _span(token: Token) -> Span:
    return token.start_pos or 0, token.end_pos or 0


def _check_nesting(tokens: list[Token], limits: Limits) -> None:
    depth = chain = 0
    for token in tokens:
        depth += {"OPEN": 1, "CLOSE": -1}.get(token.type, 0)
        chain = chain + 1 if token.type in _OPERATORS else 0
        if depth + chain > limits.nesting:
            raise Refusal(
                f"Parentheses or signs are nested deeper than {limits.nesting} levels here.",
                _span(token),
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
                    _span(token),
                    "Delete it, or put the opening one in front.",
                    [((*_span(token), ""),)],
                )
            expected = _CLOSING[opened.pop()]
            if token != expected:
                raise Refusal(
                    f"This {token} stands where {expected} is needed.",
                    _span(token),
                    f"Type {expected} here.",
                    [((*_span(token), expected),)],
                )
    if opened:
        raise Refusal(
            f"This {opened[-1]} is never closed.",
            _span(opened[-1]),
            f"Type {_CLOSING[opened[-1]]} where it ends.",
            [((length, length, "".join(_CLOSING[token] for token in reversed(opened))),)],
        )


def _check_neighbours(tokens: list[Token]) -> None:
    for left, right in pairwise(tokens):
        if left.type == right.type == "NUMBER":
            span = (left.start_pos or 0, right.end_pos or 0)
            raise Refusal(
                f"Two numbers stand side by side: {left} and {right}.",
                span,
                "Write * between them for a product, or + in parentheses for a mixed number.",
                _repairs_of_two_numbers(tokens, left, right),
            )
        if left.type == "OPEN" and right.type == "CLOSE":
            raise Refusal(
                "There is nothing between these parentheses.",
                (left.start_pos or 0, right.end_pos or 0),
                "Type something between them, or delete them.",
            )


def _repairs_of_two_numbers(
    tokens: list[Token], left: Token, right: Token
) -> list[tuple[Edit, ...]]:
    index = next(i for i, token in enumerate(tokens) if token is right)
    product = ((left.end_pos or 0, right.start_pos or 0, "*"),)
    is_stroke = [token.type for token in tokens[index + 1 : index + 3]] == ["DIVIDE", "NUMBER"]
    is_mixed = left.value.denominator == 1 and (is_stroke or right.value.denominator > 1)
    if not is_mixed:
        return [product]
    end = _span(tokens[index + 2] if is_stroke else right)[1]
    start = left.start_pos or 0
    mixed = ((start, start, "("), (left.end_pos or 0, right.start_pos or 0, "+"), (end, end, ")"))
    return [mixed, product]


def _explain(tokens: list[Token], error: UnexpectedToken, typed: str) -> Refusal:
    """Say what the grammar misses, from the two tokens where it stopped."""
    unexpected = error.token
    index = next((i for i, token in enumerate(tokens) if token is unexpected), len(tokens))
    is_end = index == len(tokens)
    place = (len(typed), len(typed)) if is_end else _span(unexpected)
    if unexpected.type == "COMMA":
        return Refusal("A comma separates nothing here.", place, "Type one polynomial.")
    if error.expected == {"OPEN"}:
        message = "\\frac needs a numerator and a denominator in braces."
        return Refusal(message, place, "Write \\frac{1}{2} for one half.")
    if index and tokens[index - 1].type in _OPERATORS:
        return _missing_operand(tokens[index - 1], None if is_end else unexpected, typed)
    return Refusal(
        f"{typed[slice(*place)]} has nothing in front of it.",
        place,
        "Type what belongs in front of it, or delete it.",
        [((*place, ""),)],
    )


def _missing_operand(operator: Token, unexpected: Token | None, typed: str) -> Refusal:
    what = "An exponent" if operator.type == "POWER" else "Something"
    if unexpected is None or unexpected.type == "CLOSE":
        return Refusal(
            f"{what} is missing after {operator}.",
            _span(operator),
            "Type what belongs there, or delete the sign.",
            [((*_span(operator), ""),)],
        )
    return Refusal(
        f"{typed[slice(*_span(unexpected))]} cannot follow {typed[slice(*_span(operator))]}.",
        (_span(operator)[0], _span(unexpected)[1]),
        "Delete one of the two signs, or type what belongs between them.",
    )
