"""What must be true of every method, from its traits alone: a wrong derivative fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import cast

import pytest

from engine.differentiation.difference_method import DifferenceMethod
from engine.differentiation.method import DerivativeProblem, Estimate, MethodChoice, ParameterValue
from engine.differentiation.registry import MethodEntry, make
from engine.differentiation.step import StepVanishesError, size_of
from engine.errors import MethodUnavailableError
from engine.evaluation.arithmetic import FLOAT32, FLOAT64
from engine.evaluation.scalar import ScalarFunction
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial
from engine.studies.error_study import DTYPES, study_errors
from tests.engine.autograd_bounds import is_within, unit
from tests.engine.error_theory import exact_method_rounding

ROUNDING = {"float64": FLOAT64, "float32": FLOAT32}
UNITS = {"float64": Fraction(1, 2**53), "float32": Fraction(1, 2**24), "rational": Fraction(0)}

MANY_DERIVATIVES = Polynomial("xy", {(24, 24): 1})
"""None of those of an order up to 24 is 0 at (1, 1)."""


def exact_value(problem: DerivativeProblem) -> Fraction:
    return problem.polynomial.partial(*problem.partial.names).value(problem.point)


def variants(entry: MethodEntry) -> Iterator[MethodChoice]:
    """The method with each combination of the values that it can be given, on the CPU."""
    chosen = (
        [(parameter.name, value) for value in parameter.choices]
        for parameter in entry.traits.parameters
        if parameter.choices and parameter.name != "device"
    )
    return (MethodChoice(entry.key, combination) for combination in product(*chosen))


def check_accuracy(entry: MethodEntry, problem: DerivativeProblem) -> None:
    """Compare what a method gives with the exact value, by what its traits promise."""
    assert entry.traits.exact != entry.has_step, (
        "A method is exact, or it inherits from DifferenceMethod, so that its error is studied."
    )
    check_values(entry, problem)
    if entry.has_step and problem.partial.order and entry.reaches(problem.partial.order):
        check_split(entry, problem)


def check_values(entry: MethodEntry, problem: DerivativeProblem) -> None:
    """Hold exact methods to their rounding, and all to the estimates of their own errors."""
    for choice in variants(entry):
        if not entry.reaches(problem.partial.order):
            with pytest.raises(MethodUnavailableError):
                make(choice).estimate(problem)
            continue
        with suppress(StepVanishesError):  # 1e-4 next to a million in float32
            _check_estimate(entry, choice, problem, make(choice).estimate(problem))


def _check_estimate(
    entry: MethodEntry, choice: MethodChoice, problem: DerivativeProblem, estimate: Estimate
) -> None:
    dtype = str(dict(choice.parameters).get("dtype", estimate.dtype))
    error = abs(Fraction(estimate.value) - exact_value(problem))
    if entry.traits.rational:
        assert isinstance(estimate.value, Fraction)
        assert (error, estimate.dtype) == (0, "rational")
    elif entry.traits.exact:
        assert (estimate.dtype, estimate.device) == (dtype, "cpu")
        _check_rounding(problem, estimate)
    elif not problem.partial.order:
        assert error <= exact_method_rounding(problem, UNITS[dtype])
    if estimate.error_estimate is not None:
        assert error <= Fraction(estimate.error_estimate)


def _check_rounding(problem: DerivativeProblem, estimate: Estimate) -> None:
    """Hold an exact method to the bounds on its rounding, of the rounded and the exact point.

    The first is what ``autograd_evaluate`` documents for first derivatives, doubled an order.
    """
    f, names = problem.polynomial, problem.partial.names
    convert = ROUNDING[estimate.dtype].convert
    rounded = Point({name: float(convert(problem.point[name])) for name in f.variables})
    multiple = 2 ** max(1, len(names)) * unit(f, estimate.dtype)
    assert is_within(float(estimate.value), f, "".join(names), rounded, multiple)
    error = abs(Fraction(estimate.value) - exact_value(problem))
    assert error <= exact_method_rounding(problem, UNITS[estimate.dtype])


def check_split(entry: MethodEntry, problem: DerivativeProblem) -> None:
    """Split the error of a method with a step exactly; rounding keeps its bound."""
    size = Fraction(2) ** size_of(problem.point[problem.partial.names[0]])
    steps = [size / 2**4, size / 2**10]
    schemes = {_without_dtype(choice): None for choice in variants(entry)}
    studies = study_errors(
        problem.polynomial, problem.point, problem.partial, schemes, steps, DTYPES
    )
    for (dtype, scheme), study in zip(product(DTYPES, schemes), studies, strict=True):
        for step, sample in zip(steps, study.samples, strict=True):
            method = make(_with(scheme, step=str(step), dtype=dtype))
            if sample.taken is None:
                with pytest.raises(StepVanishesError):
                    method.estimate(problem)
                continue
            assert sample.value == method.estimate(problem).value
            assert sample.truncation is not None
            assert sample.round_off is not None
            assert sample.bound is not None
            assert sample.truncation + sample.round_off == sample.total
            assert sample.total == Fraction(sample.value or 0) - exact_value(problem)
            assert abs(sample.round_off) <= sample.bound


def check_order(entry: MethodEntry) -> None:
    """Halve the step of one quotient in rationals: its error falls as ``h**p``."""
    f, point = MANY_DERIVATIVES, Point({"x": 1, "y": 1})
    for partial in ("x", "yy", "xy", "xxx"):
        if not entry.reaches(len(partial)):
            continue
        problem = DerivativeProblem(f.to_expression(), f, Partial(tuple(partial)), point)
        errors = [_error_of_quotient(entry, problem, Fraction(1, 2**n)) for n in (40, 41)]
        order = entry.traits.truncation_order
        assert order is not None
        assert abs(errors[0] / errors[1] / 2**order - 1) < Fraction(1, 2**30)


def _error_of_quotient(entry: MethodEntry, problem: DerivativeProblem, step: Fraction) -> Fraction:
    """The error of the first quotient, which is the value where it stands alone."""
    method = make(MethodChoice(entry.key, (("step", str(step)), ("dtype", "rational"))))
    (first, *others) = cast("DifferenceMethod", method).lay_out(problem)
    value = first.apply(ScalarFunction(problem.polynomial, Fraction))
    if not others:
        assert method.estimate(problem).value == value
    return Fraction(value - exact_value(problem))


def _without_dtype(choice: MethodChoice) -> MethodChoice:
    kept = tuple((name, value) for name, value in choice.parameters if name != "dtype")
    return replace(choice, parameters=kept)


def _with(choice: MethodChoice, **parameters: ParameterValue) -> MethodChoice:
    return replace(choice, parameters=(*choice.parameters, *parameters.items()))
