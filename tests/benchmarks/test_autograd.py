"""PyTorch's autograd over points, on a grid and twice, against PyTorch on the plain expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.evaluation.autograd import autograd_evaluate, autograd_hessian
from engine.evaluation.autograd_grid import autograd_sample
from engine.evaluation.field import RegularGrid
from engine.evaluation.grid import evaluate_on_grid
from engine.evaluation.scalar import ScalarFunction
from engine.point import Point
from engine.polynomial import Polynomial
from tests.benchmarks.polynomials import P2, P4, P5, SPAN, to_torch
from tests.benchmarks.race import OURS, Result, race

torch = pytest.importorskip("torch")

POINTS = [("P2", P2, 3.0), ("P4", P4, 8.0)]
COUNT = 100_000
NODES = 1000

BY_TERMS = "torch, term by term"


def close(ours: list[Any], theirs: list[Any]) -> None:
    """Check the results against each other before anything is timed."""
    for one, other in zip(ours, theirs, strict=True):
        scale = max(1.0, float(np.abs(np.asarray(one)).max()))
        assert np.abs(np.asarray(one) - np.asarray(other)).max() < 1e-9 * scale


def backward(function: Callable[[Any], Any], columns: list[np.ndarray]) -> list[np.ndarray]:
    """Return f and its partials from one backward pass over the whole batch."""
    leaves = [torch.from_numpy(column).requires_grad_() for column in columns]
    value = function(leaves)
    slopes = torch.autograd.grad(value, leaves, torch.ones_like(value))
    return [value.detach().numpy(), *(slope.numpy() for slope in slopes)]


@pytest.mark.parametrize(("name", "f", "goal"), POINTS, ids=lambda v: str(v)[:12])
def test_points(
    name: str, f: Polynomial, goal: float, record: Callable[[Result], None], benchmark: Any
) -> None:
    points = np.random.default_rng(1).uniform(-SPAN, SPAN, (COUNT, len(f.variables)))
    columns = [points[:, index].copy() for index in range(points.shape[1])]
    plain = to_torch(f)
    shared = ScalarFunction(f, lambda value: torch.tensor(float(value), dtype=torch.float64))

    def ours() -> Any:
        return autograd_evaluate(f, points)

    def by_terms() -> Any:
        return backward(plain, columns)

    def by_shared_powers() -> Any:
        return backward(shared, columns)

    def limit() -> Any:
        return points.copy(), np.empty(COUNT)

    values, gradient = ours()
    close([values, *gradient.T], by_terms())
    close([values, *gradient.T], by_shared_powers())
    runs = {
        OURS: ours,
        "copying the data": limit,
        BY_TERMS: by_terms,
        "the same, each power once": by_shared_powers,
    }
    result = race(
        f"autograd, f and gradient at 100,000 points, {name}",
        runs,
        goals={BY_TERMS: goal},
        limits=frozenset({"copying the data"}),
    )
    record(result)
    benchmark.extra_info.update({k: result.ratio(k) for k in runs if k != OURS})
    benchmark.pedantic(ours, rounds=3)


def test_grid(record: Callable[[Result], None], benchmark: Any) -> None:
    grid = RegularGrid(("x", -SPAN, SPAN, NODES), ("y", -SPAN, SPAN, NODES))
    mesh = [one.ravel() for one in np.meshgrid(*grid.nodes, indexing="ij")]
    plain = to_torch(P2)

    def ours() -> Any:
        return autograd_sample(P2, grid, Point({}))

    def limit() -> Any:
        return evaluate_on_grid(P2, grid.variables, grid.nodes, Point({}))

    def by_terms() -> Any:
        return backward(plain, mesh)

    field = ours()
    close([field.values, field.dx, field.dy], list(limit()))
    close([one.ravel() for one in (field.values, field.dx, field.dy)], by_terms())
    runs = {OURS: ours, "evaluate_on_grid": limit, BY_TERMS: by_terms}
    result = race(
        f"autograd, f and both partials on a grid, P2, {NODES}×{NODES}",
        runs,
        goals={"evaluate_on_grid": 6.0},
        limits=frozenset({"evaluate_on_grid"}),
    )
    record(result)
    benchmark.extra_info.update({k: result.ratio(k) for k in runs if k != OURS})
    benchmark.pedantic(ours, rounds=3)


def test_hessian(record: Callable[[Result], None], benchmark: Any) -> None:
    coordinates = np.random.default_rng(2).uniform(-SPAN, SPAN, len(P5.variables))
    point = Point(dict(zip(P5.variables, coordinates.tolist(), strict=True)))
    plain = to_torch(P5)

    def ours() -> Any:
        return autograd_hessian(P5, point)

    def with_func() -> Any:
        return torch.func.hessian(plain)(torch.from_numpy(coordinates)).numpy()

    close([ours()], [with_func()])
    runs = {OURS: ours, "torch.func.hessian": with_func}
    job = "autograd, Hessian at one point, six variables, 100 terms"
    result = race(job, runs, goals={"torch.func.hessian": 1.0})
    record(result)
    benchmark.pedantic(ours, rounds=3)
