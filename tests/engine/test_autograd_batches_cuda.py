"""Autograd over points, over a grid and twice on an NVIDIA GPU; run with ``pytest -m cuda``."""

from __future__ import annotations

import numpy as np
import pytest

from engine import Point, RegularGrid, autograd_evaluate, autograd_hessian, autograd_sample
from tests.engine.autograd_bounds import is_within, random_polynomial, unit

pytestmark = [
    pytest.mark.cuda,
    pytest.mark.parametrize("dtype", ["float64", "float32"]),
    pytest.mark.parametrize("kind", [("xy", 8, 30), ("xyz", 12, 40), ("uvwxyz", 6, 60)], ids=str),
]


def test_that_points_on_cuda_are_within_their_bound(kind, dtype):
    f = random_polynomial(1, *kind)
    points = np.random.default_rng(1).uniform(-1.5, 1.5, (300_000, len(f.variables))).astype(dtype)
    values, gradient = autograd_evaluate(f, points, dtype, "cuda")
    on_cpu = autograd_evaluate(f, points, dtype)
    for index in range(0, len(points), 30_000):
        at = Point(dict(zip(f.variables, points[index].tolist(), strict=True)))
        for result, partial in zip(
            (values[index], *gradient[index]), ("", *f.variables), strict=True
        ):
            assert is_within(result, f, partial, at, 2 * unit(f, dtype))
    scale = float(max(np.abs(on_cpu[0]).max(), np.abs(on_cpu[1]).max()))
    tolerance = 8 * float(unit(f, dtype)) * scale
    np.testing.assert_allclose(values, on_cpu[0], rtol=0, atol=tolerance)
    np.testing.assert_allclose(gradient, on_cpu[1], rtol=0, atol=tolerance)


def test_that_a_hessian_on_cuda_is_within_its_bound(kind, dtype):
    f = random_polynomial(2, *kind)
    at = Point(dict.fromkeys(f.variables, 0.75))
    hessian = autograd_hessian(f, at, dtype, "cuda")
    for i, first in enumerate(f.variables):
        for j, second in enumerate(f.variables):
            assert is_within(hessian[i, j], f, first + second, at, 4 * unit(f, dtype))


def test_that_a_grid_on_cuda_is_within_its_bound(kind, dtype):
    f = random_polynomial(3, *kind)
    x, y, *held = f.variables
    put = Point(dict.fromkeys(held, 0.5))
    field = autograd_sample(f, RegularGrid((x, -1, 1, 5), (y, 0, 1.5, 4)), put, dtype, "cuda")
    reduced = f.with_values(dict(put)).with_variables((x, y))
    for i, first in enumerate(field.x.astype(dtype).tolist()):
        for j, second in enumerate(field.y.astype(dtype).tolist()):
            at = Point({x: first, y: second})
            for results, partial in ((field.values, ""), (field.dx, x), (field.dy, y)):
                assert is_within(results[i, j], reduced, partial, at, 2 * unit(reduced, dtype))
