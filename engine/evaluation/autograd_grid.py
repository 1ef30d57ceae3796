"""PyTorch's autograd in forward mode on a grid: one push of a tangent for each axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from engine.evaluation.autograd import evaluate_by_terms
from engine.evaluation.field import GradientField, RegularGrid
from engine.evaluation.tensor_terms import Tensors, TensorTerms
from engine.evaluation.torch_access import load_forward_mode
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial

BLOCK_BYTES = {"cpu": 2**20, "cuda": 2**28, "mps": 2**26}
"""Size of the values that are computed together, by device; on a CPU they stay in its cache."""


def autograd_sample(
    f: Polynomial, grid: RegularGrid, at: Point, dtype: str = "float64", device: str = "cpu"
) -> GradientField:
    """Return f, and its gradient by PyTorch's forward mode, on ``grid``.

    With the coefficients C of the plotted variables and the powers of each axis as A and B,
    f = A C Bᵀ. A tangent of ones along an axis is pushed through the powers and the products, by
    ``torch.autograd.forward_ad``, which ``torch.func.jvp`` is built on: f depends on each node of
    the axis in its own row or column only, so the one push gives the partial at every node. The
    nodes at which anything overflows are computed again term by term, in reverse mode.

    Args:
        f: The polynomial.
        grid: The nodes; they are rounded to ``dtype``.
        at: Holds the variables that are not axes; they are put in exactly.
        dtype: ``float64`` or ``float32``, what PyTorch computes in.
        device: ``cpu``, ``cuda`` or ``mps``, where it does.

    Returns:
        A field whose arrays are in ``dtype``. With the number of coefficients for the number of
        terms, the bound is that of :func:`engine.evaluation.autograd.autograd_evaluate`.
        Overflow gives inf or nan.

    Raises:
        PartialError: f has no such variable as an axis shows.
        PointError: A variable that is no axis has no coordinate.
        NumberRangeError: A coefficient does not fit ``dtype``.
        MethodUnavailableError: No PyTorch, no such device, or it lacks the number type.

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 3.1.
    """
    Partial(grid.variables).multi_index(f.variables)
    tensors = Tensors.on(device, dtype)
    load_forward_mode()
    held = tuple(name for name in f.variables if name not in grid.variables)
    reduced, terms = _separated(f, grid.variables, held, at.in_order(held), tensors)
    results = _pushed(terms, grid)
    _repair(results, reduced, grid, tensors)
    shape = tuple(nodes.size for nodes in grid.nodes)
    values, dx, *rest = (result.reshape(shape) for result in results)
    return GradientField(f, at, grid, values, dx, rest[0] if rest else None)


@lru_cache(maxsize=16)
def _separated(
    f: Polynomial,
    axes: tuple[str, ...],
    held: tuple[str, ...],
    values: tuple[Fraction, ...],
    tensors: Tensors,
) -> tuple[Polynomial, TensorTerms]:
    """Return f of the axes alone, and its terms on the device: a drag asks for them again."""
    reduced = f.with_values(dict(zip(held, values, strict=True))).with_variables(axes)
    return reduced, TensorTerms.of(reduced, tensors, inner=len(axes) - 1)


def _pushed(terms: TensorTerms, grid: RegularGrid) -> list[Any]:
    """Return f and a partial for each axis; shapes ``(nx, ny)``, or ``(1, nx)`` without y."""
    tensors = terms.tensors
    forward = tensors.torch.autograd.forward_ad
    axes = [tensors.of(nodes) for nodes in grid.nodes]
    shape = (axes[0].numel() if len(axes) == 2 else 1, axes[-1].numel())
    results = [np.empty(shape, tensors.dtype) for _ in ("values", *axes)]
    for number, axis in enumerate(axes):
        with forward.dual_level():
            at = list(axes)
            at[number] = forward.make_dual(axis, tensors.torch.ones_like(axis))
            for rows, product in _blocks(terms, at, shape):
                value, slope = forward.unpack_dual(product)
                if number == 0:
                    results[0][rows] = value.cpu().numpy()
                results[1 + number][rows] = 0 if slope is None else slope.cpu().numpy()
    return results


def _blocks(
    terms: TensorTerms, at: Sequence[Any], shape: tuple[int, int]
) -> Iterator[tuple[slice, Any]]:
    """Yield f some rows at a time."""
    left = terms.outer_products(at).T.contiguous().expand(shape[0], -1)
    right = terms.inner_sums(at[-1])
    row_bytes = shape[1] * right.element_size()
    length = max(1, BLOCK_BYTES[terms.tensors.device] // row_bytes)
    for start in range(0, shape[0], length):
        rows = slice(start, start + length)
        yield rows, left[rows] @ right


def _repair(results: list[Any], f: Polynomial, grid: RegularGrid, tensors: Tensors) -> None:
    """Compute again what is not finite: 0 times an overflow made nan of sums without one."""
    with np.errstate(over="ignore", invalid="ignore"):
        if all(np.isfinite(result.sum()) for result in results):  # the fastest way to see it
            return
    spoilt = ~np.logical_and.reduce([np.isfinite(result) for result in results])
    mesh = np.meshgrid(*grid.nodes, indexing="ij")
    table = np.stack([nodes[spoilt.reshape(nodes.shape)] for nodes in mesh], axis=1)
    values, gradient = evaluate_by_terms(f, table, tensors)
    for result, repaired in zip(results, (values, *gradient.T), strict=True):
        result[spoilt] = repaired
