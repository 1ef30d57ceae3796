"""RegularGrid and GradientField: where f is sampled, and f with its gradient at those nodes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.errors import LimitError
from engine.evaluation.arrays import Floats
from engine.evaluation.grid import evaluate_on_grid
from engine.limits import LIMITS
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial
from engine.writing.names import canonical_name

Axis = tuple[str, float, float, int]
"""Variable, first node, last node, number of nodes."""


@dataclass(frozen=True, slots=True)
class RegularGrid:
    """Equally spaced nodes along one or two variables; indexing is ``"ij"``.

    Attributes:
        x: Variable, first node, last node, number of nodes (at least 2). The name is taken in
            every spelling that is read as one variable.
        y: The same for the second variable; None for a curve.

    Raises:
        LimitError: Fewer than 2 nodes or no whole number of them, a range that is empty, not
            finite, too wide for a float or too narrow for so many different floats, the same
            variable twice, or more nodes than the budget.
    """

    x: Axis
    y: Axis | None = None

    def __post_init__(self) -> None:
        for field, (name, *range_) in zip(("x", "y"), self.axes, strict=False):
            object.__setattr__(self, field, (canonical_name(name), *range_))
        for axis in self.axes:
            _check_axis(*axis)
        names = self.variables
        if len(set(names)) < len(names):
            raise LimitError(f"Both axes show {names[0]}; choose two different variables.")
        nodes = math.prod(count for *_, count in self.axes)
        if nodes > LIMITS.grid_nodes:
            raise LimitError(
                f"The grid has {nodes} nodes; up to {LIMITS.grid_nodes} are computed. "
                "Take fewer along each axis."
            )

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The one or two axes, x first."""
        return (self.x,) if self.y is None else (self.x, self.y)

    @property
    def variables(self) -> tuple[str, ...]:
        """The variable of each axis, x first."""
        return tuple(name for name, *_ in self.axes)

    @property
    def nodes(self) -> tuple[Floats, ...]:
        """The nodes along each axis, x first; shapes ``(nx,)`` and ``(ny,)``."""
        return tuple(np.linspace(first, last, count) for _, first, last, count in self.axes)


def _check_axis(name: str, first: float, last: float, count: object) -> None:
    if not isinstance(count, int | np.integer):
        raise LimitError(f"The axis {name} has {count!r} nodes; a whole number is needed.")
    if count < 2:
        raise LimitError(f"The axis {name} has {count} nodes; at least 2 are needed.")
    if not math.isfinite(last - first):
        both_finite = math.isfinite(first) and math.isfinite(last)
        fault = "is too wide for floats" if both_finite else "is not finite"
        raise LimitError(f"The range of {name}, {first} to {last}, {fault}.")
    if not first < last:
        raise LimitError(
            f"The range of {name}, {first} to {last}, is empty; first < last is needed."
        )
    if (last - first) / (count - 1) < math.ulp(max(abs(first), abs(last))):
        raise LimitError(
            f"Between {first} and {last} there are fewer than {count} floats; "
            f"widen the range of {name}."
        )


@dataclass(frozen=True, slots=True, eq=False)
class GradientField:
    """f and its gradient at the nodes ``(x[i], y[j])``; the first index follows x.

    Attributes:
        polynomial: f.
        point: Holds the variables that are not axes.
        grid: The nodes.
        values: f; shape ``(nx, ny)``, or ``(nx,)`` without y.
        dx: ``df/dx``, unit ``[f]/[x]``; same shape.
        dy: ``df/dy``, unit ``[f]/[y]``; same shape; None without y.

    Samples that overflow are kept as inf or nan, never replaced.

    Source: the gradient as the vector of first partials, Apostol, *Calculus II* (1969), 8.12.
    """

    polynomial: Polynomial
    point: Point
    grid: RegularGrid
    values: Floats
    dx: Floats
    dy: Floats | None

    @property
    def x(self) -> Floats:
        """Nodes along x; shape ``(nx,)``."""
        return self.grid.nodes[0]

    @property
    def y(self) -> Floats | None:
        """Nodes along y; shape ``(ny,)``; None for a curve."""
        return None if self.grid.y is None else self.grid.nodes[1]


def sample(f: Polynomial, grid: RegularGrid, at: Point) -> GradientField:
    """Evaluate ``f`` and its gradient on ``grid``, the other variables held at ``at``.

    Accuracy and cost: :func:`engine.evaluation.grid.evaluate_on_grid`.

    Raises:
        PartialError: f has no such variable as an axis shows.
        PointError: A variable that is no axis has no coordinate.
        NumberRangeError: A coefficient does not fit a float.
    """
    Partial(grid.variables).multi_index(f.variables)
    values, dx, *rest = evaluate_on_grid(f, grid.variables, grid.nodes, at)
    return GradientField(f, at, grid, values, dx, rest[0] if rest else None)
