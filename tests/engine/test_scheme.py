"""Quotients laid out: the points, their weights, arrays of steps, complex numbers of any type."""

from __future__ import annotations

from fractions import Fraction
from math import prod

import numpy as np
import pytest

import engine
from engine.differentiation.difference_method import DifferenceMethod
from engine.differentiation.method import DerivativeProblem, MethodChoice, ParameterValue
from engine.differentiation.rational_complex import RationalComplex
from engine.differentiation.registry import make, methods
from engine.evaluation.scalar import ScalarFunction
from engine.partial import Partial
from engine.studies.error_study import schemes_with_step

F = Fraction


def method(key: str, **parameters: ParameterValue) -> DifferenceMethod:
    made = make(MethodChoice(key, tuple(parameters.items())))
    assert isinstance(made, DifferenceMethod)
    return made


def problem(text: str, partial: str, **at: int | str) -> DerivativeProblem:
    reading = engine.read(text)
    return DerivativeProblem(
        reading.expression, reading.polynomial, Partial(tuple(partial)), engine.Point(at)
    )


def test_that_the_forward_quotient_of_a_mixed_partial_has_the_four_corners() -> None:
    (quotient,) = method("forward", dtype="rational", step="1/2").lay_out(
        problem("2ab^2", "ab", a=2, b=3)
    )
    assert [(p.coordinates, p.offsets, p.weight) for p in quotient.points] == [
        ((F(5, 2), F(7, 2)), (1, 1), 1),
        ((F(2), F(7, 2)), (0, 1), -1),
        ((F(5, 2), F(3)), (1, 0), -1),
        ((F(2), F(3)), (0, 0), 1),
    ]


def test_that_the_backward_quotient_looks_back() -> None:
    (quotient,) = method("backward", dtype="rational", step="1/2").lay_out(problem("a^2", "a", a=2))
    assert [(p.coordinates, p.offsets, p.weight) for p in quotient.points] == [
        ((F(3, 2),), (-1,), -1),
        ((F(2),), (0,), 1),
    ]


@pytest.mark.parametrize("key", schemes_with_step(3))
@pytest.mark.parametrize("partial", ["a", "b", "ab", "aab", "bb"])
def test_that_weights_times_values_over_the_steps_are_the_quotient(key: str, partial: str) -> None:
    task = problem("3a^3b^2 - ab/7 + b^4", partial, a="1/3", b="-5/2")
    f = ScalarFunction(task.polynomial, Fraction)
    for quotient in method(key, dtype="rational", step="3/16").lay_out(task):
        total = sum((point.weight * f(point.coordinates) for point in quotient.points), Fraction(0))
        steps = prod(abs(part.step) ** part.stencil.derivative for part in quotient.parts)
        assert total / steps == quotient.apply(f)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("key", schemes_with_step())
def test_that_an_array_of_steps_is_a_quotient_for_each(key: str, dtype: str) -> None:
    task = problem("0.7a^5b - 3ab^2 + 1/3", "a", a="1/3", b="-2.7")
    made = method(key, dtype=dtype)
    convert = made.arithmetic.convert
    steps = np.array([convert(F(1, n)) for n in (3, 10, 1000, 7**5)])
    f = ScalarFunction(task.polynomial, convert)
    together = [quotient.apply(f) for quotient in made.lay_out(task, steps)]
    for index, step in enumerate(steps):
        alone = [quotient.apply(f) for quotient in made.lay_out(task, step)]
        assert [values[index] for values in together] == alone
        assert all(values.dtype == dtype for values in together)


@pytest.mark.parametrize("key", [m.key for m in methods() if m.has_step and m.traits.cancels])
def test_that_steps_that_vanish_are_no_number_in_an_array(key: str) -> None:
    task = problem("a^2", "a", a=1)
    (first, *_) = method(key).lay_out(task, np.array([0.5, 1e-20]))
    values = first.apply(ScalarFunction(task.polynomial))
    assert np.isfinite(values[0])
    assert np.isnan(values[1])


def test_that_gaussian_numbers_multiply_and_add_as_complex_numbers() -> None:
    one, other = RationalComplex(F(2, 3), F(-1)), RationalComplex(F(5), F(1, 7))
    product = one * other
    assert (product.real, product.imag) == (F(10, 3) + F(1, 7), F(2, 21) - 5)
    total = 3 * one + other + 1
    assert (total.real, total.imag) == (8, F(-20, 7))


def test_that_the_complex_step_in_rationals_has_its_truncation_error_only() -> None:
    row = engine.compare(
        engine.read("a^4b").polynomial,
        engine.Point({"a": "1/3", "b": 2}),
        [("a",)],
        [MethodChoice("complex_step", (("dtype", "rational"), ("step", "1/8")))],
    ).rows[0]
    # Im (a + ih)^4 = 4a^3 h - 4a h^3
    assert row.value == 2 * (4 * F(1, 27) - 4 * F(1, 3) * F(1, 64))
    assert row.dtype == "rational"


def test_that_the_complex_step_in_float32_is_good_to_its_last_digits() -> None:
    row = engine.compare(
        engine.read("a^4b").polynomial,
        engine.Point({"a": "1/3", "b": 2}),
        [("a",)],
        [MethodChoice("complex_step", (("dtype", "float32"),))],
    ).rows[0]
    assert row.dtype == "complex64"
    assert row.relative_error is not None
    assert 0 < row.relative_error < 12 * 2.0**-24  # conversions, powers, products
