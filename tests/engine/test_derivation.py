"""The derivation: rules named, one a line, every line equal to the next, down to the result."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, reject

import engine
from engine.errors import LimitError, PartialError
from engine.explanation.derivation import (
    Derivation,
    RuleLine,
    derive,
    pending,
    substituted,
    written_lines,
)
from engine.export.latex import derivation_latex
from engine.expression import Expression
from engine.language.expansion import expand
from engine.language.writer import to_unicode
from engine.partial import Partial
from engine.polynomial import Polynomial
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


def test_that_a_rule_that_changes_nothing_is_not_shown() -> None:
    (root,) = derivation_of("(a + b)^1 + 1*b^2", "b").steps
    assert [line.rule for line in root.walk()] == ["sum", "sum", "constant", "variable", "power"]
    (zero,) = derivation_of("0(a+b)^3", "a").steps
    assert [line.rule for line in zero.walk()] == ["constant multiple"]


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
