"""The tree of an expression as it was typed: nothing is expanded, ordered or collected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Number:
    """An exact rational constant."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable by its canonical name: ``x``, ``x_1``, ``x_12``, ``α``."""

    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Two or more terms, added from left to right; a difference adds a negated term."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """Two or more factors, from left to right; ``x/2`` ends in ``Number(1/2)``."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Power:
    """``base ** exponent`` with a whole exponent >= 0."""

    base: Expression
    exponent: int


Expression = Number | Variable | Sum | Product | Power


def children(expression: Expression) -> tuple[Expression, ...]:
    """Return the direct parts of ``expression``, from left to right."""
    match expression:
        case Sum(terms):
            return terms
        case Product(factors):
            return factors
        case Power(base, _):
            return (base,)
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield ``expression`` and everything in it, parents first, from left to right."""
    waiting = [expression]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def variables_of(expression: Expression) -> tuple[str, ...]:
    """Return the names of the variables, in order of first appearance."""
    return tuple(
        dict.fromkeys(node.name for node in walk(expression) if isinstance(node, Variable))
    )
