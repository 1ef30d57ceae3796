"""The derivation as a student writes it: one rule a line, from f as typed to the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from engine.differentiation.rules import (
    RuleApplication,
    derivation,
    power_of,
    product_of,
    sum_of,
)
from engine.errors import LimitError, PartialError
from engine.explanation.terms import typed_terms
from engine.expression import Expression, Number, Power, Product, Sum, Variable, variables_of
from engine.partial import Partial
from engine.polynomial import Polynomial
from engine.writing.writer import to_latex

RULES = ("constant", "variable", "constant multiple", "sum", "product", "power", "chain")
"""What a student calls them; the variable rule is the power rule for x¹."""

HIGHEST_LINES = 400
"""Rules of a derivation that are written out."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as an equation: the derivative of ``before`` is ``applied`` is ``after``.

    Attributes:
        rule: One of :data:`RULES`.
        before: What is differentiated.
        variable: By what.
        applied: What the rule makes of it. A variable named as by :func:`pending` stands for a
            derivative that is still to be taken: that of the part with this number.
        after: The derivative, every part of it taken.
        parts: The lines about these derivatives, in order.
        terms: Which terms of f as typed it is about, by position.
    """

    rule: str
    before: Expression
    variable: str
    applied: Expression
    after: Expression
    parts: tuple[RuleLine, ...]
    terms: frozenset[int]

    def walk(self) -> Iterator[RuleLine]:
        """Yield this line and all below it, in the order in which a student writes them."""
        waiting = [self]
        while waiting:
            line = waiting.pop()
            yield line
            waiting.extend(reversed(line.parts))


@dataclass(frozen=True, slots=True)
class Derivation:
    """How the rules lead from f as typed to one derivative.

    Attributes:
        expression: f as typed.
        terms: The terms of f as typed; f itself where it is no sum.
        partial: Which derivative.
        steps: One tree of lines for each differentiation, one after the other.
        result: The derivative, collected.
    """

    expression: Expression
    terms: tuple[Expression, ...]
    partial: Partial
    steps: tuple[RuleLine, ...]
    result: Polynomial

    @property
    def is_simplified(self) -> bool:
        """Whether the last rule gives the result as it is written when collected."""
        # Two trees can be written alike: −1·2 is a product, −2 a number.
        return to_latex(self.steps[-1].after) == self.result.to_latex()


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """The whole derivative after one more rule, the leftmost that can be applied.

    Attributes:
        rule: That rule; None for the first line, where nothing has been done.
        whole: All of it; names that ``pending`` lists stand for derivatives still to be taken.
        pending: Name to the line about what is to be differentiated.
    """

    rule: str | None
    whole: Expression
    pending: Mapping[str, RuleLine]


def pending(number: int) -> str:
    """Return the name that stands for a derivative still to be taken."""
    return f"∂{number}"


def derive(expression: Expression, polynomial: Polynomial, partial: Partial) -> Derivation:
    """Return how the rules lead to a derivative.

    Args:
        expression: f as typed.
        polynomial: The same, collected.
        partial: A derivative of order 1 or more.

    Raises:
        PartialError: The order is 0, or f has no such variable.
        LimitError: More rules would have to be written out than :data:`HIGHEST_LINES`, or a
            derivative would be too large for the rules.
    """
    if not partial.order:
        raise PartialError("f itself needs no rule; choose a derivative, such as a.")
    result = polynomial.partial(*partial.names)
    applications = derivation(expression, partial)
    lines = sum(1 for application in applications for _ in application.walk())
    if lines > HIGHEST_LINES:
        raise LimitError(
            f"The derivation takes {lines} rules; up to {HIGHEST_LINES} are written out. "
            "Take a shorter polynomial or a lower order."
        )
    terms = typed_terms(expression)
    owners = [frozenset({number}) for number in range(len(terms))]
    steps = []
    for application in applications:
        steps.append(_line(application, owners))
        owners = _owners_after(application, owners)
    return Derivation(expression, terms, partial, tuple(steps), result)


def written_lines(step: RuleLine) -> Iterator[WrittenLine]:
    """Yield the derivative as a whole, first as it is asked for, then after each rule."""
    numbers = count(1)
    whole: Expression = Variable(pending(0))
    waiting = {pending(0): step}
    yield WrittenLine(None, whole, dict(waiting))
    while waiting:
        name = next(iter(waiting))
        line = waiting.pop(name)
        names = {pending(index): pending(next(numbers)) for index in range(len(line.parts))}
        applied = substituted(line.applied, {old: Variable(new) for old, new in names.items()})
        whole = substituted(whole, {name: applied})
        below = dict(zip(names.values(), line.parts, strict=True))
        # What is left of others comes first; what was multiplied by zero is gone.
        left = set(variables_of(whole))
        waiting = {key: part for key, part in (below | waiting).items() if key in left}
        yield WrittenLine(line.rule, whole, dict(waiting))


def substituted(expression: Expression, values: Mapping[str, Expression]) -> Expression:
    """Return ``expression`` with variables replaced; a sum put into a sum needs no brackets."""
    match expression:
        case Variable(name):
            return values.get(name, expression)
        case Sum(terms):
            put: list[Expression] = []
            for term in terms:
                new = substituted(term, values)
                put.extend(new.terms if isinstance(new, Sum) and new != term else (new,))
            return sum_of(put)
        case Product(factors):
            new_factors = tuple(substituted(factor, values) for factor in factors)
            return expression if new_factors == factors else product_of(new_factors)
        case Power(base, exponent):
            new = substituted(base, values)
            return expression if new == base else power_of(new, exponent)
        case _:
            return expression


def _line(application: RuleApplication, owners: list[frozenset[int]]) -> RuleLine:
    """Return the line of ``application``; the owners are those of its summands, or all of it."""
    own = frozenset().union(*owners)
    summands = application.rule == "sum" and len(owners) == len(application.parts)
    parts = tuple(
        _line(part, [owners[index]] if summands else [own])
        for index, part in enumerate(application.parts)
    )
    applied = _applied(application)
    if parts and not any(pending(n) in variables_of(applied) for n in range(len(parts))):
        parts = ()  # multiplied by zero: nothing is left to differentiate
    return RuleLine(
        application.rule,
        application.before,
        application.variable,
        applied,
        application.after,
        parts,
        own,
    )


def _applied(application: RuleApplication) -> Expression:
    """Return what the rule makes of it, with names for the derivatives still to be taken."""
    taken = [Variable(pending(number)) for number in range(len(application.parts))]
    match application.rule, application.before:
        case "sum", _:
            return sum_of(taken)
        case "constant multiple", Product(factors):
            constants = [f for f in factors if application.variable not in variables_of(f)]
            return product_of([*constants, *taken])
        case "product", _:
            varying = [part.before for part in application.parts]
            return sum_of(
                [
                    product_of([*varying[:index], one, *varying[index + 1 :]])
                    for index, one in enumerate(taken)
                ]
            )
        case "chain", Power(base, exponent) if exponent:
            return product_of([Number(Fraction(exponent)), power_of(base, exponent - 1), *taken])
        case _:
            return application.after


def _owners_after(
    application: RuleApplication, owners: list[frozenset[int]]
) -> list[frozenset[int]]:
    """Return which terms of f the summands of the derivative come from."""
    zero = sum_of(())
    after = application.after
    if application.rule != "sum" or len(owners) != len(application.parts):
        own = frozenset().union(*owners)
        return [own] * (len(after.terms) if isinstance(after, Sum) else 1)
    kept = [
        owner for owner, part in zip(owners, application.parts, strict=True) if part.after != zero
    ]
    if len(kept) == 1 and isinstance(after, Sum):
        return kept * len(after.terms)
    return kept or owners[:1]
