"""The arrays of an error study, which are drawn, against its exact samples."""

from __future__ import annotations

import math
import pickle
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

import engine
from engine.errors import NumberRangeError
from engine.point import Point
from engine.polynomial import Polynomial
from engine.studies.error_samples import ErrorStudy
from engine.studies.error_study import (
    DTYPES,
    schemes_with_step,
    studies_to_send,
    study_error,
    study_errors,
)
from engine.studies.exact_errors import ULPS
from tests.properties.test_error_study_properties import (
    partials,
    points,
    polynomials,
    steps,
)

F = Fraction
EXAMPLE = engine.read("2ab^2 + 3a^2b/7").polynomial
POINT = engine.Point({"a": "1/3", "b": 3})
DECADES = ["1e-30", *(10.0**-k for k in range(18)), F(10) ** 400, F(1, 10**400)]


def as_float(value: F | float | None) -> float:
    return math.nan if value is None else float(value)


def assert_that_arrays_are_the_samples(study: ErrorStudy) -> None:
    samples = study.samples
    np.testing.assert_array_equal(study.values, [as_float(sample.value) for sample in samples])
    np.testing.assert_array_equal(study.taken, [as_float(sample.taken) for sample in samples])
    np.testing.assert_array_equal(study.bounds, [as_float(sample.bound) for sample in samples])
    for index, (error, sample) in enumerate(zip(study.errors.tolist(), samples, strict=True)):
        assert study.sample(index) == sample
        assert study.total_at(index) == sample.total
        assert math.isnan(error) == (sample.total is None)
        if sample.total is not None:
            off = abs(F(error) - sample.total)
            assert off <= max(ULPS * F(math.ulp(error)), 4 * F(5e-324))


@given(polynomials, points, partials, steps)
@settings(deadline=None, max_examples=30)
def test_that_the_arrays_are_those_of_the_samples(
    f: Polynomial, point: Point, partial: tuple[str, ...], steps: list[float]
) -> None:
    for study in study_errors(f, point, partial, schemes_with_step(len(partial)), steps, DTYPES):
        assert_that_arrays_are_the_samples(study)


def best_by_samples(study: ErrorStudy) -> F | None:
    there = [(abs(s.total), -s.step) for s in study.samples if s.total is not None]
    return -min(there)[1] if there else None


@given(polynomials, points, partials, steps)
@settings(deadline=None, max_examples=30)
def test_that_the_best_step_is_that_of_the_exact_errors(
    f: Polynomial, point: Point, partial: tuple[str, ...], steps: list[float]
) -> None:
    for study in study_errors(f, point, partial, schemes_with_step(len(partial)), steps, DTYPES):
        assert study.best_step == best_by_samples(study)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scheme", schemes_with_step())
def test_that_steps_of_any_size_and_kind_are_the_same_in_both(scheme: str, dtype: str) -> None:
    study = study_error(EXAMPLE, POINT, ("a",), scheme, DECADES, dtype)
    assert study.asked.floats[-2] == math.inf
    assert study.steps[-2:] == (F(10) ** 400, F(1, 10**400))
    assert_that_arrays_are_the_samples(study)
    assert study.best_step == best_by_samples(study)


def test_that_a_study_travels_and_is_the_same_afterwards() -> None:
    for study in studies_to_send(EXAMPLE, POINT, ("a", "a"), schemes_with_step(2), DECADES, DTYPES):
        again = pickle.loads(pickle.dumps(study))
        assert again == study
        assert hash(again) == hash(study)
        assert (again.slope, again.leading, again.noise) == (
            study.slope,
            study.leading,
            study.noise,
        )
    other = study_error(EXAMPLE, POINT, ("a", "a"), "forward", DECADES[1:])
    assert other != study_error(EXAMPLE, POINT, ("a", "a"), "forward", DECADES)


def test_that_a_bound_that_no_float_holds_is_refused_at_once() -> None:
    f = Polynomial("a", {(3,): F(10) ** 308})
    with pytest.raises(NumberRangeError, match="too large"):
        study_error(f, Point({"a": 1}), ("a",), "central", [1e-3])
