"""How the step h of a difference quotient is chosen."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from engine.differentiation.method import Parameter, ParameterValue
from engine.differentiation.stencil import central_stencil
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
    exact for most x, and so the division too. c is 1 for p up to 2, as in the textbook, else what
    :func:`_larger` says.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), section 5.7.
    """
    precision = arithmetic.precision or DEFAULT_PRECISION
    larger = _larger(order, accuracy) if accuracy > 2 else 0.0
    return Fraction(2) ** (size_of(x) + round(larger - precision / (order + accuracy)))


@lru_cache(maxsize=64)
def _larger(order: int, accuracy: int) -> float:
    """Return log2 of the best step of a central stencil, as against the textbook's.

    With A the sum of its absolute weights, rounding costs it ``eps*A/h**m`` where f is about 1; its
    truncation is ``M/k! * f^(k) * h**p`` with k = p+m and M its first moment that does not vanish.
    The textbook takes derivatives of any order as alike. They grow as k!, by Cauchy's estimate for
    a function that is about 1 on the unit circle, so what is left is ``M*h**p``, and the sum of
    both is smallest at ``h**k = eps * m*A / (p*M)``. For p up to 2 that is the textbook's step but
    for what the next power of two hides; for p = 4 it is half of it, for p = 8 a third.

    Source: Ahlfors, *Complex Analysis*, 3rd ed. (1979), section 4.2.3.
    """
    stencil = central_stencil(order, accuracy + accuracy % 2)
    together = order + stencil.accuracy
    ratio = order * stencil.absolute / (stencil.accuracy * abs(stencil.moment(together)))
    return math.log2(ratio) / together


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
