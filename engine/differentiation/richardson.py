"""Richardson extrapolation of difference quotients, with an error estimate that holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np

from engine.differentiation.arithmetic import (
    DIFFERENCE_TYPES,
    DTYPE,
    Arithmetic,
    nearest_float,
    value_of_f,
)
from engine.differentiation.method import (
    DerivativeProblem,
    Estimate,
    MethodTraits,
    Parameter,
    ParameterValue,
    check_parameters,
)
from engine.differentiation.stencil import (
    StencilPart,
    apply_stencils,
    central_stencil,
    count_points,
    forward_stencil,
)
from engine.differentiation.step import AUTO, read_step, size_of, step_parameter, taken_step
from engine.evaluation.scalar import ScalarFunction
from engine.polynomial import Polynomial

LEVELS = 7
"""Quotients that are extrapolated: with h, h/2, ..., h/64."""

SAFETY = 4
"""Factor on the differences within the table: without it 1 in 2,000 random cases was too small."""

AUTO_STEP = Fraction(1, 8)
"""The first, largest step, relative to ``max(1, |x|)``; half of it for each further order."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the table: a value, what is missing by estimate, what rounding can have cost."""

    value: Any
    spread: Any
    rounding: float

    @property
    def total(self) -> float:
        return nearest_float(self.spread) + self.rounding


@dataclass(frozen=True, slots=True)
class RichardsonExtrapolation:
    """Quotients with h, h/2, h/4, ... combined so that the first powers of h cancel.

    The error of a central quotient has the powers h**2, h**4, ..., that of a forward one h, h**2,
    .... Of the table the entry with the smallest estimate is the value. The estimate is four times
    the largest difference to the last three entries that it was made of, plus a bound on all
    rounding: the second part always holds, the first where the table converges.

    Source: Richardson (1911), Phil. Trans. R. Soc. A 210, pp. 307-357; Ridders, Advances in
    Engineering Software 4 (1982), pp. 75-76, for taking the best entry of the table.
    """

    step: ParameterValue = AUTO
    scheme: str = "central"
    dtype: str = "float64"

    key: ClassVar[str] = "richardson"
    traits: ClassVar[MethodTraits] = MethodTraits(
        exact=False,
        truncation_order=2,
        cost="evaluations",
        parameters=(
            step_parameter(AUTO),
            Parameter("scheme", "Scheme", "central", ("central", "forward")),
            DTYPE,
        ),
    )

    def __post_init__(self) -> None:
        check_parameters(self)
        read_step(self.step)

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        """Return the best entry of the table; :attr:`Estimate.step` is the first, largest step."""
        f, arithmetic = problem.polynomial, DIFFERENCE_TYPES[self.dtype]
        if not problem.partial.order:
            value, function = value_of_f(f, problem.point, arithmetic)
            return Estimate(value, None, function.evaluations, None, self.dtype)
        coordinates = arithmetic.coordinates(f, problem.point)
        with np.errstate(all="ignore"):
            levels = [
                self._parts(problem, coordinates, level, arithmetic) for level in range(LEVELS)
            ]
            # One evaluation more for each level bounds its rounding.
            work = LEVELS * (count_points(levels[0]) + 1)
            arithmetic.check_budget(f, problem.point, work)
            function = ScalarFunction(f, arithmetic.convert)
            quotients = [apply_stencils(function, coordinates, parts) for parts in levels]
            roundings, bounding = _rounding_bounds(f, coordinates, levels, arithmetic)
            best = _best_entry(quotients, roundings, 2 if self.scheme == "central" else 1)
        first = f.variables.index(problem.partial.names[0])
        return Estimate(
            value=arithmetic.result(best.value),
            error_estimate=best.total,
            evaluations=function.evaluations + bounding,
            step=next(nearest_float(part.step) for part in levels[0] if part.index == first),
            dtype=self.dtype,
        )

    def _parts(
        self,
        problem: DerivativeProblem,
        coordinates: Sequence[Any],
        level: int,
        arithmetic: Arithmetic,
    ) -> list[StencilPart]:
        variables = problem.polynomial.variables
        parts = []
        for index, count in enumerate(problem.partial.multi_index(variables)):
            if count:
                x = problem.point[variables[index]]
                # Higher orders reach farther: without this their tables do not converge.
                narrower = 2 ** (problem.partial.order - 1)
                first = read_step(self.step) or AUTO_STEP * 2 ** size_of(x) / narrower
                h = first / 2**level
                taken = taken_step(coordinates[index], h, arithmetic, variables[index])
                stencil = (
                    central_stencil(count, 2)
                    if self.scheme == "central"
                    else forward_stencil(count)
                )
                parts.append(StencilPart(index, stencil, taken))
        return parts


def _rounding_bounds(
    f: Polynomial,
    coordinates: Sequence[Any],
    levels: Sequence[Sequence[StencilPart]],
    arithmetic: Arithmetic,
) -> tuple[list[float], int]:
    """Return for each quotient what rounding can have cost at most, and the evaluations it took.

    An evaluation of f that makes n roundings is off by at most ``n u S`` (to first order in u),
    with S the sum of the terms' absolute values; a quotient by that times its absolute weights.

    Source: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), section 3.1.
    """
    if arithmetic.precision is None:
        return [0.0] * len(levels), 0
    terms = {exponents: abs(value) for exponents, value in f.terms().items()}
    sizes = ScalarFunction(Polynomial(f.variables, terms), float)
    # Conversion of x, its shift and the multiplications by it; coefficients, additions, the rest.
    roundings = 3 * f.degree + len(f) + 8 * len(levels[0]) + 8
    bounds = []
    for parts in levels:
        reach = [abs(float(x)) for x in coordinates]
        weight = 1.0
        for part in parts:
            stencil, step = part.stencil, abs(float(part.step))
            reach[part.index] += max(map(abs, stencil.offsets)) * step
            weight *= float(sum(map(abs, stencil.weights)))
            for _ in range(stencil.derivative):
                weight /= step
        bounds.append(roundings * arithmetic.unit_roundoff * sizes(reach) * weight)
    return bounds, sizes.evaluations


def _best_entry(quotients: Sequence[Any], roundings: Sequence[float], power: int) -> _Entry:
    """Return the entry of the extrapolation table with the smallest error estimate.

    Column k combines two entries of column k-1 so that the error term ``h**(power*k)`` cancels:
    ``T[j][k] = T[j][k-1] + (T[j][k-1] - T[j-1][k-1]) / (2**(power*k) - 1)``.
    """
    column, bounds = list(quotients), list(roundings)
    candidates = []
    for k in range(1, len(quotients) - 1):
        factor = 2 ** (power * k) - 1
        rises = [later - earlier for earlier, later in pairwise(column)]
        extrapolated = [
            later + rise / factor for later, rise in zip(column[1:], rises, strict=True)
        ]
        extrapolated_bounds = [
            later + (later + earlier) / factor for earlier, later in pairwise(bounds)
        ]
        # Three entries behind each candidate: two can agree by chance and both be wrong.
        candidates += [
            _Entry(
                extrapolated[j],
                SAFETY * max(abs(extrapolated[j] - column[j + back]) for back in (1, 0, -1)),
                extrapolated_bounds[j],
            )
            for j in range(1, len(extrapolated))
        ]
        column, bounds = extrapolated, extrapolated_bounds
    defined = [entry for entry in candidates if not math.isnan(entry.total)]
    return min(defined or candidates, key=lambda entry: entry.total)
