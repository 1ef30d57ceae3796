"""The exact quotient as a polynomial in its steps: the Taylor series of a polynomial ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import comb, prod

from flint import fmpq, fmpq_poly

from engine.differentiation.stencil import Stencil
from engine.errors import LimitError
from engine.exact import to_flint
from engine.limits import LIMITS
from engine.point import Point
from engine.polynomial import Exponents, Polynomial

Powers = tuple[int, ...]
"""A power of the step along each variable that is differentiated by."""


@dataclass(frozen=True)
class QuotientSeries:
    """``sum of coefficient * h1**p1 * h2**p2 * ...``; without any step it is the derivative.

    Attributes:
        terms: Powers of the steps to coefficient; zeros are left out.
    """

    terms: dict[Powers, Fraction]

    def __reduce__(self) -> tuple[object, ...]:
        return QuotientSeries, (self.terms,)  # FLINT's polynomials cannot be pickled

    def truncation(self, steps: Sequence[fmpq]) -> fmpq:
        """Return the quotient less the derivative, exactly.

        ``steps`` are signed, one along each variable that is differentiated by.
        """
        first, *others = steps
        total = fmpq(0)
        for powers, polynomial in self._in_first_step.items():
            term = polynomial(first)
            for step, power in zip(others, powers, strict=True):
                term *= step**power
            total += term
        return total

    @cached_property
    def _in_first_step(self) -> dict[Powers, fmpq_poly]:
        """Powers of the other steps to the polynomial in the first: FLINT evaluates that."""
        by_others: dict[Powers, dict[int, fmpq]] = {}
        for (first, *others), coefficient in self.terms.items():
            if first or any(others):
                by_others.setdefault(tuple(others), {})[first] = to_flint(coefficient)
        return {
            others: fmpq_poly([kept.get(power, 0) for power in range(max(kept) + 1)])
            for others, kept in by_others.items()
        }

    @property
    def derivative(self) -> Fraction:
        """What is left for steps of 0."""
        return next((c for powers, c in self.terms.items() if not any(powers)), Fraction(0))

    def leading(self, sign: int) -> tuple[Fraction, int] | None:
        """Return coefficient and power of the truncation's first term in one common step.

        None if there is no truncation error whatever the step. ``sign`` is -1 where the steps
        look back.
        """
        by_order: dict[int, Fraction] = {}
        for powers, coefficient in self.terms.items():
            order = sum(powers)
            by_order[order] = by_order.get(order, Fraction(0)) + coefficient * sign**order
        orders = sorted(order for order, coefficient in by_order.items() if order and coefficient)
        return (by_order[orders[0]], orders[0]) if orders else None


def check_series_budget(terms: Iterable[Exponents], indices: Iterable[int]) -> None:
    """Refuse to expand ``terms`` by the variables at ``indices`` where that takes too long.

    Raises:
        LimitError: There are more Taylor terms than the budget.
    """
    work = sum(prod(exponents[index] + 1 for index in indices) for exponents in terms)
    if work > LIMITS.evaluations:
        raise LimitError("The Taylor series of f has too many terms to be studied.")


def quotient_series(
    f: Polynomial, point: Point, stencils: Sequence[tuple[int, Stencil]]
) -> QuotientSeries:
    """Return what the product of ``stencils`` (each with the index of its variable) makes of f.

    With Taylor coefficients T at the point and moments mu of the stencils, the quotient is
    ``sum_k T[k] * prod_i mu_i(k_i) * h_i**(k_i - m_i)``: below the order m of its derivative
    every moment vanishes.

    Source: Fornberg (1988), section 1; Taylor's theorem, which is exact for a polynomial.
    """
    indices = [index for index, _ in stencils]
    terms = f.terms()
    coordinates = point.in_order(f.variables)
    series: dict[Powers, Fraction] = {}
    moments: dict[tuple[int, int], Fraction] = {}
    for exponents, coefficient in terms.items():
        held = coefficient * prod(
            (x**e for i, (x, e) in enumerate(zip(coordinates, exponents, strict=True))
             if i not in indices),
            start=Fraction(1),
        )  # fmt: skip
        ranges = [range(stencil.derivative, exponents[index] + 1) for index, stencil in stencils]
        for orders in product(*ranges):
            term = held
            for number, ((index, stencil), k) in enumerate(zip(stencils, orders, strict=True)):
                if (number, k) not in moments:
                    moments[number, k] = stencil.moment(k)
                e = exponents[index]
                term *= moments[number, k] * comb(e, k) * coordinates[index] ** (e - k)
            if term:
                powers = tuple(
                    k - stencil.derivative for (_, stencil), k in zip(stencils, orders, strict=True)
                )
                series[powers] = series.get(powers, Fraction(0)) + term
    return QuotientSeries({powers: c for powers, c in series.items() if c})
