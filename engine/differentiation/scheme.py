"""A difference quotient laid out: the points at which f is evaluated, and how they combine."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import product
from math import prod
from operator import add, mul
from typing import Any

import numpy as np

from engine.differentiation.rational_complex import RationalComplex
from engine.differentiation.stencil import StencilPart
from engine.differentiation.step import shifted
from engine.evaluation.arrays import Numbers


@dataclass(frozen=True, slots=True, eq=False)
class StencilPoint:
    """One evaluation of f.

    Attributes:
        coordinates: In the order of the variables of f, in the number type of the evaluation.
        offsets: How far from the point, in steps along each variable of f; imaginary steps for
            the complex step.
        weight: What the value is multiplied by; the sum is divided by the steps.
    """

    coordinates: tuple[Any, ...]
    offsets: tuple[int, ...]
    weight: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Quotient(ABC):
    """Everything a difference quotient needs besides the values of f.

    A step, and with it the coordinates, may be an array: then this is one quotient for each.

    Attributes:
        coordinates: The point, in the order of the variables of f.
        parts: A stencil and a step for each variable that is differentiated by.
        points: Where f is evaluated, in the order of evaluation.
    """

    coordinates: tuple[Any, ...]
    parts: tuple[StencilPart, ...]
    points: tuple[StencilPoint, ...]

    @abstractmethod
    def combine(self, values: Sequence[Any]) -> Any:
        """Return the quotient of the values of f at the points."""

    def without_points(self) -> Quotient:
        """Return what is needed to judge the quotient, without the arrays of its points."""
        return type(self)(self.coordinates, self.parts, ())

    def apply(self, f: Callable[[Sequence[Any]], Any]) -> Any:
        """Return the quotient of ``f``, which takes its coordinates in the order of variables."""
        return self.combine([f(point.coordinates) for point in self.points])


@dataclass(frozen=True, slots=True, eq=False)
class NestedQuotient(Quotient):
    """The quotient of the quotient ...; each order doubles the evaluations.

    Attributes:
        steps: Variable and signed step, in the order of differentiation.
    """

    steps: tuple[tuple[int, Any], ...]

    def without_points(self) -> Quotient:
        """See :meth:`Quotient.without_points`."""
        return NestedQuotient(self.coordinates, self.parts, (), self.steps)

    def combine(self, values: Sequence[Any]) -> Any:
        """See :meth:`Quotient.combine`; every second value belongs to the point that is moved."""
        for _, step in self.steps:
            pairs = zip(values[::2], values[1::2], strict=True)
            values = [(moved - unmoved) / step for moved, unmoved in pairs]
        return values[0]


@dataclass(frozen=True, slots=True, eq=False)
class TensorQuotient(Quotient):
    """The sum of weights times values over the product of one stencil a variable."""

    def combine(self, values: Sequence[Any]) -> Any:
        """See :meth:`Quotient.combine`."""
        whole = map(prod, product(*(part.stencil.whole for part in self.parts)))
        total = reduce(add, (weight * value for weight, value in zip(whole, values, strict=True)))
        # One division after the other: the product of the steps can underflow.
        for part in self.parts:
            total = total / part.stencil.denominator
            for _ in range(part.stencil.derivative):
                total = total / part.step
        return total


@dataclass(frozen=True, slots=True, eq=False)
class ImaginaryQuotient(Quotient):
    """``Im f(x + ih) / h``: one evaluation, and nothing is subtracted."""

    def combine(self, values: Sequence[Any]) -> Any:
        """See :meth:`Quotient.combine`."""
        (value,) = values
        (part,) = self.parts
        return (value.imag if isinstance(value, RationalComplex) else 0 * value) / part.step


def stacked(quotients: Sequence[Quotient], dtype: Any) -> Quotient:
    """Return quotients that differ in their steps as one, without its points.

    Its steps have the shape ``(len(quotients), 1)``.
    """
    first = quotients[0]
    parts = tuple(
        replace(part, step=np.array([one.parts[number].step for one in quotients], dtype)[:, None])
        for number, part in enumerate(first.parts)
    )
    return replace(first, parts=parts, points=())


def part_denominator(parts: Sequence[StencilPart]) -> int:
    """Return the product of the denominators of the stencils."""
    return reduce(lambda total, part: total * part.stencil.denominator, parts, 1)


def nested(
    coordinates: Sequence[Any],
    parts: Sequence[StencilPart],
    steps: Sequence[tuple[int, Any]],
    sign: int,
    names: Sequence[str],
) -> NestedQuotient:
    """Lay out the nested quotient, in the order of differentiation.

    Args:
        coordinates: The point.
        parts: The same quotient as a product of stencils.
        steps: Position of the variable and signed step, the first differentiation first.
        sign: 1 looks forward, -1 backward.
        names: Of the variables, for messages.

    Raises:
        StepVanishesError: ``x + h`` rounds to ``x``; in an array, such samples become nan.
    """
    start = StencilPoint(tuple(coordinates), (0,) * len(coordinates), Fraction(1))
    points = [start]
    # The last differentiation is the outermost: its shift comes first.
    for index, step in reversed(steps):
        points = [
            point for before in points for point in _pair(before, index, step, sign, names[index])
        ]
    return NestedQuotient(start.coordinates, tuple(parts), tuple(points), tuple(steps))


def _pair(
    point: StencilPoint, index: int, step: Any, sign: int, name: str
) -> tuple[StencilPoint, StencilPoint]:
    """Return the two points whose values the quotient along one variable subtracts."""
    coordinates, offsets = list(point.coordinates), list(point.offsets)
    coordinates[index] = shifted(coordinates[index], step, name)
    offsets[index] += sign
    negative = -point.weight
    return (
        StencilPoint(tuple(coordinates), tuple(offsets), point.weight if sign > 0 else negative),
        StencilPoint(point.coordinates, point.offsets, negative if sign > 0 else point.weight),
    )


def tensor(coordinates: Sequence[Any], parts: Sequence[StencilPart]) -> TensorQuotient:
    """Lay out the product of one stencil a variable."""
    nodes = [
        zip(part.stencil.offsets, _moved(coordinates[part.index], part), strict=True)
        for part in parts
    ]
    weights = map(_product, product(*(part.stencil.weights for part in parts)))
    points = []
    for node, weight in zip(product(*nodes), weights, strict=True):
        at, offsets = list(coordinates), [0] * len(coordinates)
        for part, (offset, moved) in zip(parts, node, strict=True):
            at[part.index], offsets[part.index] = moved, offset
        points.append(StencilPoint(tuple(at), tuple(offsets), weight))
    return TensorQuotient(tuple(coordinates), tuple(parts), tuple(points))


def _moved(x: Any, part: StencilPart) -> Iterable[Any]:
    """Return where along its variable the stencil evaluates f: a number or an array each."""
    offsets, step = part.stencil.offsets, part.step
    if not isinstance(step, np.ndarray):
        return [x + offset * step for offset in offsets]
    each = np.array(offsets, step.dtype).reshape(-1, *(1,) * step.ndim)
    moved: Numbers = x + each * step
    return moved


def _product(weights: Sequence[Fraction]) -> Fraction:
    return reduce(mul, weights)


def imaginary(coordinates: Sequence[Any], part: StencilPart) -> ImaginaryQuotient:
    """Lay out the complex step."""
    moved, offsets = list(coordinates), [0] * len(coordinates)
    moved[part.index] = RationalComplex(coordinates[part.index], part.step)
    offsets[part.index] = 1
    point = StencilPoint(tuple(moved), tuple(offsets), Fraction(1))
    return ImaginaryQuotient(tuple(coordinates), (part,), (point,))
