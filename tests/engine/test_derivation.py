"""The derivation: rules named, one a line, every line equal to the next, down to the result."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

import engine
from engine.errors import LimitError, PartialError
from engine.explanation.derivation import (
    Derivation,
    RuleLine,
    WrittenLine,
    derive,
    pending,
    substituted,
    written_lines,
)
from engine.export.latex import derivation_latex, derivative_of, rule_sides
from engine.expression import Expression, Number, Power, Product, Sum, Variable, variables_of
from engine.language.expansion import expand
from engine.partial import Partial
from engine.polynomial import Polynomial
from engine.writing.writer import to_latex, to_unicode
from tests.properties.test_method_properties import trees


def derivation_of(text: str, names: str) -> Derivation:
    reading = engine.read(text)
    return derive(reading.expression, reading.polynomial, Partial(tuple(names)))


def said(line: RuleLine) -> tuple[str, str]:
    return line.rule, to_unicode(line.before)


def test_that_the_lessons_derivation_has_the_rules_a_student_writes() -> None:
    derivation = derivation_of("2ab^2 + 3a^2b", "a")
    (root,) = derivation.steps
    assert [said(line) for line in root.walk()] == [
        ("sum", "2ab² + 3a²b"),
        ("constant multiple", "2ab²"),
        ("variable", "a"),
        ("constant multiple", "3a²b"),
        ("power", "a²"),
    ]
    assert to_unicode(root.after) == "2b² + 3b·2a"
    assert derivation.result == engine.read("6ab + 2b^2").polynomial
    assert not derivation.is_simplified
    assert [line.rule for line in written_lines(root)] == [
        None, "sum", "constant multiple", "variable", "constant multiple", "power",
    ]  # fmt: skip


def test_that_a_product_of_sums_goes_through_its_own_rules_and_is_not_expanded() -> None:
    (by_b,) = derivation_of("(a+b)^2 b", "b").steps
    assert [line.rule for line in by_b.walk()] == [
        "product", "chain", "sum", "constant", "variable", "variable",
    ]  # fmt: skip
    assert to_unicode(by_b.after) == "2(a + b)b + (a + b)²"
    (by_a,) = derivation_of("(a+b)^2 b", "a").steps
    assert [line.rule for line in by_a.walk()][:2] == ["constant multiple", "chain"]


def test_that_a_power_of_1_and_a_factor_of_1_go_by_the_rule_that_takes_them_away() -> None:
    (root,) = derivation_of("(a + b)^1 + 1*b^2", "b").steps
    assert [said(line) for line in root.walk()] == [
        ("sum", "(a + b)¹ + 1b²"),
        ("chain", "(a + b)¹"),
        ("sum", "a + b"),
        ("constant", "a"),
        ("variable", "b"),
        ("constant multiple", "1b²"),
        ("power", "b²"),
    ]
    (zero,) = derivation_of("0(a+b)^3", "a").steps
    assert [line.rule for line in zero.walk()] == ["constant multiple"]


trivial = st.recursive(
    st.sampled_from([Variable("x"), Variable("y"), *(Number(Fraction(n)) for n in (0, 1, -1, 2))]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Sum(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Product(tuple(parts))),
        st.builds(Power, inner, st.integers(0, 2)),
    ),
    max_leaves=8,
)
"""Trees full of powers of 0 and 1, factors 1 and 0, and summands 0."""


def is_named_rightly(line: RuleLine) -> bool:
    match line.rule, line.before:
        case "constant", before:
            return line.variable not in variables_of(before)
        case "variable", Variable(name):
            return name == line.variable
        case "power", Power(base, _):
            return base == Variable(line.variable)
        case "chain", Power(base, _):
            return not isinstance(base, Variable)
        case "constant multiple", Product(factors):
            return any(line.variable not in variables_of(factor) for factor in factors)
        case "product", Product(factors):
            return all(line.variable in variables_of(factor) for factor in factors)
        case "sum", Sum(terms):
            return len(line.parts) == len(terms)
        case _:
            return False


@given(trivial, st.sampled_from(["x", "xy", "xx"]))
def test_that_every_line_names_the_rule_that_changes_what_is_shown(
    tree: Expression, by: str
) -> None:
    try:
        derivation = derive(tree, expand(tree, ("x", "y")), Partial(tuple(by)))
    except LimitError:
        reject()  # 0^0, which no text can say
    for step in derivation.steps:
        for line in step.walk():
            asked, applied, _ = rule_sides(line, ("x", "y"))
            assert is_named_rightly(line) and asked != applied, line
        shown = [whole_latex(line) for line in written_lines(step)]
        assert all(before != after for before, after in pairwise(shown)), shown
    if not derivation.is_simplified:
        last = to_latex(derivation.steps[-1].after)
        assert last != derivation.result.to_latex()


def whole_latex(line: WrittenLine) -> str:
    names = {
        name: derivative_of(part.before, part.variable, ("x", "y"))
        for name, part in line.pending.items()
    }
    return to_latex(line.whole, names)


def test_that_the_last_line_is_left_out_where_nothing_is_left_to_collect() -> None:
    assert derivation_of("5a^3 + a", "a").is_simplified is False  # 5·3a² is to be collected
    assert derivation_of("a^3 + a", "a").is_simplified is True
    assert "collected" not in derivation_latex(derivation_of("a^3 + a", "a"))
    assert r"&= 15 a^{2} + 1 && \text{collected}" in derivation_latex(
        derivation_of("5a^3 + a", "a")
    )


def test_that_every_line_knows_which_terms_of_f_it_is_about() -> None:
    derivation = derivation_of("2ab^2 + 7 + (a b)^2 + 3a^2b", "aab")
    for step in derivation.steps:
        for line in step.parts:
            assert len(line.terms) == 1
            assert all(below.terms == line.terms for below in line.walk())
    # 7 is gone after the first differentiation, 2ab² after the second.
    assert [sorted(step.terms) for step in derivation.steps] == [[0, 1, 2, 3], [0, 2, 3], [2, 3]]
    single = derivation_of("(a+b)^2 (a-b)", "ab")
    assert {line.terms for step in single.steps for line in step.walk()} == {frozenset({0})}


def exact_value(
    whole: Expression, below: dict[str, RuleLine], names: tuple[str, ...]
) -> Polynomial:
    """Return a line as a polynomial, the derivatives still to be taken done by FLINT."""
    taken = {
        name: expand(line.before, names).partial(line.variable).to_expression()
        for name, line in below.items()
    }
    return expand(substituted(whole, taken), names)


def check_lines(step: RuleLine, names: tuple[str, ...]) -> Polynomial:
    wanted = expand(step.before, names).partial(step.variable)
    lines = list(written_lines(step))
    for line in lines:
        assert exact_value(line.whole, dict(line.pending), names) == wanted
    assert not lines[-1].pending
    for rule in step.walk():
        below = {pending(number): part for number, part in enumerate(rule.parts)}
        own = expand(rule.before, names).partial(rule.variable)
        assert exact_value(rule.applied, below, names) == own == expand(rule.after, names)
    return wanted


@given(trees)
def test_that_every_line_equals_the_next_exactly(tree: Expression) -> None:
    names = ("x", "y")
    try:
        f = expand(tree, names)
    except LimitError:
        reject()  # 0^0, which no text can say
    derivation = derive(tree, f, Partial(("x", "y", "x")))
    for step in derivation.steps:
        wanted = check_lines(step, names)
    assert wanted == derivation.result == f.partial("x", "y", "x")


def test_that_a_long_sum_is_written_rule_by_rule() -> None:
    text = " + ".join(f"{n}a^{n}b" for n in range(2, 40))
    latex = derivation_latex(derivation_of(text, "a"))
    assert latex.count("power rule") == 38
    assert max(map(len, latex.splitlines()[3:-2])) < 200


def test_that_the_latex_is_balanced_and_says_each_rule() -> None:
    latex = derivation_latex(derivation_of("(x_1 + α)^2 α/3 - x_1", "αα"))
    assert latex.count("{") == latex.count("}")
    assert latex.count(r"\left(") == latex.count(r"\right)")
    assert latex.count(r"\begin{align*}") == latex.count(r"\end{align*}") == 2
    assert r"\frac{\partial}{\partial \alpha}" in latex
    assert "x_{1}" in latex
    assert set(re.findall(r"\\text\{(.*?)\}", latex)) >= {"product rule", "chain rule", "sum rule"}


def test_that_one_variable_is_differentiated_with_a_straight_d() -> None:
    assert r"\frac{d}{d x}" in derivation_latex(derivation_of("x^2", "x"))


def test_that_too_long_a_derivation_and_order_0_are_refused() -> None:
    text = " + ".join(f"{n}a^{n}" for n in range(2, 300))
    with pytest.raises(LimitError, match="rules; up to 400 are written out"):
        derivation_of(text, "a")
    with pytest.raises(PartialError, match="needs no rule"):
        derivation_of("a", "")
    with pytest.raises(PartialError):
        derivation_of("a", "b")
