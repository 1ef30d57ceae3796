"""ErrorStudy: one scheme at many steps; error, exact parts, bound, and what follows from them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from engine.differentiation.rounding import RoundingBound, rounding_bound
from engine.differentiation.sweep import Sweep
from engine.differentiation.truncation import QuotientSeries, quotient_series
from engine.evaluation.arrays import Floats
from engine.exact import to_flint, to_fraction
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial
from engine.studies.exact_errors import ULPS
from engine.studies.exact_split import ExactSplit, log_of
from engine.studies.study_steps import StudySteps

DOMINATES = Fraction(1, 1000)
"""The slope is read where the leading term is the truncation error, up to this share of it."""

_LEFT_BEHIND = frozenset({"_rounding", "_split"})

_TINY = np.finfo(np.float64).smallest_subnormal


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


@dataclass(frozen=True, eq=False)
class ErrorStudy:
    """One scheme in one number type at many steps.

    What the scheme gives, and its errors as floats, are there from the start; the exact split is
    made when it is looked at. It is exact because f is a polynomial: evaluated in rationals a
    quotient has its truncation error only, and every float is a rational. Units:
    ``[f]/[variables]``.

    Attributes:
        polynomial: f.
        point: Where.
        partial: Which derivative.
        exact: The derivative.
        asked: The steps.
        swept: The scheme at these steps.
        errors: The total error at each step, as float64, to within the
            :data:`engine.studies.exact_errors.ULPS` stated there; nan where there is no value;
            shape ``(n,)``.
    """

    polynomial: Polynomial
    point: Point
    partial: Partial
    exact: Fraction
    asked: StudySteps = field(repr=False)
    swept: Sweep = field(repr=False)
    errors: Floats = field(repr=False)

    def __eq__(self, other: object) -> bool:
        """Return whether the same is studied, with the same outcome."""
        if not isinstance(other, ErrorStudy):
            return NotImplemented
        mine, its = (
            (one.polynomial, one.point, one.partial, one.scheme, one.dtype, one.steps, one.samples)
            for one in (self, other)
        )
        return mine == its

    def __hash__(self) -> int:
        asked = self.polynomial, self.point, self.partial, self.scheme, self.dtype, self.steps
        return hash(asked)

    def __getstate__(self) -> dict[str, object]:
        # What the rest was computed with is computed again faster than it is sent.
        return {name: kept for name, kept in vars(self).items() if name not in _LEFT_BEHIND}

    @property
    def scheme(self) -> str:
        """Key of the method."""
        return self.swept.method.key

    @property
    def dtype(self) -> str:
        """``"float64"`` or ``"float32"``."""
        return self.swept.method.dtype

    @cached_property
    def samples(self) -> tuple[ErrorSample, ...]:
        """One for each step, in the order asked for."""
        _ = self.asked.exact  # read once for all studies of these steps
        return tuple(map(self.sample, range(self.values.size)))

    def sample(self, index: int) -> ErrorSample:
        """Return the sample of one step."""
        step, taken = self.asked.at(index), float(self.taken[index])
        stored = None if math.isnan(taken) else Fraction(taken)
        truncation, total = self._split.truncation(index), self._split.total(index)
        exact = None if truncation is None else to_fraction(truncation)
        if truncation is None or total is None:
            return ErrorSample(step, stored, truncation=exact)
        return ErrorSample(
            step,
            stored,
            float(self.values[index]),
            exact,
            round_off=to_fraction(total - truncation),
            total=to_fraction(total),
            bound=float(self.bounds[index]),
        )

    @property
    def steps(self) -> tuple[Fraction, ...]:
        """The steps as asked for."""
        return self.asked.exact

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
    def values(self) -> Floats:
        """What the scheme gives at each step; nan where there is no finite value."""
        return self.swept.values

    @cached_property
    def taken(self) -> Floats:
        """The steps as stored, see :attr:`ErrorSample.taken`; nan where there is none."""
        first = self.polynomial.variables.index(self.partial.names[0])
        parts = self.swept.quotient.parts
        steps = [part.step[0].astype(np.float64) for part in parts]
        taken: Floats = abs(steps[[part.index for part in parts].index(first)])
        taken[~np.isfinite(steps).all(axis=0)] = np.nan
        return taken

    @cached_property
    def bounds(self) -> Floats:
        """What rounding costs at most at each step; nan where there is no value."""
        swept = self.swept
        with np.errstate(all="ignore"):
            of_quotients = np.broadcast_to(
                self._rounding.at(swept.quotient), swept.of_quotients.shape
            )
            of_entries = swept.method.entry_bounds(swept.of_quotients, of_quotients)
        bounds: Floats = of_entries[swept.picks, np.arange(swept.picks.size)]
        bounds[np.isnan(self.values)] = np.nan
        return bounds

    def check_bounds(self) -> None:
        """Refuse coefficients whose bound on the rounding fits no float.

        Raises:
            NumberRangeError: There is one.
        """
        _ = self.bounds  # which multiplies them

    def total_at(self, index: int) -> Fraction | None:
        """Return the total error at one step; None where there is no value."""
        total = self._split.total(index)
        return None if total is None else to_fraction(total)

    def work_out(self) -> None:
        """Compute and keep what is drawn: the split of one step, or what follows from many."""
        if self.values.size == 1:
            _ = self.samples
        else:
            _ = self.bounds, self.slope, self.best_step, self.noise, self.noise_order

    @cached_property
    def leading(self) -> tuple[Fraction, int] | None:
        """Coefficient and power of the first term of the truncation error.

        ``coefficient * h**power``; None if there is none, or no single one.
        """
        return self._series.leading(self._sign) if self._alone else None

    @property
    def accuracy(self) -> int | None:
        """The power that the scheme has for most functions; None if it has no single one."""
        return self.swept.method.traits.truncation_order if self._alone else None

    @cached_property
    def noise(self) -> float | None:
        """``k*u*S`` of the bound ``k*u*S/h**m`` for a small step; None for a combination.

        See :class:`engine.differentiation.rounding.RoundingBound`.
        """
        coordinates = self.swept.quotient.coordinates
        return self._rounding.without_step(coordinates) if self._alone else None

    @cached_property
    def noise_order(self) -> int:
        """Power m of that bound: the order of the derivative; 0 for the complex step."""
        return self._rounding.order

    @property
    def best_sample(self) -> ErrorSample | None:
        """The sample with the smallest total error; of several, the one with the largest step."""
        index = self._best
        return None if index is None else self.sample(index)

    @property
    def best_step(self) -> Fraction | None:
        """The step with the smallest total error that was found."""
        return None if self._best is None else self.asked.at(self._best)

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
        size = math.log(self.noise) - log_of(coefficient)
        if order:
            size += math.log(order / power)
        exponent = size / (power + order)
        return math.exp(exponent) if abs(exponent) < 700 else None

    @cached_property
    def slope(self) -> float | None:
        """Slope of log |truncation| against log h where its leading term dominates.

        The observed order of accuracy; None where fewer than two steps show it.
        """
        if self.leading is None:
            return None
        coefficient, power = self.leading
        shown = []
        for index in np.flatnonzero(~np.isnan(self.taken)).tolist():
            taken = to_flint(float(self.taken[index]))
            truncation = self._split.truncation(index)
            term = to_flint(coefficient) * taken**power
            if truncation and abs(truncation - term) <= to_flint(DOMINATES) * abs(term):
                shown.append((log_of(taken), log_of(truncation)))
        if len({x for x, _ in shown}) < 2:
            return None
        x, y = np.array(shown).T
        x = x - x.mean()
        return float(x @ y / (x @ x))

    @cached_property
    def _best(self) -> int | None:
        """Position of the best sample: of those whose floats are the smallest, compared exactly."""
        sizes = abs(self.errors)
        if np.isnan(sizes).all():
            return None
        smallest = np.nanmin(sizes)
        near = sizes <= smallest * (1 + 4 * ULPS * np.finfo(float).eps) + 4 * ULPS * _TINY
        return int(
            min(
                np.flatnonzero(near).tolist(),
                key=lambda index: (abs(self._split.total(index) or 0), -self.asked.at(index)),
            )
        )

    @property
    def _alone(self) -> bool:
        """Whether the value is one quotient."""
        return self.swept.method.levels == 1

    @property
    def _sign(self) -> int:
        """-1 where the steps look back."""
        return -1 if any(np.any(part.step < 0) for part in self.swept.quotient.parts) else 1

    @cached_property
    def _series(self) -> QuotientSeries:
        parts = self.swept.quotient.parts
        return quotient_series(
            self.polynomial, self.point, [(part.index, part.stencil) for part in parts]
        )

    @cached_property
    def _split(self) -> ExactSplit:
        return ExactSplit(self.swept, self._series, self.exact)

    @cached_property
    def _rounding(self) -> RoundingBound:
        return rounding_bound(self.polynomial, self.swept.quotient, self.swept.method.arithmetic)
