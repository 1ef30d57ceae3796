"""Polynomial: the canonical form, exact over the rationals (FLINT does the arithmetic)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import lcm

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

from engine.budget import check_power, check_product
from engine.errors import PartialError, PolynomialError
from engine.exact import to_flint, to_fraction
from engine.expression import Expression, Number, Power, Product, Sum, Variable
from engine.partial import Partial
from engine.point import Point
from engine.polynomial_parts import check_term, checked_names, factors_of
from engine.writing import writer
from engine.writing.names import by_canonical_name, canonical_name

Exponents = tuple[int, ...]
"""One exponent for each variable, in the order of the variables."""

NestedTuples = tuple[tuple[int | Fraction | tuple[str, int], ...], ...]
"""``((2, ("a", 1), ("b", 2)), ...)``: terms of a coefficient and (variable, exponent) pairs."""


class Polynomial:
    """An immutable polynomial with rational coefficients and ordered variables.

    Two polynomials are equal when they are the same function of the same names:
    the order of the variables, and variables that no term contains, do not count.

    Args:
        variables: Names, in their order; may hold more than the terms use.
        terms: Exponents (one for each variable) to coefficient; zeros are dropped.

    Raises:
        PolynomialError: A name is not one letter, Latin or Greek and with or without a
            subscript (``x``, ``x_1``, ``α``); a name comes twice; there is not one whole
            exponent >= 0 for each variable; or a coefficient is neither ``int`` nor ``Fraction``.
        LimitError: A term has a degree above the budget.

    Source: the arithmetic is FLINT's ``fmpq_mpoly`` (Hart et al., flintlib.org).
    """

    __slots__ = ("_flint", "_hash", "_variables")

    def __init__(
        self, variables: Iterable[str] = (), terms: Mapping[Exponents, int | Fraction] | None = None
    ) -> None:
        self._variables = checked_names(tuple(variables))
        given = terms or {}
        for exponents, coefficient in given.items():
            check_term(self._variables, exponents, coefficient)
        # FLINT's own names must be ASCII and are never shown: variables go by position.
        context = fmpq_mpoly_ctx.get(("x", len(self._variables)), Ordering.deglex)
        self._flint = context.from_dict(
            {exponents: to_flint(value) for exponents, value in given.items()}
        )
        self._hash: int | None = None

    @classmethod
    def _wrap(cls, variables: tuple[str, ...], flint_polynomial: fmpq_mpoly) -> Polynomial:
        self = cls.__new__(cls)
        self._variables, self._flint, self._hash = variables, flint_polynomial, None
        return self

    @classmethod
    def from_tuples(cls, tuples: NestedTuples) -> Polynomial:
        """Return the sum of the terms of ``((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1)))``.

        Raises:
            PolynomialError: A term is no coefficient with pairs of a name and an exponent behind
                it, or one of these is wrong.
        """
        factors = [factors_of(term) for term in tuples]
        variables = tuple(dict.fromkeys(name for pairs in factors for name, _ in pairs))
        terms: dict[Exponents, Fraction] = {}
        for (coefficient, *_), pairs in zip(tuples, factors, strict=True):
            exponents = dict.fromkeys(variables, 0)
            names = tuple(name for name, _ in pairs)
            check_term(names, tuple(exponent for _, exponent in pairs), coefficient)
            for name, exponent in pairs:
                exponents[name] += exponent
            key = tuple(exponents.values())
            terms[key] = terms.get(key, Fraction(0)) + Fraction(coefficient)  # type: ignore[arg-type]
        return cls(variables, terms)

    def to_tuples(self) -> NestedTuples:
        """Return the nested-tuple form, by ascending exponents, the first variable's first.

        Whole coefficients are ``int``, others ``Fraction``; a power of 0 is left out.
        """
        return tuple(
            (
                coefficient.numerator if coefficient.denominator == 1 else coefficient,
                *((name, e) for name, e in zip(self.variables, exponents, strict=True) if e),
            )
            for exponents, coefficient in sorted(self.terms().items())
        )

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the variables, in their order."""
        return self._variables

    def terms(self) -> dict[Exponents, Fraction]:
        """Return exponents to coefficient, by descending total degree, then lexicographic."""
        return {
            tuple(map(int, exponents)): to_fraction(coefficient)
            for exponents, coefficient in self._flint.terms()
        }

    def ratios(self) -> dict[Exponents, tuple[int, int]]:
        """Return exponents to numerator and denominator: several times as fast as fractions."""
        return {
            tuple(map(int, exponents)): (int(coefficient.p), int(coefficient.q))
            for exponents, coefficient in self._flint.terms()
        }

    def with_values(self, values: Mapping[str, Fraction]) -> Polynomial:
        """Return f with numbers put in for some of its variables, exactly; it keeps their names."""
        put: dict[int | str, fmpq] = {
            self.variables.index(name): to_flint(value)
            for name, value in by_canonical_name(values).items()
        }
        return self._wrap(self._variables, self._flint.subs(put)) if put else self

    @property
    def degree(self) -> int:
        """Total degree; 0 for a constant and for the zero polynomial."""
        return max(0, int(self._flint.total_degree()))

    def degree_in(self, name: str) -> int:
        """Return the highest exponent of one variable; 0 where it does not occur."""
        name = canonical_name(name)
        if name not in self.variables:
            return 0
        return max(0, int(self._flint.degrees()[self.variables.index(name)]))

    def __len__(self) -> int:
        """Return the number of terms."""
        return len(self._flint)

    def __bool__(self) -> bool:
        """Return False for the zero polynomial only."""
        return not self._flint.is_zero()

    def value(self, point: Point) -> Fraction:
        """Return f at ``point``, exact; ``point`` may name more variables than f has.

        Raises:
            PointError: A coordinate of one of the variables is missing.
        """
        # One variable after the other: ten times as fast as all at once, for terms merge early.
        rest = self._flint
        for index, coordinate in enumerate(point.in_order(self.variables)):
            rest = rest.subs({index: to_flint(coordinate)})
        return Fraction(0) if rest.is_zero() else to_fraction(rest.leading_coefficient())

    def partial(self, *names: str) -> Polynomial:
        """Return the partial derivative by ``names``, one after the other; exact.

        Raises:
            PartialError: f has no such variable, or the order is above the budget.
        """
        derivative = self._flint
        for index, count in enumerate(Partial(names).multi_index(self.variables)):
            for _ in range(count):
                derivative = derivative.derivative(index)
        return self._wrap(self._variables, derivative)

    def with_variables(self, variables: tuple[str, ...]) -> Polynomial:
        """Return the same polynomial over other variables, which must include all that occur.

        Raises:
            PartialError: A variable that occurs is missing.
        """
        lost = [name for name in self.variables if self.degree_in(name) and name not in variables]
        if lost:
            raise PartialError(f"f contains {lost[0]}, which is not among: {', '.join(variables)}.")
        terms: dict[Exponents, Fraction] = {}
        for exponents, coefficient in self.terms().items():
            by_name = dict(zip(self.variables, exponents, strict=True))
            terms[tuple(by_name.get(name, 0) for name in variables)] = coefficient
        return Polynomial(variables, terms)

    def _aligned(self, other: Polynomial) -> tuple[tuple[str, ...], fmpq_mpoly, fmpq_mpoly]:
        if self.variables == other.variables:
            return self.variables, self._flint, other._flint
        names = tuple(dict.fromkeys(self.variables + other.variables))
        return names, self.with_variables(names)._flint, other.with_variables(names)._flint

    def __add__(self, other: Polynomial | int | Fraction) -> Polynomial:
        if isinstance(other, int | Fraction):
            return self._wrap(self._variables, self._flint + to_flint(other))
        if not isinstance(other, Polynomial):
            return NotImplemented
        names, left, right = self._aligned(other)
        return self._wrap(names, left + right)

    __radd__ = __add__

    def __sub__(self, other: Polynomial | int | Fraction) -> Polynomial:
        if not isinstance(other, Polynomial | int | Fraction):
            return NotImplemented
        return self + -other

    def __rsub__(self, other: int | Fraction) -> Polynomial:
        if not isinstance(other, int | Fraction):
            return NotImplemented
        return -self + other

    def __mul__(self, other: Polynomial | int | Fraction) -> Polynomial:
        """Return the product.

        Raises:
            LimitError: It could be above the budget of degree or terms.
        """
        if isinstance(other, int | Fraction):
            return self._wrap(self._variables, self._flint * to_flint(other))
        if not isinstance(other, Polynomial):
            return NotImplemented
        names, left, right = self._aligned(other)
        degrees = [a + b for a, b in zip(left.degrees(), right.degrees(), strict=True)]
        check_product((len(left), len(right)), degrees, self.degree + other.degree)
        return self._wrap(names, left * right)

    __rmul__ = __mul__

    def __neg__(self) -> Polynomial:
        return self._wrap(self._variables, -self._flint)

    def __pow__(self, exponent: int) -> Polynomial:
        """Return a power; the power of 0 is 1.

        Raises:
            PolynomialError: The exponent is not a whole number >= 0.
            LimitError: The power could be above the budget of degree, terms or bits.
        """
        if not isinstance(exponent, int) or exponent < 0:
            raise PolynomialError(
                f"The power of a polynomial by {exponent!r} is no polynomial; "
                "take a whole exponent of 0 or more."
            )
        if self and exponent > 1:
            degrees = [int(degree) * exponent for degree in self._flint.degrees()]
            bits = exponent * self._growing_bits()
            check_power(len(self), exponent, bits, degrees, self.degree * exponent)
        return self._wrap(self._variables, self._flint**exponent)

    def _growing_bits(self) -> int:
        """Return how many bits each further factor of a power can add to its numbers."""
        coefficients = [to_fraction(coefficient) for coefficient in self._flint.coeffs()]
        denominator = lcm(*(coefficient.denominator for coefficient in coefficients))
        # |numerators| add up to the value at 1, ..., 1: no coefficient of a power is larger
        # than that power of it.
        largest = sum(abs(int(coefficient * denominator)) for coefficient in coefficients)
        return max((largest - 1).bit_length(), (denominator - 1).bit_length())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Polynomial):
            return NotImplemented
        if self is other or len(self) != len(other):  # to align many terms takes milliseconds
            return self is other
        _, left, right = self._aligned(other)
        return bool(left == right)

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset((frozenset(t[1:]), t[0]) for t in self.to_tuples()))
        return self._hash

    def __reduce__(self) -> tuple[object, ...]:
        return Polynomial, (self.variables, self.terms())

    def to_expression(self) -> Expression:
        """Return the sum of its terms as a tree, in the order of :meth:`terms`."""
        terms = tuple(
            _monomial(coefficient, self.variables, exponents)
            for exponents, coefficient in self.terms().items()
        )
        if not terms:
            return Number(Fraction(0))
        return terms[0] if len(terms) == 1 else Sum(terms)

    def __str__(self) -> str:
        """Return plain text, which reads back unless it is longer than the budget for a text."""
        return writer.to_text(self.to_expression())

    def __repr__(self) -> str:
        return f"Polynomial({', '.join(self.variables)}: {self})"

    def to_unicode(self) -> str:
        """Return e.g. ``3a²b + 2ab²``."""
        return writer.to_unicode(self.to_expression())

    def to_latex(self) -> str:
        """Return e.g. ``3 a^{2} b + 2 a b^{2}``."""
        return writer.to_latex(self.to_expression())


def _monomial(coefficient: Fraction, names: tuple[str, ...], exponents: Exponents) -> Expression:
    powers: list[Expression] = [
        Variable(name) if exponent == 1 else Power(Variable(name), exponent)
        for name, exponent in zip(names, exponents, strict=True)
        if exponent
    ]
    factors = powers if coefficient == 1 and powers else [Number(coefficient), *powers]
    return factors[0] if len(factors) == 1 else Product(tuple(factors))
