"""autograd_sample(): PyTorch's forward mode on a grid against exact values and sample()."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest

from engine import Point, Polynomial, RegularGrid, autograd_sample, sample
from engine.errors import MethodUnavailableError, NumberRangeError, PartialError, PointError
from engine.evaluation import autograd_grid
from tests.engine.autograd_bounds import is_within, random_polynomial, unit

EXAMPLE = Polynomial.from_tuples(((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1))))

both = pytest.mark.parametrize("dtype", ["float64", "float32"])


@both
@pytest.mark.parametrize(("degree", "count"), [(3, 2), (8, 30), (25, 60)])
def test_that_samples_are_within_their_bound(degree, count, dtype):
    f = random_polynomial(6, "xyz", degree, count)
    point = Point({"z": "1/3"})
    field = autograd_sample(f, RegularGrid(("y", -1.25, 1.5, 5), ("x", 0, 1.25, 4)), point, dtype)
    assert field.values.dtype == field.dx.dtype == field.dy.dtype == dtype
    reduced = f.with_values({"z": point["z"]}).with_variables(("x", "y"))
    for i, y in enumerate(field.x.astype(dtype).tolist()):
        for j, x in enumerate(field.y.astype(dtype).tolist()):
            for results, partial in ((field.values, ""), (field.dx, "y"), (field.dy, "x")):
                at = Point({"x": x, "y": y})
                assert is_within(results[i, j], reduced, partial, at, 2 * unit(reduced, dtype))


def test_that_blocks_leave_no_gap(monkeypatch):
    f = random_polynomial(7, "xy", 8, 20)
    grid = RegularGrid(("x", -1, 1, 101), ("y", -1, 1, 7))
    monkeypatch.setitem(autograd_grid.BLOCK_BYTES, "cpu", 1000)
    ours, theirs = autograd_sample(f, grid, Point({})), sample(f, grid, Point({}))
    for one, other in ((ours.values, theirs.values), (ours.dx, theirs.dx), (ours.dy, theirs.dy)):
        np.testing.assert_allclose(one, other, rtol=1e-12, atol=1e-12)


def test_that_whole_numbers_are_sampled_exactly_with_ij_indexing():
    field = autograd_sample(EXAMPLE, RegularGrid(("b", -2, 2, 5), ("a", 0, 3, 4)), Point({}))
    b, a = np.meshgrid(field.x, field.y, indexing="ij")
    assert np.array_equal(field.values, 2 * a * b**2 + 3 * a**2 * b)
    assert np.array_equal(field.dx, 4 * a * b + 3 * a**2)
    assert np.array_equal(field.dy, 2 * b**2 + 6 * a * b)


def test_that_one_axis_gives_a_curve():
    field = autograd_sample(EXAMPLE, RegularGrid(("b", -1, 1, 3)), Point({"a": 2}))
    assert field.y is None and field.dy is None
    assert field.values.tolist() == [4 * b * b + 12 * b for b in (-1, 0, 1)]
    assert field.dx.tolist() == [8 * b + 12 for b in (-1, 0, 1)]


@pytest.mark.parametrize(
    ("terms", "value", "dx", "dy"),
    [({}, 0, 0, 0), ({(0, 0): 5}, 5, 0, 0), ({(0, 1): 5}, 10, 0, 5), ({(1, 0): 5}, 5, 5, 0)],
)
def test_that_what_f_does_not_contain_has_a_true_zero(terms, value, dx, dy):
    grid = RegularGrid(("x", 1, 3, 3), ("y", 2, 3, 2))
    field = autograd_sample(Polynomial("xy", terms), grid, Point({}))
    assert field.values.shape == field.dx.shape == field.dy.shape == (3, 2)
    assert (field.values[0, 0], field.dx[0, 0], field.dy[0, 0]) == (value, dx, dy)
    assert (field.dx == dx).all() and (field.dy == dy).all()


def test_that_overflow_is_kept_without_a_warning_and_spoils_no_other_quantity():
    f = Polynomial("xy", {(400, 0): 1, (0, 1): 1})
    field = autograd_sample(f, RegularGrid(("x", -1e10, 1e10, 3), ("y", 1, 2, 2)), Point({}))
    assert field.values.tolist() == [[math.inf] * 2, [1.0, 2.0], [math.inf] * 2]
    assert field.dx[:, 0].tolist() == [-math.inf, 0.0, math.inf]
    assert (field.dy == 1.0).all()
    flat = Polynomial("xy", {(400, 0): 1})
    field = autograd_sample(flat, RegularGrid(("x", -1e10, 1e10, 3), ("y", 1, 2, 2)), Point({}))
    assert (field.dy == 0.0).all()


def test_that_what_cannot_be_is_named():
    grid = RegularGrid(("x", 0, 1, 2))
    with pytest.raises(PartialError, match="no variable x"):
        autograd_sample(EXAMPLE, grid, Point({}))
    with pytest.raises(PointError, match="no value for b"):
        autograd_sample(EXAMPLE, RegularGrid(("a", 0, 1, 2)), Point({}))
    with pytest.raises(NumberRangeError, match="a float32"):
        autograd_sample(Polynomial("x", {(1,): 10**39}), grid, Point({}), "float32")
    with pytest.raises(MethodUnavailableError, match="choose one of: cpu"):
        autograd_sample(EXAMPLE, RegularGrid(("a", 0, 1, 2)), Point({"b": 1}), device="tpu")


@pytest.mark.slow
def test_that_pytorchs_own_warnings_do_not_reach_the_user():
    program = (
        "import warnings; warnings.simplefilter('error')\n"
        "import engine\n"
        "f = engine.Polynomial('x', {(3,): 1})\n"
        "grid = engine.RegularGrid(('x', 0, 2, 3))\n"
        "print(engine.autograd_sample(f, grid, engine.Point({})).dx.tolist())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=100
    )
    assert (done.stdout, done.stderr) == ("[0.0, 3.0, 12.0]\n", "")
