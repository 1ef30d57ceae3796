"""Trees gone wrong as a whole: a rule misapplied wherever it is used, or a bracket miscopied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.differentiation.rules import ONE, ZERO, power_of, product_of, sum_of
from engine.expression import Expression, Number, Power, Product, Sum, Variable, variables_of

_MINUS_ONE = Number(Fraction(-1))

Trees = Sequence[Expression]


def _product_rule(factors: Trees, derivatives: Trees) -> Expression:
    return sum_of([_summand(factors, derivatives, index) for index in range(len(factors))])


def _summand(factors: Trees, derivatives: Trees, index: int) -> Expression:
    return product_of([*factors[:index], derivatives[index], *factors[index + 1 :]])


def _power_rule(base: Expression, exponent: int, inner: Expression) -> Expression:
    return product_of([Number(Fraction(exponent)), power_of(base, exponent - 1), inner])


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to differentiate a whole tree, by default rightly.

    Attributes:
        kind: One of :data:`engine.answer.slip.SLIP_KINDS`, or ``""``.
        sentence: What went wrong, for the student.
        product: Factors and their derivatives to the derivative of their product.
        power: Base, exponent and inner derivative to the derivative of the power.
        keeps_constants: Whether a constant in a sum is kept.
        monomial: A part without a bracket and the variable to the part's derivative; None
            where the rules hold.
        pulls_constants: Whether constant factors stand before the bracket of the product rule,
            and not in each of its summands.
    """

    kind: str
    sentence: str
    product: Callable[[Trees, Trees], Expression] = _product_rule
    power: Callable[[Expression, int, Expression], Expression] = _power_rule
    keeps_constants: bool = False
    monomial: Callable[[Expression, str], Expression | None] = lambda _tree, _by: None
    pulls_constants: bool = True

    def differentiated(self, tree: Expression, by: str) -> Expression:
        """Return the wrong derivative of a tree."""
        if by not in variables_of(tree):
            return ZERO
        alone = self.monomial(tree, by)
        if alone is not None:
            return alone
        match tree:
            case Sum(terms):
                return sum_of([self._of_term(term, by) for term in terms])
            case Product(factors):
                return self._of_product(factors, by)
            case Power(base, exponent):
                inner = ONE if isinstance(base, Variable) else self.differentiated(base, by)
                return self.power(base, exponent, inner) if exponent else ZERO
            case _:
                return self.power(tree, 1, ONE)

    def _of_product(self, factors: Trees, by: str) -> Expression:
        if not self.pulls_constants:
            return self.product(factors, [self.differentiated(factor, by) for factor in factors])
        constants = [factor for factor in factors if by not in variables_of(factor)]
        varying = [factor for factor in factors if by in variables_of(factor)]
        derivatives = [self.differentiated(factor, by) for factor in varying]
        if len(varying) == 1:
            return product_of([*constants, *derivatives])
        return product_of([*constants, self.product(varying, derivatives)])

    def _of_term(self, term: Expression, by: str) -> Expression:
        if self.keeps_constants and by not in variables_of(term):
            return term
        return self.differentiated(term, by)


WRITTEN_OUT = Variant("", "", pulls_constants=False)
"""The derivative with every summand of the product rule written out."""

VARIANTS = (
    Variant(
        "product rule half applied",
        "Of each product only the first factor was differentiated: in (uv)′ = u′v + uv′ the "
        "part uv′ is missing.",
        product=lambda factors, derivatives: _summand(factors, derivatives, 0),
    ),
    Variant(
        "product rule half applied",
        "Of each product only the last factor was differentiated: in (uv)′ = u′v + uv′ the "
        "part u′v is missing.",
        product=lambda factors, derivatives: _summand(factors, derivatives, len(factors) - 1),
    ),
    Variant(
        "derivatives multiplied",
        "In each product the derivatives of the factors were multiplied, but the product rule "
        "adds: (uv)′ = u′v + uv′.",
        product=lambda _factors, derivatives: product_of(derivatives),
    ),
    Variant(
        "inner derivative forgotten",
        "At every power of a bracket the chain rule's inner derivative is missing as a factor.",
        power=lambda base, exponent, inner: _power_rule(
            base, exponent, ONE if exponent > 1 else inner
        ),
    ),
    Variant(
        "coefficient not multiplied",
        "At every power the exponent is missing as a factor.",
        power=lambda base, exponent, inner: product_of([power_of(base, exponent - 1), inner]),
    ),
    Variant(
        "exponent not lowered",
        "At every power the exponent was not lowered.",
        power=lambda base, exponent, inner: product_of(
            [Number(Fraction(exponent)), power_of(base, exponent), inner]
        ),
    ),
    Variant(
        "constant kept",
        "Every constant in a sum was kept, although its derivative is 0.",
        keeps_constants=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Miscopy:
    """A tree with one term of a sum changed.

    Attributes:
        kind: ``"sign"`` or ``"term forgotten"``.
        bracket: The sum as typed.
        term: The term that was changed.
        tree: The whole tree with the change.
    """

    kind: str
    bracket: Sum
    term: Expression
    tree: Expression


def miscopies(tree: Expression) -> Iterator[Miscopy]:
    """Yield the trees in which one term of a sum has the other sign, or is left out."""
    match tree:
        case Sum(terms):
            for index, term in enumerate(terms):
                negated = _replaced(terms, index, product_of([_MINUS_ONE, term]))
                yield Miscopy("sign", tree, term, Sum(negated))
                left = sum_of([*terms[:index], *terms[index + 1 :]])
                yield Miscopy("term forgotten", tree, term, left)
            yield from _below(terms, Sum)
        case Product(factors):
            yield from _below(factors, Product)
        case Power(base, exponent):
            yield from _below((base,), lambda bases: Power(bases[0], exponent))


def _below(
    parts: tuple[Expression, ...], rebuilt: Callable[[tuple[Expression, ...]], Expression]
) -> Iterator[Miscopy]:
    for index, part in enumerate(parts):
        for inner in miscopies(part):
            whole = rebuilt(_replaced(parts, index, inner.tree))
            yield Miscopy(inner.kind, inner.bracket, inner.term, whole)


def _replaced(
    parts: tuple[Expression, ...], index: int, part: Expression
) -> tuple[Expression, ...]:
    return (*parts[:index], part, *parts[index + 1 :])
