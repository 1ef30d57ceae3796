"""The polynomials of the benchmarks, in every form that a contestant takes; fixed seeds."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from engine.language.reader import read
from engine.polynomial import Polynomial

SPAN = 1.2
"""Coordinates and coefficients lie within plus and minus this."""


def _coefficient(rng: random.Random) -> Fraction:
    return Fraction(rng.randint(-1200, 1200) or 1, 1000)


def _dense(names: str, degree: int, seed: int) -> Polynomial:
    rng = random.Random(seed)
    keys = [(i, j) for i in range(degree + 1) for j in range(degree + 1 - i)]
    return Polynomial(names, {key: _coefficient(rng) for key in keys})


def _sparse(names: str, degree: int, count: int, seed: int) -> Polynomial:
    rng = random.Random(seed)
    terms: dict[tuple[int, ...], Fraction] = {}
    while len(terms) < count:
        key = tuple(rng.randint(0, degree) for _ in names)
        if sum(key) <= degree:
            terms[key] = _coefficient(rng)
    return Polynomial(names, terms)


P1 = read("2ab^2 + 3a^2b").polynomial
P2 = _dense("xy", 8, 2)
P3 = _sparse("xyz", 12, 60, 3)
P4 = _sparse("xy", 40, 500, 4)
P5 = _sparse("uvwxyz", 6, 100, 5)


def to_sympy(f: Polynomial) -> tuple[Any, list[Any]]:
    """Return f as a SymPy expression, and its symbols."""
    import sympy

    symbols = [sympy.Symbol(name) for name in f.variables]
    terms = [
        sympy.Rational(value.numerator, value.denominator)
        * sympy.prod([s**e for s, e in zip(symbols, key, strict=True)])
        for key, value in f.terms().items()
    ]
    return sympy.Add(*terms), symbols


def lambdified(f: Polynomial) -> Any:
    """Return SymPy's function of f and its gradient, common subexpressions shared."""
    import sympy

    expression, symbols = to_sympy(f)
    wanted = [expression, *(sympy.diff(expression, symbol) for symbol in symbols)]
    return sympy.lambdify(symbols, wanted, "numpy", cse=True)


def to_jax(f: Polynomial) -> Any:
    """Return f of a vector as JAX sees it: powers by multiplication, then the terms."""
    import jax.numpy as jnp

    terms = [(key, float(value)) for key, value in f.terms().items()]
    highest = [f.degree_in(name) for name in f.variables]

    def function(at: Any) -> Any:
        powers = []
        for index, degree in enumerate(highest):
            table = [jnp.ones(())]
            for _ in range(degree):
                table.append(table[-1] * at[index])
            powers.append(table)
        total = 0.0
        for key, value in terms:
            term = value
            for index, exponent in enumerate(key):
                if exponent:
                    term = term * powers[index][exponent]
            total = total + term
        return total

    return function


def to_torch(f: Polynomial) -> Any:
    """Return f of a list of tensors as it is written down: coefficient times powers, summed."""
    terms = [(key, float(value)) for key, value in f.terms().items()]

    def function(at: Any) -> Any:
        total = 0.0
        for key, value in terms:
            term = value
            for index, exponent in enumerate(key):
                if exponent:
                    term = term * at[index] ** exponent
            total = total + term
        return total

    return function
