"""Difference quotients: the contract's numbers, counted evaluations, steps, number types."""

from __future__ import annotations

import math
import pickle
from fractions import Fraction

import numpy as np
import pytest

import engine
from engine.differentiation.forward_difference import forward_difference
from engine.differentiation.method import DerivativeProblem, Estimate, MethodChoice, ParameterValue
from engine.differentiation.registry import make
from engine.differentiation.richardson import LEVELS
from engine.differentiation.stencil import central_stencil
from engine.differentiation.step import StepVanishesError, balanced_step
from engine.errors import (
    LimitError,
    MethodUnavailableError,
    NumberRangeError,
    PartialError,
    PointError,
)
from engine.evaluation.arithmetic import FLOAT32, FLOAT64, RATIONAL
from engine.partial import Partial
from engine.point import Coordinate, Point
from engine.polynomial import Polynomial

EXAMPLE = Polynomial.from_tuples(((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1))))
X = Polynomial("x", {(1,): 1})


def estimate(
    key: str,
    partial: str,
    f: Polynomial = EXAMPLE,
    point: dict[str, Coordinate] | None = None,
    **parameters: ParameterValue,
) -> Estimate:
    problem = DerivativeProblem(
        f.to_expression(), f, Partial(tuple(partial)), Point(point or {"a": 2, "b": 3})
    )
    return make(MethodChoice(key, tuple(parameters.items()))).estimate(problem)


def test_that_the_forward_quotients_of_the_example_are_right_to_the_last_digit() -> None:
    assert estimate("forward", "").value == 72.0
    assert estimate("forward", "a").value == 54.00090000009072
    assert estimate("forward", "ab").value == 24.000500786769408


def test_that_forward_difference_can_be_differentiated_again() -> None:
    da = forward_difference(EXAMPLE, "a")
    dab = forward_difference(da, "b")
    assert da(a=2, b=3) == 54.00090000009072
    assert dab(a=2, b=3) == 24.000500786769408
    assert engine.forward_difference is forward_difference


def test_that_forward_difference_takes_another_step_and_any_function() -> None:
    square = forward_difference(lambda x: x * x, "x", h=0.5)
    assert square(x=3.0) == 6.5
    assert forward_difference(EXAMPLE, "b", h=1.0)(a=2, b=3) == 40.0
    assert forward_difference(EXAMPLE, "a")(a=Fraction(2), b=3.0) == 54.00090000009072


def test_that_forward_difference_survives_pickling() -> None:
    da = pickle.loads(pickle.dumps(forward_difference(EXAMPLE, "a")))
    assert da(a=2, b=3) == 54.00090000009072


def test_that_forward_difference_names_what_is_wrong() -> None:
    with pytest.raises(PartialError, match="no variable c"):
        forward_difference(EXAMPLE, "c")
    with pytest.raises(PointError, match="no value for b"):
        forward_difference(EXAMPLE, "a")(a=2)
    with pytest.raises(PointError, match="no value for a"):
        forward_difference(EXAMPLE, "a")(b=2)
    with pytest.raises(StepVanishesError, match=r"vanishes next to a ≈ 1\.23457e16; take"):
        forward_difference(EXAMPLE, "a")(a=12345678901234567, b=1)
    with pytest.raises(MethodUnavailableError, match="no positive number"):
        forward_difference(EXAMPLE, "a", h=-1e-4)
    with pytest.raises(StepVanishesError, match="vanishes next to a = 1e"):
        forward_difference(EXAMPLE, "a")(a=1e16, b=1)
    for function in (EXAMPLE, lambda a, b: a * b):
        with pytest.raises(NumberRangeError, match="about 1e400 is too large for a float"):
            forward_difference(function, "a")(a=10**400, b=1)


@pytest.mark.parametrize(
    ("key", "partial", "count"),
    [
        *[("forward", "", 1), ("forward", "a", 2), ("forward", "ab", 4), ("forward", "aab", 8)],
        *[("backward", "a", 2), ("backward", "bb", 4)],
        *[("central", "a", 2), ("central", "aa", 3), ("central", "ab", 4), ("central", "aaa", 4)],
        *[("five_point", "a", 4), ("five_point", "aa", 5), ("five_point", "ab", 16)],
        *[("complex_step", "a", 1), ("complex_step", "", 1)],
        *[("richardson", "a", 3 * LEVELS), ("richardson", "ab", 5 * LEVELS)],
    ],
)
def test_that_the_evaluations_of_f_are_counted(key: str, partial: str, count: int) -> None:
    assert estimate(key, partial).evaluations == count


def test_that_richardson_in_rationals_needs_no_evaluation_for_rounding() -> None:
    assert estimate("richardson", "a", dtype="rational").evaluations == 2 * LEVELS


def test_that_rationals_have_truncation_and_nothing_else() -> None:
    # The truncation of a forward quotient of the example is 3bh for a.
    assert estimate("forward", "a", dtype="rational").value == 54 + Fraction(9, 10_000)
    assert estimate("backward", "a", dtype="rational").value == 54 - Fraction(9, 10_000)
    assert estimate("central", "a", dtype="rational").value == 54
    assert estimate("five_point", "ab", dtype="rational").value == 24
    assert estimate("richardson", "ab", dtype="rational").error_estimate == 0.0


def test_that_a_step_may_be_a_float_a_decimal_or_a_fraction() -> None:
    third = {"a": "1/3", "b": 3}
    quotient = 6 * 3 * Fraction(1, 3) + 18 + 9 * Fraction(1, 8)
    for step in (0.125, "0.125", "1/8", "125e-3", "0,125"):
        found = estimate("forward", "a", point=third, step=step, dtype="rational")
        assert found.value == quotient
        assert found.step == 0.125


@pytest.mark.parametrize("step", [0, -1e-4, "0", "-1", "h", "", math.nan, math.inf, "1/0"])
@pytest.mark.parametrize("key", ["forward", "central", "richardson", "complex_step"])
def test_that_a_step_that_is_no_positive_number_is_refused(key: str, step: ParameterValue) -> None:
    with pytest.raises(MethodUnavailableError, match="no positive number"):
        make(MethodChoice(key, (("step", step),)))


def test_that_the_balanced_step_is_a_power_of_two_near_the_textbook_one() -> None:
    assert balanced_step(Fraction(0), 1, 2, FLOAT64) == Fraction(1, 2**17)
    assert balanced_step(Fraction(-1000), 1, 2, FLOAT64) == Fraction(2**10, 2**17)
    assert balanced_step(Fraction(10) ** 400, 1, 4, RATIONAL) > 10**390
    for order in range(1, 9):
        for accuracy in (1, 2):
            for arithmetic, eps in ((FLOAT64, 2.0**-52), (FLOAT32, 2.0**-23)):
                h = float(balanced_step(Fraction(1), order, accuracy, arithmetic))
                assert math.log2(h).is_integer()
                textbook = eps ** (1 / (order + accuracy))
                assert abs(math.log2(h / textbook)) <= 0.5 + 1e-12


@pytest.mark.parametrize("accuracy", [4, 6, 8])
@pytest.mark.parametrize("order", range(1, 9))
def test_that_the_balanced_step_of_a_higher_order_is_the_power_of_two_next_to_the_best(
    order: int, accuracy: int
) -> None:
    stencil = central_stencil(order, accuracy)
    logs = np.arange(-30, 2, 0.01)
    # Of a function whose derivatives are the factorials, such as 1/(1 - x) at 0.
    truncation = float(abs(stencil.moment(order + accuracy))) * 2 ** (accuracy * logs)
    for arithmetic, eps in ((FLOAT64, 2.0**-52), (FLOAT32, 2.0**-23)):
        best = logs[np.argmin(truncation + eps * stencil.absolute * 2 ** (-order * logs))]
        h = balanced_step(Fraction(1), order, accuracy, arithmetic)
        assert abs(math.log2(h) - best) <= 0.5 + 0.02


def test_that_an_odd_order_of_accuracy_has_a_balanced_step() -> None:
    steps = [balanced_step(Fraction(1), 2, accuracy, FLOAT64) for accuracy in (2, 3, 4)]
    assert steps == sorted(steps)


def test_that_the_step_that_was_taken_is_reported() -> None:
    found = estimate("central", "a", step=1e-4)
    assert found.step == (2.0 + 1e-4) - 2.0
    assert estimate("forward", "a").step == 1e-4
    assert estimate("central", "").step is None
    # Each variable has a step of its own size; that of the first is reported.
    assert estimate("central", "ab", point={"a": 1024, "b": 1}).step == 2.0**10 * 2.0**-13
    assert estimate("central", "ba", point={"a": 1024, "b": 1}).step == 2.0**-13


@pytest.mark.parametrize("key", ["forward", "backward", "central", "five_point", "richardson"])
def test_that_a_step_that_vanishes_next_to_x_is_named(key: str) -> None:
    with pytest.raises(StepVanishesError, match=r"The step 1e-20 vanishes next to a = 2"):
        estimate(key, "a", step=1e-20)
    with pytest.raises(StepVanishesError):
        estimate(key, "x", X, {"x": 1}, step=1e-10, dtype="float32")
    assert estimate(key, "x", X, {"x": 1}, step=1e-10, dtype="rational").value == 1


def test_that_float32_computes_in_float32() -> None:
    third = estimate("forward", "", X, {"x": "1/3"}, dtype="float32")
    assert third.value == 0.3333333432674408
    coarse = estimate("central", "a", dtype="float32", step=1e-3)
    fine = estimate("central", "a", dtype="float64", step=1e-3)
    assert abs(coarse.value - 54) > 1e-6 > abs(fine.value - 54)


@pytest.mark.parametrize("key", ["forward", "central", "richardson"])
def test_that_overflow_within_float32_is_shown_as_it_is(key: str) -> None:
    cube = Polynomial("x", {(3,): 1})
    found = estimate(key, "x", cube, {"x": 10**20}, dtype="float32", step=10.0**15)
    assert not math.isfinite(found.value)


@pytest.mark.parametrize("key", ["forward", "central", "richardson", "complex_step"])
def test_that_a_number_too_large_for_a_float_is_named(key: str) -> None:
    with pytest.raises(NumberRangeError, match=r"about 1e400 is too large for a float,"):
        estimate(key, "x", X, {"x": 10**400}, step=1)
    with pytest.raises(NumberRangeError, match=r"about 1e6000"):
        estimate(key, "x", Polynomial("x", {(1,): 10**6000}), {"x": 1})


def test_that_a_number_too_large_for_float32_is_named() -> None:
    for large in (10**39, 10**400):
        with pytest.raises(NumberRangeError, match=r"a float32, which ends at 3.4e38"):
            estimate("central", "x", X, {"x": large}, dtype="float32")
    for key in ("forward", "backward", "central", "five_point", "richardson"):
        found = estimate(key, "x", X, {"x": 10**400}, dtype="rational", step="auto")
        assert (found.value, found.step) == (1, math.inf)


def test_that_work_beyond_the_budget_is_refused_before_it_is_done() -> None:
    terms = {(i, j): 1 for i in range(140) for j in range(140)}
    f = Polynomial("ab", terms)
    with pytest.raises(LimitError, match="256 evaluations of 19600 terms"):
        estimate("forward", "aaaabbbb", f, step=1e-3)
    with pytest.raises(LimitError, match="in rational"):
        estimate("central", "aabb", f, dtype="rational")


def test_that_an_unknown_variable_is_named_by_every_quotient() -> None:
    for key in ("forward", "central", "richardson", "complex_step"):
        with pytest.raises(PartialError, match="no variable c"):
            estimate(key, "c")


def test_that_the_complex_step_takes_any_step_that_a_float_holds() -> None:
    cube = Polynomial("x", {(3,): 1})
    assert estimate("complex_step", "x", cube, {"x": 2}).step == 2.0**-66
    # Im (2 + i/2)**3 / (1/2) = 12 - 1/4
    assert estimate("complex_step", "x", cube, {"x": 2}, step=0.5).value == 11.75
    with pytest.raises(StepVanishesError, match="0 as a float"):
        estimate("complex_step", "x", cube, {"x": 2}, step="1e-400")
