"""f and its gradient in float64: on a grid, and at scattered points."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import pytest

from engine.evaluation.grid import evaluate_on_grid
from engine.evaluation.horner import HornerPlan
from engine.evaluation.machine_code import MachineCode
from engine.evaluation.points import evaluate
from engine.point import Point
from engine.polynomial import Polynomial
from tests.benchmarks.polynomials import P2, P3, P4, SPAN, lambdified, to_jax
from tests.benchmarks.race import OURS, Result, race

jax = pytest.importorskip("jax")
jax.config.update("jax_enable_x64", True)

GRIDS = [("P2", P2, 1000, {"limit": 4.0, "sympy": 200.0, "jax": 2.0}),
         ("P4", P4, 256, {"sympy": 200.0, "jax": 20.0})]  # fmt: skip
POINTS = [("P2", P2), ("P3", P3)]
COUNT = 1_000_000


def close(ours: list[Any], theirs: list[Any]) -> None:
    """Check the results against each other before anything is timed."""
    for one, other in zip(ours, theirs, strict=True):
        scale = max(1.0, float(np.abs(np.asarray(one)).max()))
        assert np.abs(np.asarray(one) - np.asarray(other)).max() < 1e-9 * scale


@pytest.mark.parametrize(("name", "f", "nodes", "goals"), GRIDS, ids=lambda v: str(v)[:12])
def test_grid(
    name: str, f: Polynomial, nodes: int, goals: dict[str, float],
    record: Callable[[Result], None], benchmark: Any,
) -> None:  # fmt: skip
    x = np.linspace(-SPAN, SPAN, nodes)
    y = np.linspace(-SPAN, SPAN, nodes)
    mesh = [one.copy() for one in np.meshgrid(x, y, indexing="ij")]
    by_sympy = lambdified(f)
    gradient = jax.value_and_grad(to_jax(f))
    pairs = jax.vmap(jax.vmap(lambda u, v: gradient(jax.numpy.stack([u, v])), (None, 0)), (0, None))
    compiled = jax.jit(pairs)

    def ours() -> Any:
        return evaluate_on_grid(f, ("x", "y"), (x, y), Point({}))

    def with_jax() -> Any:
        value, slopes = compiled(x, y)
        return value.block_until_ready(), slopes

    def with_sympy() -> Any:
        return by_sympy(*mesh)

    def limit() -> Any:
        return [np.full((nodes, nodes), 1.0) for _ in range(3)]

    value, slopes = with_jax()
    close(list(ours()), [value, slopes[..., 0], slopes[..., 1]])
    close(list(ours()), list(with_sympy()))
    runs = {OURS: ours, "limit": limit, "sympy": with_sympy, "jax": with_jax}
    job = f"f and both partials on a grid, {name}, {nodes}×{nodes}"
    result = race(job, runs, goals=goals, limits=frozenset({"limit"}))
    record(result)
    benchmark.extra_info.update({k: result.ratio(k) for k in runs if k != OURS})
    benchmark.pedantic(ours, rounds=5)


def seconds_to_compile(f: Polynomial) -> float:
    """Return how long the code takes that a large batch of a new polynomial waits for."""
    coefficients = tuple((key, float(c)) for key, c in f.terms().items())
    start = perf_counter()
    MachineCode(HornerPlan.of(dict(coefficients), len(f.variables), gradient=True))
    return perf_counter() - start


@pytest.mark.parametrize(("name", "f"), POINTS, ids=lambda v: str(v)[:12])
def test_points(
    name: str, f: Polynomial,
    record: Callable[[Result], None], remark: Callable[[str], None], benchmark: Any,
) -> None:  # fmt: skip
    points = np.random.default_rng(1).uniform(-SPAN, SPAN, (COUNT, len(f.variables)))
    columns = [points[:, index].copy() for index in range(points.shape[1])]
    by_sympy = lambdified(f)
    compiled = jax.jit(jax.vmap(jax.value_and_grad(to_jax(f))))

    def ours() -> Any:
        return evaluate(f, points)

    def with_jax() -> Any:
        value, slopes = compiled(points)
        return value.block_until_ready(), slopes

    def with_sympy() -> Any:
        return by_sympy(*columns)

    def limit() -> Any:
        return points.copy(), np.empty(COUNT)

    compiling = median(seconds_to_compile(f) for _ in range(5))
    remark(f"Machine code for {name}, {len(f)} terms, is made in {compiling * 1e3:.0f} ms.")
    close(list(ours()), list(with_jax()))
    value, *slopes = with_sympy()
    close(list(ours()), [value, np.stack(np.broadcast_arrays(*slopes), axis=1)])
    runs = {OURS: ours, "copying the data": limit, "sympy": with_sympy, "jax": with_jax}
    job = f"f and gradient at a million points, {name}"
    result = race(
        job,
        runs,
        goals={"sympy": 50.0, "jax": 1.0},
        limits=frozenset({"copying the data"}),
        rounds=5,
    )
    record(result)
    benchmark.extra_info.update({k: result.ratio(k) for k in runs if k != OURS})
    benchmark.pedantic(ours, rounds=3)
