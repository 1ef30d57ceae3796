"""f and its gradient on a grid: powers of each axis, and one matrix product a quantity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from engine.evaluation.arrays import Floats, Indices
from engine.evaluation.scalar import out_of_range
from engine.point import Point
from engine.polynomial import Polynomial

WORKSPACE_BYTES = 4 * 2**20
"""Size of one table of powers; what fits the cache costs no page faults."""


@dataclass(frozen=True, slots=True, eq=False)
class _SeparableSum:
    """``sum C[i, j] * x**rows[i] * y**columns[j]``, without the powers that do not occur.

    Leaving those out is faster, and keeps a power that overflows out of sums it is no part of.
    """

    rows: Indices
    columns: Indices
    coefficients: Floats

    @classmethod
    def of(cls, f: Polynomial, axes: tuple[str, ...]) -> _SeparableSum:
        """Round each exact coefficient to a float, once.

        Raises:
            NumberRangeError: A coefficient does not fit.
        """
        x, *rest = (f.variables.index(name) for name in axes)
        terms = {
            (key[x], key[rest[0]] if rest else 0): _rounded(*ratio)
            for key, ratio in f.ratios().items()
        }
        rows = sorted({row for row, _ in terms})
        columns = sorted({column for _, column in terms})
        row_index = {row: index for index, row in enumerate(rows)}
        column_index = {column: index for index, column in enumerate(columns)}
        matrix = np.zeros((len(rows), len(columns)))
        for (row, column), coefficient in terms.items():
            matrix[row_index[row], column_index[column]] = coefficient
        return cls(np.array(rows, np.intp), np.array(columns, np.intp), matrix)

    def add_to(self, out: Floats, x_powers: Floats, y_powers: Floats) -> None:
        """Store the sum in ``out``; shape ``(nx, ny)``, from powers of shape ``(k, nx or ny)``."""
        left = x_powers[self.rows].T
        right = y_powers[self.columns]
        # The last product is the large one: let it run over the shorter list of powers.
        if self.rows.size <= self.columns.size:
            np.matmul(left, self.coefficients @ right, out=out)
        else:
            np.matmul(left @ self.coefficients, right, out=out)


def evaluate_on_grid(
    f: Polynomial, axes: tuple[str, ...], nodes: tuple[Floats, ...], at: Point
) -> tuple[Floats, ...]:
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
    held = tuple(name for name in f.variables if name not in axes)
    quantities = _quantities(f, axes, held, at.in_order(held))
    x, y = nodes if len(nodes) == 2 else (nodes[0], np.ones(1))
    results = [np.empty((x.size, y.size)) for _ in quantities]
    highest = [f.degree_in(name) for name in axes] + [0]
    with np.errstate(over="ignore", invalid="ignore"):
        for columns in _blocks(y.size, highest[1]):
            y_powers = _powers(y[columns], highest[1])
            for rows in _blocks(x.size, highest[0]):
                x_powers = _powers(x[rows], highest[0])
                for quantity, result in zip(quantities, results, strict=True):
                    quantity.add_to(result[rows, columns], x_powers, y_powers)
    return tuple(results if len(axes) == 2 else (result[:, 0] for result in results))


@lru_cache(maxsize=16)
def _quantities(
    f: Polynomial, axes: tuple[str, ...], held: tuple[str, ...], values: tuple[Fraction, ...]
) -> tuple[_SeparableSum, ...]:
    """Return f and its partials, ready to be evaluated: a drag asks for the same ones again."""
    reduced = f.with_values(dict(zip(held, values, strict=True)))
    every = (reduced, *(reduced.partial(name) for name in axes))
    return tuple(_SeparableSum.of(one, axes) for one in every)


def _rounded(numerator: int, denominator: int) -> float:
    try:
        return numerator / denominator  # correctly rounded, also for huge integers
    except OverflowError:
        raise out_of_range(
            Fraction(numerator, denominator), "a float, which ends at 1.8e308"
        ) from None


def _blocks(count: int, highest: int) -> Iterator[slice]:
    length = max(1, WORKSPACE_BYTES // (8 * (highest + 1)))
    return (slice(start, start + length) for start in range(0, count, length))


def _powers(nodes: Floats, highest: int) -> Floats:
    # By multiplication: NumPy's power of a negative number costs twenty times as much.
    powers = np.empty((highest + 1, nodes.size))
    powers[0] = 1.0
    for exponent in range(1, highest + 1):
        np.multiply(powers[exponent - 1], nodes, out=powers[exponent])
    return powers
