"""Where the structure of a text could have been meant otherwise, and how that would be typed."""

from __future__ import annotations

from itertools import takewhile

from lark import Token, Tree

from engine.errors import shorten
from engine.language.notes import NoteBook
from engine.language.syntax import (
    Factor,
    SyntaxNode,
    factors_of,
    leaves_of,
    parts_of_power,
    place_of,
    span_of,
)

_OPERANDS = ("NAME", "NUMBER", "SUPERSCRIPT")


def note_ambiguities(tree: SyntaxNode, typed: str, notes: NoteBook) -> None:
    """Note quotients, towers of powers and products that look like something else."""
    if isinstance(tree, Token):
        return
    for node in tree.iter_subtrees():
        if node.data == "product":
            _note_product(list(factors_of(node.children)), typed, notes)
        elif node.data == "power":
            _note_tower(node.children, typed, notes)


def _note_product(factors: list[Factor], typed: str, notes: NoteBook) -> None:
    for index, factor in enumerate(factors[1:], 1):
        before = factors[index - 1].node
        if factor.operator == "DIVIDE":
            _note_division(factors, index, typed, notes)
            _note_exponent(before, factor, typed, notes)
        elif not factor.operator and _is(before, "NAME"):
            if _is(_first(factor.node), "OPEN"):
                _note_function(before, factor.node, typed, notes)
            else:
                _note_number(before, factor.node, notes)


def _note_division(factors: list[Factor], index: int, typed: str, notes: NoteBook) -> None:
    """Note ``1/2x``: only what stands directly behind the stroke divides."""
    after = (factors[place] for place in range(index + 1, len(factors)))
    behind = [factor.node for factor in takewhile(lambda factor: not factor.operator, after)]
    if not behind:
        return
    first = index - 1
    while factors[first].operator == "DIVIDE":
        first -= 1
    divisor = [*factors[index].signs, factors[index].node]
    span = (span_of(factors[first].node)[0], span_of(behind[-1])[1])
    start, subject = span_of(divisor[0])[0], typed[slice(*span)]
    is_no_polynomial = any(map(_has_name, behind))
    edits = () if is_no_polynomial else ((start, start, "("), (span[1], span[1], ")"))
    if notes.extend("division", subject, edits):
        return
    dividend = _quoted(factors[first].node)
    for factor in factors[first + 1 : index]:
        dividend += "/" + _quoted(*factor.signs, factor.node)
    quotient, both = f"{dividend}/{_quoted(*divisor)}", _quoted(*divisor, *behind)
    message = f"{shorten(f'{dividend}/{both}')} is read as "
    message += f"({shorten(quotient)})·{shorten(_quoted(*behind))}"
    if is_no_polynomial:
        message += f"; {shorten(f'{dividend}/({both})')} would be no polynomial"
    notes.add("division", subject, span, f"{message}.", edits)


def _note_exponent(power: SyntaxNode, factor: Factor, typed: str, notes: NoteBook) -> None:
    """Note ``x^1/2``: the stroke does not belong to the exponent."""
    if isinstance(power, Token) or power.data != "power":
        return
    exponent, divisor = power.children[-1], factor.node
    if not isinstance(exponent, Token) or exponent.type != "NUMBER":
        return
    span = (span_of(power)[0], span_of(divisor)[1])
    start, subject = place_of(exponent)[0], typed[slice(*span)]
    is_root = isinstance(divisor, Token) and (exponent.value / divisor.value).denominator != 1
    edits = () if is_root else ((start, start, "("), (span[1], span[1], ")"))
    if notes.extend("exponent_quotient", subject, edits):
        return
    whole, rest = _quoted(power), _quoted(*factor.signs, divisor)
    message = f"{shorten(f'{whole}/{rest}')} is read as ({shorten(whole)})/{shorten(rest)}"
    if is_root:
        other = f"{_quoted(*power.children[:-1])}({exponent}/{rest})"
        message += f"; {shorten(other)} would be no polynomial"
    notes.add("exponent_quotient", subject, span, f"{message}.", edits)


def _note_function(name: SyntaxNode, argument: SyntaxNode, typed: str, notes: NoteBook) -> None:
    (start, middle), (_, stop) = span_of(name), span_of(argument)
    subject = typed[start:middle]
    if notes.extend("function", subject, ()):
        return
    factor, rest = _quoted(name), _quoted(argument)
    notes.add(
        "function",
        subject,
        (start, stop),
        f"{shorten(factor + rest)} is read as the product "
        f"{shorten(factor)}·{shorten(rest)}, not as a function.",
    )


def _note_number(name: SyntaxNode, number: SyntaxNode, notes: NoteBook) -> None:
    """Note ``x 2``, which is what copying x² out of a document can leave; all get one note."""
    (left, end), first = span_of(name), _first(number)
    start, stop = span_of(first)
    if end == start or not (_is(first, "NUMBER") and str(first).isdecimal()):
        return
    edits = ((end, start, "^"),)
    if notes.extend("spaced_number", "", edits):
        return
    factor, rest = _quoted(name), _quoted(first)
    notes.add(
        "spaced_number",
        "",
        (left, stop),
        f"{shorten(f'{factor} {rest}')} is read as the product "
        f"{shorten(factor)}·{shorten(rest)}, not as a power.",
        edits,
    )


def _note_tower(children: list[SyntaxNode], typed: str, notes: NoteBook) -> None:
    if len(children) < 3 or len(parts := parts_of_power(children)) < 3:
        return
    span = (span_of(children[0])[0], span_of(children[-1])[1])
    subject, ends = typed[slice(*span)], [span_of(part[-1])[1] for part in parts[1:-1]]
    edits = ((span[0], span[0], "(" * len(ends)), *((end, end, ")") for end in ends))
    if notes.extend("power_tower", subject, edits):
        return
    whole, base, mark = _quoted(*children), _quoted(children[0]), children[1]
    raised = str(mark.value) if isinstance(mark, Token) and mark.type == "SUPERSCRIPT" else ""
    notes.add(
        "power_tower",
        subject,
        span,
        f"{shorten(whole)} is read from right to left, as "
        f"{shorten(base)}^({shorten(raised + _quoted(*children[2:]))}).",
        edits,
    )


def _quoted(*nodes: SyntaxNode) -> str:
    """Return what was typed in plain signs, with white space only between operands."""
    text, end, before = "", 0, ""
    for node in nodes:
        for token in leaves_of(node):
            sign = {"NAME": token.value, "POWER": "^"}.get(token.type, str(token))
            start, stop = place_of(token)
            # x_{1}2 becomes x_1 2, and xx\alpha becomes xx α.
            is_shorter = before == "NAME" and (token.type == "NUMBER" or stop - start > len(sign))
            if before in _OPERANDS and token.type in _OPERANDS and (start > end or is_shorter):
                text += " "
            text += sign
            end, before = stop, token.type
    return text


def _is(node: SyntaxNode, kind: str) -> bool:
    return isinstance(node, Token) and node.type == kind


def _first(node: SyntaxNode) -> SyntaxNode:
    while isinstance(node, Tree):
        node = node.children[0]
    return node


def _has_name(node: SyntaxNode) -> bool:
    if isinstance(node, Token):
        return node.type == "NAME"
    return any(_has_name(child) for child in node.children)
