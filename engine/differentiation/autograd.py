"""PyTorch's autograd, reverse and forward mode."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from engine.differentiation.method import (
    DerivativeProblem,
    Estimate,
    MethodTraits,
    Parameter,
    check_parameters,
)
from engine.differentiation.recorded_graph import RecordedNode, Recorder, reached
from engine.errors import LimitError
from engine.evaluation.arithmetic import FLOAT64, to_float32
from engine.evaluation.scalar import ScalarFunction, converted
from engine.evaluation.torch_access import DEVICES, DTYPES, load_forward_mode, load_torch
from engine.partial import Partial

DEVICE = Parameter("device", "Device", DEVICES[0], DEVICES)
TORCH_DTYPE = Parameter("dtype", "Number type", DTYPES[0], DTYPES)

HIGHEST_WORK = 450_000
"""Operations on tensors for one derivative, in units of about 6 microseconds: 2 to 3 seconds."""


@dataclass(frozen=True, slots=True)
class AutogradReverse:
    """``torch.autograd.grad``, nested with ``create_graph``; exact apart from rounding.

    What is counted are the nodes of the graphs that the backward passes walk: that of f, for a
    second derivative that of its gradient too, and so on.

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 3.2.
    """

    dtype: str = "float64"
    device: str = "cpu"

    key: ClassVar[str] = "autograd_reverse"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=True, requires=("torch",), cost="graph nodes", parameters=(TORCH_DTYPE, DEVICE)
    )

    def __post_init__(self) -> None:
        check_parameters(self)

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        """Return the derivative by one backward pass for each order."""
        torch = load_torch(self.device, self.dtype)
        names = problem.partial.names
        function, leaves = _on_device(problem, _tensor_maker(torch, self.dtype, self.device))
        # Measured: 20, 115, 430, 37000 microseconds an operation for the orders 1, 3, 4 and 8.
        _check_budget(function, len(names), 3 ** len(names))
        for name in names:
            leaves[name].requires_grad_()
        value = function.at(leaves)
        nodes = 0
        for remaining, name in zip(range(len(names) - 1, -1, -1), names, strict=True):
            nodes += len(reached(value.grad_fn))
            value = _gradient(torch, value, leaves[name], create_graph=remaining > 0)
        return Estimate(value.item(), None, nodes, None, self.dtype, self.device)

    def gradient(self, problem: DerivativeProblem, names: tuple[str, ...]) -> WholeGradient:
        """Return all first derivatives by ``names`` from one backward pass.

        Args:
            problem: f and the point; its partial is not looked at.
            names: Variables of f.

        Raises:
            MethodUnavailableError, NumberRangeError, LimitError: As for :meth:`estimate`.
        """
        torch = load_torch(self.device, self.dtype)
        # One by one: the budget limits the order of a derivative, not how many there are.
        for name in names:
            Partial((name,)).multi_index(problem.polynomial.variables)
        function, leaves = _on_device(problem, _tensor_maker(torch, self.dtype, self.device))
        _check_budget(function, 1, 3)
        wanted = [leaves[name].requires_grad_() for name in names]
        value = function.at(leaves)
        if not value.requires_grad:
            return WholeGradient((0.0,) * len(names), 0)
        found = torch.autograd.grad(value, wanted, allow_unused=True)
        values = tuple(0.0 if one is None else one.item() for one in found)
        return WholeGradient(values, len(reached(value.grad_fn)))

    def graph(
        self, problem: DerivativeProblem, coefficients: Sequence[Fraction] | None = None
    ) -> tuple[RecordedNode, ...]:
        """Return the graph whose backward pass gives the derivative, as PyTorch recorded it.

        For ∂f/∂a it is that of f, for ∂²f/∂a∂b that of ∂f/∂a, and so on. Every variable is an
        input, so the one pass gives the derivative by each of them.

        Args:
            problem: A derivative of order 1 or more.
            coefficients: Those of f's terms, in the order of :meth:`Polynomial.terms`, where
                not those of f are wanted: the shape of the graph stays that of f.

        Returns:
            The inputs, then the operations as they were computed; empty if the last derivative
            is that of a constant, for which PyTorch records nothing.

        Raises:
            MethodUnavailableError, NumberRangeError, LimitError: As for :meth:`estimate`.
        """
        torch = load_torch(self.device, self.dtype)
        make = _tensor_maker(torch, self.dtype, self.device)
        function, leaves = _on_device(problem, make)
        _check_budget(function, problem.partial.order, 3**problem.partial.order)
        taken = function.coefficients
        if coefficients is not None:
            taken = [converted(one, make) for one in coefficients]
        for leaf in leaves.values():
            leaf.requires_grad_()
        with Recorder(torch) as recorder:
            value = function.with_coefficients(list(leaves.values()), taken)
            for name in problem.partial.names[:-1]:
                value = _gradient(torch, value, leaves[name], create_graph=True)
        return recorder.graph(value, leaves) if value.grad_fn is not None else ()


@dataclass(frozen=True, slots=True)
class WholeGradient:
    """First derivatives that one pass through one graph gave.

    Attributes:
        values: In the order of the variables asked for.
        nodes: Of the graph.
    """

    values: tuple[float, ...]
    nodes: int


@dataclass(frozen=True, slots=True)
class AutogradForward:
    """``torch.func.jvp``, nested; exact apart from rounding.

    Forward mode records no graph. What is counted are the operations of f, the nodes that its
    graph would have, once for each nested push of a tangent through them.

    Source: Griewank & Walther, *Evaluating Derivatives*, 2nd ed. (2008), section 3.1.
    """

    dtype: str = "float64"
    device: str = "cpu"

    key: ClassVar[str] = "autograd_forward"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=True, requires=("torch",), cost="graph nodes", parameters=(TORCH_DTYPE, DEVICE)
    )

    def __post_init__(self) -> None:
        check_parameters(self)

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        """Return the derivative by one nested push for each order."""
        torch = load_torch(self.device, self.dtype)
        load_forward_mode()
        make = _tensor_maker(torch, self.dtype, self.device)
        function, leaves = _on_device(problem, make)
        # Measured: 22, 80, 400, 1500 microseconds an operation for the orders 1 to 4.
        _check_budget(function, problem.partial.order, 4**problem.partial.order)
        variables = function.variables

        def derivative(*inputs: Any) -> Any:
            return function.with_coefficients(inputs[: len(variables)], inputs[len(variables) :])

        inputs = (*leaves.values(), *function.coefficients)
        zero, one = make(Fraction(0)), make(Fraction(1))
        for name in problem.partial.names:
            derivative = _pushed(torch, derivative)
            tangents = [zero] * len(inputs)
            tangents[variables.index(name)] = one
            inputs = (*inputs, *tangents)
        value = derivative(*inputs)
        nodes = function.operations * function.evaluations * problem.partial.order
        return Estimate(value.item(), None, nodes, None, self.dtype, self.device)


def _tensor_maker(torch: Any, dtype: str, device: str) -> Callable[[Fraction], Any]:
    to_float = FLOAT64.convert if dtype == "float64" else to_float32
    torch_dtype = getattr(torch, dtype)

    def make(value: Fraction) -> Any:
        return torch.tensor(float(to_float(value)), dtype=torch_dtype, device=device)

    return make


def _on_device(
    problem: DerivativeProblem, make: Callable[[Fraction], Any]
) -> tuple[ScalarFunction, dict[str, Any]]:
    """Return f over tensors, and the point as tensors by name."""
    f = problem.polynomial
    problem.partial.multi_index(f.variables)
    function = ScalarFunction(f, make)
    coordinates = problem.point.in_order(f.variables)
    return function, {
        name: converted(value, make) for name, value in zip(f.variables, coordinates, strict=True)
    }


def _check_budget(function: ScalarFunction, order: int, growth: int) -> None:
    """Refuse what would take more than some seconds: each order multiplies the work."""
    if function.operations * growth > HIGHEST_WORK:
        raise LimitError(
            f"Order {order} of {function.operations} operations takes autograd too long; "
            "take a lower order or another method."
        )


def _gradient(torch: Any, value: Any, leaf: Any, create_graph: bool) -> Any:
    """Return ``d value / d leaf``; an exact zero where the one does not depend on the other."""
    if not value.requires_grad:
        return torch.zeros_like(value)
    (gradient,) = torch.autograd.grad(value, leaf, create_graph=create_graph, allow_unused=True)
    return torch.zeros_like(value) if gradient is None else gradient


def _pushed(torch: Any, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the directional derivative; it takes the inputs of ``function``, then the direction.

    Coefficients and earlier directions are inputs too, with zeros for their tangents: PyTorch
    multiplies a dual number by a constant 15 to 20 times slower than by another dual number.
    """

    def derivative(*inputs: Any) -> Any:
        half = len(inputs) // 2
        return torch.func.jvp(function, inputs[:half], inputs[half:])[1]

    return derivative
