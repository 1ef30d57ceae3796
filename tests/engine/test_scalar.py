"""f at one point: equal polynomials are each evaluated in the order of their own variables."""

from __future__ import annotations

from fractions import Fraction

from engine.evaluation.scalar import ScalarFunction
from engine.polynomial import Polynomial

EQUAL = (
    (Polynomial("xy", {(2, 1): 1, (1, 0): 3}), [2, 5]),
    (Polynomial("yx", {(1, 2): 1, (0, 1): 3}), [5, 2]),
    (Polynomial("yxz", {(1, 2, 0): 1, (0, 1, 0): 3}), [5, 2, 7]),
)


def test_that_equal_polynomials_take_their_coordinates_in_their_own_order() -> None:
    assert len({f for f, _ in EQUAL}) == 1
    for f, at in EQUAL:
        assert ScalarFunction(f, Fraction)([Fraction(x) for x in at]) == 26


def test_that_one_function_does_not_count_the_calls_of_another() -> None:
    f, at = EQUAL[0]
    one, other = ScalarFunction(f, Fraction), ScalarFunction(f, Fraction)
    one([Fraction(x) for x in at])
    assert (one.evaluations, other.evaluations) == (1, 0)
