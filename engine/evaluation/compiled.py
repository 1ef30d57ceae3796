"""f and its gradient at very many points, by machine code made for this polynomial.

Loaded when a batch is large enough to pay for it.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.evaluation.arrays import Floats, Indices
from engine.evaluation.horner import HornerPlan
from engine.evaluation.machine_code import MachineCode
from engine.evaluation.scalar import converted
from engine.polynomial import Exponents, Polynomial

CHUNK = 16_384
"""Points between two checks for a number that was lost."""


def evaluate_compiled(
    f: Polynomial, points: Floats, gradient: bool
) -> tuple[Floats, Floats | None, Indices]:
    """Return what :func:`engine.evaluation.points.evaluate` does, within the bound stated there.

    Args:
        f: A polynomial in at least one variable.
        points: Shape ``(N, n)``.
        gradient: Whether the gradient is wanted.

    Returns:
        The values, the gradient, and the rows that are left to be done in another way, shape
        ``(M,)``: fewer than there are lanes at the end, and those with a number that is not
        finite. Horner's rule adds up before it multiplies, and may leave the range of floats
        where no term does.
    """
    coefficients = tuple((key, converted(c, float)) for key, c in f.terms().items())
    code = _code(coefficients, len(f.variables), gradient)
    points = np.ascontiguousarray(points)
    values = np.empty(len(points))
    slopes = np.empty(points.shape) if gradient else None
    whole = len(points) - len(points) % code.lanes
    left = [np.arange(whole, len(points))]
    for start in range(0, whole, CHUNK):
        part = slice(start, min(start + CHUNK, whole))
        if not code.run(points[part], values[part], None if slopes is None else slopes[part]):
            left.append(start + _not_finite(values[part], None if slopes is None else slopes[part]))
    return values, slopes, np.concatenate(left)


@lru_cache(maxsize=16)
def _code(coefficients: tuple[tuple[Exponents, float], ...], n: int, gradient: bool) -> MachineCode:
    return MachineCode(HornerPlan.of(dict(coefficients), n, gradient))


def _not_finite(values: Floats, slopes: Floats | None) -> Indices:
    finite = np.isfinite(values)
    if slopes is not None:
        finite &= np.isfinite(slopes).all(axis=1)
    return np.flatnonzero(~finite)
