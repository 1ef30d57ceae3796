"""PyTorch's graph: its very nodes, values and adjoints, and what each stands for."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
import torch

import engine
from engine.differentiation.autograd import AutogradReverse
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.errors import LimitError, MethodUnavailableError, PartialError
from engine.evaluation.scalar import ScalarFunction
from engine.explanation.computation_graph import ComputationGraph, computation_graph
from engine.explanation.contributions import (
    explained_stencil,
    graph_contributions,
    rule_contributions,
)
from engine.explanation.derivation import derive
from engine.explanation.graph_layout import Sizes
from engine.explanation.lock_step import lines_of_terms, matching_lines
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial

REVERSE = MethodChoice("autograd_reverse")
SIZES = Sizes(width=108.0, height=52.0, between=44.0, beside=16.0)


def problem_of(text: str, names: str, **at: int | str) -> DerivativeProblem:
    reading = engine.read(text)
    point = Point(at or {"a": 2, "b": 3})
    return DerivativeProblem(reading.expression, reading.polynomial, Partial(tuple(names)), point)


def graph_of(text: str, names: str, **at: int | str) -> ComputationGraph:
    return computation_graph(problem_of(text, names, **at), REVERSE, SIZES)


def random_problems(count: int, *, order: int = 1) -> Iterator[DerivativeProblem]:
    """Yield polynomials whose every intermediate number is a float64 exactly."""
    rng = random.Random(20260)
    for _ in range(count):
        names = "xyz"[: rng.randint(1, 3)]
        terms = {
            tuple(rng.randint(0, 4) for _ in names): rng.choice((-1, 1)) * rng.randint(1, 9)
            for _ in range(rng.randint(1, 7))
        }
        f = Polynomial(names, terms)
        point = Point({name: Fraction(rng.randint(-8, 8), 2) for name in names})
        partial = Partial(tuple(rng.choice(names) for _ in range(order)))
        yield DerivativeProblem(f.to_expression(), f, partial, point)


def test_that_the_lessons_graph_is_the_one_pytorch_records() -> None:
    graph = graph_of("2ab^2 + 3a^2b", "a")
    assert [(n.symbol, n.formula, n.meaning) for n in graph.nodes] == [
        ("a", "", "a"),
        ("b", "", "b"),
        ("v₃", "a · a", "a²"),
        ("v₄", "b · b", "b²"),
        ("v₅", "3 · v₃", "3a²"),
        ("v₆", "v₅ · b", "3a²b"),
        ("v₇", "2 · a", "2a"),
        ("v₈", "v₇ · v₄", "2ab²"),
        ("v₉", "v₆ + v₈", "3a²b + 2ab²"),
    ]
    assert [n.recorded.value for n in graph.nodes] == [2, 3, 4, 9, 12, 36, 4, 36, 72]
    assert [n.recorded.adjoint for n in graph.nodes] == [54, 36, 9, 4, 3, 1, 9, 1, 1]
    product = graph.nodes[5].recorded
    assert product.name == "MulBackward0"
    assert [(i.node, i.local) for i in product.inputs] == [(4, 3.0), (1, 12.0)]
    assert [(i.constant, i.local) for i in graph.nodes[4].recorded.inputs] == [
        (3.0, None), (None, 3.0),
    ]  # fmt: skip
    assert graph.value == 54
    assert graph.computes == Partial(())


def test_that_a_second_derivative_has_the_graph_of_the_gradient() -> None:
    graph = graph_of("2ab^2 + 3a^2b", "ab")
    assert graph.computes == Partial(("a",))
    assert graph.nodes[-1].recorded.value == 54
    assert graph.nodes[-1].meaning == "6ab + 2b²"
    assert graph.value == 24


def test_that_adjoints_at_the_leaves_are_the_exact_gradient() -> None:
    for problem in random_problems(200):
        f = problem.polynomial
        nodes = AutogradReverse().graph(problem)
        leaves = {node.variable: node for node in nodes if node.variable}
        for name in f.variables:
            exact = f.partial(name).value(problem.point)
            assert (leaves[name].adjoint if name in leaves else 0) == exact
        if nodes:
            assert nodes[-1].value == f.value(problem.point)


@pytest.mark.parametrize("order", [2, 3])
def test_that_adjoints_of_higher_graphs_are_the_exact_derivatives(order: int) -> None:
    for problem in random_problems(40, order=order):
        f, names = problem.polynomial, problem.partial.names
        leaves = {n.variable: n for n in AutogradReverse().graph(problem) if n.variable}
        for name in f.variables:
            exact = f.partial(*names[:-1], name).value(problem.point)
            assert (leaves[name].adjoint if name in leaves else 0) == exact


def pytorchs_own_count(problem: DerivativeProblem) -> int:
    """Count the nodes that PyTorch has for the same computation, by walking its graph."""
    f = problem.polynomial
    point = [
        torch.tensor(float(problem.point[name]), dtype=torch.float64, requires_grad=True)
        for name in f.variables
    ]
    value = ScalarFunction(f, lambda c: torch.tensor(float(c), dtype=torch.float64))(point)
    for name in problem.partial.names[:-1]:
        if not value.requires_grad:
            return 0
        (found,) = torch.autograd.grad(
            value, point[f.variables.index(name)], create_graph=True, allow_unused=True
        )
        value = torch.zeros(()) if found is None else found
    seen: set[Any] = set()
    waiting = [value.grad_fn]
    while waiting:
        node = waiting.pop()
        if node is not None and node not in seen:
            seen.add(node)
            waiting.extend(source for source, _ in node.next_functions)
    return len(seen)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_that_no_node_of_pytorchs_is_missing_and_none_is_made_up(order: int) -> None:
    for problem in random_problems(60, order=order):
        assert len(AutogradReverse().graph(problem)) == pytorchs_own_count(problem)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_that_values_and_local_derivatives_are_those_of_the_meanings(order: int) -> None:
    for problem in random_problems(25, order=order):
        graph = computation_graph(problem, REVERSE, SIZES)
        for node in graph.nodes:
            meaning = engine.read(node.meaning).polynomial
            assert node.recorded.value == meaning.value(problem.point)
            incoming = sum(
                (one.local or 0) * user.recorded.adjoint
                for user in graph.nodes
                for one in user.recorded.inputs
                if one.node is not None and graph.nodes[one.node] is node
            )
            assert node.recorded.adjoint == incoming + (node is graph.nodes[-1])


@pytest.mark.slow
def test_that_contributions_add_up_exactly_in_every_column() -> None:
    for problem in random_problems(40, order=2):
        exact = problem.polynomial.partial(*problem.partial.names).value(problem.point)
        rules = rule_contributions(problem)
        assert sum(rules.terms) == rules.total == exact
        graph = graph_contributions(computation_graph(problem, REVERSE, SIZES))
        assert sum(graph.terms) == graph.total == exact  # these floats need no rounding
        for choice in (
            MethodChoice("forward"),
            MethodChoice("richardson"),
            MethodChoice("central", (("dtype", "rational"),)),
        ):
            explained = explained_stencil(problem, choice)
            made_up = explained.contributions
            assert made_up.rounding is not None
            assert sum(made_up.terms) + made_up.rounding == made_up.total
            if dict(choice.parameters):
                assert made_up.rounding == 0
            for table, rows in zip(explained.tables, explained.products, strict=True):
                for row, shares in zip(table.rows, rows, strict=True):
                    assert sum(shares) == row.point.weight * row.exact


def test_that_the_complex_step_has_contributions_too() -> None:
    explained = explained_stencil(problem_of("2ab^2 + 3a^2b", "a"), MethodChoice("complex_step"))
    assert [round(float(term), 9) for term in explained.contributions.terms] == [18, 36]
    (row,) = explained.tables[0].rows
    assert sum(explained.products[0][0]) == row.point.weight * row.exact


def test_that_a_term_marks_what_it_flows_through() -> None:
    graph = graph_of("2ab^2 + 3a^2b", "a")
    flows = {node.meaning: sorted(node.terms) for node in graph.nodes}
    assert flows == {
        "a": [0, 1], "b": [0, 1], "a²": [1], "b²": [0], "3a²": [1], "3a²b": [1], "2a": [0],
        "2ab²": [0], "3a²b + 2ab²": [0, 1],
    }  # fmt: skip
    assert graph.contributions == (18, 36)
    # Also where the point makes a term vanish, and where terms of f as typed are collected.
    at_zero = graph_of("2ab^2 + 3a^2b", "a", a=0, b=0)
    assert [node.terms for node in at_zero.nodes] == [node.terms for node in graph.nodes]
    collected = graph_of("ab + (a + b)^2", "a")
    assert {n.meaning: sorted(n.terms) for n in collected.nodes}["3ab"] == [0, 1]
    assert collected.contributions == (3, 10)


def test_that_typed_terms_that_cancel_are_in_no_node() -> None:
    graph = graph_of("a^2 - a^2 + ab", "a")
    assert {term for node in graph.nodes for term in node.terms} == {2}
    assert graph.contributions == (0, 0, 3)


def test_that_every_node_has_a_rule_that_matches() -> None:
    for problem in (
        problem_of("2ab^2 + 3a^2b", "a"),
        problem_of("2ab^2 + 3a^2b", "ab"),
        problem_of("(a+b)^2 b - a^3/7", "aab"),
    ):
        derivation = derive(problem.expression, problem.polynomial, problem.partial)
        graph = computation_graph(problem, REVERSE, SIZES)
        for number in range(len(graph.nodes)):
            for backward in (False, True):
                assert matching_lines(derivation, graph, number, backward=backward)
    lesson = problem_of("2ab^2 + 3a^2b", "a")
    derivation = derive(lesson.expression, lesson.polynomial, lesson.partial)
    graph = computation_graph(lesson, REVERSE, SIZES)
    matched = [matching_lines(derivation, graph, n, backward=True) for n in range(2, 9)]
    # b² is a constant for ∂/∂a: its rule is that of the constant multiple.
    assert matched == [{(0, 4)}, {(0, 1)}, {(0, 3)}, {(0, 3)}, {(0, 1)}, {(0, 1)}, {(0, 0)}]
    assert lines_of_terms(derivation, frozenset({1})) == {(0, 3), (0, 4)}


@pytest.mark.parametrize("text", ["2ab^2 + 3a^2b", "(a+b)^5", "(a+b+c)^4", "a + b"])
def test_that_no_boxes_overlap_in_either_layout(text: str) -> None:
    names = engine.read(text).polynomial.variables
    graph = graph_of(text, names[0], **dict.fromkeys(names, 2))
    for layout in (graph.across, graph.down):
        assert len(layout.places) == len(graph.nodes)
        for number, (x, y) in enumerate(layout.places):
            for u, v in layout.places[:number]:
                assert abs(x - u) >= SIZES.width or abs(y - v) >= SIZES.height
        for (source, node), route in layout.routes.items():
            assert (route[0], route[-1]) == (layout.places[source], layout.places[node])
    for source, node in graph.across.routes:
        assert graph.across.places[source][0] < graph.across.places[node][0]
        assert graph.down.places[source][1] < graph.down.places[node][1]


def test_that_number_types_are_kept_and_constants_read_as_typed() -> None:
    graph = computation_graph(
        problem_of("0.1a + a^3/3", "a", a=2),
        MethodChoice("autograd_reverse", (("dtype", "float32"),)),
        SIZES,
    )
    assert graph.dtype == "float32"
    tenth = next(node for node in graph.nodes if node.meaning == "⅒a")
    assert tenth.recorded.inputs[0].constant == torch.tensor(0.1, dtype=torch.float32).item()
    assert graph.nodes[-1].meaning == "⅓a³ + ⅒a"


def test_that_what_is_constant_records_nothing() -> None:
    graph = graph_of("3a + 5", "aa", a=2)
    assert graph.nodes == ()
    assert graph.value == 0
    assert graph.contributions == (0, 0)


def test_that_what_has_no_graph_is_refused() -> None:
    with pytest.raises(MethodUnavailableError, match="records a graph"):
        computation_graph(problem_of("ab", "a"), MethodChoice("rules"), SIZES)
    with pytest.raises(PartialError, match="backward pass"):
        graph_of("ab", "")
    with pytest.raises(LimitError, match="up to 250 nodes"):
        graph_of("(a+b)^90", "a")
    with pytest.raises(LimitError, match="up to 250 nodes"):
        graph_of(" + ".join(f"a^{n}" for n in range(1, 300)), "a", a=1)


@pytest.mark.cuda
@pytest.mark.parametrize("order", [1, 2])
def test_that_a_graph_on_cuda_has_the_same_nodes_and_numbers(order: int) -> None:
    for problem in random_problems(10, order=order):
        on_cpu = AutogradReverse().graph(problem)
        assert AutogradReverse(device="cuda").graph(problem) == on_cpu
