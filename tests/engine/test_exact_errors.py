"""Floats less an exact number: the digits are those of the exact difference."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.studies.exact_errors import ULPS, errors_of

exact_numbers = st.builds(
    lambda value, exponent: value * Fraction(10) ** exponent,
    st.fractions(max_denominator=10**30),
    st.integers(-300, 290),
)
TINY = Fraction(5e-324)


def is_close(error: float, exact: Fraction) -> bool:
    if math.isinf(error):
        return abs(exact) > Fraction(1.79e308)
    return abs(Fraction(error) - exact) <= max(ULPS * Fraction(math.ulp(error)), 4 * TINY)


def neighbours(exact: Fraction) -> list[float]:
    """The floats around ``exact``, where nearly all digits cancel, and some far away."""
    try:
        nearest = float(exact)
    except OverflowError:
        return [1.7e308]
    around = [nearest]
    for _ in range(3):
        around += [math.nextafter(around[0], -math.inf)]
        around += [math.nextafter(around[-1], math.inf), math.nextafter(max(around), math.inf)]
    return [*(x for x in around if math.isfinite(x)), 0.0, -nearest, nearest / 2, nearest * 1e-9]


@given(exact_numbers)
@example(Fraction(54, 7))
@example(Fraction(1) + Fraction(1, 2**53) - Fraction(1, 2**120))
@example(Fraction(1) - Fraction(1, 2**54) + Fraction(1, 2**107) + Fraction(1, 2**300))
@example(-(Fraction(2) ** 1030))
@example(Fraction(1, 3) * Fraction(10) ** -300)
@example(Fraction(-1.7e308))
def test_that_errors_are_those_of_exact_arithmetic(exact: Fraction) -> None:
    values = neighbours(exact)
    errors = errors_of(np.array(values), exact).tolist()
    for value, error in zip(values, errors, strict=True):
        assert is_close(error, Fraction(value) - exact)


@given(st.floats(allow_nan=False, allow_infinity=False), st.floats(-1e300, 1e300))
def test_that_the_errors_against_a_float_are_rounded_once(exact: float, value: float) -> None:
    (error,) = errors_of(np.array([value]), Fraction(exact))
    assert error == value - exact


@pytest.mark.parametrize("exact", [Fraction(1, 3), Fraction(54), Fraction(0)])
def test_that_no_value_has_no_error(exact: Fraction) -> None:
    assert np.isnan(errors_of(np.array([np.nan]), exact)).all()


def test_that_an_error_is_0_where_there_is_none_and_nowhere_else() -> None:
    exact = Fraction(0.1)
    beside = math.nextafter(0.1, 1)
    assert errors_of(np.array([0.1, beside]), exact).tolist() == [0, beside - 0.1]
    assert (errors_of(np.array([1 / 3]), Fraction(1, 3)) != 0).all()
