"""RationalComplex: a complex number of fractions (or floats, or arrays), by the textbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, eq=False)
class RationalComplex:
    """``real + imag * i``, with the textbook's sums and products and no other rounding.

    Python's own complex numbers have no float32 and no fractions, and NumPy's may fuse a product
    and a sum: the same f would then give other last digits for one point than for many.
    """

    real: Any
    imag: Any

    def __add__(self, other: Any) -> RationalComplex:
        if isinstance(other, RationalComplex):
            return RationalComplex(self.real + other.real, self.imag + other.imag)
        return RationalComplex(self.real + other, self.imag)

    __radd__ = __add__

    def __mul__(self, other: Any) -> RationalComplex:
        if isinstance(other, RationalComplex):
            return RationalComplex(
                self.real * other.real - self.imag * other.imag,
                self.real * other.imag + self.imag * other.real,
            )
        return RationalComplex(self.real * other, self.imag * other)

    __rmul__ = __mul__
    # Asked first, an array would multiply each of its numbers by the whole.
    __array_ufunc__ = None
