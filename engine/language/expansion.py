"""A tree to its polynomial, with every budget checked before the work that it bounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import comb, lcm
from operator import add

from engine.budget import room_for_terms
from engine.errors import LimitError
from engine.expression import Expression, Number, Power, Product, Sum, Variable, variables_of
from engine.limits import LIMITS, Limits
from engine.polynomial import Exponents, Polynomial


class ExpansionError(LimitError):
    """A part of the tree expands to more than the budgets allow, or is 0^0.

    Attributes:
        part: The smallest part of the tree that is too large.
        hint: What to do instead.
    """

    def __init__(
        self, message: str, part: Expression, hint: str = "Type a smaller or simpler expression."
    ) -> None:
        super().__init__(message)
        self.part, self.hint = part, hint


@dataclass(frozen=True, slots=True)
class _Monomial:
    coefficient: Fraction
    exponents: Exponents


@dataclass(frozen=True, slots=True)
class _Expanded:
    """A polynomial with a common denominator and a bound on the bits over it.

    The bounds follow from the operations and are never measured, so that they cost nothing.
    """

    polynomial: Polynomial
    denominator: int
    bits: int


_Part = _Monomial | _Expanded
_ONE = Fraction(1)


def expand(
    expression: Expression, variables: tuple[str, ...] | None = None, limits: Limits = LIMITS
) -> Polynomial:
    """Return the polynomial of a tree.

    Args:
        expression: The tree; it may be nested about as deep as ``limits.nesting``.
        variables: Their order; by default that of first appearance.
        limits: Budgets for the whole tree.

    Raises:
        ExpansionError: A budget would be exceeded; nothing large was computed.
    """
    names = variables_of(expression) if variables is None else variables
    return Expansion(names, limits).polynomial(expression)


class Expansion:
    """The budgets of one text, used up by everything that is expanded for it."""

    def __init__(self, variables: tuple[str, ...], limits: Limits) -> None:
        self.limits = limits
        self._variables = variables
        self._positions = {name: index for index, name in enumerate(variables)}
        self._zero = (0,) * len(variables)
        self._operations = 0

    def polynomial(self, expression: Expression) -> Polynomial:
        """Return the polynomial of ``expression``."""
        return self._expanded(self._expand(expression)).polynomial

    def constant(self, expression: Expression) -> Fraction:
        """Return the value of an expression without variables."""
        if isinstance(expression, Number):
            return expression.value
        part = self._expand(expression)
        if isinstance(part, _Monomial):
            return part.coefficient
        return part.polynomial.terms().get(self._zero, Fraction(0))

    def _expand(self, node: Expression) -> _Part:
        match node:
            case Number(value):
                return self._monomial(value, self._zero, node)
            case Variable(name):
                return _Monomial(_ONE, self._unit(name, 1))
            case Sum(terms):
                return self._sum([self._expand(term) for term in terms], node)
            case Product(factors):
                return self._product(factors, node)
            case Power(Variable(name), exponent):
                self._check_degree(exponent, node)
                return _Monomial(_ONE, self._unit(name, exponent))
            case Power(base, exponent):
                return self._power(self._expand(base), exponent, node)

    def _unit(self, name: str, exponent: int) -> Exponents:
        index = self._positions[name]
        return (*self._zero[:index], exponent, *self._zero[index + 1 :])

    def _monomial(self, coefficient: Fraction, exponents: Exponents, node: Expression) -> _Monomial:
        self._check_bits(max(_bits(coefficient.numerator), _bits(coefficient.denominator)), node)
        return _Monomial(coefficient, exponents)

    def _expanded(self, part: _Part) -> _Expanded:
        if isinstance(part, _Expanded):
            return part
        polynomial = Polynomial(self._variables, {part.exponents: part.coefficient})
        value = part.coefficient
        return _Expanded(polynomial, value.denominator, _bits(value.numerator))

    def _sum(self, parts: list[_Part], node: Expression) -> _Part:
        """Add monomials in a dictionary and the rest in FLINT: a long sum stays linear."""
        monomials = [part for part in parts if isinstance(part, _Monomial)]
        total = self._sum_of_monomials(monomials, node) if monomials else None
        for part in parts:
            if isinstance(part, _Expanded):
                total = part if total is None else self._add(total, part, node)
        if total is None:
            raise ValueError("a sum has two or more terms")
        return total

    def _sum_of_monomials(self, monomials: list[_Monomial], node: Expression) -> _Expanded:
        collected: dict[Exponents, Fraction] = {}
        denominator = 1
        for part in monomials:
            divisor = part.coefficient.denominator
            if divisor != 1:
                self._charge((1 + denominator.bit_length() // 64) ** 2, node)
                denominator = lcm(denominator, divisor)
                self._check_bits(_bits(denominator), node)
            self._charge(1 + _bits(part.coefficient.numerator) // 64, node)
            before = collected.get(part.exponents)
            value = part.coefficient
            collected[part.exponents] = value if before is None else before + value
            self._check_terms(len(collected), node)
        common = _bits(denominator)
        bits = (
            common
            + _bits(len(monomials))
            + max(
                _bits(part.coefficient.numerator) - part.coefficient.denominator.bit_length() + 1
                for part in monomials
            )
        )
        self._check_bits(bits, node)
        return _Expanded(Polynomial(self._variables, collected), denominator, max(0, bits))

    def _add(self, left: _Expanded, right: _Expanded, node: Expression) -> _Expanded:
        denominator = lcm(left.denominator, right.denominator)
        bits = 1 + max(part.bits + _bits(denominator // part.denominator) for part in (left, right))
        terms = len(left.polynomial) + len(right.polynomial)
        self._check_bits(max(bits, _bits(denominator)), node)
        self._check_terms(terms, node)
        self._charge(terms * (1 + bits // 64), node)
        return _Expanded(left.polynomial + right.polynomial, denominator, bits)

    def _product(self, factors: Iterable[Expression], node: Expression) -> _Part:
        """Multiply the monomials first: they cost almost nothing."""
        coefficient, exponents = _ONE, self._zero
        others: list[_Expanded] = []
        for factor in factors:
            part = self._expand(factor)
            if isinstance(part, _Expanded):
                others.append(part)
                continue
            value = part.coefficient
            if coefficient is _ONE:
                coefficient = value
            elif value is not _ONE:
                bits = max(_bits(coefficient.numerator), _bits(coefficient.denominator))
                bits += max(_bits(value.numerator), _bits(value.denominator))
                self._check_bits(bits, node)
                self._charge((1 + bits // 64) ** 2, node)
                coefficient *= value
            if part.exponents is not self._zero:
                exponents = tuple(map(add, exponents, part.exponents))
        self._check_degree(sum(exponents), node)
        monomial = _Monomial(coefficient, exponents)
        if not others:
            return monomial
        is_one = coefficient == 1 and not any(exponents)
        if not is_one:
            others.insert(0, self._expanded(monomial))
        total, *rest = others
        for part in rest:
            total = self._multiply(total, part, node)
        return total

    def _multiply(self, left: _Expanded, right: _Expanded, node: Expression) -> _Expanded:
        f, g = left.polynomial, right.polynomial
        shorter, longer = sorted((len(f), len(g)))
        denominator_bits = _bits(left.denominator) + _bits(right.denominator)
        bits = left.bits + right.bits + _bits(max(1, shorter))
        self._check_degree(f.degree + g.degree, node)
        self._check_bits(max(bits, denominator_bits), node)
        self._charge(shorter * longer * (1 + bits // 64), node)
        # The box is checked only where it matters: it costs more than a small product.
        if shorter * longer > self.limits.terms:
            self._check_terms(min(shorter * longer, self._box(((f, 1), (g, 1)))), node)
        return _Expanded(f * g, left.denominator * right.denominator, bits)

    def _power(self, base: _Part, exponent: int, node: Expression) -> _Part:
        if isinstance(base, _Monomial):
            return self._power_of_monomial(base, exponent, node)
        f = base.polynomial
        if exponent == 0 or not f:
            return self._power_of_monomial(
                _Monomial(Fraction(1 if f else 0), self._zero), exponent, node
            )
        self._check_degree(f.degree * exponent, node)
        bits = exponent * (base.bits + _bits(len(f)))
        self._check_bits(max(bits, exponent * _bits(base.denominator)), node)
        terms = min(_multisets(len(f), exponent, self.limits.terms), self._box(((f, exponent),)))
        self._check_terms(terms, node)
        self._charge(terms * len(f) * (1 + bits // 64), node)
        return _Expanded(f**exponent, base.denominator**exponent, bits)

    def _power_of_monomial(self, base: _Monomial, exponent: int, node: Expression) -> _Monomial:
        value = base.coefficient
        if exponent == 0 and value == 0:
            hint = "Type 1 or 0, whichever is meant, or another exponent."
            raise ExpansionError("0^0 is not defined.", node, hint)
        self._check_degree(sum(base.exponents) * exponent, node)
        bits = exponent * max(_bits(value.numerator), _bits(value.denominator))
        self._check_bits(bits, node)
        self._charge((1 + bits // 64) ** 2, node)
        # (-1)^n with a huge n is cheap for whole numbers, but an exponent must fit a machine word.
        return _Monomial(value**exponent, tuple(count * exponent for count in base.exponents))

    def _box(self, factors: tuple[tuple[Polynomial, int], ...]) -> int:
        """Return how many monomials the degrees of a product leave room for."""
        degrees = [
            sum(f.degree_in(name) * exponent for f, exponent in factors) for name in self._variables
        ]
        return room_for_terms(degrees, sum(f.degree * exponent for f, exponent in factors))

    def _check_degree(self, degree: int, node: Expression) -> None:
        if degree > self.limits.degree:
            raise ExpansionError(f"The degree here is above {self.limits.degree}.", node)

    def _check_bits(self, bits: int, node: Expression) -> None:
        if bits > self.limits.coefficient_bits:
            digits = self.limits.coefficient_bits * 3 // 10
            raise ExpansionError(f"A number here has more than {digits} digits.", node)

    def _check_terms(self, terms: int, node: Expression) -> None:
        if terms > self.limits.terms:
            raise ExpansionError(f"This expands to more than {self.limits.terms} terms.", node)

    def _charge(self, operations: int, node: Expression) -> None:
        self._operations += operations
        if self._operations > self.limits.operations:
            raise ExpansionError("The text takes too much work to expand, up to here.", node)


def _bits(value: int) -> int:
    """Return the smallest n with ``abs(value) <= 2**n``, so that powers of 1 stay small."""
    return (abs(value) - 1).bit_length() if value else 0


def _multisets(kinds: int, size: int, enough: int) -> int:
    """Return C(kinds + size - 1, size), or more than ``enough`` once that is certain."""
    return enough + 1 if min(kinds - 1, size) > enough else comb(kinds + size - 1, size)
