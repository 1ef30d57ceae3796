"""What rounding can cost a difference quotient at most, derived from its operations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.differentiation.scheme import ImaginaryQuotient, NestedQuotient, Quotient
from engine.evaluation.arithmetic import Arithmetic
from engine.evaluation.scalar import ScalarFunction
from engine.polynomial import Polynomial

_DOUBLE = 2.0**-52


@dataclass(frozen=True, slots=True)
class RoundingBound:
    """``k * u * S / h**m``, and what underflow can add: rounding costs no more than that.

    u is the unit roundoff of the number type. S is the sum of the absolute values of the terms of
    f, each coordinate as far from 0 as the stencil reaches, ``|x| + max|offset|*h``. With

    * a coordinate: one rounding to store it, one for each shift (nested quotients), or one for
      ``offset*h`` and one for the sum (stencils): r roundings, each relative to its reach;
    * a term of degree d: one rounding to store the coefficient, d products, and the r of each of
      its d factors: ``1 + d + r*d``;
    * the sum of t terms: ``t - 1`` roundings more for the first of them;
    * a nested quotient of order m: m differences and m divisions;
    * a stencil of P points over v variables: a product with the weight, ``P - 1`` sums, v divisions
      by the denominators and m by the step;

    a term meets at most ``n = (r + 1)*d + t`` roundings in f and ``2m`` or ``P + v + m`` after it,
    N in all, and the quotient adds up values whose weights have the absolute sum W. So the error
    is at most ``gamma_N * W * S / h**m`` with ``gamma_N = N*u / (1 - N*u)``: k is
    ``N * W / (1 - N*u)``. The step that is divided by is the stored one, as in the exact quotient.

    Nothing is subtracted in the complex step, ``Im f(x + ih) / h``: each complex product has two
    roundings in a row for one, and the imaginary part of a term is at most h times its derivative
    with absolute values. So S is there the sum of the absolute terms of the derivative at
    ``|x| + h``, m is 0, and N is ``1 + (r + 2)*d + t + 1``.

    Where a result underflows it is off by the smallest number eta at most. In a term of degree d
    that can happen to the coefficient, to each coordinate and to each product, ``4*d + 2`` times
    even with complex products, and what follows multiplies it by no more than the term L in which
    every number below 1 is taken as 1. With the divisions by v denominators and m steps at the
    end that adds ``eta * (W * (4*d + 2) * L / h**m + (v + m + 1) * max(1, 1/h**m))``. It is seen
    only where numbers are next to the smallest of their type.

    Attributes:
        k: The factor.
        unit_roundoff: u.
        order: m.
        sizes: f, or its derivative, with absolute coefficients.
        smallest: eta.
        spilled: f with absolute coefficients of at least 1, times ``W * (4*d + 2)``.
        divisions: ``v + m + 1``.

    Source: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), lemma 3.1 and
    sections 3.1 and 3.6.
    """

    k: float
    unit_roundoff: float
    order: int
    sizes: Polynomial
    smallest: float
    spilled: Polynomial
    divisions: int

    def at(self, quotient: Quotient) -> Any:
        """Return the bound for the steps of ``quotient``, as float64; an array for an array."""
        reach: list[Any] = [abs(float(x)) for x in quotient.coordinates]
        steps: Any = np.float64(1.0)
        for part in quotient.parts:
            step = np.abs(np.asarray(part.step, dtype=np.float64))
            reach[part.index] = reach[part.index] + part.stencil.reach * step
            steps = steps * step**part.stencil.derivative
        size = ScalarFunction(self.sizes, float)(reach)
        # Its own rounding, from below as from above.
        safety = 1 + 4 * (self.sizes.degree + len(self.sizes) + 8) * _DOUBLE
        rounding = self.k * self.unit_roundoff * size * safety / (steps if self.order else 1.0)
        spilled = ScalarFunction(self.spilled, float)([np.maximum(x, 1.0) for x in reach])
        underflow = self.smallest * (spilled / steps + self.divisions * np.maximum(1.0, 1 / steps))
        return rounding + underflow * (1 + safety)

    def without_step(self, coordinates: Sequence[Any]) -> float:
        """Return ``k * u * S`` for a step of 0: what is divided by ``h**m``."""
        reach = [abs(float(x)) for x in coordinates]
        return float(self.k * self.unit_roundoff * ScalarFunction(self.sizes, float)(reach))


def rounding_bound(f: Polynomial, quotient: Quotient, arithmetic: Arithmetic) -> RoundingBound:
    """Return the bound for quotients of this kind in a number type that rounds."""
    stencils = [part.stencil for part in quotient.parts]
    order = sum(stencil.derivative for stencil in stencils)
    sizes = Polynomial(f.variables, {e: abs(c) for e, c in f.terms().items()})
    degree, terms = f.degree, max(1, len(f))
    spilled = {e: max(abs(c), Fraction(1)) for e, c in f.terms().items()}
    divisions = len(stencils) + order + 1
    if isinstance(quotient, ImaginaryQuotient):
        (part,) = quotient.parts
        roundings, weight, order = 3 * degree + terms + 2, 1.0, 0
        sizes = sizes.partial(f.variables[part.index])
    elif isinstance(quotient, NestedQuotient):
        shifts = 1 + max(stencil.derivative for stencil in stencils)
        roundings = (shifts + 1) * degree + terms + 2 * order
        weight = 2.0**order
    else:
        roundings = _tensor_roundings(f, quotient)
        weight = float(prod((sum(map(abs, one.weights)) for one in stencils), start=Fraction(1)))
    u, times = arithmetic.unit_roundoff, Fraction(weight) * (4 * degree + 2)
    return RoundingBound(
        roundings * weight / (1 - roundings * u),
        u,
        order,
        sizes,
        arithmetic.smallest,
        Polynomial(f.variables, {e: c * times for e, c in spilled.items()}),
        divisions,
    )


def tensor_bounds(
    f: Polynomial, quotient: Quotient, arithmetic: Arithmetic, later: int
) -> NDArray[np.float64]:
    """Return :class:`RoundingBound` for a stencil's quotients whose values are combined further.

    It takes one evaluation of f for each row of steps and one for underflow. It makes no
    polynomial, for it is asked for with each value, and is infinite where no float holds it.

    Args:
        f: The polynomial.
        quotient: Its steps are arrays of the shape ``(rows, n)``, the largest in the first row.
        arithmetic: A number type that rounds.
        later: Roundings, of which each may underflow, that a value meets after it is one.

    Returns:
        The shape of the steps.
    """
    function = ScalarFunction(f, float)
    reach: list[Any] = [abs(float(x)) for x in quotient.coordinates]
    steps: Any = 1.0
    order, weight = 0, 1.0
    for part in quotient.parts:
        stencil, step = part.stencil, np.abs(part.step.astype(np.float64))
        reach[part.index] = reach[part.index] + stencil.reach * step
        for _ in range(stencil.derivative):
            steps = steps * step
        order, weight = order + stencil.derivative, weight * stencil.absolute
    sizes = [abs(c) for c in function.coefficients]
    size = function.with_coefficients(reach, sizes)
    # 1.01 is for what is of higher order in u, and for the rounding of the bound itself.
    relative = 1.01 * (_tensor_roundings(f, quotient) + later) * arithmetic.unit_roundoff
    ones = [np.maximum(x[0] if isinstance(x, np.ndarray) else x, 1.0) for x in reach]
    spilled = function.with_coefficients(ones, [max(c, 1.0) for c in sizes])
    spill = 1.01 * arithmetic.smallest
    own, after = spill * (4 * f.degree + 2) * weight * spilled, len(quotient.parts) + order + 1
    bounds: NDArray[np.float64] = (relative * weight * size + own) / steps
    bounds += spill * (after * np.maximum(1.0, 1 / steps) + later)
    return bounds


def _tensor_roundings(f: Polynomial, quotient: Quotient) -> int:
    """Return N of :class:`RoundingBound` for a product of stencils."""
    stencils = [part.stencil for part in quotient.parts]
    points = prod(len(stencil.offsets) for stencil in stencils)
    order = sum(stencil.derivative for stencil in stencils)
    return 4 * f.degree + max(1, len(f)) + points + len(stencils) + order
