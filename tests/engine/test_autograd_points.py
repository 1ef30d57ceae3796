"""autograd_evaluate() and autograd_hessian(): PyTorch's numbers against exact ones."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine import Partial, Point, Polynomial, autograd_evaluate, autograd_hessian
from engine.differentiation.autograd import AutogradReverse
from engine.differentiation.method import DerivativeProblem
from engine.errors import MethodUnavailableError, NumberRangeError, PointError
from engine.evaluation import autograd
from tests.engine.autograd_bounds import is_within, random_polynomial, unit

EXAMPLE = Polynomial.from_tuples(((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1))))
KINDS = [("x", 9, 5), ("xy", 8, 30), ("xyz", 12, 40), ("uvwxyz", 6, 60), ("xy", 3, 2)]

both = pytest.mark.parametrize("dtype", ["float64", "float32"])


def points_for(f: Polynomial, dtype: str, count: int) -> np.ndarray:
    """Some of them are whole numbers, zero among them."""
    rng = np.random.default_rng(len(f))
    points = rng.uniform(-1.5, 1.5, (count, len(f.variables)))
    points[::4] = rng.integers(-2, 3, points[::4].shape)
    return points.astype(dtype)


def at(f: Polynomial, row: np.ndarray) -> Point:
    return Point(dict(zip(f.variables, row.tolist(), strict=True)))


@both
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_that_values_and_gradients_are_within_their_bound(kind, dtype):
    f = random_polynomial(1, *kind)
    points = points_for(f, dtype, 12)
    values, gradient = autograd_evaluate(f, points, dtype)
    assert values.dtype == gradient.dtype == dtype
    for row, value, slopes in zip(points, values, gradient, strict=True):
        for result, partial in zip((value, *slopes), ("", *f.variables), strict=True):
            assert is_within(result, f, partial, at(f, row), 2 * unit(f, dtype))


@both
@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_that_hessians_are_within_their_bound(kind, dtype):
    f = random_polynomial(2, *kind)
    for row in points_for(f, dtype, 4):
        hessian = autograd_hessian(f, at(f, row), dtype)
        assert hessian.dtype == dtype
        for i, first in enumerate(f.variables):
            for j, second in enumerate(f.variables):
                assert is_within(
                    hessian[i, j], f, first + second, at(f, row), 4 * unit(f, dtype)
                ), (first, second)


@both
def test_that_the_slow_path_gives_the_same(dtype):
    f = random_polynomial(3, "xyz", 7, 25)
    points = points_for(f, dtype, 4)
    values, gradient = autograd_evaluate(f, points, dtype)
    for row, value, slopes in zip(points, values, gradient, strict=True):
        point = at(f, row)
        hessian = autograd_hessian(f, point, dtype)
        fast = {"": value, **dict(zip("xyz", slopes, strict=True)), "xy": hessian[0, 1]}
        for partial, result in fast.items():
            problem = DerivativeProblem(f.to_expression(), f, Partial(tuple(partial)), point)
            slow = AutogradReverse(dtype).estimate(problem).value
            reference = f.partial(*partial)
            size = sum(
                abs(float(c)) * math.prod(abs(float(v)) ** e for v, e in zip(row, k, strict=True))
                for k, c in reference.terms().items()
            )
            assert abs(slow - result) <= 8 * float(unit(f, dtype)) * size


def test_that_whole_numbers_are_evaluated_exactly():
    values, gradient = autograd_evaluate(EXAMPLE, np.array([[2.0, 3.0], [0.0, 0.0], [-1.0, 2.0]]))
    assert values.tolist() == [72.0, 0.0, -2.0]
    assert gradient.tolist() == [[54.0, 36.0], [0.0, 0.0], [-4.0, -5.0]]
    assert autograd_hessian(EXAMPLE, Point({"a": 2, "b": 3})).tolist() == [[18, 24], [24, 8]]


def test_that_a_caller_who_records_no_graphs_gets_the_same():
    import torch

    with torch.no_grad():
        assert autograd_evaluate(EXAMPLE, [[2.0, 3.0]])[1].tolist() == [[54.0, 36.0]]
        assert autograd_hessian(EXAMPLE, Point({"a": 2, "b": 3})).tolist() == [[18, 24], [24, 8]]


def test_that_chunks_leave_no_gap(monkeypatch):
    f = random_polynomial(4, "xy", 6, 12)
    points = points_for(f, "float64", 103)
    values, gradient = autograd_evaluate(f, points)
    monkeypatch.setitem(autograd.LONGEST_CHUNK, "cpu", 10)
    again = autograd_evaluate(f, points)
    np.testing.assert_allclose(again[0], values, rtol=1e-13, atol=1e-13)
    np.testing.assert_allclose(again[1], gradient, rtol=1e-13, atol=1e-13)


def test_that_thousands_of_terms_stay_within_the_workspace(monkeypatch):
    f = random_polynomial(5, "uvwxyz", 30, 4000)
    lengths = []
    original = autograd._gradient
    monkeypatch.setattr(
        autograd,
        "_gradient",
        lambda torch, value, *rest: lengths.append(len(value)) or original(torch, value, *rest),
    )
    points = points_for(f, "float64", 500)
    values, gradient = autograd_evaluate(f, points)
    assert sum(lengths) == 500 and max(lengths) * 6 * 4000 * 8 < autograd.WORKSPACE_BYTES["cpu"]
    assert is_within(values[1], f, "", at(f, points[1]), 2 * unit(f, "float64"))
    assert is_within(gradient[1, 5], f, "z", at(f, points[1]), 2 * unit(f, "float64"))


@pytest.mark.parametrize(
    ("f", "value", "slopes"),
    [
        (Polynomial("xyz", {(0, 2, 0): 3}), 12.0, [0.0, 12.0, 0.0]),
        (Polynomial("xyz", {(0, 0, 0): 5}), 5.0, [0.0] * 3),
        (Polynomial("xyz"), 0.0, [0.0] * 3),
    ],
)
def test_that_what_f_does_not_contain_has_a_true_zero(f, value, slopes):
    points = np.array([[np.inf if f.degree else 1.0, 2.0, np.nan]])
    values, gradient = autograd_evaluate(f, points)
    assert values.tolist() == [value] and gradient.tolist() == [slopes]
    hessian = autograd_hessian(f, Point({"x": 1, "y": 2, "z": 3}))
    assert np.count_nonzero(hessian) == (1 if f.degree else 0)


def test_that_constants_and_no_points_keep_their_shapes():
    values, gradient = autograd_evaluate(Polynomial((), {(): 5}), np.empty((3, 0)), "float32")
    assert values.tolist() == [5.0] * 3 and gradient.shape == (3, 0)
    assert values.dtype == gradient.dtype == np.float32
    values, gradient = autograd_evaluate(EXAMPLE, np.empty((0, 2)))
    assert values.shape == (0,) and gradient.shape == (0, 2)
    assert autograd_hessian(Polynomial((), {(): 5}), Point({})).shape == (0, 0)


def test_that_an_overflow_spoils_no_other_quantity():
    f = Polynomial("xy", {(400, 0): 1, (0, 2): 1})
    values, gradient = autograd_evaluate(f, np.array([[1e10, 5.0], [1.0, 5.0]]))
    assert values.tolist() == [math.inf, 26.0]
    assert gradient.tolist() == [[math.inf, 10.0], [400.0, 10.0]]
    hessian = autograd_hessian(f, Point({"x": 10**10, "y": 5}))
    assert hessian.tolist() == [[math.inf, 0.0], [0.0, 2.0]]
    values, gradient = autograd_evaluate(EXAMPLE, [[1e39, 1.0], [2.0, 3.0]], "float32")
    assert values.tolist() == [math.inf, 72.0] and gradient[1].tolist() == [54.0, 36.0]


@pytest.mark.parametrize("points", [[2.0, 3.0], [[1.0, 2.0, 3.0]], 5.0, [[1j, 2.0]], [["2", "3"]]])
def test_that_points_of_another_shape_or_kind_are_refused(points):
    with pytest.raises(PointError, match="needed"):
        autograd_evaluate(EXAMPLE, points)


def test_that_a_missing_coordinate_is_named():
    with pytest.raises(PointError, match="no value for b"):
        autograd_hessian(EXAMPLE, Point({"a": 1}))


def test_that_numbers_beyond_the_type_are_named():
    f = Polynomial("x", {(1,): 10**39})
    assert autograd_evaluate(f, [[1.0]])[0].tolist() == [1e39]
    with pytest.raises(NumberRangeError, match="a float32, which ends"):
        autograd_evaluate(f, [[1.0]], "float32")
    with pytest.raises(NumberRangeError, match="a float, which ends"):
        autograd_hessian(f, Point({"x": 10**400}))


@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_that_an_absent_device_is_named_with_those_that_are_there(device):
    import torch

    if {"cuda": torch.cuda, "mps": torch.backends.mps}[device].is_available():
        assert autograd_evaluate(EXAMPLE, [[2, 3]], "float32", device)[0].tolist() == [72.0]
    else:
        for run in (
            lambda: autograd_evaluate(EXAMPLE, [[2, 3]], device=device),
            lambda: autograd_hessian(EXAMPLE, Point({"a": 2, "b": 3}), device=device),
        ):
            with pytest.raises(MethodUnavailableError, match=rf"no {device} device here; .* cpu"):
                run()


def test_that_unknown_devices_and_types_are_refused():
    with pytest.raises(MethodUnavailableError, match="choose one of: cpu, cuda, mps"):
        autograd_evaluate(EXAMPLE, [[2, 3]], device="tpu")
    with pytest.raises(MethodUnavailableError, match="choose one of: float64, float32"):
        autograd_evaluate(EXAMPLE, [[2, 3]], dtype="float16")
