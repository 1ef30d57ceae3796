"""Polynomial: the canonical form, exact over the rationals (FLINT does the arithmetic)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx, fmpz

from engine.errors import PartialError
from engine.expression import Expression, Number, Power, Product, Sum, Variable
from engine.language import writer
from engine.partial import Partial
from engine.point import Point

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

    Source: the arithmetic is FLINT's ``fmpq_mpoly`` (Hart et al., flintlib.org).
    """

    __slots__ = ("_flint", "_variables")

    def __init__(
        self, variables: Iterable[str] = (), terms: Mapping[Exponents, int | Fraction] | None = None
    ) -> None:
        self._variables = tuple(variables)
        # FLINT's own names must be ASCII and are never shown: variables go by position.
        context = fmpq_mpoly_ctx.get(("x", len(self._variables)), Ordering.deglex)
        self._flint: Any = context.from_dict(
            {exponents: _to_fmpq(value) for exponents, value in (terms or {}).items()}
        )

    @classmethod
    def _wrap(cls, variables: tuple[str, ...], flint_polynomial: Any) -> Polynomial:
        self = cls.__new__(cls)
        self._variables, self._flint = variables, flint_polynomial
        return self

    @classmethod
    def from_tuples(cls, tuples: NestedTuples) -> Polynomial:
        """Return the sum of the terms of ``((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1)))``."""
        variables = tuple(dict.fromkeys(name for term in tuples for name, _ in _factors(term)))
        terms: dict[Exponents, Fraction] = {}
        for term in tuples:
            exponents = dict.fromkeys(variables, 0)
            for name, exponent in _factors(term):
                exponents[name] += exponent
            key = tuple(exponents.values())
            terms[key] = terms.get(key, Fraction(0)) + Fraction(term[0])  # type: ignore[arg-type]
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
            tuple(map(int, exponents)): _to_fraction(coefficient)
            for exponents, coefficient in self._flint.terms()
        }

    @property
    def degree(self) -> int:
        """Total degree; 0 for a constant and for the zero polynomial."""
        return max(0, int(self._flint.total_degree()))

    def degree_in(self, name: str) -> int:
        """Return the highest exponent of one variable; 0 where it does not occur."""
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
        coordinates = point.in_order(self.variables)
        return _to_fraction(self._flint(*map(_to_fmpq, coordinates)))

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

    def _aligned(self, other: Polynomial) -> tuple[tuple[str, ...], Any, Any]:
        if self.variables == other.variables:
            return self.variables, self._flint, other._flint
        names = tuple(dict.fromkeys(self.variables + other.variables))
        return names, self.with_variables(names)._flint, other.with_variables(names)._flint

    def __add__(self, other: Polynomial) -> Polynomial:
        names, left, right = self._aligned(other)
        return self._wrap(names, left + right)

    def __sub__(self, other: Polynomial) -> Polynomial:
        names, left, right = self._aligned(other)
        return self._wrap(names, left - right)

    def __mul__(self, other: Polynomial | int | Fraction) -> Polynomial:
        if not isinstance(other, Polynomial):
            return self._wrap(self._variables, self._flint * _to_fmpq(other))
        names, left, right = self._aligned(other)
        return self._wrap(names, left * right)

    __rmul__ = __mul__

    def __neg__(self) -> Polynomial:
        return self._wrap(self._variables, -self._flint)

    def __pow__(self, exponent: int) -> Polynomial:
        return self._wrap(self._variables, self._flint**exponent)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Polynomial):
            return NotImplemented
        _, left, right = self._aligned(other)
        return bool(left == right)

    def __hash__(self) -> int:
        return hash(frozenset((frozenset(term[1:]), term[0]) for term in self.to_tuples()))

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


def _factors(term: tuple[Any, ...]) -> tuple[tuple[str, int], ...]:
    return term[1:]


def _to_fmpq(value: int | Fraction) -> Any:
    return fmpq(fmpz(value.numerator), fmpz(value.denominator))


def _to_fraction(value: Any) -> Fraction:
    return Fraction(int(value.p), int(value.q))
