"""Richardson extrapolation of difference quotients, with an error estimate that holds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, ClassVar

from engine.differentiation.arithmetic import DTYPE, Arithmetic, nearest_float
from engine.differentiation.difference_method import DifferenceMethod, Entry, Outcome
from engine.differentiation.method import DerivativeProblem, MethodTraits, Parameter
from engine.differentiation.scheme import Quotient, tensor
from engine.differentiation.stencil import StencilPart, central_stencil, forward_stencil
from engine.differentiation.step import (
    AUTO,
    converted_step,
    read_step,
    size_of,
    step_parameter,
    taken_step,
)
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
    """One entry of the table: a value, what is missing by estimate, what rounding can have cost.

    ``row`` is the last level that it is made of, ``column`` the number of extrapolations.
    """

    value: Any
    spread: Any
    rounding: float
    row: int
    column: int

    @property
    def total(self) -> float:
        return nearest_float(self.spread) + self.rounding


@dataclass(frozen=True, slots=True)
class RichardsonExtrapolation(DifferenceMethod):
    """Quotients with h, h/2, h/4, ... combined so that the first powers of h cancel.

    The error of a central quotient has the powers h**2, h**4, ..., that of a forward one h, h**2,
    .... Of the table the entry with the smallest estimate is the value. The estimate is four times
    the largest difference to the last three entries that it was made of, plus a bound on all
    rounding: the second part always holds, the first where the table converges. The step that is
    told is the first, largest one.

    Source: Richardson (1911), Phil. Trans. R. Soc. A 210, pp. 307-357; Ridders, Advances in
    Engineering Software 4 (1982), pp. 75-76, for taking the best entry of the table.
    """

    scheme: str = "central"

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

    @property
    def power(self) -> int:
        """The error of a quotient has the powers of h that are multiples of this."""
        return 2 if self.scheme == "central" else 1

    @property
    def bounding(self) -> int:
        """See :attr:`DifferenceMethod.bounding`; one a level, where there is rounding."""
        return 0 if self.arithmetic.precision is None else LEVELS

    def lay_out(self, problem: DerivativeProblem, h: Any = None) -> tuple[Quotient, ...]:
        """See :meth:`DifferenceMethod.lay_out`; one quotient a level, ``h`` the first step."""
        return tuple(self._level(problem, h, level) for level in range(LEVELS))

    def _level(self, problem: DerivativeProblem, h: Any, level: int) -> Quotient:
        f = problem.polynomial
        coordinates = self.arithmetic.coordinates(f, problem.point)
        parts = []
        for index, count in enumerate(problem.partial.multi_index(f.variables)):
            if count:
                name = f.variables[index]
                step = self._own_level_step(problem, name, level) if h is None else h / 2**level
                taken = taken_step(coordinates[index], step, name)
                stencil = (
                    central_stencil(count, 2)
                    if self.scheme == "central"
                    else forward_stencil(count)
                )
                parts.append(StencilPart(index, stencil, taken))
        return tensor(coordinates, parts)

    def _own_level_step(self, problem: DerivativeProblem, name: str, level: int) -> Any:
        # Higher orders reach farther: without this their tables do not converge.
        narrower = 2 ** (problem.partial.order - 1)
        own = AUTO_STEP * Fraction(2) ** size_of(problem.point[name]) / narrower
        return converted_step((read_step(self.step) or own) / 2**level, self.arithmetic)

    def outcome(
        self, problem: DerivativeProblem, quotients: Sequence[Quotient], values: Sequence[Any]
    ) -> Outcome:
        """See :meth:`DifferenceMethod.outcome`; the best entry of the table."""
        roundings = _rounding_bounds(problem.polynomial, quotients, self.arithmetic)
        best = _best_entry(values, roundings, self.power)
        return Outcome(best.value, best.total, (best.row, best.column))

    def shares(self, entry: Entry) -> tuple[Fraction, ...]:
        """See :meth:`DifferenceMethod.shares`.

        ``T[j][k]`` is ``(2**(power*k) T[j][k-1] - T[j-1][k-1]) / (2**(power*k) - 1)``.
        """
        row, column = entry
        if not column:
            return tuple(Fraction(level == row) for level in range(LEVELS))
        factor = Fraction(2 ** (self.power * column))
        later, earlier = (self.shares((j, column - 1)) for j in (row, row - 1))
        return tuple(
            (factor * one - other) / (factor - 1) for one, other in zip(later, earlier, strict=True)
        )

    def entry_bound(self, entry: Entry, values: Sequence[Any], bounds: Sequence[float]) -> float:
        """See :meth:`DifferenceMethod.entry_bound`.

        To the bounds of the two entries that each entry is made of comes the rounding of its own
        three operations: at most ``2u`` of the rise over the divisor for the difference and the
        division, and ``u`` of the result for the sum; where one underflows, the smallest number.
        """
        row, last = entry
        u, eta = 1.01 * self.arithmetic.unit_roundoff, self.arithmetic.smallest
        column, costs = list(values), list(bounds)
        for k in range(1, last + 1):
            factor = 2 ** (self.power * k) - 1
            rises = [later - earlier for earlier, later in pairwise(column)]
            column = [later + rise / factor for later, rise in zip(column[1:], rises, strict=True)]
            costs = [
                later
                + (later + earlier + 2 * u * abs(float(rise))) / factor
                + u * abs(float(made))
                + 3 * eta
                for (earlier, later), rise, made in zip(pairwise(costs), rises, column, strict=True)
            ]
        return costs[row - last]


def _rounding_bounds(
    f: Polynomial, quotients: Sequence[Quotient], arithmetic: Arithmetic
) -> list[float]:
    """Return for each quotient what rounding can have cost at most, from one evaluation each.

    An evaluation of f that makes n roundings is off by at most ``n u S`` (to first order in u),
    with S the sum of the terms' absolute values; a quotient by that times its absolute weights.

    Source: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), section 3.1.
    """
    if arithmetic.precision is None:
        return [0.0] * len(quotients)
    terms = {exponents: abs(value) for exponents, value in f.terms().items()}
    sizes = ScalarFunction(Polynomial(f.variables, terms), float)
    # Conversion of x, its shift and the multiplications by it; coefficients, additions, the rest.
    roundings = 3 * f.degree + len(f) + 8 * len(quotients[0].parts) + 8
    bounds = []
    for quotient in quotients:
        reach = [abs(float(x)) for x in quotient.coordinates]
        weight = 1.0
        for part in quotient.parts:
            stencil, step = part.stencil, abs(float(part.step))
            reach[part.index] += max(map(abs, stencil.offsets)) * step
            weight *= float(sum(map(abs, stencil.weights)))
            for _ in range(stencil.derivative):
                weight /= step
        bounds.append(roundings * arithmetic.unit_roundoff * sizes(reach) * weight)
    return bounds


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
                row=j + k,
                column=k,
            )
            for j in range(1, len(extrapolated))
        ]
        column, bounds = extrapolated, extrapolated_bounds
    defined = [entry for entry in candidates if not math.isnan(entry.total)]
    return min(defined or candidates, key=lambda entry: entry.total)
