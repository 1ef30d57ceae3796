"""Random polynomials, and how far from the exact value autograd may be, in exact arithmetic."""

from __future__ import annotations

import random
from fractions import Fraction

from engine.point import Point
from engine.polynomial import Polynomial

EPS = {"float64": Fraction(1, 2**52), "float32": Fraction(1, 2**23)}


def random_polynomial(seed: int, names: str, degree: int, count: int) -> Polynomial:
    """Up to ``count`` terms with coefficients that no float holds exactly."""
    rng = random.Random(seed)
    terms: dict[tuple[int, ...], Fraction] = {}
    for _ in range(count):
        exponents = [0] * len(names)
        for _ in range(rng.randint(0, degree)):
            exponents[rng.randrange(len(names))] += 1
        terms[tuple(exponents)] = Fraction(rng.randint(-999, 999) or 1, 700)
    return Polynomial(names, terms)


def is_within(result: float, f: Polynomial, partial: str, point: Point, multiple: Fraction) -> bool:
    """Whether a partial of f is right but for ``multiple`` times the sum of the absolute terms."""
    exact = f.partial(*partial)
    absolute = Polynomial(f.variables, {key: abs(value) for key, value in exact.terms().items()})
    size = absolute.value(Point({name: abs(value) for name, value in point.items()}))
    return abs(Fraction(float(result)) - exact.value(point)) <= multiple * size


def unit(f: Polynomial, dtype: str) -> Fraction:
    """What the stated bounds are multiples of."""
    return (f.degree + len(f) + 2) * EPS[dtype]
