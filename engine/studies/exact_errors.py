"""Floats less an exact number, as floats: no digit is lost where the two nearly agree."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from engine.evaluation.arrays import Floats
from engine.exact import nearest_float

PARTS = 3
"""Floats that an exact number is split into: 159 bits, where a float has 53."""

ULPS = 2
"""The errors are off by at most as many units in the last place of theirs."""


def errors_of(values: Floats, exact: Fraction) -> Floats:
    """Return ``values - exact`` to within :data:`ULPS`; of the smallest float where it underflows.

    The exact number is the sum of three floats up to ``2**-53`` of the last of them. A value
    less the first two is exact, and 0 or at least as large as the spacing of the
    second, so that twice the third is no larger. An error beyond the largest float is infinite;
    nan stays nan.

    Args:
        values: Any shape.
        exact: The number that they are compared with.

    Source: Knuth's sum without error, *The Art of Computer Programming*, vol. 2, section 4.2.2,
    theorem B; Shewchuk, Discrete & Computational Geometry 18 (1997), section 2, for sums of parts.
    """
    first, *others = _split(exact)
    with np.errstate(all="ignore"):
        if not others:
            return values - first
        high, low = _less(values, first)
        found, lower = _less(high, others[0])
        for part in others[1:]:
            lower = lower - part
        errors = found + (low + lower)
        np.copyto(errors, found, where=np.isinf(found))
    return errors


def _split(exact: Fraction) -> list[float]:
    """Return floats, each the nearest to what is left of ``exact``; at least one."""
    parts: list[float] = []
    while len(parts) < PARTS and (exact or not parts):
        part = nearest_float(exact)
        parts.append(part)
        if not part or part in {np.inf, -np.inf}:
            break
        exact -= Fraction(part)
    return parts


def _less(values: Floats, part: float) -> tuple[Floats, Floats]:
    """Return the rounded difference, and what rounding took from it, exactly."""
    high = values - part
    back = high - values
    return high, (values - (high - back)) - (part + back)
