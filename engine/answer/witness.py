"""A point of small whole numbers at which a polynomial is not 0."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from engine.answer.slip import Terms, moved
from engine.point import Point
from engine.polynomial import Polynomial

_HIGH = 12
"""A degree from which numbers other than 0, 1 and -1 have long powers."""


def separating_point(difference: Polynomial) -> Point:
    """Return a point at which ``difference``, which is not the zero polynomial, is not 0.

    The variables are given values one after the other, so that what is left is not the zero
    polynomial. One of more values than the degree always does, since a polynomial of degree d
    in one variable has d roots at most.
    """
    ones = Point(dict.fromkeys(difference.variables, 1))
    if difference.value(ones):
        return ones
    terms, coordinates = difference.terms(), {}
    for position, name in enumerate(difference.variables):
        highest = difference.degree_in(name)
        for value in _candidates(highest):
            left = _with_value(terms, position, value)
            if left:
                terms, coordinates[name] = left, value
                break
    return Point(coordinates)


def _candidates(degree: int) -> Iterator[int]:
    """Yield more whole numbers than ``degree``, the handiest first."""
    first = (1, 2, -1, 3, 0, -2) if degree < _HIGH else (1, -1, 0, 2, 3, -2)
    yield from first
    for value in range(4, degree + 2):
        yield from (value, 1 - value)


def _with_value(terms: Terms, position: int, value: int) -> Terms:
    """Return the terms with a value for one variable, whose exponent becomes 0."""
    left: Terms = {}
    for exponents, coefficient in terms.items():
        key = moved(exponents, position, -exponents[position])
        left[key] = left.get(key, Fraction(0)) + coefficient * value ** exponents[position]
    return {key: coefficient for key, coefficient in left.items() if coefficient}
