"""How the step h of a difference quotient is chosen."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from engine.differentiation.method import Parameter, ParameterValue
from engine.errors import MethodUnavailableError, NumberRangeError, PointError, shorten
from engine.evaluation.arithmetic import DIFFERENCE_TYPES, Arithmetic
from engine.evaluation.scalar import converted
from engine.point import read_number, rounded_text

AUTO = "auto"
"""The step that balances truncation and rounding."""

DTYPE = Parameter("dtype", "Number type", "float64", tuple(DIFFERENCE_TYPES))
"""The parameter of the difference quotients: what they are computed in."""

DEFAULT_PRECISION = 52
"""Rationals take the step of float64, so that the two differ by the rounding alone."""

_FOURTH_ORDER = 4 / 7
"""How large the balanced step is where p = 4, as against the textbook's.

That takes the derivatives of f as alike in size. Those of a polynomial of degree ``m + p + 2`` or
more grow about as ``k!``: a low order has digits to spare for that, the fourth has not. Measured on
random polynomials of that degree, the share ``p/(p+m)`` of all digits, less 1.5, is reached for m
from 1 to 8 with this factor, and without it only for m = 2. Where the derivatives are alike it is
reached for m up to 4 with it, and for all without it.
"""


class StepVanishesError(NumberRangeError):
    """The step is so small next to the coordinate that adding it changes nothing."""


def step_parameter(default: ParameterValue) -> Parameter:
    """Return the parameter: a positive number, as text or float, or ``"auto"``."""
    return Parameter("step", "Step h", default)


def read_step(step: ParameterValue) -> Fraction | None:
    """Return the step; None for ``"auto"``.

    A step is the decimal that was written: 1e-4 is 1/10000, which matters in rationals only.

    Raises:
        MethodUnavailableError: It is no positive number.
    """
    if step == AUTO:
        return None
    try:
        value = read_number(step) if isinstance(step, str) else Fraction(repr(float(step)))
    except PointError as error:
        raise MethodUnavailableError(f"The step is no positive number: {error}") from None
    except (ValueError, TypeError, OverflowError):
        value = Fraction(0)
    if value <= 0:
        raise MethodUnavailableError(
            f"The step {shorten(repr(step))} is no positive number; type one such as 1e-4, or auto."
        )
    return value


def balanced_step(x: Fraction, order: int, accuracy: int, arithmetic: Arithmetic) -> Fraction:
    """Return the power of two next to ``c * eps**(1/(p+m)) * max(1, |x|)``.

    With derivative order m and accuracy p, truncation grows as ``h**p`` and rounding as
    ``eps/h**m``; their sum is smallest where both are about alike. A power of two makes ``x + h``
    exact for most x, and so the division too. c is 1, and :data:`_FOURTH_ORDER` for p = 4.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), section 5.7.
    """
    precision = arithmetic.precision or DEFAULT_PRECISION
    smaller = math.log2(_FOURTH_ORDER) if accuracy == 4 else 0.0
    return Fraction(2) ** (size_of(x) + round(smaller - precision / (order + accuracy)))


def size_of(x: Fraction) -> int:
    """Return the exponent of the power of two next to ``max(1, |x|)``."""
    numerator, denominator = abs(x.numerator), x.denominator
    if numerator <= denominator:
        return 0
    bits = numerator.bit_length() - denominator.bit_length()
    return bits if bits > 1000 else round(math.log2(numerator / denominator))


def taken_step(x: Any, h: Any, name: str) -> Any:
    """Return ``(x + h) - x`` as stored: the step that is really taken, which is divided by.

    ``x`` and ``h`` are in the number type of the evaluation.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), section 5.7.

    Raises:
        StepVanishesError: ``x + h`` rounds to ``x``.
    """
    return shifted(x, h, name) - x


def converted_step(h: Fraction, arithmetic: Arithmetic) -> Any:
    """Return the step in a number type.

    Raises:
        StepVanishesError: It is so small that it becomes 0.
        NumberRangeError: It overflows.
    """
    step = converted(h, arithmetic.convert)
    if not step:
        raise StepVanishesError(
            f"The step {rounded_text(h, 6)} is 0 as a {arithmetic.dtype}; take a larger one."
        )
    return step


def _short(value: Any) -> str:
    return f"{float(value):g}".replace("e+", "e")


def _equal(value: Any) -> str:
    text = _short(value)
    return f"{'=' if float(text) == float(value) else '≈'} {text}"


def shifted(x: Any, h: Any, name: str) -> Any:
    """Return ``x + h``; of an array of steps, those that vanish give nan.

    Raises:
        StepVanishesError: The one step rounds away: the sum is ``x``.
    """
    moved = x + h
    if isinstance(moved, np.ndarray):
        np.copyto(moved, np.nan, where=moved == x)
        return moved
    if moved == x:
        raise StepVanishesError(
            f"The step {_short(abs(h))} vanishes next to {name} {_equal(x)}; take a larger one."
        )
    return moved
