"""Every method runs every scenario, measured against the exact value."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy

from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.registry import make, methods
from engine.differentiation.step import balanced_step
from engine.errors import MethodUnavailableError
from engine.evaluation.arithmetic import FLOAT32, FLOAT64, RATIONAL, Arithmetic
from tests.engine.error_theory import (
    exact_method_rounding,
    quotient_rounding,
    taylor_quotient,
)
from tests.engine.scenarios import SCENARIOS, Scenario

U64 = Fraction(1, 2**53)
U32 = Fraction(1, 2**24)
UNITS = {"float64": U64, "float32": U32, "rational": Fraction(0)}
DIFFERENCES = {"forward": 1, "backward": 1, "central": 2, "five_point": 4}

every_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)


def exact_value(problem: DerivativeProblem) -> Fraction:
    return problem.polynomial.partial(*problem.partial.names).value(problem.point)


def steps_of(
    key: str, problem: DerivativeProblem, arithmetic: Arithmetic, chosen: Fraction | None
) -> dict[str, Fraction]:
    """The steps as they are stored and taken."""
    steps = {}
    for name in problem.partial.names:
        x = problem.point[name]
        h = chosen or balanced_step(x, problem.partial.order, DIFFERENCES[key], arithmetic)
        if arithmetic is not RATIONAL:
            stored_x, stored_h = arithmetic.convert(x), arithmetic.convert(h)
            one_sided = DIFFERENCES[key] == 1
            h = Fraction(float(stored_h if one_sided else (stored_x + stored_h) - stored_x))
        steps[name] = h
    return steps


def test_that_there_are_at_least_sixty_scenarios_with_names_of_their_own() -> None:
    assert len(SCENARIOS) >= 60
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS)


def test_that_the_first_methods_are_registered_in_their_order() -> None:
    first = [
        *["forward", "backward", "central", "five_point", "richardson", "complex_step"],
        *["rules", "sympy", "autograd_reverse", "autograd_forward"],
    ]
    assert [entry.key for entry in methods() if entry.key in first] == first


@every_scenario
def test_that_the_exact_value_is_that_of_sympy_and_of_mpmath(scenario: Scenario) -> None:
    problem = scenario.problem
    f, names = problem.polynomial, problem.partial.names
    symbols = {name: sympy.Symbol(name) for name in f.variables}
    expression = sympy.Integer(0)
    for exponents, c in f.terms().items():
        term = sympy.Rational(c.numerator, c.denominator)
        for name, exponent in zip(f.variables, exponents, strict=True):
            term = term * symbols[name] ** exponent
        expression = expression + term
    for name in names:
        expression = sympy.diff(expression, symbols[name])
    at = {
        symbols[name]: sympy.Rational(
            problem.point[name].numerator, problem.point[name].denominator
        )
        for name in f.variables
    }
    value = sympy.Rational(expression.subs(at))
    exact = exact_value(problem)
    assert Fraction(int(value.p), int(value.q)) == exact

    with mpmath.workdps(50):
        lambdified = sympy.lambdify([symbols[n] for n in f.variables], expression, "mpmath")
        numbers = [
            mpmath.mpf(q.numerator) / q.denominator for q in problem.point.in_order(f.variables)
        ]
        expected = mpmath.mpf(exact.numerator) / exact.denominator
        scale = exact_method_rounding(problem, Fraction(1, 10**45))
        assert (
            abs(lambdified(*numbers) - expected) <= mpmath.mpf(scale.numerator) / scale.denominator
        )


@every_scenario
@pytest.mark.parametrize("key", DIFFERENCES)
def test_that_a_quotient_in_rationals_is_its_taylor_form(key: str, scenario: Scenario) -> None:
    problem, h = scenario.problem, Fraction(1, 64)
    choice = MethodChoice(key, (("step", "1/64"), ("dtype", "rational")))
    estimate = make(choice).estimate(problem)
    steps = dict.fromkeys(problem.partial.names, h)
    assert isinstance(estimate.value, Fraction)
    assert estimate.value == taylor_quotient(key, problem, steps)


@every_scenario
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("key", DIFFERENCES)
def test_that_a_float_quotient_stays_within_truncation_and_rounding(
    key: str, dtype: str, scenario: Scenario
) -> None:
    problem = scenario.problem
    arithmetic, unit = (FLOAT64, U64) if dtype == "float64" else (FLOAT32, U32)
    # 1e-4 vanishes next to 1e6 in float32; the balanced step is tested with both types.
    chosen = None if dtype == "float32" or key in ("central", "five_point") else Fraction("1e-4")
    step = "auto" if chosen is None else "1e-4"
    with np.errstate(all="raise"):
        estimate = make(MethodChoice(key, (("dtype", dtype), ("step", step)))).estimate(problem)
    steps = steps_of(key, problem, arithmetic, chosen)
    truncation = abs(taylor_quotient(key, problem, steps) - exact_value(problem))
    rounding = quotient_rounding(key, problem, steps, unit)
    assert abs(Fraction(estimate.value) - exact_value(problem)) <= truncation + rounding
    assert estimate.dtype == dtype
    assert estimate.step == (float(steps[problem.partial.names[0]]) if steps else None)


@every_scenario
@pytest.mark.parametrize("dtype", ["float64", "float32", "rational"])
@pytest.mark.parametrize("scheme", ["central", "forward"])
def test_that_richardson_is_as_near_as_its_own_estimate_says(
    scheme: str, dtype: str, scenario: Scenario
) -> None:
    problem = scenario.problem
    choice = MethodChoice("richardson", (("scheme", scheme), ("dtype", dtype)))
    estimate = make(choice).estimate(problem)
    error = abs(Fraction(estimate.value) - exact_value(problem))
    if problem.partial.order:
        assert estimate.error_estimate is not None
        assert error <= Fraction(estimate.error_estimate)
    else:
        assert estimate.error_estimate is None
        assert error <= exact_method_rounding(problem, UNITS[dtype])


@every_scenario
def test_that_the_complex_step_is_exact_apart_from_rounding(scenario: Scenario) -> None:
    problem = scenario.problem
    method = make(MethodChoice("complex_step"))
    if problem.partial.order > 1:
        with pytest.raises(MethodUnavailableError, match="first derivatives"):
            method.estimate(problem)
        return
    estimate = method.estimate(problem)
    # Truncation is h**2/6 f''' with h = 2**-66: far below the rounding of one operation.
    assert abs(Fraction(estimate.value) - exact_value(problem)) <= exact_method_rounding(
        problem, U64
    )
    assert estimate.dtype == "complex128"
