"""The number types in which a method can compute: float64, float32, rational."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from engine.errors import LimitError
from engine.evaluation.scalar import ScalarFunction, converted, out_of_range
from engine.exact import nearest_float
from engine.limits import LIMITS
from engine.point import Point
from engine.polynomial import Polynomial


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A number type.

    Attributes:
        dtype: Its name.
        convert: Exact rational to nearest number of the type; raises OverflowError.
        result: Number of the type to what an :class:`Estimate` holds.
        precision: p for a spacing of ``2**-p`` next to 1; None without rounding.
    """

    dtype: str
    convert: Callable[[Fraction], Any]
    result: Callable[[Any], Fraction | float]
    precision: int | None

    @property
    def unit_roundoff(self) -> float:
        """Largest relative error of one rounding; 0 without rounding."""
        return 0.0 if self.precision is None else 2.0 ** -(self.precision + 1)

    @property
    def smallest(self) -> float:
        """Smallest number above 0: the largest error of a result that underflows; 0 for none."""
        return 0.0 if self.precision is None else float(np.finfo(self.dtype).smallest_subnormal)

    def coordinates(self, f: Polynomial, point: Point) -> list[Any]:
        """Return the point in this number type, in the order of the variables of ``f``.

        Raises:
            PointError: A coordinate is missing.
            NumberRangeError: A coordinate does not fit.
        """
        return [converted(value, self.convert) for value in point.in_order(f.variables)]

    def words(self, f: Polynomial, point: Point) -> int:
        """Return about how many machine words a value of ``f`` takes; 1 where numbers round."""
        if self.precision is not None:
            return 1
        bits = max((_bits(value) for value in point.values()), default=0)
        return 1 + f.degree * (bits + 64) // 64

    def check_budget(self, f: Polynomial, point: Point, evaluations: int) -> None:
        """Refuse work that would take too long; rationals grow, so their words count.

        Raises:
            LimitError: More than ``LIMITS.evaluations``.
        """
        if evaluations * max(1, len(f)) * self.words(f, point) > LIMITS.evaluations:
            raise LimitError(
                f"{evaluations} evaluations of {len(f)} terms in {self.dtype} take too long; "
                "take a lower order or another method."
            )


def to_float32(value: Fraction) -> np.float32:
    """Return the nearest float32.

    Raises:
        NumberRangeError: It overflows.
    """
    with np.errstate(all="ignore"):
        nearest = np.float32(nearest_float(value))
    if np.isinf(nearest):
        raise out_of_range(value, "a float32, which ends at 3.4e38")
    return nearest


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()


FLOAT64 = Arithmetic("float64", float, float, 52)
FLOAT32 = Arithmetic("float32", to_float32, float, 23)
RATIONAL = Arithmetic("rational", Fraction, Fraction, None)

DIFFERENCE_TYPES = {arithmetic.dtype: arithmetic for arithmetic in (FLOAT64, FLOAT32, RATIONAL)}
"""What difference quotients can be computed in."""


def value_of_f(
    f: Polynomial, point: Point, arithmetic: Arithmetic
) -> tuple[Fraction | float, ScalarFunction]:
    """Return f itself in a number type, and the function that counted."""
    arithmetic.check_budget(f, point, 1)
    function = ScalarFunction(f, arithmetic.convert)
    with np.errstate(all="ignore"):
        value = function(arithmetic.coordinates(f, point))
    return arithmetic.result(value), function
