"""Which rules of a derivation belong to which node of a computation graph."""

from __future__ import annotations

from engine.explanation.computation_graph import RULES_OF_OPERATION, ComputationGraph
from engine.explanation.derivation import Derivation, RuleLine

_OF_CONSTANTS = ("constant multiple", "constant")
"""What the rules do to a part that does not contain the variable: it steps aside, or is 0."""

LinePlace = tuple[int, int]
"""Which differentiation of a derivation, and which of its lines in the order written."""


def matching_lines(
    derivation: Derivation, graph: ComputationGraph, node: int, *, backward: bool
) -> frozenset[LinePlace]:
    """Return the rules that do to the formula what a node does to numbers.

    The backward pass differentiates last: it belongs to the last differentiation. What the
    graph computes on its way forward is f for a first derivative, and the derivative before
    the last for a higher one, which the differentiation before the last has found.
    """
    last = len(derivation.steps) - 1
    step = last if backward or last == 0 else last - 1
    at = graph.nodes[node]
    lines = [
        (number, line)
        for number, line in enumerate(derivation.steps[step].walk())
        if line.terms & at.terms
    ]
    varies = derivation.partial.names[step] in at.variables
    wanted = RULES_OF_OPERATION[at.kind] if varies or at.kind == "sum" else _OF_CONSTANTS
    exact = [(number, line) for number, line in lines if line.rule in wanted]
    return frozenset((step, number) for number, _ in exact or lines)


def lines_of_terms(derivation: Derivation, terms: frozenset[int]) -> frozenset[LinePlace]:
    """Return the branches of a derivation that are about ``terms`` and nothing else."""
    return frozenset(
        (step, number)
        for step, root in enumerate(derivation.steps)
        for number, line in enumerate(root.walk())
        if _is_about(line, terms)
    )


def _is_about(line: RuleLine, terms: frozenset[int]) -> bool:
    return bool(line.terms) and line.terms <= terms
