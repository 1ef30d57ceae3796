"""A wrong method: twice the derivative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.differentiation.difference_method import Outcome
from engine.differentiation.finite_difference import CentralDifference
from engine.differentiation.method import DerivativeProblem
from engine.differentiation.scheme import Quotient


@dataclass(frozen=True, slots=True)
class TwiceTheDerivative(CentralDifference):
    """Twice the central difference."""

    key: ClassVar[str] = "twice"

    def outcome(
        self, problem: DerivativeProblem, quotients: Sequence[Quotient], values: Sequence[Any]
    ) -> Outcome:
        """See :meth:`DifferenceMethod.outcome`; wrong by a factor of 2."""
        return Outcome(2 * values[0])
