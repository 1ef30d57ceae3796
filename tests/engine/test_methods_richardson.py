"""Richardson's error estimate must hold, also where agreement comes by chance."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from random import Random

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.differentiation.extrapolation import Entry
from engine.differentiation.method import DerivativeProblem, Estimate
from engine.differentiation.richardson import (
    AUTO_STEP,
    LEVELS,
    RichardsonExtrapolation,
    own_first_step,
)
from engine.differentiation.rounding import tensor_bounds
from engine.differentiation.scheme import Quotient, stacked, tensor
from engine.differentiation.stencil import StencilPart
from engine.differentiation.step import StepVanishesError
from engine.evaluation.scalar import ScalarFunction
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial


def extrapolated(
    f: Polynomial, x: Fraction, order: int, method: RichardsonExtrapolation
) -> tuple[Estimate, Fraction]:
    partial = Partial(("x",) * order)
    point = Point({"x": x})
    problem = DerivativeProblem(f.to_expression(), f, partial, point)
    return method.estimate(problem), f.partial(*partial.names).value(point)


def test_that_two_entries_that_agree_by_chance_do_not_pass_for_exact() -> None:
    # x + x**3 - 4/(5 h**2) x**5: the quotients for h and h/2 are equal, and both wrong.
    h = AUTO_STEP / 2
    f = Polynomial("x", {(1,): 1, (3,): 1, (5,): -Fraction(4, 5) / h**2})
    found, exact = extrapolated(f, Fraction(0), 1, RichardsonExtrapolation(dtype="rational"))
    assert found.error_estimate is not None
    assert abs(Fraction(found.value) - exact) <= Fraction(found.error_estimate)
    assert found.value == exact == 1


def test_that_a_polynomial_of_low_degree_is_extrapolated_exactly_in_rationals() -> None:
    f = Polynomial("x", {(9,): 1, (4,): -3, (0,): 2})
    for scheme in ("central", "forward"):
        method = RichardsonExtrapolation(dtype="rational", scheme=scheme)
        low = Polynomial("x", {(4,): 1, (3,): 2})
        found, exact = extrapolated(low, Fraction(1, 3), 1, method)
        assert (found.value, found.error_estimate) == (exact, 0.0)
    found, exact = extrapolated(f, Fraction(2), 1, RichardsonExtrapolation(dtype="rational"))
    assert (found.value, found.error_estimate) == (exact, 0.0)


def test_that_the_estimate_is_of_use() -> None:
    f = Polynomial("x", {(8,): 1, (4,): -3, (1,): 2})
    for order, largest in ((1, 1e-8), (2, 1e-6), (3, 1e-4)):
        found, exact = extrapolated(f, Fraction(3, 2), order, RichardsonExtrapolation())
        assert found.error_estimate is not None
        assert abs(float(found.value) - exact) <= found.error_estimate <= largest * float(exact)


@example(
    coefficients={10: Fraction(1)},
    x=Fraction(-1, 15),
    order=4,
    scheme="forward",
    dtype="float64",
)
@given(
    coefficients=st.dictionaries(
        st.integers(0, 24), st.fractions(-20, 20, max_denominator=9), min_size=1, max_size=7
    ),
    x=st.fractions(-30, 30, max_denominator=16),
    order=st.integers(1, 4),
    scheme=st.sampled_from(["central", "forward"]),
    dtype=st.sampled_from(["float64", "float32", "rational"]),
)
def test_that_the_error_is_never_above_the_estimate(
    coefficients: dict[int, Fraction], x: Fraction, order: int, scheme: str, dtype: str
) -> None:
    f = Polynomial("x", {(e,): c for e, c in coefficients.items()})
    method = RichardsonExtrapolation(scheme=scheme, dtype=dtype)
    found, exact = extrapolated(f, x, order, method)
    assert found.error_estimate is not None
    assert abs(Fraction(found.value) - exact) <= Fraction(found.error_estimate)


@pytest.mark.parametrize("scheme", ["central", "forward"])
def test_that_the_first_step_can_be_chosen(scheme: str) -> None:
    f = Polynomial("x", {(2,): 1})
    found, exact = extrapolated(
        f, Fraction(1), 1, RichardsonExtrapolation(step=0.25, scheme=scheme, dtype="rational")
    )
    assert (found.step, found.value) == (0.25, exact)


def test_that_the_estimate_knows_of_underflow() -> None:
    f = Polynomial("xy", {(1, 16): 1})
    problem = DerivativeProblem(
        f.to_expression(), f, Partial(("x",)), Point({"x": 1, "y": "0.001"})
    )
    found = RichardsonExtrapolation(dtype="float32").estimate(problem)
    assert found.value == 0.0
    assert found.error_estimate is not None
    assert Fraction(1, 10**48) <= found.error_estimate < 1e-40


PARAMETERS = tuple(
    RichardsonExtrapolation(step=step, scheme=scheme, dtype=dtype)
    for step, scheme, dtype in product(
        ("auto", "auto", "1e-4", "0.1", "3"), ("central", "forward"), ("float64", "float32")
    )
)


def random_problems(
    seed: str, count: int
) -> Iterator[tuple[RichardsonExtrapolation, DerivativeProblem]]:
    """Sparse polynomials of one or two variables up to degree 24 each, at points of any scale."""
    random = Random(seed)
    for number in range(count):
        names, top = random.choice(("x", "xy")), random.choice((3, 8, 24))
        terms = {
            tuple(random.randint(0, top) for _ in names): Fraction(
                random.randint(-180, 180), random.randint(1, 9)
            )
            for _ in range(random.randint(1, 5))
        }
        point = Point({name: random_coordinate(random) for name in names})
        order = random.choice((1, 1, 2, 2, 3, 4, 5, 8))
        f, partial = Polynomial(names, terms), Partial(tuple(random.choices(names, k=order)))
        yield (
            PARAMETERS[number % len(PARAMETERS)],
            DerivativeProblem(f.to_expression(), f, partial, point),
        )


def random_coordinate(random: Random) -> Fraction:
    plain, scaled = Fraction(random.randint(-3000, 3000), 997), random.randint(-999, 999)
    return random.choice(
        (Fraction(0), plain, plain / 3, scaled * Fraction(10) ** random.randint(-12, 6))
    )


def in_table(values: Sequence[Fraction], entry: Entry, method: RichardsonExtrapolation) -> Fraction:
    shares = method.shares(entry)
    return sum((share * v for share, v in zip(shares, values, strict=True)), Fraction(0))


def exact_quotients(problem: DerivativeProblem, quotients: Sequence[Quotient]) -> list[Fraction]:
    """Of f itself at the point itself, with the steps that were taken."""
    f, values = ScalarFunction(problem.polynomial, Fraction), []
    for quotient in quotients:
        parts = [
            StencilPart(part.index, part.stencil, Fraction(float(part.step)))
            for part in quotient.parts
        ]
        values.append(tensor(problem.point.in_order(f.variables), parts).apply(f))
    return values


def test_that_rounding_and_underflow_never_cost_more_than_their_bound() -> None:
    checked = 0
    for method, problem in random_problems("rounding", 600):
        try:
            quotients = method.lay_out(problem)
        except StepVanishesError:
            continue
        kind = method.arithmetic.dtype
        with np.errstate(all="ignore"):
            function = ScalarFunction(problem.polynomial, method.arithmetic.convert)
            values = [quotient.apply(function) for quotient in quotients]
            outcome = method.outcome(problem, quotients, values)
            bounds = tensor_bounds(
                problem.polynomial, stacked(quotients, kind), method.arithmetic, 3 * (LEVELS - 2)
            )
        shares = [abs(share) for share in method.shares(outcome.entry)]
        bound = sum(float(share) * b for share, b in zip(shares, bounds[:, 0], strict=True))
        if math.isfinite(outcome.value) and math.isfinite(bound):
            exact = in_table(exact_quotients(problem, quotients), outcome.entry, method)
            assert abs(Fraction(float(outcome.value)) - exact) <= Fraction(bound)
            checked += 1
    assert checked > 500


def test_that_the_estimate_holds_where_the_errors_behind_it_fall() -> None:
    """They do nearly always, and always where the scheme looks to both sides."""
    checked, too_small = 0, 0
    for method, problem in random_problems("estimates", 3000):
        try:
            found = method.estimate(problem)
        except StepVanishesError:
            continue
        exact = problem.polynomial.partial(*problem.partial.names).value(problem.point)
        assert found.error_estimate is not None
        if not (math.isfinite(found.value) and math.isfinite(found.error_estimate)):
            continue
        checked += 1
        if abs(Fraction(found.value) - exact) > Fraction(found.error_estimate):
            too_small += 1
            assert method.scheme == "forward"
            assert not falls(method, problem, exact)
    assert checked > 2500
    assert too_small < 10


def falls(method: RichardsonExtrapolation, problem: DerivativeProblem, exact: Fraction) -> bool:
    """Whether two halvings take more than 2/5 of the error of what the entry was made of."""
    quotients = method.lay_out(problem)
    function = ScalarFunction(problem.polynomial, method.arithmetic.convert)
    values = [quotient.apply(function) for quotient in quotients]
    row, column = method.outcome(problem, quotients, values).entry
    numbers = [Fraction(float(value)) for value in values]
    first, last = (abs(in_table(numbers, (j, column - 1), method) - exact) for j in (row - 2, row))
    return last < first * Fraction(3, 5)


@pytest.mark.parametrize("power", [1, 2])
def test_that_an_entry_has_the_truncation_of_the_geometric_mean_of_its_steps(power: int) -> None:
    """Stoer & Bulirsch, section 3.5: for an error h**p alone, p = power * (column + 1)."""
    method = RichardsonExtrapolation(scheme="central" if power == 2 else "forward")
    for row, column in method.entries:
        p = power * (column + 1)
        errors = [Fraction(1, 2**level) ** p for level in range(LEVELS)]
        made_of = [Fraction(1, 2**level) ** power for level in range(row - column, row + 1)]
        assert in_table(errors, (row, column), method) == (-1) ** column * prod(made_of)


def test_that_the_own_step_is_that_of_the_balance() -> None:
    """g**(p+m) = eps * 2**(c*m/2), with p = 2c + 2 = 8; no larger than the scale itself."""

    def mean_step(order: int, precision: int) -> float:
        return (3 * order / 2 - precision) / (8 + order)

    for order, precision in product(range(1, 13), (52, 23)):
        h = own_first_step(order, 2, precision)
        growth = mean_step(order, precision) - mean_step(1, 52)
        assert abs(math.log2(h) - min(0, math.log2(AUTO_STEP) + growth)) <= 0.5
    # The geometric mean of h/2, ..., h/16 is h / 2**2.5.
    assert abs(mean_step(1, 52) + 2.5 - math.log2(AUTO_STEP)) <= 0.5
    steps = [own_first_step(order, 2, 52) for order in range(1, 13)]
    assert steps == sorted(steps)
    assert (steps[0], own_first_step(1, 1, 52)) == (AUTO_STEP, AUTO_STEP)


def test_that_a_forward_scheme_reaches_no_farther_than_a_quarter_of_the_scale() -> None:
    for order, precision in product(range(1, 13), (52, 23)):
        h = own_first_step(order, 1, precision)
        assert order * h <= Fraction(1, 4)
        assert math.log2(h).is_integer()
