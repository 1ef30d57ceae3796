"""How time grows: with points, grid nodes, terms, variables and the order of the derivative.

Sizes are those within the limits of the program and of each method. Every result is compared
with exact arithmetic before it is timed; times are not asserted.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
import pytest

from engine import (
    MethodChoice,
    Partial,
    Point,
    Polynomial,
    RegularGrid,
    autograd_evaluate,
    evaluate,
    read,
    sample,
)
from engine.differentiation import registry
from engine.differentiation.autograd import AutogradReverse
from engine.differentiation.method import DerivativeProblem
from engine.evaluation.points import compiling_pays
from tests.benchmarks.growth import Expected, Growth, grow, slope
from tests.benchmarks.polynomials import P2, SPAN

Record = Callable[[Growth], None]

NUMPY_POINTS = [100, 580, 3_400, 20_000, 114_000, 660_000]
COMPILED_POINTS = [700_000, 1_000_000, 1_400_000, 2_000_000, 2_800_000]
AUTOGRAD_POINTS = [100, 1_000, 10_000, 100_000, 1_000_000]
SIDES = [32, 63, 125, 250, 500, 1000, 2000]
"""Nodes along each axis; 2048 would be more than four million in all."""
TERMS = [12, 36, 108, 324, 972, 2916]
PARTIALS_TERMS = [82, 246, 740, 2222, 6667, 20_000]
COMPILED_TERMS = [108, 224, 465, 965, 2000]
VARIABLES = [1, 2, 3, 6, 12, 24]
TERMS_PER_VARIABLE = 5
ORDERS = [1, 2, 3, 4, 6, 8]
FORWARD_ORDERS = [1, 2, 3, 4, 5, 6]
"""Forward mode refuses higher orders of the polynomial that is differentiated here."""

IN_TURN = Polynomial(
    "xy",
    {
        (12, 11): Fraction(3, 2),
        (9, 12): -2,
        (7, 7): Fraction(5, 3),
        (5, 9): 1,
        (12, 4): Fraction(-4, 5),
    },
)
"""What is differentiated by x, y, x, ...: no term vanishes up to order 8."""

LINEAR = Expected(float, "each takes the same work")
SHARED = Expected(float, "each takes the same work; some share powers or products", at_most=True)


def magnitude(f: Polynomial, at: Point) -> float:
    """Return the sum of the absolute values of the terms of f."""
    coordinates = [float(x) for x in at.in_order(f.variables)]
    return sum(
        abs(float(value) * prod(x**e for x, e in zip(coordinates, key, strict=True)))
        for key, value in f.terms().items()
    )


def check(f: Polynomial, at: Point, names: Sequence[str], found: Iterable[float]) -> None:
    """Compare f and its partials with the exact values; the bound is that of ``evaluate``."""
    rounding = (f.degree + len(f) + 2) * 2.0**-52
    wanted = [f, *(f.partial(name) for name in names)]
    for one, value in zip(wanted, found, strict=True):
        assert abs(Fraction(float(value)) - one.value(at)) <= rounding * magnitude(one, at)


def check_points(f: Polynomial, points: np.ndarray, values: Any, gradient: Any) -> None:
    """Compare five of the points, the first and the last among them, with the exact values."""
    assert len(values) == len(gradient) == len(points)
    for row in np.linspace(0, len(points) - 1, 5).astype(int):
        coordinates = map(Fraction, points[row].tolist())
        at = Point(dict(zip(f.variables, coordinates, strict=True)))
        check(f, at, f.variables, (values[row], *gradient[row]))


def at_points(
    f: Polynomial, count: int, function: Callable[..., Any] = evaluate
) -> Callable[[], object]:
    """Return the evaluation of f and its gradient at random points, checked."""
    points = np.random.default_rng(1).uniform(-SPAN, SPAN, (count, len(f.variables)))
    check_points(f, points, *function(f, points))
    return lambda: function(f, points)


def point_of(f: Polynomial) -> Point:
    """Return a point with a coordinate of two digits for each variable."""
    rng = random.Random(7)
    return Point({name: Fraction(rng.choice((-1, 1)) * rng.randint(6, 12), 10)
                  for name in f.variables})  # fmt: skip


def test_that_the_slope_of_a_power_is_its_exponent() -> None:
    values = {size: 3.0 * size**2 for size in (1, 2, 4, 8, 16)} | {1: 1000.0}
    assert slope(values) == pytest.approx(2)


def test_points_by_numpy(record: Record) -> None:
    assert not compiling_pays(P2, max(NUMPY_POINTS), True)
    runs = {count: at_points(P2, count) for count in NUMPY_POINTS}
    record(grow("points", "evaluate, f and gradient, P2, by NumPy", runs, LINEAR))


def test_points_compiled(record: Record) -> None:
    assert compiling_pays(P2, min(COMPILED_POINTS), True)
    runs = {count: at_points(P2, count) for count in COMPILED_POINTS}
    record(grow("points", "evaluate, f and gradient, P2, compiled", runs, LINEAR))


def test_points_by_autograd(record: Record) -> None:
    runs = {count: at_points(P2, count, autograd_evaluate) for count in AUTOGRAD_POINTS}
    record(grow("points", "autograd_evaluate, f and gradient, P2", runs, LINEAR))


def on_grid(side: int) -> Callable[[], object]:
    """Return the sampling of P2, checked at five nodes along a diagonal."""
    grid = RegularGrid(("x", -SPAN, SPAN, side), ("y", -SPAN, SPAN, side))
    field = sample(P2, grid, Point({}))
    assert field.dy is not None
    x, y = grid.nodes
    for i in np.linspace(0, side - 1, 5).astype(int):
        at = Point({"x": Fraction(float(x[i])), "y": Fraction(float(y[-1 - i]))})
        node = i, side - 1 - i
        check(P2, at, ("x", "y"), (field.values[node], field.dx[node], field.dy[node]))
    return lambda: sample(P2, grid, Point({}))


def test_grid_nodes(record: Record) -> None:
    runs = {side * side: on_grid(side) for side in SIDES}
    record(grow("nodes", "sample, f and both partials on a square grid, P2", runs, LINEAR))


def box(count: int) -> Polynomial:
    """Return that many terms in x, y, z; no exponent above 40, so that powers stay as many."""
    rng = random.Random(count)
    terms: dict[tuple[int, ...], int] = {}
    while len(terms) < count:
        key = tuple(rng.randint(0, 40) for _ in "xyz")
        terms[key] = rng.choice((-1, 1)) * rng.randint(1, 99)
    return Polynomial("xyz", terms)


def reading(count: int) -> Callable[[], object]:
    f = box(count)
    text = str(f)
    assert read(text).polynomial == f
    return lambda: read(text)


def partials(count: int) -> Callable[[], object]:
    f = box(count)

    def ours() -> list[Polynomial]:
        return [f.partial(name) for name in f.variables]

    for index, derivative in enumerate(ours()):
        lowered = {
            (*key[:index], key[index] - 1, *key[index + 1 :]): value * key[index]
            for key, value in f.terms().items()
            if key[index]
        }
        assert derivative.terms() == lowered
    return ours


def gradient_by_autograd(f: Polynomial) -> Callable[[], object]:
    """Return one backward pass for the whole gradient at one point, checked."""
    problem = DerivativeProblem(f.to_expression(), f, Partial(()), point_of(f))
    method = AutogradReverse()
    found = method.gradient(problem, f.variables).values
    check(f, problem.point, f.variables, (float(f.value(problem.point)), *found))
    return lambda: method.gradient(problem, f.variables)


def test_terms_read(record: Record) -> None:
    runs = {count: reading(count) for count in TERMS}
    record(grow("terms", "read a sum of terms in x, y, z", runs, LINEAR))


def test_terms_of_partials(record: Record) -> None:
    runs = {count: partials(count) for count in PARTIALS_TERMS}
    record(grow("terms", "all first partials, exact", runs, LINEAR))


def test_terms_at_points_by_numpy(record: Record) -> None:
    assert not any(compiling_pays(box(count), 10_000, True) for count in TERMS)
    runs = {count: at_points(box(count), 10_000) for count in TERMS}
    record(grow("terms", "evaluate at 10,000 points, by NumPy", runs, SHARED))


def test_terms_at_points_compiled(record: Record) -> None:
    assert all(compiling_pays(box(count), 500_000, True) for count in COMPILED_TERMS)
    runs = {count: at_points(box(count), 500_000) for count in COMPILED_TERMS}
    record(grow("terms", "evaluate at 500,000 points, compiled", runs, SHARED))


def test_terms_by_autograd(record: Record) -> None:
    runs = {count: gradient_by_autograd(box(count)) for count in TERMS}
    record(grow("terms", "autograd, reverse mode, gradient at one point", runs, LINEAR))


def ring(count: int) -> Polynomial:
    """Return five terms for each variable: its powers 2 to 6, times the next variable."""
    rng = random.Random(count)
    names = "abcdefghijklmnopqrstuvwxyz"[:count]
    terms = {}
    for index in range(count):
        for power in range(2, 2 + TERMS_PER_VARIABLE):
            key = [0] * count
            key[index] += power
            key[(index + 1) % count] += 1
            terms[tuple(key)] = Fraction(rng.randint(1, 99), 10)
    assert len(terms) == TERMS_PER_VARIABLE * count
    return Polynomial(names, terms)


def derivative(f: Polynomial, names: tuple[str, ...], choice: MethodChoice) -> Callable[[], object]:
    """Return one derivative at one point by one method, checked."""
    problem = DerivativeProblem(f.to_expression(), f, Partial(names), point_of(f))
    method = registry.make(choice)
    estimate, wanted = method.estimate(problem), f.partial(*names)
    error = abs(Fraction(estimate.value) - wanted.value(problem.point))
    if method.traits.rational:
        assert error == 0
    elif method.traits.exact:
        rounding = (f.degree + len(f) + 2) * 2.0**-52
        assert error <= rounding * magnitude(wanted, problem.point)
    else:
        # Each power of the step goes with one more derivative: a factor of the degree at most.
        # The step is the one for which rounding costs as much.
        truncation = (f.degree * estimate.step) ** method.traits.truncation_order
        assert error <= truncation * magnitude(wanted, problem.point)
    return lambda: method.estimate(problem)


def gradient_one_by_one(f: Polynomial, choice: MethodChoice) -> Callable[[], object]:
    runs = [derivative(f, (name,), choice) for name in f.variables]
    return lambda: [run() for run in runs]


QUADRATIC = Expected(lambda n: n * n, "n derivatives, each of 5n terms")


@pytest.mark.parametrize("key", ["central", "rules"])
def test_variables_one_by_one(key: str, record: Record) -> None:
    label = registry.find(key).label
    runs = {count: gradient_one_by_one(ring(count), MethodChoice(key)) for count in VARIABLES}
    record(grow("variables", f"{label}, gradient, 5 terms a variable", runs, QUADRATIC))


def test_variables_in_reverse_mode(record: Record) -> None:
    runs = {count: gradient_by_autograd(ring(count)) for count in VARIABLES}
    expected = Expected(float, "one pass over 5n terms gives all")
    job = "Autograd, reverse mode, gradient, 5 terms a variable"
    record(grow("variables", job, runs, expected))


ORDER_METHODS = [
    (
        MethodChoice("forward", (("step", "auto"),)),
        ORDERS,
        Expected(lambda k: 2**k, "2ᵏ evaluations of f"),
    ),
    (
        MethodChoice("central"),
        ORDERS,
        Expected(lambda k: (k // 2 + 1) * ((k + 1) // 2 + 1), "(⌊k/2⌋ + 1)(⌈k/2⌉ + 1) evaluations"),
    ),
    (
        MethodChoice("rules"),
        ORDERS,
        Expected(lambda k: 3 * k + k * (k - 1) / 2, "k passes over terms of 3, 4, 5, … factors"),
    ),
    (
        MethodChoice("sympy"),
        ORDERS,
        Expected(float, "k passes over the terms; then one evaluation", at_most=True),
    ),
    (
        MethodChoice("autograd_reverse"),
        ORDERS,
        Expected(lambda k: 3**k, "a backward pass of a product is two more", at_most=True),
    ),
    (
        MethodChoice("autograd_forward"),
        FORWARD_ORDERS,
        Expected(lambda k: 3**k, "a product of dual numbers is three of their parts"),
    ),
]


@pytest.mark.parametrize(
    ("choice", "orders", "expected"), ORDER_METHODS, ids=[c.key for c, *_ in ORDER_METHODS]
)
def test_orders(
    choice: MethodChoice, orders: list[int], expected: Expected, record: Record
) -> None:
    label = registry.find(choice.key).label
    runs = {order: derivative(IN_TURN, tuple("xyxyxyxy"[:order]), choice) for order in orders}
    record(grow("order", f"{label}, one derivative by x, y, x, …", runs, expected))
