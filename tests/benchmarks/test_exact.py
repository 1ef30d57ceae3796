"""Exact work: reading text, partial derivatives and values of long polynomials."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import Any

import pytest
import sympy

from engine.language.reader import read
from engine.point import Point
from engine.polynomial import Polynomial
from tests.benchmarks.polynomials import to_sympy
from tests.benchmarks.race import OURS, Result, race


def random_terms(names: str, degree: int, count: int, seed: int) -> Polynomial:
    rng = random.Random(seed)
    terms: dict[tuple[int, ...], Fraction] = {}
    while len(terms) < count:
        key = tuple(rng.randint(0, degree) for _ in names)
        terms[key] = Fraction(rng.randint(-999, 999) or 1, rng.randint(1, 9))
    return Polynomial(names, terms)


def test_reading_as_typed(record: Callable[[Result], None], benchmark: Any) -> None:
    text = "(1+x+y+z)^20"
    symbols = sympy.symbols("x y z")

    def ours() -> Any:
        return read(text).polynomial

    def with_sympy() -> Any:
        parsed = sympy.parse_expr(text.replace("^", "**"), {str(s): s for s in symbols})
        return sympy.Poly(parsed, *symbols)

    assert len(ours()) == len(with_sympy().terms()) == 1771
    job = "read (1+x+y+z)^20 as typed, 1,771 terms"
    result = race(job, {OURS: ours, "sympy": with_sympy}, goals={"sympy": 20.0})
    record(result)
    benchmark.pedantic(ours, rounds=5)


@pytest.mark.timeout(600)  # SymPy takes up to half a minute a run
def test_reading_expanded(record: Callable[[Result], None], benchmark: Any) -> None:
    f = read("(1+x+y+z)^20").polynomial
    text = str(f)
    starred = text.replace("^", "**")
    symbols = sympy.symbols("x y z")
    from sympy.parsing.sympy_parser import (
        implicit_multiplication_application,
        parse_expr,
        standard_transformations,
    )

    rules = (*standard_transformations, implicit_multiplication_application)

    def ours() -> Any:
        return read(text).polynomial

    def with_sympy() -> Any:
        parsed = parse_expr(starred, {str(s): s for s in symbols}, transformations=rules)
        return sympy.Poly(parsed, *symbols)

    assert ours() == f
    assert len(with_sympy().terms()) == len(f)
    job = "read the same expanded, 37,000 characters"
    result = race(job, {OURS: ours, "sympy": with_sympy}, goals={"sympy": 20.0}, rounds=3)
    record(result)
    benchmark.pedantic(ours, rounds=3)


def test_first_partials(record: Callable[[Result], None], benchmark: Any) -> None:
    f = random_terms("xyz", 40, 10_000, 5)
    expression, symbols = to_sympy(f)
    poly = sympy.Poly(expression, *symbols)

    def ours() -> Any:
        return [f.partial(name) for name in f.variables]

    def with_sympy() -> Any:
        return [poly.diff(symbol) for symbol in symbols]

    for one, other in zip(ours(), with_sympy(), strict=True):
        assert len(one) == len(other.terms())
    job = "all first partials of 10,000 terms, exact"
    result = race(job, {OURS: ours, "sympy": with_sympy}, goals={"sympy": 50.0}, rounds=5)
    record(result)
    benchmark.pedantic(ours, rounds=5)


def test_hessian_at_a_point(record: Callable[[Result], None], benchmark: Any) -> None:
    f = random_terms("xyz", 16, 1_000, 6)
    at = Point({"x": "1/3", "y": "-7/5", "z": "11/10"})
    pairs = list(combinations_with_replacement(f.variables, 2))
    expression, symbols = to_sympy(f)
    poly = sympy.Poly(expression, *symbols)
    by_name = dict(zip(f.variables, symbols, strict=True))
    place = [sympy.Rational(1, 3), sympy.Rational(-7, 5), sympy.Rational(11, 10)]

    def ours() -> Any:
        return [f.value(at), *(f.partial(*pair).value(at) for pair in pairs)]

    def with_sympy() -> Any:
        bends = [poly.diff(by_name[a]).diff(by_name[b]) for a, b in pairs]
        return [one(*place) for one in (poly, *bends)]

    for one, other in zip(ours(), with_sympy(), strict=True):
        assert one == Fraction(int(other.p), int(other.q))
    job = "value and Hessian at a rational point, 1,000 terms, exact"
    result = race(job, {OURS: ours, "sympy": with_sympy}, goals={"sympy": 20.0}, rounds=5)
    record(result)
    benchmark.pedantic(ours, rounds=5)
