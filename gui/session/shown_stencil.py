"""ShownStencil: where one difference quotient evaluates f, as every plot shows it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.differentiation import registry
from engine.differentiation.difference_method import DifferenceMethod
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.rational_complex import RationalComplex
from engine.differentiation.scheme import Quotient, StencilPoint
from engine.errors import EngineError
from engine.evaluation.arrays import Floats
from engine.evaluation.scalar import ScalarFunction
from engine.exact import nearest_float
from engine.partial import Partial
from engine.worksheet.worksheet import Inputs
from gui.look.number_format import show_set
from gui.session.difference_schemes import current_step, difference_choices, lay_out, looked_at
from gui.session.selection import Selection


@dataclass(frozen=True, slots=True, eq=False)
class ShownStencil:
    """The stencil of the scheme and the derivative that are looked at.

    Attributes:
        scheme: Key of the scheme.
        text: Which quotient it is, e.g. ``"forward difference of ∂f/∂a, h = 0.5"``.
        points: The points that the method evaluates.
        places: The same along the plotted axes; shape ``(n, 1)`` or ``(n, 2)``.
        values: f there; shape ``(n,)``; not finite where it does not fit the number type.
        slopes: The quotient along each plotted axis: how the secant plane rises; not finite
            where there is none.
    """

    scheme: str
    text: str
    points: tuple[StencilPoint, ...]
    places: Floats
    values: Floats
    slopes: tuple[float, ...]


def read_stencil(
    inputs: Inputs, choices: Sequence[MethodChoice], selection: Selection
) -> ShownStencil | None:
    """Return the stencil that is looked at; None where there is none in the plotted plane.

    The complex step has none: its point lies off the real axes.
    """
    f, partial = inputs.reading.polynomial, selection.partial
    if partial is None or not set(partial.names) <= set(f.variables) or not inputs.axes:
        return None
    schemes = difference_choices(choices, partial.order)
    choice = looked_at(schemes, selection.scheme)
    if choice is None:
        return None
    problem = DerivativeProblem(inputs.reading.expression, f, partial, inputs.point)
    laid_out = lay_out(problem, choice)
    if laid_out is None:
        return None
    method, quotients = laid_out
    points = tuple(point for quotient in quotients for point in quotient.points)
    if any(isinstance(x, RationalComplex) for point in points for x in point.coordinates):
        return None
    indices = [f.variables.index(name) for name in inputs.axes]
    step = show_set(current_step(problem, choice))
    return ShownStencil(
        choice.key,
        f"{registry.find(choice.key).label.lower()} of {partial}, h {step}",
        points,
        np.array([[nearest_float(point.coordinates[i]) for i in indices] for point in points]),
        np.array(_floats(_values(method, problem, quotients))),
        tuple(_slope(problem, choice, name) for name in inputs.axes),
    )


def _values(
    method: DifferenceMethod, problem: DerivativeProblem, quotients: Sequence[Quotient]
) -> Sequence[Any]:
    """Return f at every point, as the method computes it; one evaluation for all of them."""
    points = [point for quotient in quotients for point in quotient.points]
    columns = zip(*(point.coordinates for point in points), strict=True)
    kind = object if method.arithmetic.precision is None else method.arithmetic.dtype
    try:
        function = ScalarFunction(problem.polynomial, method.arithmetic.convert)
    except EngineError:
        return [math.nan] * len(points)
    with np.errstate(all="ignore"):
        values = function([np.array(column, dtype=kind) for column in columns])
    return list(np.broadcast_to(values, (len(points),)))


def _slope(problem: DerivativeProblem, choice: MethodChoice, name: str) -> float:
    """Return the quotient along one variable: what the comparison has in its row."""
    along = replace(problem, partial=Partial((name,)))
    laid_out = lay_out(along, choice)
    if laid_out is None:
        return math.nan
    method, quotients = laid_out
    values = _values(method, along, quotients)
    combined, start = [], 0
    with np.errstate(all="ignore"):
        for quotient in quotients:
            stop = start + len(quotient.points)
            combined.append(quotient.combine(values[start:stop]))
            start = stop
        return _floats([method.outcome(along, quotients, combined).value])[0]


def _floats(values: Sequence[Any]) -> list[float]:
    return [nearest_float(value) for value in values]
