"""All real solutions of polynomial equations in two unknowns that have finitely many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpq_poly

from engine.critical.algebraic_number import RootField, real_roots
from engine.errors import LimitError
from engine.exact import to_flint
from engine.polynomial import Polynomial

CONTEXT = fmpq_mpoly_ctx.get(("x", "y"), Ordering.lex)
"""Of every polynomial here: FLINT's ``fmpq_mpoly`` in two unknowns."""

X, Y = CONTEXT.gens()

HIGHEST_FIELD = 50
"""Degree of a field in which solutions are calculated: 3 to 4 seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """One real solution; both unknowns are elements of one field.

    Attributes:
        field: The rationals with one more number.
        x: First unknown.
        y: Second unknown.
    """

    field: RootField
    x: fmpq_poly
    y: fmpq_poly

    def of(self, polynomial: fmpq_mpoly) -> fmpq_poly:
        """Return a polynomial in both unknowns there, as an element of the field."""
        return _substituted(polynomial, self.x, self.y, self.field)

    def sign(self, polynomial: fmpq_mpoly) -> int:
        """Return the sign of a polynomial there; 0 only where it is exactly 0."""
        return self.field.sign(self.of(polynomial))


def in_two(f: Polynomial) -> fmpq_mpoly:
    """Return a polynomial in two variables as FLINT takes it here."""
    return CONTEXT.from_dict({key: to_flint(value) for key, value in f.terms().items()})


def solutions(first: fmpq_mpoly, second: fmpq_mpoly, *others: fmpq_mpoly) -> tuple[Solution, ...]:
    """Return every real solution of ``first = second = others = 0``.

    The two polynomials are turned by x = t − k·y until the solutions differ in t. The
    values of t are roots of a resultant; for each irreducible factor of it, y is found in the
    field of its root by Euclid's algorithm.

    Args:
        first: Without a common factor with ``second``.
        second: As ``first``; neither is 0.
        others: Further equations.

    Raises:
        LimitError: A solution would need a field of a degree above :data:`HIGHEST_FIELD`.

    Source: Cox, Little & O'Shea, *Using Algebraic Geometry*, 2nd ed. (2005), sections 2.4 and 3.1.
    """
    if first.is_constant() or second.is_constant():
        return ()
    for k in count():
        shear = _slope(k)
        turned = X - shear * Y
        found = _solved(
            first.compose(turned, Y, ctx=CONTEXT), second.compose(turned, Y, ctx=CONTEXT), shear
        )
        if found is not None:
            return tuple(
                solution
                for solution in found
                if all(solution.of(other).is_zero() for other in others)
            )
    raise AssertionError("unreachable: nearly every k tells the solutions apart")


def _slope(k: int) -> int:
    """Return 0, 1, -1, 2, -2, …: the slopes that are tried."""
    return (k + 1) // 2 * (1 if k % 2 else -1)


def _solved(first: fmpq_mpoly, second: fmpq_mpoly, shear: int) -> list[Solution] | None:
    """Return the solutions of the turned equations; None where two of them share a t."""
    eliminated = _eliminated(first, second)
    found: list[Solution] = []
    for modulus, _ in univariate(eliminated).factor()[1]:
        if modulus.degree() < 1:
            continue
        roots = real_roots(modulus)
        if not roots:
            continue
        if modulus.degree() > HIGHEST_FIELD:
            raise LimitError(
                f"The solutions are roots of a polynomial of degree {modulus.degree()} that has no "
                f"factors; up to {HIGHEST_FIELD} they are found. Take a polynomial of lower degree."
            )
        field = RootField(modulus, 0)
        common = _common_root(field, first, second)
        if common is None:
            return None
        for y in common:
            x = field.element(fmpq_poly([0, 1]) - shear * y)
            found += [Solution(RootField(modulus, index), x, y) for index in range(roots)]
    return found


def _eliminated(first: fmpq_mpoly, second: fmpq_mpoly) -> fmpq_mpoly:
    """Return a polynomial in x alone that is 0 wherever both are."""
    alone = [one for one in (first, second) if one.degrees()[1] < 1]
    if not alone:
        return first.resultant(second, "y")
    return alone[0] if len(alone) == 1 else first.gcd(second)


def univariate(polynomial: fmpq_mpoly) -> fmpq_poly:
    """Return a polynomial in the first unknown alone as one of FLINT's ``fmpq_poly``."""
    degree = max(0, polynomial.degrees()[0])
    coefficients: list[int | fmpq] = [0] * (degree + 1)
    for (power, _), coefficient in polynomial.terms():
        coefficients[int(power)] = coefficient
    return fmpq_poly(coefficients)


def _common_root(field: RootField, first: fmpq_mpoly, second: fmpq_mpoly) -> list[fmpq_poly] | None:
    """Return the one value of y that solves both, in a list; an empty one where there is none.

    None where there are several.
    """
    a, b = (_in_y(one, field) for one in (first, second))
    while b:
        a, b = b, _remainder(a, b, field)
    degree = len(a) - 1
    if degree < 1:
        return []
    top = field.inverse(a[-1])
    y = field.element(a[-2] * top * (fmpq_poly([-1]) / degree))
    # With a single root it is a power: (y − root) to the degree.
    power = [fmpq_poly([1])]
    for _ in range(degree):
        power = _times_linear(power, y, field)
    scaled = [field.element(one * top) for one in a]
    return [y] if all((p - q).is_zero() for p, q in zip(power, scaled, strict=True)) else None


def _times_linear(
    polynomial: list[fmpq_poly], root: fmpq_poly, field: RootField
) -> list[fmpq_poly]:
    shifted = [fmpq_poly([0]), *polynomial]
    for power, coefficient in enumerate(polynomial):
        shifted[power] = field.element(shifted[power] - root * coefficient)
    return shifted


def _in_y(polynomial: fmpq_mpoly, field: RootField) -> list[fmpq_poly]:
    """Return the coefficients of the powers of y, as elements; without leading zeros."""
    table: list[dict[int, fmpq]] = [{} for _ in range(max(0, polynomial.degrees()[1]) + 1)]
    for (in_x, in_y), coefficient in polynomial.terms():
        table[int(in_y)][int(in_x)] = coefficient
    elements = []
    for row in table:
        coefficients = [row.get(power, 0) for power in range(max(row, default=0) + 1)]
        elements.append(field.element(fmpq_poly(coefficients)))
    return _trimmed(elements)


def _remainder(a: list[fmpq_poly], b: list[fmpq_poly], field: RootField) -> list[fmpq_poly]:
    top = field.inverse(b[-1])
    rest = list(a)
    while len(rest) >= len(b):
        factor = field.element(rest[-1] * top)
        offset = len(rest) - len(b)
        for power, coefficient in enumerate(b):
            rest[offset + power] = field.element(rest[offset + power] - factor * coefficient)
        rest = _trimmed(rest[:-1])
    return rest


def _trimmed(elements: Sequence[fmpq_poly]) -> list[fmpq_poly]:
    kept = list(elements)
    while kept and kept[-1].is_zero():
        kept.pop()
    return kept


def _substituted(polynomial: fmpq_mpoly, x: fmpq_poly, y: fmpq_poly, field: RootField) -> fmpq_poly:
    powers: dict[str, list[fmpq_poly]] = {"x": [fmpq_poly([1])], "y": [fmpq_poly([1])]}
    for name, base, degree in zip("xy", (x, y), polynomial.degrees(), strict=True):
        for _ in range(max(0, degree)):
            powers[name].append(field.element(powers[name][-1] * base))
    total = fmpq_poly([0])
    for (in_x, in_y), coefficient in polynomial.terms():
        term = field.element(powers["x"][int(in_x)] * powers["y"][int(in_y)])
        total += term * fmpq_poly([coefficient])
    return total
