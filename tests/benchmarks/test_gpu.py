"""PyTorch's autograd on a GPU against one core: from which size on the GPU pays.

Times are those of a whole call, from NumPy arrays to NumPy arrays, copies to and from the GPU
included.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from engine.evaluation.autograd import autograd_evaluate
from engine.evaluation.autograd_grid import autograd_sample
from engine.evaluation.field import RegularGrid
from engine.point import Point
from tests.benchmarks.polynomials import P2, SPAN
from tests.benchmarks.race import OURS, Result, race

torch = pytest.importorskip("torch")

pytestmark = [
    pytest.mark.skipif(not torch.cuda.is_available(), reason="no GPU: not measured"),
    pytest.mark.timeout(900),
    pytest.mark.parametrize("dtype", ["float64", "float32"]),
]

POINTS = [10**power for power in range(4, 9)]
SIDES = [100, 300, 1000, 2000]
"""Nodes along each axis; more than four million in all are no grid."""

CPU = "one core"


def compare(
    job: str, run: Callable[[str], tuple[np.ndarray, ...]], dtype: str, rounds: int
) -> Result:
    """Check the results against each other, then let the devices take turns."""

    def on_cuda() -> tuple[np.ndarray, ...]:
        found = run("cuda")
        torch.cuda.synchronize()
        return found

    tolerance = 100 * float(np.finfo(dtype).eps)
    for one, other in zip(on_cuda(), run("cpu"), strict=True):
        assert np.abs(one - other).max() <= tolerance * max(1.0, float(np.abs(other).max()))
    return race(job, {OURS: on_cuda, CPU: lambda: run("cpu")}, rounds=rounds)


def pays_from(results: list[tuple[int, Result]]) -> str:
    """Say from which size on the GPU is faster, at this size and at every larger one."""
    slower = [size for size, result in results if result.ratio(CPU) < 1]
    faster = [size for size, _ in results if size > max(slower, default=0)]
    return f"pays from {min(faster):,} on" if faster else f"does not pay up to {results[-1][0]:,}"


def affordable(sizes: list[int]) -> Iterator[int]:
    """Yield the sizes whose points and results fit into half of the memory, twice."""
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return (size for size in sizes if 2 * 8 * 8 * size < free / 2)


def test_points(
    dtype: str, record: Callable[[Result], None], remark: Callable[[str], None]
) -> None:
    results = []
    for count in affordable(POINTS):
        points = np.random.default_rng(1).uniform(-SPAN, SPAN, (count, 2))

        def run(device: str, points: np.ndarray = points) -> tuple[np.ndarray, ...]:
            return autograd_evaluate(P2, points, dtype, device)

        job = f"autograd on the GPU, {count:,} points, P2, {dtype}"
        results.append((count, compare(job, run, dtype, rounds=3 if count > 10**6 else 7)))
        record(results[-1][1])
    remark(f"Autograd at points, P2, {dtype}: the GPU {pays_from(results)} points.")


def test_grid(dtype: str, record: Callable[[Result], None], remark: Callable[[str], None]) -> None:
    results = []
    for side in SIDES:
        grid = RegularGrid(("x", -SPAN, SPAN, side), ("y", -SPAN, SPAN, side))

        def run(device: str, grid: RegularGrid = grid) -> tuple[Any, ...]:
            field = autograd_sample(P2, grid, Point({}), dtype, device)
            return field.values, field.dx, field.dy

        job = f"autograd on the GPU, grid {side}×{side}, P2, {dtype}"
        results.append((side**2, compare(job, run, dtype, rounds=7)))
        record(results[-1][1])
    remark(f"Autograd on a grid, P2, {dtype}: the GPU {pays_from(results)} nodes.")
