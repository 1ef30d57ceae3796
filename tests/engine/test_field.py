"""sample() and RegularGrid: exact values, shapes, budgets and overflow."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from engine import Point, Polynomial, RegularGrid, sample
from engine.errors import LimitError, NumberRangeError, PartialError, PointError

EXAMPLE = Polynomial.from_tuples(((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1))))


def test_that_whole_numbers_are_sampled_exactly_with_ij_indexing():
    field = sample(EXAMPLE, RegularGrid(("a", -2, 2, 5), ("b", 0, 3, 4)), Point({}))
    assert field.values.shape == field.dx.shape == field.dy.shape == (5, 4)
    for i, a in enumerate(field.x.tolist()):
        for j, b in enumerate(field.y.tolist()):
            assert field.values[i, j] == 2 * a * b**2 + 3 * a**2 * b
            assert field.dx[i, j] == 2 * b**2 + 6 * a * b
            assert field.dy[i, j] == 4 * a * b + 3 * a**2


def test_that_the_axes_may_be_swapped():
    straight = sample(EXAMPLE, RegularGrid(("a", -2, 2, 5), ("b", 0, 3, 4)), Point({}))
    swapped = sample(EXAMPLE, RegularGrid(("b", 0, 3, 4), ("a", -2, 2, 5)), Point({}))
    assert np.array_equal(swapped.values, straight.values.T)
    assert np.array_equal(swapped.dx, straight.dy.T)
    assert np.array_equal(swapped.dy, straight.dx.T)


def test_that_one_axis_gives_a_curve():
    field = sample(EXAMPLE, RegularGrid(("b", -1, 1, 3)), Point({"a": 2}))
    assert field.y is None and field.dy is None
    assert field.x.tolist() == [-1, 0, 1]
    assert field.values.tolist() == [4 * b * b + 12 * b for b in (-1, 0, 1)]
    assert field.dx.tolist() == [8 * b + 12 for b in (-1, 0, 1)]


def test_that_held_variables_are_put_in_exactly():
    # In floats 0.1 + 0.2 - 0.3 leaves 5.6e-17; in rationals nothing is left.
    f = Polynomial.from_tuples(
        ((1, ("x", 1), ("u", 1)), (1, ("x", 1), ("v", 1)), (1, ("x", 1), ("w", 1)))
    )
    field = sample(f, RegularGrid(("x", 1, 2, 2)), Point({"u": "0.1", "v": "0.2", "w": "-0.3"}))
    assert field.values.tolist() == [0.0, 0.0]
    assert field.dx.tolist() == [0.0, 0.0]


def test_that_samples_agree_with_mpmath_at_fifty_digits():
    f = Polynomial(
        "xyz", {(7, 3, 2): Fraction(22, 7), (5, 0, 1): -3, (0, 6, 0): Fraction(1, 3), (0, 0, 4): 5}
    )
    field = sample(f, RegularGrid(("x", -1.3, 2.1, 7), ("y", -0.7, 1.9, 6)), Point({"z": "1/3"}))
    with mpmath.workdps(50):
        z = mpmath.mpf(1) / 3
        for i, x in enumerate(map(mpmath.mpf, field.x)):
            for j, y in enumerate(map(mpmath.mpf, field.y)):
                terms = (mpmath.mpf(22) / 7 * x**7 * y**3 * z**2, -3 * x**5 * z, y**6 / 3, 5 * z**4)
                bound = (10 + 4 + 2) * 2.0**-52 * float(sum(map(abs, terms)))
                assert abs(float(sum(terms) - mpmath.mpf(field.values[i, j]))) <= bound


def test_that_the_zero_polynomial_and_constants_are_flat():
    for f, height in ((Polynomial("xy"), 0.0), (Polynomial("xy", {(0, 0): Fraction(5, 2)}), 2.5)):
        field = sample(f, RegularGrid(("x", -1, 1, 3), ("y", -1, 1, 2)), Point({}))
        assert (field.values == height).all()
        assert not field.dx.any() and not field.dy.any()


def test_that_blocks_of_a_long_axis_leave_no_gap():
    f = Polynomial("xy", {(400, 0): 1, (1, 1): 1})
    field = sample(f, RegularGrid(("x", -1, 1, 3001), ("y", -1, 1, 2)), Point({}))
    expected = np.array([[x**400 + x * y for y in (-1.0, 1.0)] for x in field.x.tolist()])
    np.testing.assert_allclose(field.values, expected, rtol=400 * 2.0**-52, atol=2.0**-52)
    assert np.array_equal(field.dy, np.stack([field.x, field.x], axis=1))


def test_that_overflow_is_kept_without_a_warning_and_spoils_no_other_quantity():
    f = Polynomial("xy", {(400, 0): 1, (0, 1): 1})
    field = sample(f, RegularGrid(("x", -1e10, 1e10, 3), ("y", 1, 2, 2)), Point({}))
    assert field.values.tolist() == [[math.inf] * 2, [1.0, 2.0], [math.inf] * 2]
    assert field.dx[:, 0].tolist() == [-math.inf, 0.0, math.inf]
    assert (field.dy == 1.0).all()


def test_that_a_coefficient_beyond_the_floats_is_refused():
    f = Polynomial("x", {(1,): 10**309})
    with pytest.raises(NumberRangeError, match="1e309"):
        sample(f, RegularGrid(("x", 0, 1, 2)), Point({}))


def test_that_a_very_long_coefficient_is_refused_by_name_too():
    f = Polynomial("x", {(1,): 10**6000})
    with pytest.raises(NumberRangeError):
        sample(f, RegularGrid(("x", 0, 1, 2)), Point({}))


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (("x", 0, 1, 1), None, "at least 2"),
        (("x", 1, 1, 5), None, "empty"),
        (("x", 2, 1, 5), None, "empty"),
        (("x", 0, math.inf, 5), None, "not finite"),
        (("x", math.nan, 1, 5), None, "not finite"),
        (("x", -1.7e308, 1.7e308, 5), None, "too wide"),
        (("x", 0, 1, 2.5), None, "2.5 nodes; a whole number is needed"),
        (("x", 0, 1, "5"), None, "'5' nodes; a whole number is needed"),
        (("x", 1, 1 + 2**-50, 200), None, "fewer than 200 floats"),
        (("x", 0, 1, 5), ("x", 0, 1, 5), "two different variables"),
        (("x", 0, 1, 2001), ("y", 0, 1, 2000), "4002000 nodes"),
        (("x", 0, 1, 5), ("y", 0, 1, 0), "The axis y"),
    ],
)
def test_that_a_grid_that_cannot_be_is_refused(x, y, message):
    with pytest.raises(LimitError, match=message):
        RegularGrid(x, y)


def test_that_an_unknown_axis_and_a_missing_coordinate_are_named():
    with pytest.raises(PartialError, match="no variable c; its variables are: a, b"):
        sample(EXAMPLE, RegularGrid(("c", 0, 1, 2)), Point({"a": 1, "b": 1}))
    with pytest.raises(PointError, match="no value for b"):
        sample(EXAMPLE, RegularGrid(("a", 0, 1, 2)), Point({"a": 1}))
