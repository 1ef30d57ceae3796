"""The rules: every application recorded, the derivative exact, the work bounded."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.differentiation.method import DerivativeProblem
from engine.differentiation.rules import (
    RuleApplication,
    SymbolicRules,
    derivation,
    differentiate,
)
from engine.errors import LimitError, PartialError
from engine.evaluation.scalar import expression_value
from engine.expression import Expression, Number, Power, Product, Sum, Variable, walk
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial

A, B = Variable("a"), Variable("b")
ZERO, ONE = Number(Fraction(0)), Number(Fraction(1))


def number(value: int | str | Fraction) -> Number:
    return Number(Fraction(value))


EXAMPLE = Sum(
    (
        Product((number(2), A, Power(B, 2))),
        Product((number(3), Power(A, 2), B)),
    )
)

TREES = (
    EXAMPLE,
    A,
    number("7/3"),
    ZERO,
    Power(A, 0),
    Power(A, 1),
    Power(Sum((A, B)), 0),
    Power(Sum((A, B)), 1),
    Power(number(3), 4),
    Power(Sum((A, number(1))), 5),
    Power(Power(A, 3), 2),
    Power(Product((A, B, A)), 3),
    Product((A, A, A)),
    Product((number(0), A, B)),
    Product((Sum((A, B)), Sum((A, number(-1))), Power(B, 2), number("1/2"))),
    Sum((A, Product((number(-1), A)))),
    Sum((Product((A, Sum((B, Product((A, A)))))), Power(Sum((Power(A, 2), B)), 3), number(5))),
    Product((Product((A, B)), Product((number(2), Power(A, 2))))),
)


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


def outline(application: RuleApplication) -> tuple[object, ...]:
    return (application.rule, *map(outline, application.parts))


def test_that_the_rules_of_the_example_are_recorded_as_a_tree() -> None:
    found = differentiate(EXAMPLE, "a")
    assert outline(found) == (
        "sum",
        ("constant multiple", ("variable",)),
        ("constant multiple", ("power",)),
    )
    assert found.before == EXAMPLE
    assert found.after == Sum(
        (
            Product((number(2), Power(B, 2))),
            Product((number(3), B, number(2), A)),
        )
    )
    assert [part.before for part in found.parts] == list(EXAMPLE.terms)
    assert {application.variable for application in found.walk()} == {"a"}
    assert sum(1 for _ in found.walk()) == 5


def test_that_each_rule_has_its_name_and_its_parts() -> None:
    product = Product((A, Sum((A, B))))
    assert outline(differentiate(product, "a")) == (
        "product",
        ("variable",),
        ("sum", ("variable",), ("constant",)),
    )
    assert differentiate(product, "a").after == Sum((Sum((A, B)), A))
    chain = differentiate(Power(Sum((A, B)), 3), "b")
    assert outline(chain) == ("chain", ("sum", ("constant",), ("variable",)))
    assert chain.after == Product((number(3), Power(Sum((A, B)), 2)))
    assert outline(differentiate(Power(A, 3), "a")) == ("power",)
    assert differentiate(Power(A, 3), "a").after == Product((number(3), Power(A, 2)))
    assert differentiate(Power(A, 3), "b") == RuleApplication("constant", Power(A, 3), ZERO, "b")
    assert differentiate(Power(A, 1), "a").after == ONE
    assert differentiate(Power(A, 0), "a").after == ZERO


@pytest.mark.parametrize("names", ["a", "b", "aa", "ab", "ba", "bb", "aab", "aabb", "bbbb"])
@pytest.mark.parametrize("tree", TREES, ids=str)
def test_that_the_derivative_is_the_canonical_one(tree: Expression, names: str) -> None:
    f = to_polynomial(tree).with_variables(("a", "b"))
    steps = derivation(tree, Partial(tuple(names)))
    assert to_polynomial(steps[-1].after) == f.partial(*names)
    for step in steps:
        for application in step.walk():
            before = to_polynomial(application.before).with_variables(("a", "b"))
            assert to_polynomial(application.after) == before.partial(application.variable)
    assert [later.before for later in steps[1:]] == [step.after for step in steps[:-1]]


@pytest.mark.parametrize("tree", TREES, ids=str)
def test_that_a_tree_has_the_value_of_its_polynomial(tree: Expression) -> None:
    point = Point({"a": "-2/3", "b": "1.7"})
    assert expression_value(tree, point) == to_polynomial(tree).value(point)


@pytest.mark.parametrize("tree", TREES, ids=str)
def test_that_no_zero_and_no_one_is_left_in_a_derivative(tree: Expression) -> None:
    after = differentiate(tree, "a").after
    for node in walk(after):
        if isinstance(node, Sum):
            assert ZERO not in node.terms and len(node.terms) > 1
        if isinstance(node, Product):
            assert not {ZERO, ONE} & set(node.factors) and len(node.factors) > 1


def problem(tree: Expression, names: str) -> DerivativeProblem:
    f = to_polynomial(tree).with_variables(("a", "b"))
    return DerivativeProblem(tree, f, Partial(tuple(names)), Point({"a": 2, "b": 3}))


def test_that_the_method_counts_the_rules_it_applied() -> None:
    assert SymbolicRules().estimate(problem(EXAMPLE, "a")).evaluations == 5
    assert SymbolicRules().estimate(problem(EXAMPLE, "")).evaluations == 0
    found = SymbolicRules().estimate(problem(EXAMPLE, "ab"))
    assert (found.value, found.step, found.error_estimate) == (24, None, None)


def test_that_the_tree_as_typed_is_differentiated_and_not_the_expanded_one() -> None:
    tree = Power(Sum((A, B)), 400)
    found = SymbolicRules().estimate(problem(tree, "ab"))
    assert found.value == 400 * 399 * Fraction(5) ** 398
    assert found.evaluations is not None and found.evaluations < 20


def test_that_the_product_rule_cannot_blow_up() -> None:
    tree = Product(tuple(Sum((A, number(k))) for k in range(60)))
    assert SymbolicRules().estimate(problem(tree, "a")).evaluations == 1 + 60 * 3
    with pytest.raises(LimitError, match="type the polynomial expanded"):
        SymbolicRules().estimate(problem(tree, "aaa"))


def test_that_an_unknown_variable_is_named() -> None:
    with pytest.raises(PartialError, match="no variable c"):
        SymbolicRules().estimate(problem(EXAMPLE, "c"))
