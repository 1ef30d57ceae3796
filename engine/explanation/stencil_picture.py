"""A difference quotient as a picture shows it: its points, f there, and how its plane rises."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.differentiation import registry
from engine.differentiation.difference_method import (
    DifferenceMethod,
    EvaluatedQuotient,
    Outcome,
    first_step,
)
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.rational_complex import RationalComplex
from engine.differentiation.scheme import Quotient, StencilPoint
from engine.errors import EngineError
from engine.evaluation.arrays import Floats
from engine.exact import nearest_float
from engine.partial import Partial

MOST_WORK = 20_000_000
"""In rationals, evaluations times terms times the square of the words of their numbers: 0.1 s."""


@dataclass(frozen=True, slots=True, eq=False)
class StencilPicture:
    """Where one difference quotient evaluates f, as far as the axes show it.

    Attributes:
        scheme: Key of the method.
        partial: Which derivative.
        step: h along the first variable that is differentiated by; nan where no float holds it.
        points: The points that the method evaluates.
        places: The same along the axes; shape ``(n, len(axes))``.
        values: f there, as the method computes it; shape ``(n,)``; not finite where it does not
            fit the number type, or would keep a picture waiting.
        slopes: The quotient along each axis, as the comparison has it: how the secant plane
            rises; not finite where there is none.
    """

    scheme: str
    partial: Partial
    step: float
    points: tuple[StencilPoint, ...]
    places: Floats
    values: Floats
    slopes: tuple[float, ...]


def stencil_picture(
    problem: DerivativeProblem, choice: MethodChoice, axes: Sequence[str]
) -> StencilPicture | None:
    """Return the picture of a quotient; None where the method refuses to lay it out.

    The complex step has none: its point lies off the real axes.

    Args:
        problem: A derivative of order 1 or more.
        choice: A difference method with its step and number type.
        axes: The variables that are shown.
    """
    laid_out = _laid_out(problem, choice)
    if laid_out is None:
        return None
    method, quotients = laid_out
    points = tuple(point for quotient in quotients for point in quotient.points)
    if any(isinstance(x, RationalComplex) for point in points for x in point.coordinates):
        return None
    indices = [problem.polynomial.variables.index(name) for name in axes]
    evaluated = _evaluated(method, problem, quotients)
    values = (
        [math.nan] * len(points)
        if evaluated is None
        else [value for quotient in evaluated[0] for value in quotient.values]
    )
    step = nearest_float(first_step(problem, quotients))
    return StencilPicture(
        choice.key,
        problem.partial,
        step if math.isfinite(step) else math.nan,
        points,
        np.array([[nearest_float(point.coordinates[i]) for i in indices] for point in points]),
        np.array([nearest_float(value) for value in values]),
        tuple(_slope(problem, choice, name) for name in axes),
    )


def _laid_out(
    problem: DerivativeProblem, choice: MethodChoice
) -> tuple[DifferenceMethod, tuple[Quotient, ...]] | None:
    try:
        method = registry.make_difference(choice)
        return method, method.lay_out(problem)
    except EngineError:
        return None


def _evaluated(
    method: DifferenceMethod, problem: DerivativeProblem, quotients: Sequence[Quotient]
) -> tuple[list[EvaluatedQuotient], Outcome] | None:
    """Return the quotients with their numbers; None where there are none, or not soon enough."""
    f = problem.polynomial
    words = method.arithmetic.words(f, problem.point)
    if words > 1 and method.evaluations(quotients) * len(f) * words**2 > MOST_WORK:
        return None
    try:
        return method.evaluate(problem, quotients, at_once=True)
    except EngineError:
        return None


def _slope(problem: DerivativeProblem, choice: MethodChoice, name: str) -> float:
    along = replace(problem, partial=Partial((name,)))
    laid_out = _laid_out(along, choice)
    if laid_out is None:
        return math.nan
    method, quotients = laid_out
    evaluated = _evaluated(method, along, quotients)
    return math.nan if evaluated is None else nearest_float(evaluated[1].value)
