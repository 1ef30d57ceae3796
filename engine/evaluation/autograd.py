"""PyTorch's autograd in reverse mode: gradients at many points, and a Hessian at one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from engine.evaluation.arrays import AnyFloats, Floats
from engine.evaluation.points import checked_points
from engine.evaluation.scalar import ScalarFunction
from engine.evaluation.tensor_terms import Tensors, TensorTerms
from engine.point import Point
from engine.polynomial import Polynomial

Function = Callable[[Sequence[Any]], Any]
"""f of a column of coordinates for each variable."""

WORKSPACE_BYTES = {"cpu": 2**26, "cuda": 2**30, "mps": 2**28}
"""Memory for the graph of one chunk of points, by device."""

LONGEST_CHUNK = {"cpu": 16384}
"""Points; on a CPU longer ones leave its cache, shorter ones wait for Python."""


def autograd_evaluate(
    f: Polynomial, points: ArrayLike, dtype: str = "float64", device: str = "cpu"
) -> tuple[AnyFloats, AnyFloats]:
    """Return f, and its gradient by ``torch.autograd.grad``, at many points.

    f is a product of tables of powers, computed a chunk of points at a time, and each chunk takes
    one backward pass. The points at which anything overflows are computed again term by term,
    which is slower and lets no power into a sum it is no part of.

    Args:
        f: The polynomial, in n variables.
        points: Real coordinates in the order of ``f.variables``; shape ``(N, n)``. They are
            rounded to ``dtype``.
        dtype: ``float64`` or ``float32``, what PyTorch computes in.
        device: ``cpu``, ``cuda`` or ``mps``, where it does.

    Returns:
        The values, shape ``(N,)``, and the partials in the order of the variables, shape
        ``(N, n)``, both in ``dtype``. Each differs from the exact value at the rounded point by
        at most ``2 * (degree + number of terms + 2) * eps`` times the sum of the absolute values
        of its terms, underflow apart, with the ``eps`` of ``dtype``: ``2**-52`` or ``2**-23``. A
        partial by a variable that f does not contain is 0. Overflow gives inf or nan.

    Raises:
        PointError: ``points`` has another shape, or does not hold real numbers.
        NumberRangeError: A coefficient does not fit ``dtype``.
        MethodUnavailableError: No PyTorch, no such device, or it lacks the number type.

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 3.2; rounding
    error of sums and products, Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed.
    (2002), sections 3.1 and 3.5.
    """
    table = checked_points(points, f.variables)
    tensors = Tensors.on(device, dtype)
    if not f.degree:
        return evaluate_by_terms(f, table, tensors)
    terms = TensorTerms.of(f, tensors)
    values, gradient = _in_chunks(terms.values, table, terms.rows, tensors)
    if not (np.isfinite(values).all() and np.isfinite(gradient).all()):
        spoilt = ~(np.isfinite(values) & np.isfinite(gradient).all(axis=1))
        values[spoilt], gradient[spoilt] = evaluate_by_terms(f, table[spoilt], tensors)
    return values, gradient


def evaluate_by_terms(
    f: Polynomial, table: Floats, tensors: Tensors
) -> tuple[AnyFloats, AnyFloats]:
    """Return what :func:`autograd_evaluate` does, from an operation for every factor of f.

    Raises:
        NumberRangeError: A coefficient does not fit the number type.
    """
    function = ScalarFunction(f, tensors.number)
    return _in_chunks(function, table, 3 * function.operations + 1, tensors)


def _in_chunks(
    function: Function, table: Floats, rows: int, tensors: Tensors
) -> tuple[AnyFloats, AnyFloats]:
    """Return values and gradient; a graph holds about ``rows`` numbers for each point."""
    values = np.empty(len(table), tensors.dtype)
    gradient = np.zeros(table.shape, tensors.dtype)
    length = max(1, WORKSPACE_BYTES[tensors.device] // (rows * values.itemsize))
    length = min(length, LONGEST_CHUNK.get(tensors.device, length))
    for start in range(0, len(table), length):
        chunk = slice(start, start + length)
        columns = [tensors.of(column).requires_grad_() for column in table[chunk].T]
        with tensors.torch.enable_grad():
            value = function(columns)
        values[chunk] = value.detach().cpu().numpy()
        for index, slope in enumerate(_gradient(tensors.torch, value, columns)):
            if slope is not None:
                gradient[chunk, index] = slope.cpu().numpy()
    return values, gradient


def _gradient(torch: Any, value: Any, columns: Sequence[Any], **keeping: bool) -> tuple[Any, ...]:
    """Return the derivative by each column; None where the value does not depend on it."""
    if not value.requires_grad:
        return (None,) * len(columns)
    found: tuple[Any, ...] = torch.autograd.grad(
        value, columns, torch.ones_like(value), allow_unused=True, **keeping
    )
    return found


def autograd_hessian(
    f: Polynomial, point: Point, dtype: str = "float64", device: str = "cpu"
) -> AnyFloats:
    """Return the second partials at one point: ``torch.autograd.grad`` of each first one.

    Args:
        f: The polynomial, in n variables.
        point: Names all of them; rounded to ``dtype``.
        dtype: ``float64`` or ``float32``, what PyTorch computes in.
        device: ``cpu``, ``cuda`` or ``mps``, where it does.

    Returns:
        The Hessian in ``dtype``, shape ``(n, n)``, row and column in the order of the variables.
        Each entry differs from the exact value at the rounded point by at most
        ``4 * (degree + number of terms + 2) * eps`` times the sum of the absolute values of its
        terms, underflow apart, so that it differs from its mirror image by at most twice as much.
        Overflow gives inf or nan.

    Raises:
        PointError: A coordinate is missing.
        NumberRangeError: A coordinate or a coefficient does not fit ``dtype``.
        MethodUnavailableError: No PyTorch, no such device, or it lacks the number type.

    Source: as for :func:`autograd_evaluate`; second derivatives, Griewank & Walther, chapter 5.
    """
    tensors = Tensors.on(device, dtype)
    at = [tensors.number(value)[None] for value in point.in_order(f.variables)]
    if not f.degree:
        return np.zeros((len(at), len(at)), dtype)
    hessian = _second_partials(TensorTerms.of(f, tensors).values, at, tensors)
    if np.isfinite(hessian).all():
        return hessian
    return _second_partials(ScalarFunction(f, tensors.number), at, tensors)


def _second_partials(function: Function, at: Sequence[Any], tensors: Tensors) -> AnyFloats:
    torch = tensors.torch
    columns = [coordinate.detach().requires_grad_() for coordinate in at]
    hessian = np.zeros((len(at), len(at)), tensors.dtype)
    with torch.enable_grad():
        slopes = _gradient(torch, function(columns), columns, create_graph=True)
    for row, slope in enumerate(slopes):
        if slope is not None:
            for column, entry in enumerate(_gradient(torch, slope, columns, retain_graph=True)):
                if entry is not None:
                    hessian[row, column] = entry.item()
    return hessian
