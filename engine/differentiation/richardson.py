"""Richardson extrapolation of difference quotients, with an error estimate that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from engine.differentiation.difference_method import DifferenceMethod, Outcome, Outcomes, StepOf
from engine.differentiation.extrapolation import (
    BestEntries,
    Entry,
    best_entries,
    candidate_bounds,
    candidates,
    shares,
)
from engine.differentiation.method import DerivativeProblem, MethodTraits, Parameter
from engine.differentiation.rounding import tensor_bounds
from engine.differentiation.scheme import Quotient, TensorQuotient, stacked, tensor
from engine.differentiation.stencil import Stencil, StencilPart, central_stencil, forward_stencil
from engine.differentiation.step import (
    AUTO,
    DEFAULT_PRECISION,
    DTYPE,
    converted_step,
    read_step,
    size_of,
    step_parameter,
    taken_step,
)
from engine.evaluation.arrays import Floats, Numbers

LEVELS = 7
"""Quotients that are extrapolated: with h, h/2, ..., h/64."""

AUTO_STEP = Fraction(1, 8)
"""The first, largest step of a first derivative in float64, relative to ``max(1, |x|)``."""

_ROUNDINGS_OF_TABLE = 3 * (LEVELS - 2)
"""A difference, a division and a sum in each column."""

ORDER = 8
"""The order of accuracy that the first step is right for, as far as the table has it."""


@dataclass(frozen=True, slots=True)
class RichardsonExtrapolation(DifferenceMethod):
    """Quotients with h, h/2, h/4, ... combined so that the first powers of h cancel.

    The error of a central quotient has the powers h**2, h**4, ..., that of a forward one h, h**2,
    .... Of the table the entry with the smallest estimate is the value, among those whose column
    converges as far as can be seen. The step that is reported is the first, largest one; unless
    one is chosen it is :func:`own_first_step`, which grows with the order, as rounding does.

    The estimate has two parts. The bound on all rounding and underflow always holds: the value is
    no farther from the same entry of the exact quotients with the steps taken. Four times the
    largest difference to the last three entries that it was made of is an estimate of the rest. It
    is at least the error where the error falls, from the first of these three to the last, by more
    than 2/5. Where steps are far beyond the scale on which f changes, a forward table need not do
    that, and then the estimate can be too small.

    Source: Richardson (1911), Phil. Trans. R. Soc. A 210, pp. 307-357; Ridders, Advances in
    Engineering Software 4 (1982), pp. 75-76, for taking the best entry of the table; Stoer &
    Bulirsch, *Introduction to Numerical Analysis*, 3rd ed. (2002), section 3.5, for its error.
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
    levels: ClassVar[int] = LEVELS

    @property
    def power(self) -> int:
        """The error of a quotient has the powers of h that are multiples of this."""
        return 2 if self.scheme == "central" else 1

    @property
    def bounding(self) -> int:
        """See :attr:`DifferenceMethod.bounding`; as many as levels, where there is rounding.

        One for each level that is extrapolated, and one for underflow.
        """
        return 0 if self.arithmetic.precision is None else LEVELS

    def quotient(
        self, problem: DerivativeProblem, coordinates: Sequence[Any], step_of: StepOf
    ) -> Quotient:
        """See :meth:`DifferenceMethod.quotient`; that of one level."""
        f = problem.polynomial
        parts = []
        for index, count in enumerate(problem.partial.multi_index(f.variables)):
            if count:
                name = f.variables[index]
                taken = taken_step(coordinates[index], step_of(name), name)
                stencil = _stencil(count, self.power)
                parts.append(StencilPart(index, stencil, taken))
        return tensor(coordinates, parts)

    def own_step(self, problem: DerivativeProblem, name: str, level: int = 0) -> Any:
        """See :meth:`DifferenceMethod.own_step`; half of it for each further level."""
        step, halvings = read_step(self.step), level
        if step is None:
            precision = self.arithmetic.precision or DEFAULT_PRECISION
            step = own_first_step(problem.partial.order, self.power, precision)
            halvings -= size_of(problem.point[name])
        return converted_step(step * Fraction(2) ** -halvings, self.arithmetic)

    def outcome(
        self, problem: DerivativeProblem, quotients: Sequence[Quotient], values: Sequence[Any]
    ) -> Outcome:
        """See :meth:`DifferenceMethod.outcome`; the best entry of the table."""
        kind = object if self.arithmetic.precision is None else self.arithmetic.dtype
        levels = np.array(values, kind)[:, None]
        found = self._best(problem, stacked(quotients, kind), levels)
        return Outcome(
            found.values[0], float(found.estimates[0]), self.entries[int(found.picks[0])]
        )

    def outcomes(self, problem: DerivativeProblem, quotient: Quotient, values: Numbers) -> Outcomes:
        """See :meth:`DifferenceMethod.outcomes`; the best entry of each step that is not lost."""
        steps = [part.step for part in quotient.parts]
        kept = np.flatnonzero(np.isfinite(steps).all(axis=(0, 1)))
        parts = tuple(replace(part, step=part.step.take(kept, axis=1)) for part in quotient.parts)
        some = TensorQuotient(quotient.coordinates, parts, ())
        found = self._best(problem, some, values.take(kept, axis=1))
        chosen = np.full(values.shape[1], np.nan, values.dtype)
        picks = np.zeros(values.shape[1], np.intp)
        chosen[kept], picks[kept] = found.values, found.picks
        return Outcomes(chosen, picks)

    def _best(self, problem: DerivativeProblem, quotient: Quotient, values: Numbers) -> BestEntries:
        bounds = np.zeros(values.shape)
        if self.arithmetic.precision is not None:
            # No entry that can be the best is made of the first quotient.
            parts = tuple(replace(part, step=part.step[1:]) for part in quotient.parts)
            smaller = replace(quotient, parts=parts)
            bounds[1:] = tensor_bounds(
                problem.polynomial, smaller, self.arithmetic, _ROUNDINGS_OF_TABLE
            )
        return best_entries(values, bounds, self.power)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """See :attr:`DifferenceMethod.entries`."""
        return candidates(LEVELS)

    def shares(self, entry: Entry) -> tuple[Fraction, ...]:
        """See :meth:`DifferenceMethod.shares`."""
        return shares(entry, LEVELS, self.power)

    def entry_bounds(self, values: Numbers, bounds: Numbers) -> Floats:
        """See :meth:`DifferenceMethod.entry_bounds`."""
        arithmetic = self.arithmetic
        return candidate_bounds(
            values, bounds, self.power, arithmetic.unit_roundoff, arithmetic.smallest
        )


@lru_cache(maxsize=64)
def own_first_step(order: int, power: int, precision: int) -> Fraction:
    """Return the first, largest step, relative to ``max(1, |x|)``: a power of two.

    It is :data:`AUTO_STEP` for a first derivative in float64, and for others as much larger or
    smaller as :func:`_balanced` says. It is never larger than 1; nor does a one-sided stencil
    reach farther than 1/4: beyond the slope on which x lies it may find f flat, and believe it.

    Args:
        order: m.
        power: As for the table: 2 looks to both sides, 1 forward.
        precision: As of an :class:`Arithmetic`.
    """
    growth = _balanced(order, power, precision) - _balanced(1, power, DEFAULT_PRECISION)
    farthest = Fraction(1) if power == 2 else Fraction(1, 4 << (order - 1).bit_length())
    return min(AUTO_STEP * Fraction(2) ** round(growth), farthest)


def _balanced(order: int, power: int, precision: int) -> float:
    """Return log2 of the step that balances truncation and rounding of one entry.

    It is an entry of the column c of which the error has the order ``p = power*(c + 1)``:
    :data:`ORDER`, or what the last column has, so 8 for a central scheme and 6 for a forward one.
    It is made of c + 1 quotients. Its truncation is that of one with the geometric mean g of their
    steps, which grows as ``g**p``; its rounding is that of the last of them, ``eps / h**m`` with
    ``h = g / 2**(c/2)``. They are alike at ``g**(p+m) = eps * 2**(c*m/2)``.

    Source: Stoer & Bulirsch, *Introduction to Numerical Analysis*, 3rd ed. (2002), section 3.5.
    """
    column = min(LEVELS - 2, ORDER // power - 1)
    accuracy = power * (column + 1)
    return (column * order / 2 - precision) / (order + accuracy)


def _stencil(order: int, power: int) -> Stencil:
    return central_stencil(order, 2) if power == 2 else forward_stencil(order)
