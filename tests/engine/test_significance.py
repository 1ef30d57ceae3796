"""Numbers that are nothing but rounding error: samples of a field, slopes at a point."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import engine
from engine.evaluation.significance import (
    rounding_bounds,
    slopes_without_rounding,
    without_rounding,
)
from engine.point import Point


def test_that_a_sample_below_its_rounding_error_is_zero_and_others_stay() -> None:
    f = engine.read("(x - 1)^9 (x + 3)").polynomial
    field = engine.sample(f, engine.RegularGrid(("x", -5, 5, 801)), Point({"x": 1}))
    shown, floor = without_rounding(field)
    exact = np.array([float(f.value(Point({"x": x}))) for x in field.x])
    assert (np.abs(field.values - exact) <= rounding_bounds(field)[0]).all()
    assert ((shown.values == 0) | (shown.values == field.values)).all()
    signs = np.sign(shown.values)
    assert (signs == np.where(shown.values == 0, 0, np.sign(exact))).all()
    # Near the root of order 9 the sum is nothing but rounding error.
    lost = field.x[shown.values == 0]
    assert lost.tolist() == pytest.approx([-3, *np.arange(0.9625, 1.04, 0.0125)])
    assert 0 < floor < 1e-8


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("x^2 + y^2", {"x": 0, "y": 0}, [0, 0]),  # exactly critical
        ("x^3 - 6x + y", {"x": 2.0**0.5, "y": 1}, None),  # one slope is no small one
        ("x^2 y + y^2", {"x": 1e-9, "y": "1e-9"}, None),  # small, but no matter of rounding
    ],
)
def test_that_slopes_that_mean_something_are_exact(
    text: str, at: dict[str, float | str], expected: list[int] | None
) -> None:
    f, point = engine.read(text).polynomial, Point(at)
    exact = [f.partial(name).value(point) for name in ("x", "y")]
    assert slopes_without_rounding(f, point, ("x", "y")) == exact
    assert expected is None or exact == expected
    assert all(isinstance(slope, Fraction) for slope in exact)


def test_that_slopes_that_storing_the_point_makes_are_none() -> None:
    f = engine.read("x^3 - 6x + y^2").polynomial
    point = Point({"x": 2.0**0.5, "y": 0})
    assert f.partial("x").value(point) != 0
    assert slopes_without_rounding(f, point, ("x", "y")) == [None, None]
    assert slopes_without_rounding(f, point, ("y",)) == [0]
