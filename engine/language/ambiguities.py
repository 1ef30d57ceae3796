"""Where the structure of a text could have been meant otherwise, and how that would be typed."""

from __future__ import annotations

from lark import Token, Tree

from engine.language.notes import NoteBook
from engine.language.refusals import Edit, shorten
from engine.language.syntax import Factor, SyntaxNode, factors_of, parts_of_power, span_of


def note_ambiguities(tree: SyntaxNode, typed: str, notes: NoteBook) -> None:
    """Note quotients, towers of powers and products that look like functions."""
    if isinstance(tree, Token):
        return
    for node in tree.iter_subtrees():
        if node.data == "product":
            _note_product(list(factors_of(node.children)), typed, notes)
        elif node.data == "power":
            _note_tower(parts_of_power(node.children), typed, notes)


def _note_product(factors: list[Factor], typed: str, notes: NoteBook) -> None:
    for index, factor in enumerate(factors[1:], 1):
        before = factors[index - 1].node
        if factor.operator == "DIVIDE":
            _note_division(factors, index, typed, notes)
            _note_exponent(before, factor, typed, notes)
        elif not factor.operator and _is(before, "NAME") and _is(_first(factor.node), "OPEN"):
            _note_function(before, factor.node, typed, notes)


def _note_division(factors: list[Factor], index: int, typed: str, notes: NoteBook) -> None:
    """Note ``1/2x``: only what stands directly behind the stroke divides."""
    behind = []
    for factor in factors[index + 1 :]:
        if factor.operator:
            break
        behind.append(factor.node)
    if not behind:
        return
    divisor = [*factors[index].signs, factors[index].node]
    start, middle, stop = span_of(divisor[0])[0], span_of(divisor[-1])[1], span_of(behind[-1])[1]
    first = span_of(factors[index - 1].node)[0]
    quotient, rest = typed[first:middle], typed[middle:stop].strip()
    other = f"{typed[first:start]}({typed[start:stop]})"
    message = f"{shorten(typed[first:stop])} is read as ({shorten(quotient)})·{shorten(rest)}"
    edits: tuple[Edit, ...] = ((start, start, "("), (stop, stop, ")"))
    if any(map(_has_name, behind)):
        message, edits = f"{message}; {shorten(other)} would be no polynomial", ()
    notes.add("division", typed[first:stop], (first, stop), f"{message}.", edits)


def _note_exponent(before: SyntaxNode, factor: Factor, typed: str, notes: NoteBook) -> None:
    """Note ``x^1/2``: the stroke does not belong to the exponent."""
    if isinstance(before, Token) or before.data != "power":
        return
    exponent, divisor = before.children[-1], factor.node
    if not isinstance(exponent, Token):
        return
    first, start = span_of(before)[0], span_of(exponent)[0]
    middle, stop = span_of(exponent)[1], span_of(divisor)[1]
    quotient, rest = typed[first:middle], typed[middle:stop].strip()
    message = f"{shorten(typed[first:stop])} is read as ({shorten(quotient)}){shorten(rest)}"
    edits: tuple[Edit, ...] = ((start, start, "("), (stop, stop, ")"))
    if isinstance(divisor, Token) and (exponent.value / divisor.value).denominator != 1:
        other = f"{typed[first:start]}({typed[start:stop]})"
        message, edits = f"{message}; {shorten(other)} would be no polynomial", ()
    notes.add("exponent_quotient", typed[first:stop], (first, stop), f"{message}.", edits)


def _note_function(name: SyntaxNode, argument: SyntaxNode, typed: str, notes: NoteBook) -> None:
    (start, middle), (left, stop) = span_of(name), span_of(argument)
    notes.add(
        "function",
        typed[start:middle],
        (start, stop),
        f"{shorten(typed[start:stop])} is read as the product "
        f"{shorten(typed[start:middle])}·{shorten(typed[left:stop])}, not as a function.",
    )


def _note_tower(parts: list[list[SyntaxNode]], typed: str, notes: NoteBook) -> None:
    if len(parts) < 3:
        return
    start, stop = span_of(parts[0][0])[0], span_of(parts[-1][-1])[1]
    first_exponent = span_of(parts[1][0])[0]
    ends = [span_of(part[-1])[1] for part in parts[1:-1]]
    notes.add(
        "power_tower",
        typed[start:stop],
        (start, stop),
        f"{shorten(typed[start:stop])} is read from right to left, as "
        f"{shorten(typed[start:first_exponent])}({shorten(typed[first_exponent:stop])}).",
        ((start, start, "(" * len(ends)), *((end, end, ")") for end in ends)),
    )


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
