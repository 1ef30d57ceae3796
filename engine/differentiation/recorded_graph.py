"""PyTorch's graph of one computation, read while PyTorch computes: values, adjoints, factors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class RecordedInput:
    """What one operation takes.

    Attributes:
        node: Position of the node that it comes from; None for a constant.
        constant: The constant; None for a node.
        local: Derivative of the operation by it, as PyTorch's own backward step gives it; None
            for a constant.
    """

    node: int | None
    constant: float | None
    local: float | None


@dataclass(frozen=True, slots=True)
class RecordedNode:
    """One node of the graph.

    Attributes:
        name: PyTorch's name of it, ``AccumulateGrad`` for an input of f.
        variable: Name of the variable; empty for an operation.
        inputs: What it takes, in order.
        value: What it computed.
        adjoint: Derivative of the last node's value by this one's.
    """

    name: str
    variable: str
    inputs: tuple[RecordedInput, ...]
    value: float
    adjoint: float


class Recorder:
    """Keeps every tensor that PyTorch makes, with what it was made from.

    A node of the graph knows neither its value nor its constants; the tensors do, and each
    tensor knows its node.

    Args:
        torch: The module.
    """

    def __init__(self, torch: Any) -> None:
        self._torch = torch
        self._made: list[tuple[Any, tuple[Any, ...]]] = []

    def __enter__(self) -> Self:
        made = self._made
        mode: Any = self._torch.utils._python_dispatch.TorchDispatchMode

        class Listening(mode):  # type: ignore[misc]
            def __torch_dispatch__(
                self, function: Any, _types: Any, args: Any = (), kwargs: Any = None
            ) -> Any:
                result = function(*args, **(kwargs or {}))
                made.append((result, args))
                return result

        self._listening = Listening()
        self._listening.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self._listening.__exit__(*exception)

    def graph(self, value: Any, leaves: Mapping[str, Any]) -> tuple[RecordedNode, ...]:
        """Return the nodes that lead to ``value``: inputs of f first, then as they were computed.

        The adjoints come from one backward pass from ``value``.

        Args:
            value: A tensor with a graph.
            leaves: The inputs of f by name.
        """
        inputs = {id(leaf): name for name, leaf in leaves.items()}
        there = reached(value.grad_fn)
        computed = [
            (result.grad_fn, result, args)
            for result, args in self._made
            if result.grad_fn is not None and result.grad_fn in there
        ]
        order = [node for name in leaves for node in there if _is_leaf(node, leaves[name])]
        order += [node for node, _, _ in computed]
        position = {node: number for number, node in enumerate(order)}
        adjoints, gradient = self._adjoints(value, leaves, [node for node, _, _ in computed])
        nodes = [
            RecordedNode(
                "AccumulateGrad",
                inputs[id(node.variable)],
                (),
                node.variable.item(),
                gradient[inputs[id(node.variable)]],
            )
            for node in order[: len(order) - len(computed)]
        ]
        for node, result, args in computed:
            taken = self._inputs(node, result, args, position)
            nodes.append(RecordedNode(node.name(), "", taken, result.item(), adjoints[node]))
        return tuple(nodes)

    def _adjoints(
        self, value: Any, leaves: Mapping[str, Any], nodes: Sequence[Any]
    ) -> tuple[dict[Any, float], dict[str, float]]:
        """Return what flows into every node in one backward pass, and the gradient."""
        found: dict[Any, float] = {}

        def listen(node: Any) -> Any:
            return node.register_prehook(lambda flow: found.update({node: flow[0].item()}))

        handles = [listen(node) for node in nodes]
        gradient = self._torch.autograd.grad(
            value, list(leaves.values()), retain_graph=True, allow_unused=True
        )
        for handle in handles:
            handle.remove()
        by_name = zip(leaves, gradient, strict=True)
        return found, {name: 0.0 if one is None else one.item() for name, one in by_name}

    def _inputs(
        self, node: Any, result: Any, args: Sequence[Any], position: Mapping[Any, int]
    ) -> tuple[RecordedInput, ...]:
        local = node(self._torch.ones_like(result))
        taken = []
        for (source, _), factor, argument in zip(
            node.next_functions, local if isinstance(local, tuple) else (local,), args, strict=False
        ):
            if source is None:
                taken.append(RecordedInput(None, argument.item(), None))
            else:
                taken.append(RecordedInput(position[source], None, factor.item()))
        return tuple(taken)


def reached(root: Any) -> dict[Any, None]:
    """Return every node of the graph, in no particular order."""
    seen: dict[Any, None] = {}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node is not None and node not in seen:
            seen[node] = None
            waiting.extend(following for following, _ in node.next_functions)
    return seen


def _is_leaf(node: Any, leaf: Any) -> bool:
    return getattr(node, "variable", None) is leaf
