"""The syntax tree to the tree of the expression, with what only its structure can tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from lark import Token, Tree

from engine.errors import Span, shorten
from engine.expression import Expression, Number, Power, Product, Sum, Variable, variables_of
from engine.language.expansion import Expansion
from engine.language.refusals import Refusal
from engine.language.syntax import SyntaxNode, factors_of, parts_of_power, span_of
from engine.writing.writer import to_text

_WHOLE = "Only whole exponents from 0 up make a polynomial."


class Places:
    """Where each part of a tree stands in the typed text; the first place given counts."""

    def __init__(self) -> None:
        # The part is kept with its place: a dead one's id could be given to another.
        self._places: dict[int, tuple[Expression, Span]] = {}

    def add(self, part: Expression, span: Span) -> None:
        """Note where ``part`` stands."""
        self._places.setdefault(id(part), (part, span))

    def of(self, part: Expression) -> Span:
        """Return where ``part`` stands."""
        return self._places[id(part)][1]


@dataclass(slots=True)
class Builder:
    """Builds the expression of one text.

    Attributes:
        expansion: Evaluates divisors and exponents, within the budgets of the text.
        places: Gets the place of every part.
    """

    expansion: Expansion
    places: Places

    def build(self, node: SyntaxNode) -> Expression:
        """Return the expression of ``node``.

        Raises:
            Refusal: A divisor or an exponent that makes no polynomial.
        """
        # Parentheses are stepped over here: each level of recursion costs Python frames.
        while isinstance(node, Tree) and node.data == "group":
            node = node.children[1]
        if isinstance(node, Token):
            is_name = node.type == "NAME"
            expression: Expression = Variable(node.value) if is_name else Number(node.value)
        else:
            expression = _BUILD[node.data](self, node.children)
        self.places.add(expression, span_of(node))
        return expression

    def _sum(self, children: list[SyntaxNode]) -> Sum:
        terms = [self.build(children[0])]
        for sign, child in zip(children[1::2], children[2::2], strict=True):
            term = self.build(child)
            terms.append(self._negated(term, child) if _is_minus(sign) else term)
        return Sum(tuple(terms))

    def _signed(self, children: list[SyntaxNode]) -> Expression:
        """Apply the signs in front of the last child."""
        expression = self.build(children[-1])
        for sign in reversed(children[:-1]):
            if _is_minus(sign):
                expression = self._negated(expression, children[-1])
        return expression

    def _negated(self, expression: Expression, node: SyntaxNode) -> Expression:
        negated = negate(expression)
        self.places.add(negated, span_of(node))
        if isinstance(negated, Product):
            self.places.add(negated.factors[0], span_of(node))
        return negated

    def _product(self, children: list[SyntaxNode]) -> Expression:
        factors: list[Expression] = []
        for factor in factors_of(children):
            operand = (
                self._signed([*factor.signs, factor.node])
                if factor.signs
                else self.build(factor.node)
            )
            if factor.operator != "DIVIDE":
                factors.append(operand)
                continue
            span = (span_of([*factor.signs, factor.node][0])[0], span_of(factor.node)[1])
            factors = self._quotient(factors, operand, span)
        return factors[0] if len(factors) == 1 else Product(tuple(factors))

    def _fraction(self, children: list[SyntaxNode]) -> Expression:
        numerator, denominator = children[2], children[5]
        dividend = self.build(numerator)
        factors = self._quotient([dividend], self.build(denominator), span_of(denominator))
        return factors[0] if len(factors) == 1 else Product(tuple(factors))

    def _quotient(
        self, dividend: list[Expression], divisor: Expression, span: Span
    ) -> list[Expression]:
        """Return factors that end in a reciprocal; a number over a number is one number."""
        names = variables_of(divisor)
        if names:
            raise _no_polynomial(dividend, divisor, span)
        value = self.expansion.constant(divisor)
        if value == 0:
            raise Refusal("Division by zero is not defined.", span, "Write another divisor.")
        only = dividend[0] if len(dividend) == 1 else None
        if isinstance(only, Number):
            number = Number(only.value / value)
            self.places.add(number, (self.places.of(only)[0], span[1]))
            return [number]
        reciprocal = Number(1 / value)
        self.places.add(reciprocal, span)
        return [*dividend, reciprocal]

    def _power(self, children: list[SyntaxNode]) -> Power:
        """Fold a tower from the right: 2^3^2 is 2^(3^2)."""
        base, *exponents = parts_of_power(children)
        value, stop = 1, span_of(children[-1])[1]
        for part in reversed(exponents):
            value = self._exponent(part, value, stop)
        return Power(self.build(base[-1]), value)

    def _exponent(self, part: list[SyntaxNode], above: int, stop: int) -> int:
        """Return the value of one exponent of a tower, given that above it and the tower's end.

        A sign belongs to the whole rest of the tower: 2^-3^2 is 2^(-(3^2)).
        """
        last = part[-1]
        if above == 1 and len(part) == 1 and isinstance(last, Token) and last.type != "NAME":
            value = last.value
            if value.denominator == 1 and value <= self.expansion.limits.degree:
                return int(value)
        start = span_of(part[0])[0]
        exponent = self.build(last)
        names = variables_of(exponent)
        if names:
            message = f"The exponent contains {names[0]}; it must be a number."
            raise Refusal(message, (start, span_of(last)[1]), _WHOLE)
        span = (start, stop)
        raised = exponent if above == 1 else Power(exponent, above)
        self.places.add(raised, span)
        value = self.expansion.constant(raised)
        for sign in part[:-1]:
            value = -value if _is_minus(sign) else value
        if value.denominator != 1:
            message = f"The exponent {shorten(str(value))} is a fraction: a root is no polynomial."
            raise Refusal(message, span, _WHOLE)
        if value < 0:
            message = f"The exponent {shorten(str(value))} is negative: that would be a division."
            raise Refusal(message, span, _WHOLE)
        if value > self.expansion.limits.coefficient_bits:
            message = f"The exponent {shorten(str(value))} is too large."
            raise Refusal(message, span, "Type a smaller exponent.")
        return int(value)


_BUILD: dict[str, Callable[[Builder, list[SyntaxNode]], Expression]] = {
    "sum": Builder._sum,
    "addend": Builder._signed,
    "product": Builder._product,
    "power": Builder._power,
    "fraction": Builder._fraction,
}


def negate(expression: Expression) -> Expression:
    """Return the negative; the sign goes into a number, or into a product's first one."""
    match expression:
        case Number(value):
            return Number(-value)
        case Product((Number(value), *others)):
            return Product((Number(-value), *others))
        case Product(factors):
            return Product((Number(Fraction(-1)), *factors))
        case _:
            return Product((Number(Fraction(-1)), expression))


def _is_minus(sign: SyntaxNode) -> bool:
    return isinstance(sign, Token) and sign.type == "MINUS"


def _no_polynomial(dividend: list[Expression], divisor: Expression, span: Span) -> Refusal:
    if isinstance(divisor, Variable):
        message = f"Dividing by the variable {divisor.name} does not give a polynomial."
    elif any(map(variables_of, dividend)):
        message = (
            f"A quotient by {shorten(to_text(divisor))} is no polynomial, even where it can be "
            "simplified: it is not defined where the divisor is 0."
        )
    else:
        message = f"Dividing by {shorten(to_text(divisor))} does not give a polynomial."
    return Refusal(message, span, "Divide by numbers only; simplify a quotient by hand first.")
