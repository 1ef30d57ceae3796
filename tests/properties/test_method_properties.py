"""Laws of the methods; in rationals none needs a tolerance."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

from hypothesis import given
from hypothesis import strategies as st

from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.registry import make
from engine.differentiation.rules import derivation
from engine.evaluation.scalar import expression_value
from engine.expression import Expression, Number, Power, Product, Sum, Variable
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial

rationals = st.fractions(-50, 50, max_denominator=16)
steps = st.fractions(Fraction(1, 64), 4, max_denominator=64)
exponents = st.tuples(st.integers(0, 5), st.integers(0, 5))
polynomials = st.dictionaries(exponents, rationals, max_size=5).map(
    lambda terms: Polynomial(("x", "y"), terms)
)
points = st.builds(lambda x, y: Point({"x": x, "y": y}), rationals, rationals)
partials = st.text("xy", max_size=4)

trees = st.recursive(
    st.one_of(st.just(Variable("x")), st.just(Variable("y")), rationals.map(Number)),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Sum(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Product(tuple(parts))),
        st.builds(Power, inner, st.integers(0, 3)),
    ),
    max_leaves=6,
)


def terms_up_to(in_x: int, in_y: int) -> st.SearchStrategy[dict[tuple[int, int], Fraction]]:
    return st.dictionaries(
        st.tuples(st.integers(0, in_x), st.integers(0, in_y)), rationals, max_size=6
    )


def quotient(key: str, f: Polynomial, partial: str, at: Point, h: Fraction) -> Fraction:
    problem = DerivativeProblem(f.to_expression(), f, Partial(tuple(partial)), at)
    parameters = (("step", str(h)), ("dtype", "rational"))
    value = make(MethodChoice(key, parameters)).estimate(problem).value
    assert isinstance(value, Fraction)
    return value


@given(polynomials, points, steps)
def test_that_the_forward_quotient_is_its_taylor_series(
    f: Polynomial, at: Point, h: Fraction
) -> None:
    series = sum(
        (
            f.partial(*["x"] * k).value(at) * h ** (k - 1) / factorial(k)
            for k in range(1, f.degree_in("x") + 1)
        ),
        Fraction(0),
    )
    assert quotient("forward", f, "x", at, h) == series


@given(terms_up_to(2, 5), points, steps)
def test_that_central_quotients_are_exact_up_to_degree_two(
    terms: dict[tuple[int, int], Fraction], at: Point, h: Fraction
) -> None:
    f = Polynomial(("x", "y"), terms)
    for partial in ("x", "xx"):
        assert quotient("central", f, partial, at, h) == f.partial(*partial).value(at)


@given(terms_up_to(4, 4), points, steps)
def test_that_five_point_quotients_are_exact_up_to_degree_four(
    terms: dict[tuple[int, int], Fraction], at: Point, h: Fraction
) -> None:
    f = Polynomial(("x", "y"), terms)
    for partial in ("x", "y", "xy", "xx"):
        assert quotient("five_point", f, partial, at, h) == f.partial(*partial).value(at)


@given(polynomials, points, steps, st.sampled_from(["forward", "backward", "central"]))
def test_that_mixed_quotients_commute(f: Polynomial, at: Point, h: Fraction, key: str) -> None:
    assert quotient(key, f, "xy", at, h) == quotient(key, f, "yx", at, h)


@given(polynomials, points, steps)
def test_that_the_central_quotient_is_the_mean_of_the_one_sided_ones(
    f: Polynomial, at: Point, h: Fraction
) -> None:
    one_sided = quotient("forward", f, "x", at, h) + quotient("backward", f, "x", at, h)
    assert quotient("central", f, "x", at, h) == one_sided / 2


@given(polynomials, polynomials, points, steps, partials)
def test_that_quotients_are_linear(
    f: Polynomial, g: Polynomial, at: Point, h: Fraction, partial: str
) -> None:
    of_f, of_g = (quotient("five_point", each, partial, at, h) for each in (f, g))
    assert quotient("five_point", f + 3 * g, partial, at, h) == of_f + 3 * of_g


@given(trees, partials, points)
def test_that_the_rules_give_the_canonical_derivative(
    tree: Expression, partial: str, at: Point
) -> None:
    steps_taken = derivation(tree, Partial(tuple(partial)))
    last = steps_taken[-1].after if steps_taken else tree
    f = to_polynomial(tree).with_variables(("x", "y"))
    assert to_polynomial(last) == f.partial(*partial)
    assert expression_value(last, at) == f.partial(*partial).value(at)


def to_polynomial(expression: Expression) -> Polynomial:
    match expression:
        case Number(value):
            return Polynomial((), {(): value})
        case Variable(name):
            return Polynomial((name,), {(1,): 1})
        case Sum(terms):
            return sum(map(to_polynomial, terms), Polynomial())
        case Product(factors):
            product = Polynomial((), {(): 1})
            for factor in factors:
                product = product * to_polynomial(factor)
            return product
        case Power(base, exponent):
            return to_polynomial(base) ** exponent
