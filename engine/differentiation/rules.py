"""The symbolic rules, applied to the tree as typed; every application is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from engine.differentiation.method import DerivativeProblem, Estimate, MethodTraits
from engine.errors import LimitError
from engine.evaluation.scalar import expression_value
from engine.expression import Expression, Number, Power, Product, Sum, Variable, children, walk
from engine.limits import LIMITS
from engine.partial import Partial

HIGHEST_SIZE = LIMITS.operations // 10
"""Nodes that the tree of a derivative may have; the product rule multiplies them."""

ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))


@dataclass(frozen=True, slots=True)
class RuleApplication:
    """One rule, applied once.

    Attributes:
        rule: ``"constant"``, ``"variable"``, ``"constant multiple"``, ``"sum"``, ``"product"``,
            ``"power"`` (of the variable) or ``"chain"`` (power of an expression).
        before: What was differentiated.
        after: Its derivative; zeros and ones are left out.
        variable: What it was differentiated by.
        parts: The applications to the parts of ``before`` that the rule asked for, in order.
    """

    rule: str
    before: Expression
    after: Expression
    variable: str
    parts: tuple[RuleApplication, ...] = ()

    def walk(self) -> Iterator[RuleApplication]:
        """Yield this application and all below it, parents first."""
        waiting = [self]
        while waiting:
            application = waiting.pop()
            yield application
            waiting.extend(reversed(application.parts))


@dataclass(frozen=True, slots=True)
class SymbolicRules:
    """Sum, product, power, chain and constant-multiple rule on the tree as typed; exact.

    Source: Apostol, *Calculus I*, 2nd ed. (1967), theorems 4.1 and 4.2.
    """

    key: ClassVar[str] = "rules"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=True, rational=True, cost="rule applications"
    )

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        """Return the exact derivative; counts the rules that were applied."""
        problem.partial.multi_index(problem.polynomial.variables)
        steps = derivation(problem.expression, problem.partial)
        last = steps[-1].after if steps else problem.expression
        return Estimate(
            value=expression_value(last, problem.point),
            evaluations=sum(1 for step in steps for _ in step.walk()),
            dtype="rational",
        )


def derivation(expression: Expression, partial: Partial) -> tuple[RuleApplication, ...]:
    """Return one tree of rules for each differentiation, one after the other.

    Raises:
        LimitError: A derivative would have too many nodes; nothing is built then.
    """
    steps: list[RuleApplication] = []
    for name in partial.names:
        steps.append(differentiate(steps[-1].after if steps else expression, name))
    return tuple(steps)


def differentiate(expression: Expression, variable: str) -> RuleApplication:
    """Return the tree of rules that leads from ``expression`` to its derivative.

    Raises:
        LimitError: The derivative would have too many nodes.
    """
    size = _derivative_size(expression)
    if size > HIGHEST_SIZE:
        raise LimitError(
            f"The product rule would make a tree of up to {size} nodes, more than {HIGHEST_SIZE}; "
            "take a lower order, or type the polynomial expanded."
        )
    containing: dict[int, bool] = {}
    _mark(expression, variable, containing)
    return _apply(expression, variable, containing)


def _mark(expression: Expression, variable: str, containing: dict[int, bool]) -> bool:
    """Note for every node whether it contains the variable."""
    found = expression == Variable(variable) if isinstance(expression, Variable) else False
    for part in children(expression):
        found = _mark(part, variable, containing) or found
    containing[id(expression)] = found
    return found


def _derivative_size(expression: Expression) -> int:
    """Return a bound on the nodes of the derivative, without building it."""
    sizes: dict[int, tuple[int, int]] = {}
    for node in reversed(list(walk(expression))):
        parts = [sizes[id(part)] for part in children(node)]
        size = 1 + sum(part for part, _ in parts)
        match node:
            case Number() | Variable():
                derived = 1
            case Sum():
                derived = 1 + sum(part for _, part in parts)
            case Power():
                derived = size + 2 + parts[0][1]
            case Product():
                inner = size - 1
                derived = 1 + sum(1 + inner - part + part_derived for part, part_derived in parts)
        sizes[id(node)] = size, derived
    return sizes[id(expression)][1]


def _apply(expression: Expression, variable: str, containing: dict[int, bool]) -> RuleApplication:
    if not containing[id(expression)]:
        return RuleApplication("constant", expression, ZERO, variable)
    match expression:
        case Sum(terms):
            parts = tuple(_apply(term, variable, containing) for term in terms)
            after = sum_of([part.after for part in parts])
            return RuleApplication("sum", expression, after, variable, parts)
        case Product(factors):
            return _apply_to_product(expression, factors, variable, containing)
        case Power(base, exponent):
            return _apply_to_power(expression, base, exponent, variable, containing)
        case _:
            return RuleApplication("variable", expression, ONE, variable)


def _apply_to_product(
    expression: Expression,
    factors: Sequence[Expression],
    variable: str,
    containing: dict[int, bool],
) -> RuleApplication:
    constants = [factor for factor in factors if not containing[id(factor)]]
    varying = [factor for factor in factors if containing[id(factor)]]
    if constants:
        rest = varying[0] if len(varying) == 1 else Product(tuple(varying))
        containing[id(rest)] = True
        part = _apply(rest, variable, containing)
        after = product_of([*constants, part.after])
        return RuleApplication("constant multiple", expression, after, variable, (part,))
    parts = tuple(_apply(factor, variable, containing) for factor in varying)
    after = sum_of(
        [
            product_of([*varying[:index], part.after, *varying[index + 1 :]])
            for index, part in enumerate(parts)
        ]
    )
    return RuleApplication("product", expression, after, variable, parts)


def _apply_to_power(
    expression: Expression,
    base: Expression,
    exponent: int,
    variable: str,
    containing: dict[int, bool],
) -> RuleApplication:
    outer = [Number(Fraction(exponent)), power_of(base, exponent - 1)] if exponent else [ZERO]
    if isinstance(base, Variable):
        return RuleApplication("power", expression, product_of(outer), variable)
    part = _apply(base, variable, containing)
    after = product_of([*outer, part.after])
    return RuleApplication("chain", expression, after, variable, (part,))


def sum_of(terms: Sequence[Expression]) -> Expression:
    """Return the sum; zeros are left out."""
    kept = tuple(term for term in terms if term != ZERO)
    if not kept:
        return ZERO
    return kept[0] if len(kept) == 1 else Sum(kept)


def product_of(factors: Sequence[Expression]) -> Expression:
    """Return the product without ones; a product in it is written out, without brackets."""
    flat = [
        part
        for factor in factors
        for part in (factor.factors if isinstance(factor, Product) else (factor,))
    ]
    if any(factor == ZERO for factor in flat):
        return ZERO
    kept = tuple(factor for factor in flat if factor != ONE)
    if not kept:
        return ONE
    return kept[0] if len(kept) == 1 else Product(kept)


def power_of(base: Expression, exponent: int) -> Expression:
    """Return the power; 1 for an exponent of 0."""
    if exponent == 0:
        return ONE
    return base if exponent == 1 else Power(base, exponent)
