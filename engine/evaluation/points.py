"""f and its gradient at N scattered points; a large batch goes through machine code."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from engine.errors import PointError
from engine.evaluation.arrays import Floats, Indices
from engine.evaluation.scalar import converted
from engine.polynomial import Exponents, Polynomial

MOST_COMPILED_TERMS = 2000
"""The time to compile has been measured up to here: it is proportional to the terms."""

_NUMPY_SECONDS = 1.5e-9
"""For a term of f or a partial at a point; in three variables and more it takes longer."""

_COMPILE_SECONDS = 0.3e-3
"""For a term of f or a partial."""

_LOAD_SECONDS = 0.1
"""For the compiler itself."""

WORKSPACE_BYTES = 4 * 2**20
"""Size of the arrays that every chunk reuses; new ones would cost page faults each time."""


@overload
def evaluate(
    f: Polynomial, points: ArrayLike, gradient: Literal[True] = True
) -> tuple[Floats, Floats]: ...
@overload
def evaluate(f: Polynomial, points: ArrayLike, gradient: Literal[False]) -> tuple[Floats, None]: ...
def evaluate(
    f: Polynomial, points: ArrayLike, gradient: bool = True
) -> tuple[Floats, Floats | None]:
    """Return f, and its gradient, at many points.

    A small batch takes power tables, monomials and one matrix product a chunk. Where that would
    take longer than to compile machine code for f, some 30 ms for 45 terms in two variables, it
    is compiled; the code of the polynomials asked for last is kept.

    Args:
        f: The polynomial, in n variables.
        points: Real coordinates in the order of ``f.variables``; shape ``(N, n)``, float64.
        gradient: False leaves the gradient out.

    Returns:
        The values, shape ``(N,)``, and the partials in the order of the variables, shape
        ``(N, n)``; None in its place if ``gradient`` is False. Each differs from the exact
        value at the stored point by at most ``(degree + number of terms + 2) * 2**-52`` times
        the sum of the absolute values of its terms, underflow apart. Overflow gives inf or nan.

    Raises:
        PointError: ``points`` has another shape, or does not hold real numbers.
        NumberRangeError: A coefficient does not fit a float.

    Source: rounding error of sums and products, Higham, *Accuracy and Stability of Numerical
    Algorithms*, 2nd ed. (2002), sections 3.1 and 3.5.
    """
    table = checked_points(points, f.variables)
    if compiling_pays(f, len(table), gradient):
        return evaluate_large(f, table, gradient)
    return _by_numpy(f, table, gradient)


def compiling_pays(f: Polynomial, points: int, gradient: bool) -> bool:
    """Return whether machine code is done sooner than NumPy, the compiler's time included."""
    terms = len(f) * (1 + len(f.variables) * gradient)
    compiled = _LOAD_SECONDS + _COMPILE_SECONDS * terms
    possible = bool(f.variables) and len(f) <= MOST_COMPILED_TERMS
    return possible and _NUMPY_SECONDS * terms * points > compiled


def evaluate_large(f: Polynomial, table: Floats, gradient: bool) -> tuple[Floats, Floats | None]:
    """Return what :func:`evaluate` does for a large batch, by machine code made for ``f``.

    Args:
        f: A polynomial in at least one variable.
        table: Shape ``(N, n)``.
        gradient: Whether the gradient is wanted.
    """
    from engine.evaluation.compiled import evaluate_compiled

    values, slopes, left = evaluate_compiled(f, table, gradient)
    if len(left):
        values[left], others = _by_numpy(f, table[left], gradient)
        if slopes is not None:
            slopes[left] = others
    return values, slopes


def _by_numpy(f: Polynomial, table: Floats, gradient: bool) -> tuple[Floats, Floats | None]:
    basis = _Basis.of([f, *(f.partial(name) for name in f.variables if gradient)])
    results = np.empty((table.shape[0], basis.coefficients.shape[0]))
    workspace = _Workspace(basis, table.shape[0])
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, table.shape[0], workspace.length):
            chunk = slice(start, start + workspace.length)
            basis.evaluate(workspace.monomials(table[chunk]), results[chunk])
    return results[:, 0], results[:, 1:] if gradient else None


def checked_points(points: ArrayLike, variables: tuple[str, ...]) -> Floats:
    """Return ``points`` as float64, in a row each.

    Raises:
        PointError: There is not one column for each variable, or they do not hold real numbers.
    """
    table = np.asarray(points)
    if table.ndim != 2 or table.shape[1] != len(variables):
        raise PointError(
            f"The points have shape {table.shape}; (N, {len(variables)}) is needed, "
            f"a column for each of: {', '.join(variables) or 'no variable'}."
        )
    if table.dtype.kind not in "iuf":
        raise PointError(f"The points hold {table.dtype}; real numbers (float64) are needed.")
    return table.astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Basis:
    """Several polynomials over one list of monomials.

    Attributes:
        exponents: Shape ``(monomials, variables)``.
        coefficients: Shape ``(polynomials, monomials)``.
    """

    exponents: Indices
    coefficients: Floats

    @classmethod
    def of(cls, polynomials: list[Polynomial]) -> _Basis:
        """Round each exact coefficient to a float, once."""
        terms: list[dict[Exponents, Fraction]] = [one.terms() for one in polynomials]
        monomials = list(dict.fromkeys(key for one in terms for key in one))
        index = {key: position for position, key in enumerate(monomials)}
        coefficients = np.zeros((len(terms), len(monomials)))
        for row, one in enumerate(terms):
            for key, coefficient in one.items():
                coefficients[row, index[key]] = converted(coefficient, float)
        shape = len(monomials), len(polynomials[0].variables)
        return cls(np.array(monomials, np.intp).reshape(shape), coefficients)

    def evaluate(self, monomials: Floats, out: Floats) -> None:
        """Store the sums in ``out``; shape ``(points, polynomials)``."""
        np.matmul(monomials.T, self.coefficients.T, out=out)
        if not np.isfinite(out).all():
            # 0 * inf is nan: let no monomial overflow into a sum it is no part of.
            for index, row in enumerate(self.coefficients):
                used = np.flatnonzero(row)
                np.matmul(row[used], monomials[used], out=out[:, index])


class _Workspace:
    """The arrays of one chunk of points, used again for the next."""

    def __init__(self, basis: _Basis, points: int) -> None:
        self._exponents = basis.exponents
        highest = self._exponents.max(axis=0, initial=0)
        rows = 2 * len(self._exponents) + int(highest.max(initial=0)) + 1
        self.length = max(1, min(points, max(16, WORKSPACE_BYTES // (8 * rows))))
        self._powers = np.empty((int(highest.max(initial=0)) + 1, self.length))
        self._factor = np.empty((len(self._exponents), self.length))
        self._product = np.empty((len(self._exponents), self.length))
        self._highest = highest

    def monomials(self, points: Floats) -> Floats:
        """Return every monomial at every point; shape ``(monomials, points)``, overwritten next."""
        count = len(points)
        powers, factor = self._powers[:, :count], self._factor[:, :count]
        product = self._product[:, :count]
        if not self._highest.size:
            product.fill(1.0)
        for variable, highest in enumerate(self._highest):
            powers[0] = 1.0
            for exponent in range(1, int(highest) + 1):
                np.multiply(powers[exponent - 1], points[:, variable], out=powers[exponent])
            out = factor if variable else product
            np.take(powers, self._exponents[:, variable], axis=0, out=out, mode="clip")
            if variable:
                np.multiply(product, factor, out=product)
        return product
