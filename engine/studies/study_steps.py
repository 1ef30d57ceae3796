"""The steps of an error study: which to take; as floats at once, exact when one is looked at."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from engine.differentiation import registry
from engine.differentiation.difference_method import first_step
from engine.differentiation.method import DerivativeProblem, MethodChoice, ParameterValue
from engine.differentiation.step import read_step
from engine.errors import EngineError, MethodUnavailableError
from engine.evaluation.arrays import Floats
from engine.exact import nearest_float

DECADES = 16
"""From the size of the coordinate down to where the step is lost next to it."""

DECADES_WITHOUT_CANCELLING = 22
"""Where nothing is subtracted no step is lost, and the smallest are the best."""

STEPS_A_DECADE = 8

_LOWEST = -30
"""Decade below which no step is studied."""


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


def current_step(problem: DerivativeProblem, choice: MethodChoice) -> float:
    """Return the step that the comparison uses; nan where the method refuses."""
    try:
        quotients = registry.make_difference(choice).lay_out(problem)
    except EngineError:
        return math.nan
    step = nearest_float(first_step(problem, quotients))
    return step if math.isfinite(step) else math.nan


def steps_around(problem: DerivativeProblem, here: Mapping[str, float]) -> tuple[float, ...]:
    """Return the steps of a sweep: from the size of the coordinate down, ``here`` included.

    ``here`` is the present step of each scheme. While these stay inside, the steps stay the same.
    """
    x = abs(problem.point[problem.partial.names[0]])
    size = max(1.0, min(nearest_float(x), 1e300))
    top = math.ceil(math.log10(size))
    logs = [math.floor(math.log10(h)) for h in here.values() if h > 0 and math.isfinite(h)]
    cancels = all(registry.find(key).traits.cancels for key in here)
    decades = DECADES if cancels else DECADES_WITHOUT_CANCELLING
    low = max(_LOWEST, min([top - decades, *logs]))
    high = max([top, *(log + 1 for log in logs)])
    count = (high - low) * STEPS_A_DECADE
    return tuple(10.0 ** (low + index / STEPS_A_DECADE) for index in range(count + 1))
