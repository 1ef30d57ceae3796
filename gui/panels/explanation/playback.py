"""How far the computation has been played: forward values first, then adjoints flow back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from engine.explanation.computation_graph import ComputationGraph
from engine.explanation.terms import typed_terms
from engine.expression import Sum, walk
from engine.writing.writer import name_unicode
from gui.look.number_format import Shown, show_rounded

_DIGITS = 6
_MOST_SUMMANDS = 4


@dataclass(frozen=True, slots=True)
class Playback:
    """A place in the computation; at 0 nothing has been computed, at ``last`` everything.

    Attributes:
        graph: What is computed.
        position: Operations done, first every value, then every adjoint.
    """

    graph: ComputationGraph
    position: int

    @property
    def last(self) -> int:
        """Position at which all is done: a value and an adjoint for each node."""
        return 2 * len(self.graph.nodes)

    @property
    def backward(self) -> bool:
        """Whether adjoints flow."""
        return self.position > len(self.graph.nodes)

    @property
    def current(self) -> int | None:
        """The node that was computed last; None before the first."""
        if not self.position:
            return None
        return self.last - self.position if self.backward else self.position - 1

    def has_value(self, node: int) -> bool:
        """Whether the value of a node is known."""
        return node < self.position

    def has_adjoint(self, node: int) -> bool:
        """Whether the adjoint of a node is known."""
        return node >= self.last - self.position

    def sentence(self) -> str:
        """Return what the last operation did, or, after the last, what was computed."""
        node = self.current
        if node is None:
            return "Nothing is computed yet: go forward."
        if self.position == self.last:
            return self._about()
        where = f"{self.position} of {self.last}: "
        return where + (self._adjoint_said(node) if self.backward else self._value_said(node))

    def _about(self) -> str:
        graph = self.graph
        problem = graph.problem
        name = problem.partial.names[-1]
        parts = (part for term in typed_terms(problem.expression) for part in walk(term))
        out = ", multiplied out," if any(isinstance(part, Sum) for part in parts) else ""
        computed = f"{len(graph.nodes)} nodes compute {graph.computes}{out}"
        where = f"{computed} in {graph.dtype} on {graph.device}; "
        if all(node.recorded.variable != name for node in graph.nodes):
            return (
                f"{where}{name_unicode(name)} is not among its inputs, so {problem.partial} is 0."
            )
        return f"{where}{problem.partial} is the adjoint of {name_unicode(name)}."

    def _value_said(self, number: int) -> str:
        node = self.graph.nodes[number]
        value = show_rounded(node.recorded.value, _DIGITS)
        if not node.formula:
            return f"{node.symbol} {value} goes in."
        sign = " + " if node.recorded.name.startswith("Add") else " · "
        inputs = [
            _short(one.constant if one.node is None else self.graph.nodes[one.node].recorded.value)
            for one in node.recorded.inputs
        ]
        put = Shown(_sign(inputs), sign.join(one.text for one in inputs))
        end = Shown(_sign([*inputs, value]), value.text)
        return f"{node.symbol} = {node.formula} {put} {end}."

    def _adjoint_said(self, number: int) -> str:
        node = self.graph.nodes[number]
        adjoint = show_rounded(node.recorded.adjoint, _DIGITS)
        if number == len(self.graph.nodes) - 1:
            return f"the adjoint of {node.symbol} is 1: where the way back begins."
        factors = [
            (_short(one.local), _short(user.recorded.adjoint))
            for user in self.graph.nodes
            for one in user.recorded.inputs
            if one.node == number
        ]
        flows = [f"{local.text} · {flowing.text}" for local, flowing in factors]
        if len(flows) > _MOST_SUMMANDS:
            flows = [*flows[: _MOST_SUMMANDS - 1], "…"]
        end = Shown(_sign([adjoint, *chain.from_iterable(factors)]), adjoint.text)
        return f"the adjoint of {node.symbol} is {' + '.join(flows)} {end}."


def _short(value: float | None) -> Shown:
    return Shown("=", "") if value is None else show_rounded(value, _DIGITS)


def _sign(numbers: Iterable[Shown]) -> str:
    return "=" if all(number.sign == "=" for number in numbers) else "≈"
