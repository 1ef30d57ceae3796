"""Laws of the error split, for random polynomials, points, steps, schemes and number types."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from engine.differentiation.method import DerivativeProblem
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial
from engine.studies.error_study import DTYPES, schemes_with_step, study_error, study_errors
from tests.engine.error_theory import taylor_quotient

TEXTBOOK = {"forward": True, "backward": True, "central": False, "five_point": False}
"""The schemes that the theory is written down for, and whether they look to one side."""

coefficients = st.fractions(min_value=-50, max_value=50, max_denominator=24)
polynomials = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 5)), coefficients, min_size=1, max_size=7
).map(lambda terms: Polynomial("xy", terms))
coordinates = st.fractions(min_value=-20, max_value=20, max_denominator=48)
points = st.builds(lambda x, y: Point({"x": x, "y": y}), coordinates, coordinates)
partials = st.sampled_from(["x", "y", "xx", "xy", "yx", "xxy", "yyy", "xxyy"]).map(tuple)
steps = st.lists(st.floats(min_value=2.0**-36, max_value=4.0), min_size=1, max_size=12, unique=True)


@given(polynomials, points, partials, steps)
@example(Polynomial("xy", {(5, 0): 1}), Point({"x": 0, "y": 0}), ("x",), [2.0**-36])  # underflows
@settings(deadline=None)
def test_that_truncation_and_round_off_are_the_total_and_rounding_keeps_its_bound(
    f: Polynomial, point: Point, partial: tuple[str, ...], steps: list[float]
) -> None:
    """About 80 samples an example: with 100 examples 8,000, with 2,000 of them 160,000."""
    for study in study_errors(f, point, partial, schemes_with_step(len(partial)), steps, DTYPES):
        for sample in study.samples:
            if sample.value is None:
                continue
            assert sample.truncation is not None
            assert sample.round_off is not None
            assert sample.total is not None
            assert sample.bound is not None
            assert sample.truncation + sample.round_off == sample.total
            assert sample.total == Fraction(sample.value) - study.exact
            assert abs(sample.round_off) <= sample.bound
            assert abs(sample.total) <= abs(sample.truncation) + Fraction(sample.bound)


@given(polynomials, points, partials, steps)
@settings(deadline=None)
def test_that_the_truncation_is_that_of_the_textbook(
    f: Polynomial, point: Point, partial: tuple[str, ...], steps: list[float]
) -> None:
    problem = DerivativeProblem(f.to_expression(), f, Partial(partial), point)
    for scheme, one_sided in TEXTBOOK.items():
        study = study_error(f, point, partial, scheme, steps)
        for sample in study.samples:
            # Along two variables the steps that are taken next to them may differ.
            if sample.taken is None or (len(set(partial)) > 1 and not one_sided):
                continue
            taken = dict.fromkeys(Counter(partial), sample.taken)
            assert sample.truncation == taylor_quotient(scheme, problem, taken) - study.exact


@given(polynomials, points, partials)
@settings(deadline=None)
def test_that_the_slope_is_the_order_of_the_leading_term(
    f: Polynomial, point: Point, partial: tuple[str, ...]
) -> None:
    steps = [Fraction(1, 2**k) for k in range(10, 24)]
    seen = 0
    for study in study_errors(f, point, partial, schemes_with_step(len(partial)), steps):
        if study.leading is None or study.slope is None:
            continue
        seen += 1
        _, power = study.leading
        assert abs(study.slope - power) < 0.05
        assert study.accuracy is not None
        assert power >= study.accuracy
    assume(seen)
