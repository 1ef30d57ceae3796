"""Difference stencils: exact weights (Fornberg 1988), moments, accuracy order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any


@dataclass(frozen=True)
class Stencil:
    """``f^(m)(x) = sum(weights[i] * f(x + offsets[i]*h)) / h**m + O(h**p)``.

    Attributes:
        offsets: In units of h, ascending; those of weight 0 are left out.
        weights: One for each offset, exact.
        derivative: m.
        accuracy: p.
    """

    offsets: tuple[int, ...]
    weights: tuple[Fraction, ...]
    derivative: int
    accuracy: int

    @cached_property
    def denominator(self) -> int:
        """Least common denominator of the weights."""
        return math.lcm(*(weight.denominator for weight in self.weights))

    @cached_property
    def whole(self) -> tuple[int, ...]:
        """The weights times their denominator."""
        return tuple(int(weight * self.denominator) for weight in self.weights)

    @cached_property
    def absolute(self) -> float:
        """Sum of the absolute values of the weights."""
        return float(sum(map(abs, self.weights)))

    @cached_property
    def reach(self) -> int:
        """How far the farthest point is, in units of h."""
        return max(map(abs, self.offsets))

    def moment(self, power: int) -> Fraction:
        """Return ``sum(weights[i] * offsets[i]**power)``."""
        return sum(
            (
                weight * offset**power
                for offset, weight in zip(self.offsets, self.weights, strict=True)
            ),
            Fraction(0),
        )


@dataclass(frozen=True)
class ImaginaryStencil(Stencil):
    """The complex step: one point, one imaginary step away, of which the imaginary part counts."""

    def moment(self, power: int) -> Fraction:
        """Return the imaginary part of ``i**power``."""
        return Fraction((0, 1, 0, -1)[power % 4])


IMAGINARY = ImaginaryStencil((1,), (Fraction(1),), derivative=1, accuracy=2)


@dataclass(frozen=True, slots=True)
class StencilPart:
    """A stencil along one variable.

    Attributes:
        index: Position of the variable in f.
        stencil: The stencil.
        step: h, in the number type of the evaluation.
    """

    index: int
    stencil: Stencil
    step: Any


def fornberg_weights(offsets: Sequence[int], derivative: int) -> tuple[Fraction, ...]:
    """Return the weights for the derivative at 0 from values at ``offsets``; exact for h = 1.

    Source: Fornberg, *Generation of finite difference formulas on arbitrarily spaced grids*,
    Mathematics of Computation 51 (1988), pp. 699-706, the recursion in section 2.
    """
    weights = [[Fraction(0)] * len(offsets) for _ in range(derivative + 1)]
    weights[0][0] = Fraction(1)
    previous_scale = Fraction(1)
    for n in range(1, len(offsets)):
        scale = Fraction(1)
        before = [row[n - 1] for row in weights]
        for v in range(n):
            distance = offsets[n] - offsets[v]
            scale *= distance
            for m in range(min(n, derivative), -1, -1):
                lower = m * weights[m - 1][v] if m else Fraction(0)
                weights[m][v] = (offsets[n] * weights[m][v] - lower) / distance
        for m in range(min(n, derivative) + 1):
            lower = m * before[m - 1] if m else Fraction(0)
            weights[m][n] = previous_scale / scale * (lower - offsets[n - 1] * before[m])
        previous_scale = scale
    return tuple(weights[derivative])


def make_stencil(offsets: Sequence[int], derivative: int) -> Stencil:
    """Return the stencil of highest accuracy on ``offsets``."""
    pairs = [
        (offset, weight)
        for offset, weight in zip(offsets, fornberg_weights(offsets, derivative), strict=True)
        if weight
    ]
    kept, weights = zip(*pairs, strict=True)
    return Stencil(kept, weights, derivative, _accuracy(kept, weights, derivative))


def _accuracy(offsets: tuple[int, ...], weights: tuple[Fraction, ...], derivative: int) -> int:
    """Return p: the first power of h whose Taylor coefficient does not vanish."""
    accuracy = 1
    while not Stencil(offsets, weights, derivative, accuracy).moment(derivative + accuracy):
        accuracy += 1
    return accuracy


@lru_cache(maxsize=64)
def central_stencil(derivative: int, accuracy: int) -> Stencil:
    """Return the symmetric stencil of an even accuracy order; 3 and 5 points for f' at 2 and 4."""
    reach = (derivative + 1) // 2 - 1 + accuracy // 2
    return make_stencil(range(-reach, reach + 1), derivative)


@lru_cache(maxsize=64)
def forward_stencil(derivative: int) -> Stencil:
    """Return the first-order stencil on 0, 1, ..., m: binomial coefficients of changing sign."""
    return make_stencil(range(derivative + 1), derivative)
