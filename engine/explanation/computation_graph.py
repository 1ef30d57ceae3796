"""PyTorch's own graph of one derivative, with values, adjoints and what each node stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from engine.differentiation.autograd import AutogradReverse
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.recorded_graph import RecordedNode
from engine.differentiation.registry import make
from engine.errors import LimitError, MethodUnavailableError, PartialError
from engine.evaluation.arithmetic import FLOAT64, to_float32
from engine.explanation.graph_layout import GraphLayout, Sizes, lay_out
from engine.explanation.terms import coefficients_within, term_polynomials
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial
from engine.writing.writer import name_unicode

HIGHEST_NODES = 250
"""Nodes of a graph that is drawn: with more it is no longer a picture."""

_STORED: dict[str, Callable[[Fraction], Any]] = {"float64": FLOAT64.convert, "float32": to_float32}

RULES_OF_OPERATION = {
    "input": ("variable", "power"),
    "sum": ("sum",),
    "constant multiple": ("constant multiple",),
    "power": ("power", "chain", "variable"),
    "product": ("product", "constant multiple"),
}
"""Kind of node to the rules that differentiate what it computes."""


@dataclass(frozen=True, slots=True)
class GraphNode:
    """One operation of PyTorch, or one input.

    Attributes:
        recorded: What PyTorch says of it.
        symbol: Short name, e.g. ``v₃``, or that of the variable.
        formula: What it computes from which nodes, e.g. ``3 · v₂``; empty for an input.
        meaning: The polynomial that it computes, e.g. ``3a²``.
        variables: Those that it depends on.
        kind: A key of :data:`RULES_OF_OPERATION`.
        terms: Which terms of f as typed flow through it, by position.
    """

    recorded: RecordedNode
    symbol: str
    formula: str
    meaning: str
    variables: frozenset[str]
    kind: str
    terms: frozenset[int]


@dataclass(frozen=True, slots=True)
class ComputationGraph:
    """The graph whose backward pass gives a derivative.

    Attributes:
        problem: Which derivative, of which f, and where.
        dtype: ``"float64"`` or ``"float32"``.
        device: ``"cpu"``, ``"cuda"`` or ``"mps"``.
        nodes: Inputs first, every node after what it takes; empty where PyTorch records
            nothing, since what is differentiated last is a constant.
        computes: What the last node computes: f, or the derivative before the last.
        value: The derivative: the adjoint of the input that is differentiated by.
        contributions: What each typed term of f adds to it, as PyTorch computes it for the term.
        across: Layout from left to right.
        down: Layout from top to bottom.
    """

    problem: DerivativeProblem
    dtype: str
    device: str
    nodes: tuple[GraphNode, ...]
    computes: Partial
    value: float
    contributions: tuple[float, ...]
    across: GraphLayout
    down: GraphLayout


def computation_graph(
    problem: DerivativeProblem, choice: MethodChoice, sizes: Sizes
) -> ComputationGraph:
    """Return PyTorch's graph of a derivative, recorded while PyTorch computes.

    Args:
        problem: A derivative of order 1 or more.
        choice: Reverse-mode autograd with its number type and device.
        sizes: Of the drawings.

    Raises:
        PartialError: The order is 0.
        MethodUnavailableError: No PyTorch or no such device, or another method.
        LimitError: The graph has more than :data:`HIGHEST_NODES` nodes.
        NumberRangeError: A coefficient or coordinate does not fit the number type.
    """
    method = make(choice)
    if not isinstance(method, AutogradReverse):
        raise MethodUnavailableError("Only reverse mode records a graph.")
    if not problem.partial.order:
        raise PartialError("f itself needs no backward pass; choose a derivative, such as a.")
    f = problem.polynomial
    _check_size(len(f), "terms")
    recorded = method.graph(problem)
    _check_size(len(recorded), "nodes")
    terms = [coefficients_within(one, f) for one in term_polynomials(problem.expression, f)]
    inputs = [[i.node for i in node.inputs if i.node is not None] for node in recorded]
    return ComputationGraph(
        problem,
        method.dtype,
        method.device,
        _described(recorded, f, _terms_of_nodes(method, problem, terms), _STORED[method.dtype]),
        Partial(problem.partial.names[:-1]),
        _derivative(recorded, problem),
        tuple(_derivative(method.graph(problem, own), problem) for own in terms),
        lay_out(inputs, sizes),
        lay_out(inputs, sizes, across=False),
    )


def _check_size(count: int, what: str) -> None:
    if count > HIGHEST_NODES:
        raise LimitError(
            f"The graph has {count} {what}; up to {HIGHEST_NODES} nodes are drawn. "
            "Take a shorter polynomial or a lower order."
        )


def _derivative(nodes: Sequence[RecordedNode], problem: DerivativeProblem) -> float:
    name = problem.partial.names[-1]
    return next((node.adjoint for node in nodes if node.variable == name), 0.0)


def _terms_of_nodes(
    method: AutogradReverse, problem: DerivativeProblem, terms: Sequence[Sequence[Fraction]]
) -> list[frozenset[int]]:
    """Return for each node which of ``terms`` flow through it.

    At a point of ones, with the coefficients of one term made positive and all others 0, every
    number of the graph is a sum of products of positive ones and zeros: nothing cancels. So a
    node carries the term if and only if its value and its adjoint both are not 0.
    """
    ones = replace(problem, point=Point(dict.fromkeys(problem.polynomial.variables, 1)))
    found: list[set[int]] = []
    for number, own in enumerate(terms):
        present = [Fraction(1 if coefficient else 0) for coefficient in own]
        nodes = method.graph(ones, present)
        found = found or [set() for _ in nodes]
        for carried, node in zip(found, nodes, strict=True):
            if node.value and node.adjoint:
                carried.add(number)
    return [frozenset(carried) for carried in found]


def _described(
    recorded: Sequence[RecordedNode],
    f: Polynomial,
    terms: Sequence[frozenset[int]],
    stored: Callable[[Fraction], Any],
) -> tuple[GraphNode, ...]:
    symbols = [
        name_unicode(node.variable or f"v_{number + 1}") for number, node in enumerate(recorded)
    ]
    exact = {float(stored(coefficient)): coefficient for coefficient in f.terms().values()}
    meanings: list[Polynomial] = []
    described = []
    for node, symbol, own in zip(recorded, symbols, terms, strict=True):
        if node.variable:
            unit = tuple(int(name == node.variable) for name in f.variables)
            meaning, formula = Polynomial(f.variables, {unit: 1}), ""
        else:
            taken = [
                Polynomial((), {(): _constant(i.constant, exact)})
                if i.node is None
                else meanings[i.node]
                for i in node.inputs
            ]
            meaning = taken[0] + taken[1] if _adds(node) else taken[0] * taken[1]
            formula = _formula(node, symbols, exact)
        meanings.append(meaning)
        kind = _kind(node, meanings)
        names = frozenset(name for name in meaning.variables if meaning.degree_in(name))
        described.append(GraphNode(node, symbol, formula, meaning.to_unicode(), names, kind, own))
    return tuple(described)


def _adds(node: RecordedNode) -> bool:
    return node.name.startswith("Add")


def _constant(value: float | None, exact: Mapping[float, Fraction]) -> Fraction:
    """Return a constant of the graph as it was typed, where it is a coefficient of f."""
    assert value is not None
    return exact.get(value) or Fraction(repr(value))


def _formula(node: RecordedNode, symbols: Sequence[str], exact: Mapping[float, Fraction]) -> str:
    parts = [
        Polynomial((), {(): _constant(i.constant, exact)}).to_unicode()
        if i.node is None
        else symbols[i.node]
        for i in node.inputs
    ]
    return (" + " if _adds(node) else " · ").join(parts)


def _kind(node: RecordedNode, meanings: Sequence[Polynomial]) -> str:
    """Return which kind of operation it is; ``meanings`` are those of the nodes before it."""
    if node.variable:
        return "input"
    if _adds(node):
        return "sum"
    if any(one.node is None for one in node.inputs):
        return "constant multiple"
    names = {
        name
        for one in node.inputs
        if one.node is not None
        for name in meanings[one.node].variables
        if meanings[one.node].degree_in(name)
    }
    return "power" if len(names) == 1 else "product"
