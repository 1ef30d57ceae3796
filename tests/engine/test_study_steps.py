"""Which steps an error study takes, and where the step of the comparison lies among them."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

import engine
from engine.differentiation.method import DerivativeProblem, MethodChoice, ParameterValue
from engine.partial import Partial
from engine.studies.study_steps import current_step, steps_around

READING = engine.read("2ab^2 + 3a^2b")


def problem_at(a: int | str, partial: str = "a") -> DerivativeProblem:
    point = engine.Point({"a": a, "b": 3})
    return DerivativeProblem(READING.expression, READING.polynomial, Partial(tuple(partial)), point)


@pytest.mark.parametrize("key", ["forward", "central", "five_point", "richardson", "complex_step"])
@pytest.mark.parametrize("step", ["auto", 0.25, "1/3"])
@pytest.mark.parametrize("dtype", ["float64", "float32", "rational"])
def test_that_the_step_is_that_of_the_comparison(
    key: str, step: ParameterValue, dtype: str
) -> None:
    choice = MethodChoice(key, (("step", step), ("dtype", dtype)))
    problem = problem_at(2)
    (row,) = engine.compare(READING, problem.point, [problem.partial], [choice]).rows
    assert current_step(problem, choice) == row.step


@pytest.mark.parametrize(
    ("key", "parameters", "partial"),
    [
        ("forward", {"step": 1e-30}, "a"),  # lost next to the coordinate
        ("forward", {"step": "10^400", "dtype": "rational"}, "a"),  # more than a float
        ("complex_step", {}, "ab"),  # out of reach
        ("forward", {"step": "nothing"}, "a"),
        ("rules", {}, "a"),
    ],
)
def test_that_there_is_no_step_where_the_method_refuses(
    key: str, parameters: dict[str, ParameterValue], partial: str
) -> None:
    choice = MethodChoice(key, tuple(parameters.items()))
    assert math.isnan(current_step(problem_at(2, partial), choice))


@pytest.mark.parametrize(
    ("a", "here", "low", "high"),
    [
        (2, {"forward": 1e-4}, -15, 1),
        ("-0.001", {"forward": 1e-4}, -16, 0),
        (5_000, {"forward": 1e-4, "central": 0.5}, -12, 4),
        (2, {"forward": 1e-20}, -20, 1),
        (2, {"forward": 1e7}, -15, 8),
        (2, {"forward": 1e-290}, -30, 1),
        (2, {"forward": math.nan}, -15, 1),
        (2, {"forward": 1e-4, "complex_step": 1e-20}, -21, 1),
        ("1e400", {"forward": 1e-4}, -4, 300),
    ],
)
def test_that_steps_go_from_the_size_of_the_coordinate_down_and_reach_what_is_set(
    a: int | str, here: dict[str, float], low: int, high: int
) -> None:
    steps = steps_around(problem_at(a), here)
    assert (steps[0], steps[-1]) == pytest.approx((10.0**low, 10.0**high))
    assert len(steps) == 8 * (high - low) + 1
    ratios = [other / one for one, other in pairwise(steps)]
    assert ratios == pytest.approx([10 ** (1 / 8)] * len(ratios))


def test_that_the_steps_stay_while_the_step_that_is_set_moves_among_them() -> None:
    problem = problem_at(2)
    swept = {steps_around(problem, {"central": h}) for h in (1e-14, 3.7e-9, 0.02, 1.0)}
    assert len(swept) == 1
