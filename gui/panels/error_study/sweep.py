"""What is swept for one worksheet, and what the plot shows of the studies that come back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from html import escape

import numpy as np

from engine.differentiation import registry
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.evaluation.arrays import Floats
from engine.exact import nearest_float
from engine.studies.error_samples import ErrorSample, ErrorStudy
from engine.studies.error_words import EXAMPLE_WITH_V, remark_on
from gui.look.number_format import show_error, show_set, show_step
from gui.panels.error_study.shown import ErrorParts, SchemeCurve, Theory

_SMALLEST = 1e-290
"""Errors below are so near the smallest float that its digits are not theirs."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What the curves depend on; the step of the comparison does not change them.

    Attributes:
        problem: The derivative; trees are told apart by identity, at no cost.
        schemes: The schemes, without their steps and number types.
        dtype: The number type.
        steps: Every step.
    """

    problem: DerivativeProblem
    schemes: tuple[MethodChoice, ...]
    dtype: str
    steps: tuple[float, ...]

    def same_as(self, other: Swept | None) -> bool:
        """Return whether the same curves are asked for."""
        return (
            other is not None
            and self.problem.expression is other.problem.expression
            and self.problem.partial == other.problem.partial
            and self.problem.point == other.problem.point
            and (self.schemes, self.dtype, self.steps) == (other.schemes, other.dtype, other.steps)
        )


def curve_of(study: ErrorStudy, here: float) -> SchemeCurve:
    """Return the total error of one study as the plot draws it."""
    steps, errors = np.log10(study.asked.floats), _logs_of_errors(study)
    return SchemeCurve(
        study.scheme,
        registry.find(study.scheme).short_label,
        steps,
        errors,
        steps[np.isnan(errors) & ~np.isnan(study.errors)],
        math.log10(here) if here > 0 else math.nan,
    )


def theory_of(study: ErrorStudy) -> Theory:
    """Return what theory says of one study, and its best step."""
    leading = None
    if study.leading is not None:
        coefficient, power = study.leading
        leading = _log10(coefficient) + power * np.log10(study.taken)
    best = study.best_sample
    observed = None
    if best is not None and best.total:
        observed = (_log10(best.step), _log10(best.total))
    predicted = study.predicted_step
    bounds = study.bounds
    return Theory(
        np.log10(study.asked.floats),
        leading,
        np.log10(np.where((bounds > 0) & np.isfinite(bounds), bounds, np.nan)),
        None if predicted is None else math.log10(predicted),
        observed,
    )


def words_on(study: ErrorStudy) -> str:
    """Return what is to be seen, with the slope and the best steps in numbers, as rich text.

    The example that is offered is a link.
    """
    link = f'<a href="example">{EXAMPLE_WITH_V}</a>'
    parts = [escape(remark_on(study)).replace(EXAMPLE_WITH_V, link)]
    if study.slope is not None:
        parts.append(f"Slope measured: {study.slope:.2f}.")
    best, predicted = study.best_sample, study.predicted_step
    if study.leading is not None and best is not None and best.total is not None:
        foretold = "" if predicted is None else f"{_short(predicted)} predicted, "
        error = show_error(abs(best.total))
        parts.append(f"Best h: {foretold}{_short(nearest_float(best.step))} found (error {error}).")
    return " ".join(parts)


def _short(step: float) -> str:
    """Return a step with two digits: a sweep finds it no better."""
    return show_step(float(f"{step:.1e}"))


def parts_of(sample: ErrorSample) -> ErrorParts | None:
    """Return the error of a sample, split; None where there is no value."""
    if sample.truncation is None or sample.round_off is None or sample.total is None:
        return None
    step = str(show_set(sample.step))
    return ErrorParts(step, sample.truncation, sample.round_off, sample.total)


def _logs_of_errors(study: ErrorStudy) -> Floats:
    """Return log10 of the absolute errors; nan for 0 and for what is not there."""
    sizes = np.abs(study.errors)
    ordinary = (sizes > _SMALLEST) & (sizes < math.inf)
    logs = np.log10(np.where(ordinary, sizes, np.nan))
    # As a float the others may be 0 or infinite; their logarithms are neither.
    for index in np.flatnonzero(~ordinary & ~np.isnan(sizes)).tolist():
        total = study.total_at(index)
        logs[index] = _log10(total) if total else math.nan
    return logs


def _log10(value: Fraction) -> float:
    return math.log10(abs(value.numerator)) - math.log10(value.denominator)
