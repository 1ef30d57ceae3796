"""ErrorStudy: one scheme at many steps; error, exact parts, bound, and what follows from them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from engine.explanation.error_words import remark_on
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial

DOMINATES = Fraction(1, 1000)
"""The slope is read where the leading term is the truncation error but for this part of it."""


@dataclass(frozen=True, slots=True)
class ErrorSample:
    """The error at one step; every number is exact.

    Attributes:
        step: h as it was asked for.
        taken: h as stored, along the first variable that is differentiated by; None if the
            number type does not hold it or it is lost next to the coordinate.
        value: What the scheme gives; None where there is no finite value.
        truncation: The scheme in exact arithmetic, with the step as stored, less the derivative.
        round_off: What the scheme gives less the scheme in exact arithmetic: everything that
            floating point does, storing the point and rounding ``x + h`` included.
        total: What the scheme gives less the derivative.
        bound: Rounding costs no more than that; None where there is no value.
    """

    step: Fraction
    taken: Fraction | None = None
    value: float | None = None
    truncation: Fraction | None = None
    round_off: Fraction | None = None
    total: Fraction | None = None
    bound: float | None = None


@dataclass(frozen=True, slots=True)
class ErrorStudy:
    """One scheme in one number type at many steps.

    The split is exact because f is a polynomial: evaluated in rationals a quotient has its
    truncation error only, and every float is a rational. Units: ``[f]/[variables]``.

    Attributes:
        polynomial: f.
        point: Where.
        partial: Which derivative.
        scheme: Key of the method.
        dtype: ``"float64"`` or ``"float32"``.
        exact: The derivative.
        samples: One for each step, in the order asked for.
        leading: Coefficient and power of the first term of the truncation error,
            ``coefficient * h**power``; None if there is none, or no single one.
        accuracy: The power that the scheme has for most functions; None if it has no single one.
        noise: ``k*u*S`` of the bound ``k*u*S/h**m`` for a small step; see
            :class:`engine.differentiation.rounding.RoundingBound`. None for a combination.
        noise_order: m of that bound: the order of the derivative; 0 for the complex step.
    """

    polynomial: Polynomial
    point: Point
    partial: Partial
    scheme: str
    dtype: str
    exact: Fraction
    samples: tuple[ErrorSample, ...]
    leading: tuple[Fraction, int] | None
    accuracy: int | None
    noise: float | None
    noise_order: int

    @property
    def steps(self) -> tuple[Fraction, ...]:
        """The steps as asked for."""
        return tuple(sample.step for sample in self.samples)

    @property
    def total(self) -> tuple[Fraction | None, ...]:
        """The total error at each step."""
        return tuple(sample.total for sample in self.samples)

    @property
    def truncation(self) -> tuple[Fraction | None, ...]:
        """The truncation error at each step."""
        return tuple(sample.truncation for sample in self.samples)

    @property
    def round_off(self) -> tuple[Fraction | None, ...]:
        """The round-off error at each step."""
        return tuple(sample.round_off for sample in self.samples)

    @property
    def bound(self) -> tuple[float | None, ...]:
        """What rounding costs at most at each step."""
        return tuple(sample.bound for sample in self.samples)

    @property
    def best_sample(self) -> ErrorSample | None:
        """The sample with the smallest total error; of several, the one with the largest step."""
        there = [sample for sample in self.samples if sample.total is not None]
        return min(there, key=lambda s: (abs(s.total or 0), -s.step), default=None)

    @property
    def best_step(self) -> Fraction | None:
        """The step with the smallest total error that was found."""
        return None if self.best_sample is None else self.best_sample.step

    @property
    def predicted_step(self) -> float | None:
        """The step at which leading term and rounding bound together are smallest.

        ``|c|*h**p + B/h**m`` is smallest where ``h**(p+m) = m*B / (p*|c|)``. Where m is 0 no step
        is too small: that at which the truncation error has sunk to the bound. None where there
        is no truncation error, or no rounding.
        """
        if self.leading is None or not self.noise:
            return None
        coefficient, power = self.leading
        order = self.noise_order
        size = math.log(self.noise) - _log(coefficient)
        if order:
            size += math.log(order / power)
        exponent = size / (power + order)
        return math.exp(exponent) if abs(exponent) < 700 else None

    @property
    def slope(self) -> float | None:
        """Slope of log |truncation| against log h where its leading term dominates.

        The observed order of accuracy; None where fewer than two steps show it.
        """
        if self.leading is None:
            return None
        coefficient, power = self.leading
        shown = []
        for sample in self.samples:
            if sample.taken is not None and sample.truncation:
                term = coefficient * sample.taken**power
                if abs(sample.truncation - term) <= DOMINATES * abs(term):
                    shown.append((_log(sample.taken), _log(sample.truncation)))
        if len({x for x, _ in shown}) < 2:
            return None
        x, y = np.array(shown).T
        x = x - x.mean()
        return float(x @ y / (x @ x))

    @property
    def remark(self) -> str:
        """What is to be seen in this study, in a sentence or two."""
        return remark_on(self)


def _log(value: Fraction | float) -> float:
    """Return log |value|, also of what no float holds."""
    exact = Fraction(value)
    return math.log(abs(exact.numerator)) - math.log(exact.denominator)
