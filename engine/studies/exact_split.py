"""The error of a swept scheme, split exactly into truncation and the rest, a step at a time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from flint import fmpq

from engine.differentiation.sweep import Sweep
from engine.differentiation.truncation import QuotientSeries
from engine.exact import to_flint


@dataclass(frozen=True, eq=False)
class ExactSplit:
    """Exact numbers of FLINT, which is several times as fast with them as fractions are.

    Attributes:
        swept: The scheme at n steps.
        series: Of one of its quotients.
        exact: The derivative.
    """

    swept: Sweep
    series: QuotientSeries
    exact: Fraction

    def truncation(self, index: int) -> fmpq | None:
        """Return the scheme in exact arithmetic, with the steps as stored, less the derivative.

        None where a step is lost; for quotients that are combined where there is no value, too.
        """
        if self.swept.lost[index]:
            return None
        if self.swept.method.levels == 1:
            return self.series.truncation(self._steps(0, index))
        if math.isnan(self._values[index]):
            return None
        shares = self._shares[self.swept.picks[index]]
        return sum(
            (
                share * self.series.truncation(self._steps(level, index))
                for level, share in enumerate(shares)
                if share
            ),
            fmpq(0),
        )

    def total(self, index: int) -> fmpq | None:
        """Return what the scheme gives less the derivative; None where there is no value."""
        value = self._values[index]
        return None if math.isnan(value) else to_flint(value) - self._derivative

    def _steps(self, level: int, index: int) -> list[fmpq]:
        return [to_flint(steps[level][index]) for steps in self._stored]

    @cached_property
    def _stored(self) -> list[list[list[float]]]:
        """The signed steps of each part, level and step."""
        return [part.step.tolist() for part in self.swept.quotient.parts]

    @cached_property
    def _values(self) -> list[float]:
        values: list[float] = self.swept.values.tolist()
        return values

    @cached_property
    def _shares(self) -> list[Sequence[fmpq]]:
        method = self.swept.method
        return [[to_flint(share) for share in method.shares(entry)] for entry in method.entries]

    @cached_property
    def _derivative(self) -> fmpq:
        return to_flint(self.exact)


def log_of(value: fmpq | Fraction | float) -> float:
    """Return log |value|, also of what no float holds."""
    exact = value if isinstance(value, fmpq) else to_flint(value)
    return math.log(abs(int(exact.p))) - math.log(int(exact.q))
