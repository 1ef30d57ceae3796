"""Laws of exact polynomials; over the rationals none needs a tolerance."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from engine.evaluation.scalar import ScalarFunction, expression_value
from engine.point import Point, read_number, write_number
from engine.polynomial import Polynomial

rationals = st.fractions(-50, 50, max_denominator=16)
exponents = st.tuples(st.integers(0, 6), st.integers(0, 6))
polynomials = st.dictionaries(exponents, rationals, max_size=6).map(
    lambda terms: Polynomial(("x", "y"), terms)
)
points = st.builds(lambda x, y: Point({"x": x, "y": y}), rationals, rationals)


@given(polynomials, polynomials)
def test_that_the_product_rule_holds_exactly(f: Polynomial, g: Polynomial) -> None:
    assert (f * g).partial("x") == f.partial("x") * g + f * g.partial("x")


@given(polynomials, polynomials, rationals)
def test_that_differentiation_is_linear(f: Polynomial, g: Polynomial, c: Fraction) -> None:
    assert (f + c * g).partial("y") == f.partial("y") + c * g.partial("y")


@given(polynomials, st.integers(1, 4))
def test_that_the_chain_rule_holds_for_powers(f: Polynomial, n: int) -> None:
    assert (f**n).partial("x") == n * f ** (n - 1) * f.partial("x")


@given(polynomials)
def test_that_mixed_partials_commute(f: Polynomial) -> None:
    assert f.partial("x", "y") == f.partial("y", "x") == f.partial("x").partial("y")


@given(polynomials, polynomials, points)
def test_that_values_follow_sums_and_products(f: Polynomial, g: Polynomial, at: Point) -> None:
    assert (f + g).value(at) == f.value(at) + g.value(at)
    assert (f - g).value(at) == f.value(at) - g.value(at)
    assert (f * g).value(at) == f.value(at) * g.value(at)


@given(polynomials, points)
def test_that_every_way_to_evaluate_exactly_agrees(f: Polynomial, at: Point) -> None:
    value = f.value(at)
    assert ScalarFunction(f, Fraction).at(at) == value
    assert expression_value(f.to_expression(), at) == value


@given(polynomials)
def test_that_the_nested_tuples_and_the_variables_go_round(f: Polynomial) -> None:
    assert Polynomial.from_tuples(f.to_tuples()) == f
    assert f.with_variables(("y", "z", "x")) == f
    assert hash(f.with_variables(("y", "z", "x"))) == hash(f)


@given(st.fractions())
def test_that_a_written_number_reads_back(value: Fraction) -> None:
    assert read_number(write_number(value)) == value
