"""Real algebraic numbers, exactly: elements of the field that one real root generates."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import cast

from flint import acb, arb, ctx, fmpq, fmpq_mat, fmpq_poly

from engine.exact import fraction_text, nearest_float, to_flint, to_fraction, whole_text
from engine.point import rounded_text
from engine.writing.styles import superscript

_FIRST_BITS, _MOST_BITS = 128, 1 << 16
_SHOWN_BITS = 80

HIGHEST_SHOWN_DEGREE = 16
"""Of a field whose numbers are shown with the polynomial that each is a root of."""


@dataclass(frozen=True, slots=True)
class RealNumber:
    """A real algebraic number, exactly known.

    Attributes:
        text: What a person reads: ``2``, ``−1/3``, ``(1 + √5)/2``, or the first digits where its
            degree is above 2: ``−3.779310…``.
        root_of: The polynomial that has it as a root, where the text is not exact: ``low`` and
            ``high`` then say which of its roots. Empty also where that polynomial would fill a
            page.
        exact: The number where it is rational.
        low: Lower end of an interval that holds the number and no other root of its polynomial.
        high: Upper end; the same as ``low`` where the number is rational.
    """

    text: str
    root_of: str
    exact: Fraction | None
    low: Fraction
    high: Fraction

    @property
    def approximate(self) -> float:
        """The nearest float, or its neighbour; infinite beyond the largest."""
        return nearest_float((self.low + self.high) / 2)


@dataclass(frozen=True, slots=True, eq=False)
class RootField:
    """The rationals and one real root of an irreducible polynomial.

    An element is a polynomial in the root, reduced; it is 0 exactly where that polynomial is.

    Attributes:
        modulus: Irreducible over the rationals.
        index: Which of its real roots, in ascending order.
    """

    modulus: fmpq_poly
    index: int

    def element(self, polynomial: fmpq_poly) -> fmpq_poly:
        """Return ``polynomial`` of the root, reduced."""
        return polynomial % self.modulus

    def inverse(self, element: fmpq_poly) -> fmpq_poly:
        """Return one divided by an element that is not 0.

        As a system of linear equations, which FLINT lifts from a prime: Euclid's algorithm over
        the rationals takes seconds where this takes milliseconds.
        """
        degree = self.modulus.degree()
        if degree == 1:
            return fmpq_poly([1 / element[0]])
        one = fmpq_mat(degree, 1, [int(row == 0) for row in range(degree)])
        found = self._multiplication(element).solve(one, "dixon")
        return fmpq_poly([found[row, 0] for row in range(degree)])

    def _multiplication(self, element: fmpq_poly) -> fmpq_mat:
        """Return the matrix that multiplies by an element, in powers of the root."""
        degree = self.modulus.degree()
        columns, image = [], element
        for _ in range(degree):
            columns.append(image)
            image = self.element(image * fmpq_poly([0, 1]))
        return fmpq_mat(
            degree, degree, [column[row] for row in range(degree) for column in columns]
        )

    def sign(self, element: fmpq_poly) -> int:
        """Return -1, 0 or 1: by exact arithmetic for 0, otherwise by enclosures that exclude 0."""
        if element.is_zero():
            return 0
        enclosure = self.enclosure(element, 0)
        return 1 if enclosure > 0 else -1

    def enclosure(self, element: fmpq_poly, accuracy: int) -> arb:
        """Return an interval around an element that is not 0, to that many bits, without 0."""
        bits = _FIRST_BITS
        while True:
            with ctx.workprec(bits):
                value = _evaluated(element, _root(self.modulus, self.index))
                if not value.contains(arb(0)) and value.rel_accuracy_bits() >= accuracy:
                    return value
            bits *= 2
            if bits > _MOST_BITS:  # cannot be: the element is not 0
                raise ArithmeticError("an algebraic number could not be told from 0")

    def number(self, element: fmpq_poly) -> RealNumber:
        """Return an element as a number to be shown."""
        if element.degree() <= 0:
            exact = to_fraction(element[0])
            return RealNumber(_rational(exact), "", exact, exact, exact)
        low, high = _ends(self.enclosure(element, _SHOWN_BITS))
        if self.modulus.degree() > HIGHEST_SHOWN_DEGREE:
            return RealNumber(_digits((low + high) / 2), "", None, low, high)
        minimal = self._multiplication(element).minpoly()
        if minimal.degree() == 2:
            return RealNumber(_quadratic(minimal, (low + high) / 2), "", None, low, high)
        return RealNumber(_digits((low + high) / 2), _written(minimal), None, low, high)


def real_roots(polynomial: fmpq_poly) -> int:
    """Return how many different real roots a polynomial over the rationals has."""
    return 0 if polynomial.degree() < 1 else len(_roots(polynomial))


def separators(polynomial: fmpq_poly) -> list[fmpq]:
    """Return rational numbers, one from each gap between the real roots and beyond both ends."""
    if polynomial.degree() < 1:
        return [fmpq(0)]
    ends = [_ends(root) for factor, _ in polynomial.factor()[1] for root in _real(factor)]
    ends.sort()
    if not ends:
        return [fmpq(0)]
    between = [(high + low) / 2 for (_, high), (low, _) in pairwise(ends)]
    return [to_flint(one) for one in (ends[0][0] - 1, *between, ends[-1][1] + 1)]


def _real(polynomial: fmpq_poly) -> list[arb]:
    with ctx.workprec(_FIRST_BITS):
        count = real_roots(polynomial)
        return [_root(polynomial, index) for index in range(count)]


def _roots(polynomial: fmpq_poly) -> list[arb]:
    """Return enclosures of the real roots, ascending: FLINT gives those no imaginary part."""
    # FLINT's own type of it leaves out how often each is a root.
    every = cast("list[tuple[acb, int]]", polynomial.numer().complex_roots())
    return [root.real for root, _ in every if root.imag.is_zero()]


def _root(polynomial: fmpq_poly, index: int) -> arb:
    if polynomial.degree() == 1:
        return arb(-polynomial[0] / polynomial[1])
    return _roots(polynomial)[index]


def _evaluated(polynomial: fmpq_poly, at: arb) -> arb:
    value = arb(0)
    for coefficient in reversed(polynomial.coeffs()):
        value = value * at + arb(coefficient)
    return value


def _ends(enclosure: arb) -> tuple[Fraction, Fraction]:
    return _exactly(enclosure.lower()), _exactly(enclosure.upper())


def _exactly(end: arb) -> Fraction:
    mantissa, exponent = end.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _rational(value: Fraction) -> str:
    return fraction_text(value).replace("-", "−")


def _quadratic(minimal: fmpq_poly, near: Fraction) -> str:
    """Return ``(1 + √5)/2`` for the root of x² − x − 1 that lies at ``near``."""
    c, b, a = map(to_fraction, minimal.coeffs())
    middle, square = -b / (2 * a), (b * b - 4 * a * c) / (4 * a * a)
    # √(p/q) = √(p·q)/q, with the squares taken out of p·q.
    under, outside = square.numerator * square.denominator, 1
    factor = 2
    while factor * factor <= under and factor < 10_000:
        while under % (factor * factor) == 0:
            under //= factor * factor
            outside *= factor
        factor += 1
    scale = Fraction(outside, square.denominator)
    sign = 1 if near > middle else -1
    return _with_root(middle, sign * scale, under)


def _with_root(middle: Fraction, scale: Fraction, under: int) -> str:
    divisor = lcm(middle.denominator, scale.denominator)
    whole, times = int(middle * divisor), int(scale * divisor)
    root = f"{whole_text(abs(times)) if abs(times) != 1 else ''}√{whole_text(under)}"
    if whole == 0:
        top = f"{'−' if times < 0 else ''}{root}"
        return top if divisor == 1 else f"{top}/{whole_text(divisor)}"
    top = f"{_rational(Fraction(whole))} {'−' if times < 0 else '+'} {root}"
    return top if divisor == 1 else f"({top})/{whole_text(divisor)}"


def _digits(value: Fraction) -> str:
    """Return the first seven significant digits, and dots for those that follow."""
    return rounded_text(value, 7).replace("-", "−") + "…"


def _written(polynomial: fmpq_poly) -> str:
    """Return a polynomial in x with whole coefficients, such as ``5x³ − 2x − 1``."""
    whole = polynomial.numer()
    text = ""
    for power in range(whole.degree(), -1, -1):
        value = int(whole[power])
        if value == 0:
            continue
        digits = "" if abs(value) == 1 and power else whole_text(abs(value))
        letter = f"x{superscript(power)}" if power else ""
        sign = ("−" if value < 0 else "") if not text else (" − " if value < 0 else " + ")
        text += f"{sign}{digits}{letter}"
    return text
