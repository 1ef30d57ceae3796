"""The parts of a typed tree with their polynomials, as the search for slips needs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, mul

from engine.expression import Expression, Number, Power, Product, Sum, Variable, children, walk
from engine.polynomial import Polynomial
from engine.writing.writer import to_unicode

_LONGEST_SHOWN = 80
"""Characters of one part of the tree in a sentence."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the tree.

    Attributes:
        tree: The part as typed.
        value: Its polynomial.
        derivative: The derivative of that, by the variable of the step.
        below: Its own parts, from left to right.
    """

    tree: Expression
    value: Polynomial
    derivative: Polynomial
    below: tuple[Part, ...] = ()

    @property
    def is_monomial(self) -> bool:
        """Whether no sum is in it."""
        return not any(isinstance(node, Sum) for node in walk(self.tree))

    @property
    def text(self) -> str:
        """The part as typed, for a sentence."""
        text = to_unicode(self.tree)
        return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"

    def grouped(self) -> tuple[Part, ...]:
        """Return the factors, those without a bracket as one: ``2a`` and ``(a + b)^3``."""
        plain = [part for part in self.below if part.is_monomial]
        if len(plain) < 2 or len(plain) == len(self.below):
            return self.below
        first = plain[0]
        group = Part(
            Product(tuple(part.tree for part in plain)),
            product([part.value for part in plain], self.one),
            _derivative_of_product(plain, self.one),
            tuple(plain),
        )
        return tuple(
            group if part is first else part for part in self.below if part not in plain[1:]
        )

    @property
    def one(self) -> Polynomial:
        """The polynomial 1."""
        return self.value**0

    def inside(self) -> Iterator[tuple[Part, Polynomial]]:
        """Yield the parts below, each with ∂(this part)/∂(part below)."""
        match self.tree:
            case Sum():
                yield from ((part, self.one) for part in self.below)
            case Product() if not self.is_monomial:
                factors = self.grouped()
                for index, factor in enumerate(factors):
                    others = [*factors[:index], *factors[index + 1 :]]
                    yield factor, product([other.value for other in others], self.one)
            case Power(_, exponent) if exponent and not self.is_monomial:
                (base,) = self.below
                yield base, base.value ** (exponent - 1) * exponent


def part_of(tree: Expression, variables: tuple[str, ...], by: str) -> Part:
    """Return the tree with the polynomials of all its parts.

    Raises:
        LimitError: One of them would be above the budget.
    """
    below = tuple(part_of(child, variables, by) for child in children(tree))
    value = _value(tree, [part.value for part in below], variables)
    return Part(tree, value, value.partial(by), below)


def _value(tree: Expression, below: Sequence[Polynomial], variables: tuple[str, ...]) -> Polynomial:
    match tree:
        case Number(value):
            return Polynomial(variables, {(0,) * len(variables): value})
        case Variable(name):
            return Polynomial(variables, {tuple(int(each == name) for each in variables): 1})
        case Sum():
            return reduce(add, below)
        case Product():
            return reduce(mul, below)
        case Power(_, exponent):
            return below[0] ** exponent


def product(values: Iterable[Polynomial], one: Polynomial) -> Polynomial:
    """Return the product of any number of polynomials."""
    return reduce(mul, values, one)


def _derivative_of_product(parts: Sequence[Part], one: Polynomial) -> Polynomial:
    return reduce(
        add,
        (
            part.derivative * product([o.value for o in (*parts[:index], *parts[index + 1 :])], one)
            for index, part in enumerate(parts)
        ),
    )
