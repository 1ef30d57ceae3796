"""Left alone, every method with a step finds as many digits as its order of accuracy allows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from random import Random
from statistics import median

import pytest

from engine.comparison import measure
from engine.differentiation.difference_method import DifferenceMethod
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.registry import find, make, methods
from engine.differentiation.step import AUTO
from engine.evaluation.arithmetic import DIFFERENCE_TYPES
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Exponents, Polynomial

pytestmark = pytest.mark.slow

POLYNOMIALS = 100
MIXED_POLYNOMIALS = 25
DIGITS = {"float64": 15.9, "float32": 7.2}
ORDERS = range(1, 9)
MIXED = ("ab", "aab", "aabb", "aaaabbbb")

STEPPED = [entry.key for entry in methods() if entry.traits.truncation_order is not None]
every_type = pytest.mark.parametrize("dtype", DIGITS)


@lru_cache(maxsize=64)
def problems(partial: str, accuracy: int) -> tuple[tuple[DerivativeProblem, Fraction], ...]:
    """Random polynomials of degree ``m + p + 2`` at random points, and the derivative: never 0.

    Coefficients and coordinates have both signs; a coordinate is no number of any type.
    """
    random, found = Random(f"{partial} {accuracy}"), list[tuple[DerivativeProblem, Fraction]]()
    names, degree = sorted(set(partial)), len(partial) + accuracy + 2
    wanted = Partial(tuple(partial))
    while len(found) < (POLYNOMIALS if len(names) == 1 else MIXED_POLYNOMIALS):
        f = Polynomial(names, dict(_terms(random, degree, len(names))))
        point = Point({name: Fraction(random.randint(-2000, 2000), 997) for name in names})
        exact = f.partial(*wanted.names).value(point)
        if f.degree == degree and exact:
            found.append((DerivativeProblem(f.to_expression(), f, wanted, point), exact))
    return tuple(found)


def _terms(random: Random, degree: int, variables: int) -> Iterator[tuple[Exponents, int]]:
    """Every power of one variable; of two, one or two monomials of every degree."""
    for total in range(degree + 1):
        firsts = [total] if variables == 1 else random.choices(range(total + 1), k=2)
        for first in firsts:
            exponents = (first,) if variables == 1 else (first, total - first)
            yield exponents, random.randint(-9, 9)


@lru_cache(maxsize=256)
def digits(key: str, partial: str, dtype: str) -> float:
    """The median of the correct digits with the method's own step."""
    method = make(MethodChoice(key, (("step", AUTO), ("dtype", dtype))))
    found = [
        measure(method.estimate(problem).value, exact)["correct_digits"]
        for problem, exact in problems(partial, accuracy_of(key))
    ]
    return median(0.0 if one is None else one for one in found)


def accuracy_of(key: str) -> int:
    """p; 0 for a method that has no step, which never comes here."""
    return find(key).traits.truncation_order or 0


def enough(key: str, order: int, dtype: str) -> float:
    """Truncation ``h**p`` and rounding ``u/h**m`` in balance, and 1.5 digits for the constants.

    Beyond the fourth order these weigh more: half a binade, by which a power of two may miss the
    best step, costs 0.15 digits an order, and the weights grow too.
    """
    accuracy = accuracy_of(key)
    return DIGITS[dtype] * accuracy / (accuracy + order) - 1.5 - 0.25 * max(0, accuracy - 4)


def orders_of(key: str) -> range:
    return range(1, 1 + (find(key).traits.highest_order or max(ORDERS)))


def test_that_every_method_with_a_step_is_measured_in_every_type_that_rounds() -> None:
    rounding = {name for name, number in DIFFERENCE_TYPES.items() if number.precision is not None}
    assert set(DIGITS) == rounding
    differences = {
        entry.key for entry in methods() if isinstance(entry.factory(), DifferenceMethod)
    }
    assert set(STEPPED) == differences


@every_type
@pytest.mark.parametrize("key", STEPPED)
def test_that_the_own_step_of_a_method_suits_every_order(key: str, dtype: str) -> None:
    for order in orders_of(key):
        assert digits(key, "a" * order, dtype) >= enough(key, order, dtype), order


@every_type
@pytest.mark.parametrize("key", STEPPED)
def test_that_the_own_step_of_a_method_suits_mixed_partials(key: str, dtype: str) -> None:
    for partial in MIXED:
        if len(partial) in orders_of(key):
            assert digits(key, partial, dtype) >= enough(key, len(partial), dtype), partial


@every_type
@pytest.mark.parametrize("partial", [*("a" * order for order in ORDERS), *MIXED])
def test_that_an_extrapolation_is_as_good_as_what_it_extrapolates(partial: str, dtype: str) -> None:
    assert digits("richardson", partial, dtype) >= digits("central", partial, dtype)


@pytest.mark.parametrize("order", ORDERS)
def test_that_richardson_is_right_to_many_digits_at_every_order(order: int) -> None:
    f = Polynomial("xy", {(7, 2): 1})
    partial, point = Partial(("x",) * order), Point({"x": "1.5", "y": 2})
    estimate = make(MethodChoice("richardson")).estimate(
        DerivativeProblem(f.to_expression(), f, partial, point)
    )
    exact = f.partial(*partial.names).value(point)
    assert exact == {5: 22680, 6: 30240, 7: 20160, 8: 0}.get(order, exact)
    assert estimate.error_estimate is not None
    assert abs(Fraction(estimate.value) - exact) <= estimate.error_estimate <= 2e-5
