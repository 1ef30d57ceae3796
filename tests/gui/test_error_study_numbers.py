"""What the plot of the error study draws, against the exact samples."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

import engine
from engine.studies.error_samples import ErrorStudy
from engine.studies.error_study import DTYPES, schemes_with_step, study_errors
from gui.panels.error_study.sweep import curve_of, theory_of

STEPS = [10.0 ** (k / 4) for k in range(-100, 9)]
PROBLEMS = [
    ("2ab^2 + 3a^2b", {"a": 2, "b": 3}),
    ("0.7a^5b - 3ab^2 + b^4/3", {"a": "1/3", "b": "-2.7"}),
    ("a^9 - a^2", {"a": "1e-20", "b": 1}),
    ("a^4b^3", {"a": "1e-90", "b": "1e-30"}),
    ("a^5", {"a": "1e80", "b": 1}),
    ("a^4 - b^4", {"a": 0, "b": 1}),
]


def log10(value: Fraction | None) -> float:
    """The logarithm of an exact number, also of what no float holds; nan for 0 and None."""
    if not value:
        return math.nan
    return math.log10(abs(value.numerator)) - math.log10(value.denominator)


def studies_of(text: str, at: dict[str, int | str]) -> tuple[ErrorStudy, ...]:
    f = engine.read(text).polynomial
    point = engine.Point({name: at[name] for name in f.variables})
    return study_errors(f, point, ("a",), schemes_with_step(), STEPS, DTYPES[:1])


@pytest.mark.parametrize(("text", "at"), PROBLEMS)
def test_that_the_curves_are_the_logarithms_of_the_exact_errors(
    text: str, at: dict[str, int | str]
) -> None:
    for study in studies_of(text, at):
        curve = curve_of(study, 0.5)
        exact = [log10(sample.total) for sample in study.samples]
        np.testing.assert_allclose(curve.errors, exact, rtol=0, atol=2e-13)
        np.testing.assert_allclose(curve.steps, [log10(h) for h in study.steps], atol=1e-13)
        zeros = [log10(sample.step) for sample in study.samples if sample.total == 0]
        np.testing.assert_allclose(curve.zeros, zeros, rtol=0, atol=1e-13)


@pytest.mark.parametrize(("text", "at"), PROBLEMS)
def test_that_the_theory_is_that_of_the_exact_numbers(text: str, at: dict[str, int | str]) -> None:
    for study in studies_of(text, at):
        theory, best = theory_of(study), study.best_sample
        bounds = [
            math.log10(b) if b is not None and 0 < b < math.inf else math.nan for b in study.bound
        ]
        np.testing.assert_allclose(theory.bound, bounds, rtol=0, atol=1e-13)
        assert (theory.leading is None) == (study.leading is None)
        if theory.leading is not None and study.leading is not None:
            coefficient, power = study.leading
            terms = [s.taken and coefficient * s.taken**power for s in study.samples]
            np.testing.assert_allclose(theory.leading, [log10(t) for t in terms], atol=1e-11)
        if best is not None and best.total:
            assert theory.observed == (log10(best.step), log10(best.total))
