"""A difference quotient as a picture shows it: the method's own points, and its secant plane."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from time import process_time

import numpy as np
import pytest

import engine
from engine.differentiation import registry
from engine.differentiation.difference_method import EvaluatedQuotient
from engine.differentiation.method import DerivativeProblem, MethodChoice, ParameterValue
from engine.explanation.stencil_picture import StencilPicture, stencil_picture
from engine.partial import Partial

TEXT = "a^2b/2 + ab^2/3"
AT: dict[str, int | str] = {"a": -1, "b": 2}
DIFFERENCES = [entry.key for entry in engine.methods() if entry.has_step]
REAL = [key for key in DIFFERENCES if key != "complex_step"]
IN_REACH = [("complex_step", "a"), *product(REAL, ["a", "ab", "bbb"])]


def problem_of(text: str, partial: str, at: dict[str, int | str]) -> DerivativeProblem:
    reading = engine.read(text)
    return DerivativeProblem(
        reading.expression, reading.polynomial, Partial(tuple(partial)), engine.Point(at)
    )


def picture(
    scheme: str,
    partial: str,
    text: str = TEXT,
    at: dict[str, int | str] = AT,
    axes: str = "ab",
    **parameters: ParameterValue,
) -> StencilPicture | None:
    choice = MethodChoice(scheme, tuple(parameters.items()))
    return stencil_picture(problem_of(text, partial, at), choice, tuple(axes))


def numbers_in(evaluated: list[EvaluatedQuotient]) -> list[list[tuple[object, object]]]:
    return [[(value.real, value.imag) for value in one.values] for one in evaluated]


@pytest.mark.parametrize("dtype", ["float64", "float32", "rational"])
@pytest.mark.parametrize(("scheme", "partial"), IN_REACH)
def test_that_f_at_all_points_in_one_call_gives_the_numbers_of_one_after_the_other(
    scheme: str, partial: str, dtype: str
) -> None:
    method = registry.make_difference(MethodChoice(scheme, (("dtype", dtype),)))
    problem = problem_of("a^5b^3/7 - 2ab + b/3", partial, {"a": "1/3", "b": "-2.7"})
    quotients = method.lay_out(problem)
    (one_by_one, alone), (at_once, together) = (
        method.evaluate(problem, quotients, at_once=at_once) for at_once in (False, True)
    )
    assert numbers_in(at_once) == numbers_in(one_by_one)
    assert [one.value for one in at_once] == [one.value for one in one_by_one]
    assert together == alone
    assert method.arithmetic.result(alone.value) == method.estimate(problem).value


@pytest.mark.parametrize("scheme", REAL)
@pytest.mark.parametrize("dtype", ["float64", "float32", "rational"])
def test_that_the_secant_plane_has_the_slopes_of_the_comparison(scheme: str, dtype: str) -> None:
    found = picture(scheme, "a", step=0.7, dtype=dtype)
    assert found is not None
    rows = engine.compare(
        engine.read(TEXT).polynomial,
        engine.Point(AT),
        [("a",), ("b",)],
        [MethodChoice(scheme, (("step", 0.7), ("dtype", dtype)))],
    ).rows
    assert found.slopes == tuple(float(row.value or 0) for row in rows)
    assert found.step == rows[0].step


def test_that_the_points_are_those_that_the_method_lays_out() -> None:
    found = picture("forward", "ab", step=0.5)
    assert found is not None
    assert (found.scheme, found.partial.names, found.step) == ("forward", ("a", "b"), 0.5)
    assert [point.coordinates for point in found.points] == [
        (-0.5, 2.5), (-1.0, 2.5), (-0.5, 2.0), (-1.0, 2.0),
    ]  # fmt: skip
    assert found.places.tolist() == [list(point.coordinates) for point in found.points]
    values, _ = engine.evaluate(engine.read(TEXT).polynomial, found.places, gradient=False)
    assert found.values == pytest.approx(values)


def test_that_only_the_variables_of_the_axes_are_among_the_places() -> None:
    at: dict[str, int | str] = {"a": 1, "b": 2, "c": 3}
    held = picture("forward", "b", "abc + a^2", at, "ac", step=0.5)
    assert held is not None
    assert held.places.tolist() == [[1.0, 3.0], [1.0, 3.0]]
    turned = picture("forward", "b", "abc + a^2", at, "ba", step=0.5)
    assert turned is not None
    assert turned.places.tolist() == [[2.5, 1.0], [2.0, 1.0]]


@pytest.mark.parametrize(
    ("scheme", "step"), [("complex_step", "auto"), ("forward", 1e-30), ("rules", None)]
)
def test_that_there_is_no_picture_where_no_points_are_laid_out_in_the_plane(
    scheme: str, step: ParameterValue | None
) -> None:
    assert picture(scheme, "a", **({} if step is None else {"step": step})) is None


def test_that_the_points_stay_where_f_does_not_fit_the_number_type() -> None:
    found = picture("central", "a", "10^50 a^2 b", dtype="float32", step=0.5)
    assert found is not None
    assert found.places.tolist() == [[-1.5, 2.0], [-0.5, 2.0]]
    assert np.isnan(found.values).all()
    assert np.isnan(found.slopes).all()


@pytest.mark.parametrize("scheme", ["forward", "richardson"])
def test_that_no_picture_waits_for_huge_rationals(scheme: str) -> None:
    at: dict[str, int | str] = {"a": "1/" + "9" * 4000, "b": "1/" + "7" * 4000}
    before = process_time()
    found = picture(scheme, "a", "(a+b)^30", at, dtype="rational")
    assert process_time() - before < 2
    assert found is not None
    assert np.isnan(found.values).all()
    assert np.isnan(found.slopes).all()
    # Numbers that are only long still have theirs.
    at = {"a": "1/" + "9" * 60, "b": "1/" + "7" * 60}
    found = picture(scheme, "a", "(a+b)^30", at, dtype="rational")
    assert found is not None
    assert np.isfinite(found.values).all()
    exact = engine.read("(a+b)^30").polynomial.value(
        engine.Point(dict(zip("ab", found.points[0].coordinates, strict=True)))
    )
    assert found.values[0] == float(exact)
    assert isinstance(exact, Fraction)
