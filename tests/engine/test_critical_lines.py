"""Curves of critical points, traced over a window."""

from __future__ import annotations

import numpy as np
import pytest

import engine
from engine.critical.critical_lines import critical_lines
from engine.critical.critical_points import find_critical_points

WINDOW = ((-5.0, 5.0), (-4.0, 6.0))


def test_that_a_curve_is_traced_where_it_lies_with_f_along_it() -> None:
    found = find_critical_points(engine.read("(x^2 + 2y^2 - 1)^2 + 3").polynomial)
    (line,) = critical_lines(found, ("x", "y"), WINDOW)
    x, y, heights = line.T
    assert x**2 + 2 * y**2 == pytest.approx(np.ones(len(line)), abs=1e-2)
    assert heights == pytest.approx((x**2 + 2 * y**2 - 1) ** 2 + 3)
    assert (line[0, :2] == line[-1, :2]).all()  # it is closed


def test_that_axes_the_other_way_round_swap_the_places_and_not_f() -> None:
    found = find_critical_points(engine.read("(x^2 + 2y^2 - 1)^2").polynomial)
    (line,) = critical_lines(found, ("y", "x"), WINDOW)
    y, x, heights = line.T
    assert x**2 + 2 * y**2 == pytest.approx(np.ones(len(line)), abs=1e-2)
    assert heights == pytest.approx((x**2 + 2 * y**2 - 1) ** 2)


def test_that_every_piece_in_the_window_is_a_line_of_its_own() -> None:
    found = find_critical_points(engine.read("(xy - 1)^2").polynomial)
    lines = critical_lines(found, ("x", "y"), WINDOW)
    assert sorted(np.sign(line[0, 0]) for line in lines) == [-1, 1]
    for line in lines:
        assert line[:, 0] * line[:, 1] == pytest.approx(np.ones(len(line)), abs=0.02)


def test_that_points_are_no_lines() -> None:
    found = find_critical_points(engine.read("x^2 + y^2").polynomial)
    assert critical_lines(found, ("x", "y"), WINDOW) == ()
