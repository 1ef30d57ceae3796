"""Polynomials: exact arithmetic, values and derivatives, forms in and out."""

from __future__ import annotations

import operator
import pickle
from fractions import Fraction

import pytest

from engine.errors import LimitError, PartialError, PointError, PolynomialError
from engine.expression import Number, Power, Product, Sum, Variable
from engine.point import Point
from engine.polynomial import Polynomial

TUPLES = ((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1)))
EXAMPLE = Polynomial.from_tuples(TUPLES)
X, Y = Polynomial("x", {(1,): 1}), Polynomial("y", {(1,): 1})


def constant(value: int | Fraction) -> Polynomial:
    return Polynomial((), {(): value})


def test_that_the_nested_tuples_go_in_and_out() -> None:
    assert EXAMPLE.variables == ("a", "b")
    assert EXAMPLE.to_tuples() == TUPLES
    assert Polynomial.from_tuples(EXAMPLE.to_tuples()) == EXAMPLE


@pytest.mark.parametrize(
    ("tuples", "normal"),
    [
        ((), ()),
        (((5,),), ((5,),)),
        (((0, ("x", 3)),), ()),
        (((1, ("x", 1)), (2, ("x", 1))), ((3, ("x", 1)),)),
        (((1, ("x", 1)), (-1, ("x", 1))), ()),
        (((Fraction(1, 2), ("x", 1), ("x", 2)),), ((Fraction(1, 2), ("x", 3)),)),
        (((Fraction(4, 2), ("x", 0)),), ((2,),)),
    ],
)
def test_that_nested_tuples_are_collected(
    tuples: tuple[tuple[object, ...], ...], normal: tuple[tuple[object, ...], ...]
) -> None:
    assert Polynomial.from_tuples(tuples).to_tuples() == normal  # type: ignore[arg-type]


def test_that_terms_come_by_descending_degree_with_exact_coefficients() -> None:
    f = Polynomial("xy", {(0, 0): 1, (1, 1): Fraction(1, 3), (0, 2): 5, (3, 0): -2, (2, 0): 0})
    assert list(f.terms().items()) == [
        ((3, 0), -2),
        ((1, 1), Fraction(1, 3)),
        ((0, 2), 5),
        ((0, 0), 1),
    ]
    assert len(f) == 4
    assert (f.degree, f.degree_in("x"), f.degree_in("y"), f.degree_in("z")) == (3, 3, 2, 0)


def test_that_the_zero_polynomial_has_no_terms_and_degree_zero() -> None:
    for zero in (Polynomial(), Polynomial("xy"), X - X):
        assert not zero
        assert (zero.terms(), zero.degree, zero.degree_in("x")) == ({}, 0, 0)
        assert zero.value(Point({"x": 1, "y": 2})) == 0
        assert zero.to_expression() == Number(Fraction(0))
    assert constant(3)
    assert constant(3).degree == 0


def test_that_the_value_is_exact() -> None:
    assert EXAMPLE.value(Point({"a": 2, "b": 3})) == 72
    assert EXAMPLE.value(Point({"a": "1/3", "b": "0.1"})) == Fraction(2, 300) + Fraction(1, 30)
    assert EXAMPLE.value(Point({"a": 2, "b": 3, "unused": 9})) == 72
    with pytest.raises(PointError, match="no value for b"):
        EXAMPLE.value(Point({"a": 2}))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", {(2, 1): 3, (1, 2): 2}),
        ("a", {(1, 1): 6, (0, 2): 2}),
        ("ab", {(1, 0): 6, (0, 1): 4}),
        ("ba", {(1, 0): 6, (0, 1): 4}),
        ("aab", {(0, 0): 6}),
        ("aabb", {}),
    ],
)
def test_that_partial_derivatives_are_exact(
    names: str, expected: dict[tuple[int, int], int]
) -> None:
    derivative = EXAMPLE.partial(*names)
    assert derivative.terms() == expected
    assert derivative.variables == ("a", "b")


def test_that_a_derivative_by_an_unknown_variable_is_refused() -> None:
    with pytest.raises(PartialError, match="no variable c"):
        EXAMPLE.partial("c")
    assert EXAMPLE.with_variables(("c", "b", "a")).partial("c") == Polynomial()


def test_that_sums_and_products_join_the_variables_in_order() -> None:
    product = (X + Y) * (X - Y)
    assert product == X**2 - Y**2
    assert product.variables == ("x", "y")
    assert (Y + X).variables == ("y", "x")
    assert Y + X == X + Y
    assert Polynomial() == -X + X
    assert 3 * X == X * 3 == X + X + X
    assert X * Fraction(1, 3) * 3 == X
    assert (X + constant(1)) ** 2 == X**2 + 2 * X + constant(1)
    assert constant(1) == X**0


def test_that_equality_ignores_the_order_and_the_unused_variables() -> None:
    same = Polynomial("zba", {(0, 2, 1): 2, (0, 1, 2): 3})
    assert same == EXAMPLE
    assert hash(same) == hash(EXAMPLE)
    assert EXAMPLE != X
    assert EXAMPLE != TUPLES


def test_that_variables_that_occur_cannot_be_dropped() -> None:
    assert EXAMPLE.with_variables(("b", "a")).terms() == {(2, 1): 2, (1, 2): 3}
    with pytest.raises(PartialError, match="contains a"):
        EXAMPLE.with_variables(("b",))


def test_that_a_polynomial_survives_pickling() -> None:
    again = pickle.loads(pickle.dumps(EXAMPLE))
    assert again == EXAMPLE
    assert again.variables == EXAMPLE.variables


def test_that_the_tree_of_a_polynomial_lists_its_terms() -> None:
    assert EXAMPLE.to_expression() == Sum(
        (
            Product((Number(Fraction(3)), Power(Variable("a"), 2), Variable("b"))),
            Product((Number(Fraction(2)), Variable("a"), Power(Variable("b"), 2))),
        )
    )
    assert (X**2).to_expression() == Power(Variable("x"), 2)
    assert constant(1).to_expression() == Number(Fraction(1))
    assert (-X).to_expression() == Product((Number(Fraction(-1)), Variable("x")))


def test_that_names_with_subscripts_and_greek_letters_are_names_like_others() -> None:
    f = Polynomial(("x_12", "α"), {(1, 2): 1})
    assert f.partial("α", "x_12").terms() == {(0, 1): 2}
    assert f.value(Point({"x_12": 3, "α": 5})) == 75


@pytest.mark.parametrize(
    ("variables", "terms", "message"),
    [
        (("x",), {(-1,): 2}, "The exponent -1 is not a whole number"),
        (("x",), {(1.5,): 2}, "The exponent 1.5 is not a whole number"),
        (("x", "x"), {(1, 2): 1}, "A variable comes twice in: x, x"),
        (("x",), {(1, 2): 1}, "not one for each of: x"),
        ((), {(1,): 1}, "not one for each of: none"),
        (("x",), {(1,): 0.5}, "The coefficient 0.5 is neither"),
        *[((name,), {}, "is no name of a variable") for name in ("", "ab", "π", "x1", "_1", "1")],
        *[((name,), {}, "is no name of a variable") for name in ("x_", "x_a", "x_1 ", "é", 1)],
    ],
)
def test_that_what_makes_no_polynomial_is_named(variables, terms, message) -> None:
    with pytest.raises(PolynomialError, match=message):
        Polynomial(variables, terms)


@pytest.mark.parametrize(
    ("tuples", "message"),
    [
        (((2, ("a", -1)),), "The exponent -1"),
        (((2, ("a", 3), ("a", -1)),), "The exponent -1"),
        (((2, ("a", 0.5)),), "The exponent 0.5"),
        (((0.5, ("a", 1)),), "The coefficient 0.5"),
        (((2, ("foo", 1)),), "'foo' is no name"),
        (((2, ("a",)),), "is no term"),
        (((2, ("a", 1, 1)),), "is no term"),
        (((2, (["a"], 1)),), "is no term"),
        (((2, "a"),), "is no term"),
        (((),), "is no term"),
        ((2,), "2 is no term"),
    ],
)
def test_that_nested_tuples_that_make_no_polynomial_are_named(tuples, message) -> None:
    with pytest.raises(PolynomialError, match=message):
        Polynomial.from_tuples(tuples)


def test_that_numbers_are_constants_in_sums_and_products() -> None:
    one = constant(1)
    assert X + 1 == 1 + X == X + one
    assert X - 1 == -(1 - X) == X - one
    assert X + Fraction(1, 2) == Fraction(1, 2) + X == X + constant(Fraction(1, 2))
    assert sum([X, Y, X]) == 2 * X + Y
    assert (X + 1).variables == ("x",)


@pytest.mark.parametrize("other", [0.5, 1j, None], ids=repr)
def test_that_other_types_are_no_operands(other: object) -> None:
    for operation in (operator.add, operator.sub, operator.mul):
        with pytest.raises(TypeError, match="unsupported operand"):
            operation(X, other)
        with pytest.raises(TypeError, match="unsupported operand"):
            operation(other, X)


@pytest.mark.parametrize("exponent", [-1, 0.5, Fraction(1, 2), X], ids=repr)
def test_that_a_power_takes_whole_exponents(exponent: object) -> None:
    with pytest.raises(PolynomialError, match="whole exponent of 0 or more"):
        operator.pow(X, exponent)


SIX = sum((Polynomial(name, {(1,): 1}) for name in "abcdef"), Polynomial())
BROAD = (X + Y + 1) ** 99


@pytest.mark.parametrize(
    ("compute", "message"),
    [
        (lambda: X ** (10**9), "degree 1000000000 is too large"),
        (lambda: Polynomial("x", {(10**9,): 1}), "degree 1000000000 is too large"),
        (lambda: (X**300) * (X**300), "degree 600 is too large"),
        (lambda: (X + 1) ** (10**9), "degree 1000000000 is too large"),
        (lambda: constant(2) ** (10**9), "numbers of 1000000000 bits"),
        (lambda: constant(Fraction(1, 3)) ** 10_000, "numbers of 20000 bits"),
        (lambda: (2**100 * X + 1) ** 200, "numbers of 20200 bits"),
        (lambda: SIX**20, "can have 53130 terms"),
        (lambda: (SIX**10) * (SIX**10 + 1), "can have 230230 terms"),
        (lambda: BROAD * BROAD, "takes about 25502500 products"),
    ],
)
def test_that_a_result_beyond_the_budget_is_refused_before_it_is_computed(compute, message) -> None:
    with pytest.raises(LimitError, match=message):
        compute()


def test_that_powers_of_one_and_zero_know_no_budget() -> None:
    assert constant(1) ** (10**40) == constant(1)
    assert constant(-1) ** (10**40 + 1) == constant(-1)
    assert Polynomial() ** (10**40) == Polynomial()
    assert (X + 1) ** 500 == ((X + 1) ** 250) ** 2
