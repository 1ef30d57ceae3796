"""The table of a computation graph: its trace, a row for each node."""

from __future__ import annotations

from collections.abc import Callable

from engine.differentiation.autograd import AutogradReverse
from engine.explanation.computation_graph import ComputationGraph, GraphNode
from engine.export.csv_cells import Cell, CsvDialect, Table, coordinate_columns, polynomial_column

INPUTS = 2
"""Of an operation: PyTorch adds and multiplies two numbers at a time."""


def graph_table(graph: ComputationGraph, dialect: CsvDialect) -> Table:
    """Return a row for each node, inputs of f first, then in the order of the computation."""
    problem = graph.problem
    f = problem.polynomial
    shared: dict[str, Cell] = {
        **polynomial_column(f),
        **coordinate_columns(f.variables, problem.point),
        "derivative": str(problem.partial),
        "partial": "*".join(problem.partial.names),
        "method": AutogradReverse.key,
        "dtype": graph.dtype,
        "device": graph.device,
        "computes": str(graph.computes),
    }
    columns: dict[str, Callable[[GraphNode], Cell]] = {
        "node": lambda node: node.symbol,
        "operation": lambda node: node.formula or "input",
        "meaning": lambda node: node.meaning,
        "pytorch": lambda node: node.recorded.name,
    }
    for number in range(INPUTS):
        columns |= _input_columns(graph, number)
    columns["value"] = lambda node: node.recorded.value
    columns["adjoint"] = lambda node: node.recorded.adjoint
    header = [*shared, *columns]
    records = (
        [*shared.values(), *(cell(node) for cell in columns.values())] for node in graph.nodes
    )
    return Table(header, (map(dialect.spell, header, record) for record in records))


def _input_columns(graph: ComputationGraph, number: int) -> dict[str, Callable[[GraphNode], Cell]]:
    def source(node: GraphNode) -> Cell:
        taken = node.recorded.inputs[number : number + 1]
        if not taken:
            return None
        return taken[0].constant if taken[0].node is None else graph.nodes[taken[0].node].symbol

    def local(node: GraphNode) -> Cell:
        taken = node.recorded.inputs[number : number + 1]
        return taken[0].local if taken else None

    return {f"input {number + 1}": source, f"local {number + 1}": local}
