"""What a file says of a number that no float can hold: nothing."""

from __future__ import annotations

import math
from fractions import Fraction

from engine.exact import nearest_float


def float_or_none(value: Fraction | float | None) -> float | None:
    """Return the nearest float; None for what is not defined or beyond the floats."""
    if not isinstance(value, Fraction):
        return None if value is None else float(value)  # an infinite one says so itself
    nearest = nearest_float(value)
    return nearest if math.isfinite(nearest) else None
