"""The steps of an error study: as floats at once, as exact numbers when one is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from engine.differentiation.method import ParameterValue
from engine.differentiation.step import read_step
from engine.errors import MethodUnavailableError
from engine.evaluation.arrays import Floats
from engine.exact import nearest_float


@dataclass(frozen=True, eq=False)
class StudySteps:
    """Positive numbers, each the decimal that was written.

    Attributes:
        asked: Floats as they were given; what was given otherwise, exactly.
        floats: The nearest float64 of each, infinite beyond the largest; shape ``(n,)``.
    """

    asked: tuple[float | Fraction, ...]
    floats: Floats

    @cached_property
    def exact(self) -> tuple[Fraction, ...]:
        """Every step."""
        return tuple(_exact(step) for step in self.asked)

    def at(self, index: int) -> Fraction:
        """Return one step."""
        return self.exact[index] if "exact" in self.__dict__ else _exact(self.asked[index])


def read_steps(steps: Iterable[ParameterValue | Fraction]) -> StudySteps:
    """Read the steps; only texts are read one by one.

    Raises:
        MethodUnavailableError: A step is no positive number.
    """
    asked = tuple([step if isinstance(step, float) else _exact(step) for step in steps])
    try:
        floats = np.array(asked, np.float64)
    except OverflowError:
        floats = np.array([nearest_float(step) for step in asked])
    if not ((floats > 0) & (floats < np.inf)).all():
        for step in asked:
            _exact(step)
    return StudySteps(asked, floats)


def _exact(step: ParameterValue | Fraction) -> Fraction:
    exact = step if isinstance(step, Fraction) else read_step(step)
    if exact is None or exact <= 0:
        raise MethodUnavailableError(f"The step {step!r} is no positive number.")
    return exact
