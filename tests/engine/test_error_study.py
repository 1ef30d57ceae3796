"""Error studies: the parts, the theory beside them, the words, and what cannot be studied."""

from __future__ import annotations

from fractions import Fraction
from math import isclose

import pytest

import engine
from engine.differentiation.method import MethodChoice
from engine.errors import LimitError, MethodUnavailableError, PartialError
from engine.studies.error_study import DTYPES, schemes_with_step, study_error, study_errors
from engine.studies.error_words import remark_on

F = Fraction
EXAMPLE = engine.read("2ab^2 + 3a^2b").polynomial
POINT = engine.Point({"a": 2, "b": 3})
DECADES = [10.0**-k for k in range(13)]


def polynomial(text: str) -> engine.Polynomial:
    return engine.read(text).polynomial


def test_that_the_truncation_error_of_the_example_is_3bh() -> None:
    study = engine.study_error(EXAMPLE, POINT, ("a",), "forward", [1e-4, 0.5], "float64")
    assert [sample.taken for sample in study.samples] == [F(1e-4), F(1, 2)]
    assert study.truncation == (9 * F(1e-4), F(9, 2))
    assert study.samples[0].value == 54.00090000009072
    assert study.exact == 54
    assert study.leading == (9, 1)
    assert study.accuracy == 1


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("scheme", schemes_with_step())
@pytest.mark.parametrize("partial", ["a", "b"])
def test_that_a_sample_is_what_the_method_of_the_comparison_gives(
    scheme: str, dtype: str, partial: str
) -> None:
    f, point = polynomial("0.7a^5b - 3ab^2 + b^4/3"), engine.Point({"a": "1/3", "b": "-2.7"})
    steps = ["0.5", "1e-2", "3e-4", "1e-7"]
    study = study_error(f, point, (partial,), scheme, steps, dtype)
    for step, sample in zip(steps, study.samples, strict=True):
        choice = MethodChoice(scheme, (("step", step), ("dtype", dtype)))
        (row,) = engine.compare(f, point, [(partial,)], [choice]).rows
        assert sample.value == row.value
        if row.value is not None:
            assert sample.taken == F(row.step or 0)
            assert sample.total == F(row.value) - row.exact
            assert abs(sample.total) == pytest.approx(row.absolute_error, rel=1e-15)


@pytest.mark.parametrize("scheme", ["forward", "backward", "central", "five_point"])
@pytest.mark.parametrize("partial", ["a", "bb", "aab", "ba"])
def test_that_the_truncation_is_that_of_the_method_in_rationals(scheme: str, partial: str) -> None:
    f, point = polynomial("a^5b^4 - 3ab^2 + b^6/7"), engine.Point({"a": "1/2", "b": -2})
    # Powers of two: the steps that are taken are those that were asked for.
    steps = [F(1, 2**n) for n in range(1, 12, 3)]
    study = study_error(f, point, tuple(partial), scheme, steps)
    for step, sample in zip(steps, study.samples, strict=True):
        choice = MethodChoice(scheme, (("step", str(step)), ("dtype", "rational")))
        (row,) = engine.compare(f, point, [tuple(partial)], [choice]).rows
        assert isinstance(row.value, Fraction)
        assert sample.truncation == row.value - row.exact


def test_that_many_schemes_and_types_are_studied_together_as_alone() -> None:
    f = polynomial("a^4b + ab^3")
    together = study_errors(f, POINT, ("a",), schemes_with_step(), DECADES, DTYPES)
    alone = [
        study_error(f, POINT, ("a",), scheme, DECADES, dtype)
        for dtype in DTYPES
        for scheme in schemes_with_step()
    ]
    assert list(together) == alone


def test_that_a_step_that_is_lost_is_a_sample_without_a_value() -> None:
    study = study_error(EXAMPLE, POINT, ("a",), "central", ["1e-3", "1e-30"])
    assert study.samples[0].total is not None
    lost = study.samples[1]
    assert (lost.step, lost.taken, lost.value) == (F(1, 10**30), None, None)
    assert lost.total is None
    assert lost.truncation is None
    assert lost.bound is None
    too_small = study_error(EXAMPLE, POINT, ("a",), "complex_step", ["1e-60"], "float32")
    assert too_small.samples[0].taken is None


def test_that_an_overflow_keeps_the_truncation_and_has_no_value() -> None:
    study = study_error(polynomial("a^9"), engine.Point({"a": 1}), ("a",), "forward", ["1e30"],
                        "float32")  # fmt: skip
    (sample,) = study.samples
    assert sample.value is None
    assert sample.total is None
    assert sample.truncation is not None
    assert sample.truncation > 10**239


def test_that_a_study_without_a_v_says_why_and_offers_one_that_has_it() -> None:
    study = study_error(EXAMPLE, POINT, ("a",), "central", DECADES)
    assert study.leading is None
    assert all(error == 0 for error in study.truncation)
    assert study.predicted_step is None
    assert study.slope is None
    assert "f has degree 2 in a: this scheme is exact for it at any step" in remark_on(study)
    assert "a^4 b has one" in remark_on(study)
    elsewhere = engine.Point({"a": "2.1", "b": "0.7"})
    offered = study_error(polynomial("a^4 b"), elsewhere, ("a",), "central", DECADES)
    assert offered.leading == (4 * F("2.1") * F("0.7"), 2)  # f_aaa/6, which is 4ab
    assert remark_on(offered) == (
        "As h shrinks, the truncation error falls as h² and rounding grows as 1/h."
    )
    totals = [abs(error) for error in offered.total if error is not None]
    lowest = totals.index(min(totals))
    assert 0 < lowest < len(totals) - 1  # a V: it falls, and rises again
    assert totals[0] > 10**6 * totals[lowest] < totals[-1]


def test_that_a_term_that_vanishes_at_the_point_is_named() -> None:
    study = study_error(polynomial("a^3 + a^5"), engine.Point({"a": 0}), ("a",), "forward",
                        DECADES)  # fmt: skip
    assert study.leading == (1, 2)
    assert remark_on(study) == (
        "As h shrinks, the truncation error falls as h² and rounding grows as 1/h. "
        "The usual term with h is 0 at this point."
    )
    # Along the axes of a^4 - b^4 a third derivative by a is 0 where a is 0; the fifth always is.
    no_error = study_error(polynomial("a^4 - b^4"), engine.Point({"a": 0, "b": 1}), ("a",),
                           "central", DECADES)  # fmt: skip
    assert no_error.leading is None
    assert remark_on(no_error).startswith("At this point the truncation error is 0 at every step")


def test_that_words_know_where_nothing_is_subtracted_and_where_much_is() -> None:
    f = polynomial("a^6b^2")
    complex_step = study_error(f, POINT, ("a",), "complex_step", DECADES)
    assert remark_on(complex_step) == (
        "As h shrinks, the truncation error falls as h²; nothing is subtracted, so rounding does "
        "not grow."
    )
    second = study_error(f, POINT, ("a", "a"), "five_point", DECADES)
    assert "falls as h⁴ and rounding grows as 1/h²" in remark_on(second)
    richardson = study_error(f, POINT, ("a",), "richardson", DECADES)
    assert richardson.leading is None
    assert richardson.predicted_step is None
    assert "no single slope" in remark_on(richardson)


def test_that_of_several_perfect_steps_the_largest_is_the_best() -> None:
    study = study_error(EXAMPLE, POINT, ("a",), "central", [0.25, 1.0, 0.5])
    assert study.total == (0, 0, 0)
    assert study.best_step == 1


def test_that_rounding_alone_is_bounded_where_the_step_is_lost_in_the_value() -> None:
    study = study_error(polynomial("a + 10^9"), engine.Point({"a": 0}), ("a",), "forward", [1e-9])
    (sample,) = study.samples
    assert sample.value == 0  # a billion and a billionth are one float
    assert (sample.truncation, sample.round_off, sample.total) == (0, -1, -1)
    assert sample.bound is not None
    assert sample.bound >= 1


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (((), "forward", [1e-4]), PartialError, "f itself has no step"),
        ((("z",), "forward", [1e-4]), PartialError, "no variable z"),
        ((("a",), "rules", [1e-4]), MethodUnavailableError, "no step to study"),
        ((("a",), "newton", [1e-4]), MethodUnavailableError, "no step to study"),
        ((("a", "b"), "complex_step", [1e-4]), MethodUnavailableError, "first derivatives"),
        ((("a",), "forward", [0.0]), MethodUnavailableError, "no positive number"),
        ((("a",), "forward", [F(-1)]), MethodUnavailableError, "no positive number"),
        ((("a",), "forward", ["auto"]), MethodUnavailableError, "no positive number"),
        ((("a",), "forward", [1e-4], "rational"), MethodUnavailableError, "does not round"),
        ((("a",), "forward", [1e-4] * 2_000_000), LimitError, "take too long"),
    ],
)
def test_that_what_cannot_be_studied_is_refused(
    arguments: tuple[object, ...], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        study_error(EXAMPLE, POINT, *arguments)  # type: ignore[arg-type]


def test_that_a_zero_polynomial_has_no_error() -> None:
    study = study_error(polynomial("a - a"), engine.Point({"a": 5}), ("a",), "five_point", DECADES)
    assert {sample.total for sample in study.samples if sample.value is not None} == {0}
    assert study.predicted_step is None


def test_that_a_longer_taylor_series_than_the_budget_is_refused() -> None:
    f = engine.Polynomial("abc", {(k, k, k): 1 for k in range(60, 120)})
    point = engine.Point(dict.fromkeys("abc", 1))
    with pytest.raises(LimitError, match="too many terms to be studied"):
        study_error(f, point, tuple("abc"), "forward", [1e-3])


def test_that_the_best_step_depends_on_the_type() -> None:
    f = polynomial("a^4 b")
    double, single = study_errors(f, POINT, ("a",), ["forward"], DECADES, DTYPES)
    assert double.predicted_step is not None
    assert single.predicted_step is not None
    # u is 2^29 times as large, and h goes with its square root.
    assert isclose(single.predicted_step / double.predicted_step, 2**14.5, rel_tol=0.01)
