"""f and its gradient on a grid: powers of each axis, and one matrix product a quantity."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.scalar import converted
from engine.point import Point
from engine.polynomial import Polynomial

FloatArray = NDArray[np.float64]

WORKSPACE_BYTES = 4 * 2**20
"""Size of one table of powers; what fits the cache costs no page faults."""

_Reduced = dict[tuple[int, int], Fraction]
"""Exponents of the first and the second axis to coefficient; a curve has 0 for the second."""


@dataclass(frozen=True, slots=True, eq=False)
class _SeparableSum:
    """``sum C[i, j] * x**rows[i] * y**columns[j]``, without the powers that do not occur.

    Leaving those out is faster, and keeps a power that overflows out of sums it is no part of.
    """

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    coefficients: FloatArray

    @classmethod
    def of(cls, terms: _Reduced) -> _SeparableSum:
        """Round each exact coefficient to a float, once.

        Raises:
            NumberRangeError: A coefficient does not fit.
        """
        rows = sorted({row for row, _ in terms})
        columns = sorted({column for _, column in terms})
        row_index = {row: index for index, row in enumerate(rows)}
        column_index = {column: index for index, column in enumerate(columns)}
        matrix = np.zeros((len(rows), len(columns)))
        for (row, column), coefficient in terms.items():
            matrix[row_index[row], column_index[column]] = converted(coefficient, float)
        return cls(np.array(rows, np.intp), np.array(columns, np.intp), matrix)

    def add_to(self, out: FloatArray, x_powers: FloatArray, y_powers: FloatArray) -> None:
        """Store the sum in ``out``; shape ``(nx, ny)``, from powers of shape ``(k, nx or ny)``."""
        left = x_powers[self.rows].T
        right = y_powers[self.columns]
        # The last product is the large one: let it run over the shorter list of powers.
        if self.rows.size <= self.columns.size:
            np.matmul(left, self.coefficients @ right, out=out)
        else:
            np.matmul(left @ self.coefficients, right, out=out)


def evaluate_on_grid(
    f: Polynomial, axes: tuple[str, ...], nodes: tuple[FloatArray, ...], at: Point
) -> tuple[FloatArray, ...]:
    """Return f and its partials by the axes, at every combination of nodes.

    With the coefficients C of the plotted variables and the powers of each axis as A and B,
    f = A C Bᵀ; a partial is the same with C differentiated. The other variables are put in
    exactly, in rationals, before anything is rounded.

    Args:
        f: The polynomial.
        axes: One or two variables of f.
        nodes: Coordinates along each axis; shapes ``(nx,)`` and ``(ny,)``.
        at: Names the other variables of f.

    Returns:
        f and one partial for each axis; shape ``(nx,)`` or ``(nx, ny)``, indexing ``"ij"``.
        Each differs from the exact value at the stored nodes by at most
        ``(degree + number of coefficients + 2) * 2**-52`` times the sum of the absolute values
        of its terms, underflow apart. A power that overflows gives inf, or nan where it meets a
        zero or an opposite inf.

    Raises:
        PointError: A variable that is no axis has no coordinate.
        NumberRangeError: A coefficient does not fit a float.

    Source: rounding error of sums and products, Higham, *Accuracy and Stability of Numerical
    Algorithms*, 2nd ed. (2002), sections 3.1 and 3.5.
    """
    terms = _reduce(f, axes, at)
    quantities = [_SeparableSum.of(terms)]
    quantities += [_SeparableSum.of(_differentiate(terms, index)) for index in range(len(axes))]
    x, y = nodes if len(nodes) == 2 else (nodes[0], np.ones(1))
    results = [np.empty((x.size, y.size)) for _ in quantities]
    highest = [max((exponents[index] for exponents in terms), default=0) for index in (0, 1)]
    with np.errstate(over="ignore", invalid="ignore"):
        for columns in _blocks(y.size, highest[1]):
            y_powers = _powers(y[columns], highest[1])
            for rows in _blocks(x.size, highest[0]):
                x_powers = _powers(x[rows], highest[0])
                for quantity, result in zip(quantities, results, strict=True):
                    quantity.add_to(result[rows, columns], x_powers, y_powers)
    return tuple(results if len(axes) == 2 else (result[:, 0] for result in results))


def _reduce(f: Polynomial, axes: tuple[str, ...], at: Point) -> _Reduced:
    held = tuple(name for name in f.variables if name not in axes)
    tables = [
        (f.variables.index(name), _exact_powers(value, f.degree_in(name)))
        for name, value in zip(held, at.in_order(held), strict=True)
    ]
    x, *rest = [f.variables.index(name) for name in axes]
    reduced: _Reduced = {}
    for exponents, coefficient in f.terms().items():
        held_part = math.prod(powers[exponents[index]] for index, powers in tables)
        key = exponents[x], exponents[rest[0]] if rest else 0
        reduced[key] = reduced.get(key, Fraction(0)) + coefficient * held_part
    return {key: coefficient for key, coefficient in reduced.items() if coefficient}


def _exact_powers(value: Fraction, highest: int) -> list[Fraction]:
    powers = [Fraction(1)]
    while len(powers) <= highest:
        powers.append(powers[-1] * value)
    return powers


def _differentiate(terms: _Reduced, axis: int) -> _Reduced:
    row_step, column_step = (1, 0) if axis == 0 else (0, 1)
    return {
        (exponents[0] - row_step, exponents[1] - column_step): coefficient * exponents[axis]
        for exponents, coefficient in terms.items()
        if exponents[axis]
    }


def _blocks(count: int, highest: int) -> Iterator[slice]:
    length = max(1, WORKSPACE_BYTES // (8 * (highest + 1)))
    return (slice(start, start + length) for start in range(0, count, length))


def _powers(nodes: FloatArray, highest: int) -> FloatArray:
    # By multiplication: NumPy's power of a negative number costs twenty times as much.
    powers = np.empty((highest + 1, nodes.size))
    powers[0] = 1.0
    for exponent in range(1, highest + 1):
        np.multiply(powers[exponent - 1], nodes, out=powers[exponent])
    return powers
