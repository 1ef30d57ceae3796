"""f and its gradient at very many points: one compiled kernel that serves every polynomial.

The only file that imports numba; it is loaded when a batch is large enough to pay for that.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engine.evaluation.scalar import converted
from engine.polynomial import Exponents, Polynomial

FloatArray = NDArray[np.float64]
IndexArray = NDArray[np.int64]

BLOCK = 64
"""Points that go through every term together: their powers stay in the first-level cache."""


@dataclass(frozen=True, slots=True, eq=False)
class GroupedTerms:
    """The terms of f, those together that differ in the power of one variable, the inner one.

    A group is ``(sum of coefficient * inner power) * product of outer powers``. Powers are rows
    of one table, which holds all powers of the first variable, then those of the second, ....

    Attributes:
        starts: Row of the power 0 of each variable, and the number of rows; shape ``(n + 1,)``.
        inner: The inner variable.
        term_starts: First term of each group, and the number of terms; shape ``(groups + 1,)``.
        term_rows: Row of the inner power of each term.
        coefficients: Of the terms.
        outer_starts: First outer factor of each group, and their number; shape ``(groups + 1,)``.
        outer_rows: Row of each outer factor; a power of 0 is none.
        outer_variables: Its variable.
    """

    starts: IndexArray
    inner: int
    term_starts: IndexArray
    term_rows: IndexArray
    coefficients: FloatArray
    outer_starts: IndexArray
    outer_rows: IndexArray
    outer_variables: IndexArray

    @classmethod
    def of(cls, f: Polynomial) -> GroupedTerms:
        """Group by the variable that makes the fewest groups; round each coefficient once.

        Raises:
            NumberRangeError: A coefficient does not fit a float.
        """
        highest = [f.degree_in(name) for name in f.variables]
        starts = np.cumsum([0, *(degree + 1 for degree in highest)])
        candidates = (_groups(f, variable) for variable in range(len(highest)))
        inner, groups = min(enumerate(candidates), key=lambda found: len(found[1]))
        terms = [term for group in groups.values() for term in group]
        outer = [
            [(int(starts[v]) + power, v) for v, power in enumerate(key) if power] for key in groups
        ]
        factors = [factor for group in outer for factor in group]
        return cls(
            starts,
            inner,
            np.cumsum([0, *map(len, groups.values())]),
            np.array([int(starts[inner]) + power for power, _ in terms], np.int64),
            np.array([converted(coefficient, float) for _, coefficient in terms], np.float64),
            np.cumsum([0, *map(len, outer)]),
            np.array([row for row, _ in factors], np.int64),
            np.array([variable for _, variable in factors], np.int64),
        )


def evaluate_compiled(
    f: Polynomial, points: FloatArray, gradient: bool
) -> tuple[FloatArray, FloatArray | None]:
    """Return what :func:`engine.evaluation.points.evaluate` does, within the bound stated there.

    The first call on a machine compiles the kernel, some seconds, and keeps it on disk.

    Args:
        f: A polynomial in at least one variable.
        points: Shape ``(N, n)``.
        gradient: Whether the gradient is wanted.
    """
    terms = GroupedTerms.of(f)
    values = np.empty(len(points))
    slopes = np.empty(points.shape if gradient else (0, points.shape[1]))
    _kernel(
        points,
        terms.starts,
        terms.inner,
        terms.term_starts,
        terms.term_rows,
        terms.coefficients,
        terms.outer_starts,
        terms.outer_rows,
        terms.outer_variables,
        values,
        slopes,
    )
    return values, slopes if gradient else None


def _groups(f: Polynomial, inner: int) -> dict[Exponents, list[tuple[int, Fraction]]]:
    groups: dict[Exponents, list[tuple[int, Fraction]]] = {}
    for key, coefficient in f.terms().items():
        outer = (*key[:inner], 0, *key[inner + 1 :])
        groups.setdefault(outer, []).append((key[inner], coefficient))
    return groups


def _compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile with fused multiply-add where the machine has it, which rounds less, not more."""
    compiled: Any = njit(function, fastmath={"contract"}, error_model="numpy")
    with suppress(RuntimeError):  # where no folder can be written each process compiles anew
        compiled.enable_caching()
    return cast("Callable[..., Any]", compiled)


@_compiled
def _fill_powers(column: FloatArray, powers: FloatArray, slopes: FloatArray) -> None:
    """Store every power of one variable and its derivative; shape ``(highest + 1, BLOCK)``."""
    for b in range(BLOCK):
        powers[0, b] = 1.0
        slopes[0, b] = 0.0
    for e in range(1, powers.shape[0]):
        for b in range(BLOCK):
            slopes[e, b] = e * powers[e - 1, b]
        for b in range(BLOCK):
            powers[e, b] = powers[e - 1, b] * column[b]


@_compiled
def _add_up(
    coefficients: FloatArray, rows: IndexArray, powers: FloatArray, out: FloatArray
) -> None:
    """Store ``sum of coefficient * power``; two terms a pass, so that less is stored."""
    c, i = coefficients[0], rows[0]
    for b in range(BLOCK):
        out[b] = c * powers[i, b]
    done = 1
    while done + 1 < rows.shape[0]:
        c, i = coefficients[done], rows[done]
        d, j = coefficients[done + 1], rows[done + 1]
        for b in range(BLOCK):
            out[b] = out[b] + c * powers[i, b] + d * powers[j, b]
        done += 2
    if done < rows.shape[0]:
        c, i = coefficients[done], rows[done]
        for b in range(BLOCK):
            out[b] += c * powers[i, b]


@_compiled
def _multiply(  # noqa: PLR0913, PLR0917 - arrays are all that it can be given
    rows: IndexArray, variables: IndexArray, powers: FloatArray, slopes: FloatArray,
    products: FloatArray, others: FloatArray, gradient: FloatArray,
) -> None:  # fmt: skip
    """Multiply ``products[0]`` by the outer powers, from left to right; a row for each step.

    With ``gradient`` the derivative by each outer variable is added to its row: what stands left
    of the factor, times the derivative of the factor, times what stands right of it, which is
    gathered in ``others``; in the end that is the product of all of them.
    """
    for k in range(rows.shape[0]):
        i = rows[k]
        for b in range(BLOCK):
            products[k + 1, b] = products[k, b] * powers[i, b]
    for b in range(BLOCK if gradient.shape[0] else 0):
        others[b] = 1.0
    for k in range(rows.shape[0] - 1 if gradient.shape[0] else -1, -1, -1):
        i, v = rows[k], variables[k]
        for b in range(BLOCK):
            gradient[v, b] += products[k, b] * (slopes[i, b] * others[b])
        for b in range(BLOCK):
            others[b] *= powers[i, b]


@_compiled
def _kernel(  # noqa: PLR0913, PLR0917 - arrays are all that it can be given
    points: FloatArray, starts: IndexArray, inner: int,
    term_starts: IndexArray, term_rows: IndexArray, coefficients: FloatArray,
    outer_starts: IndexArray, outer_rows: IndexArray, outer_variables: IndexArray,
    values: FloatArray, gradient: FloatArray,
) -> None:  # fmt: skip
    """Store the values, and the gradient if there is room for it."""
    n = points.shape[1]
    wanted = gradient.shape[0] > 0
    powers, slopes = np.empty((starts[n], BLOCK)), np.empty((starts[n], BLOCK))
    column, row, others = np.zeros(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    products, value = np.empty((n + 1, BLOCK)), np.empty(BLOCK)
    slope = np.empty((n if wanted else 0, BLOCK))
    for start in range(0, points.shape[0], BLOCK):
        count = min(BLOCK, points.shape[0] - start)
        for v in range(n):
            for b in range(count):
                column[b] = points[start + b, v]
            table = slice(starts[v], starts[v + 1])
            _fill_powers(column, powers[table], slopes[table])
        value[:] = 0.0
        slope[:] = 0.0
        for g in range(term_starts.shape[0] - 1):
            terms = slice(term_starts[g], term_starts[g + 1])
            factors = slice(outer_starts[g], outer_starts[g + 1])
            last = outer_starts[g + 1] - outer_starts[g]
            _add_up(coefficients[terms], term_rows[terms], powers, products[0])
            _multiply(outer_rows[factors], outer_variables[factors], powers, slopes,
                      products, others, slope)  # fmt: skip
            for b in range(BLOCK):
                value[b] += products[last, b]
            # A group without a power of the inner variable adds no 0 * inf to its derivative.
            if wanted and (terms.stop - terms.start > 1 or term_rows[terms.start] > starts[inner]):
                _add_up(coefficients[terms], term_rows[terms], slopes, row)
                for b in range(BLOCK):
                    slope[inner, b] += row[b] * others[b]
        for b in range(count):
            values[start + b] = value[b]
        for v in range(slope.shape[0]):
            for b in range(count):
                gradient[start + b, v] = slope[v, b]
