"""Points: exact coordinates from every way to write a number, and nothing else."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest

from engine.errors import PointError
from engine.point import Coordinate, Point, read_number, write_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("3", Fraction(3)), ("-2", Fraction(-2)), ("+4", Fraction(4)), (" 5 ", Fraction(5))],
        *[("0.1", Fraction(1, 10)), ("0,1", Fraction(1, 10)), (".5", Fraction(1, 2))],
        *[("1/3", Fraction(1, 3)), ("-1/3", Fraction(-1, 3)), ("1/-3", Fraction(-1, 3))],
        *[("1.5e-3", Fraction(3, 2000)), ("2E2", Fraction(200)), ("0.5/0.25", Fraction(2))],
        *[("−2", Fraction(-2)), ("1⁄4", Fraction(1, 4)), ("007", Fraction(7))],
    ],
)
def test_that_a_number_is_read_exactly(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            " ",
            "x",
            "nan",
            "inf",
            "1_000",
            "٣",
            "²",
            "1/2/3",
            "1/",
            "/2",
            "--1",
            "1e",
            "1e9999",
        ],
        *["1.", "1..2", "0x10", "1,000,000", "__import__('os')", "1" * 500],
    ],
)
def test_that_anything_else_is_refused(text: str) -> None:
    with pytest.raises(PointError):
        read_number(text)


def test_that_division_by_zero_and_too_many_digits_have_messages_of_their_own() -> None:
    with pytest.raises(PointError, match="divides by zero"):
        read_number("1/0")
    with pytest.raises(PointError, match="too long"):
        read_number("9" * 401)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *[(Fraction(0), "0"), (Fraction(-12), "-12"), (Fraction(1, 8), "0.125")],
        *[(Fraction(-1, 3), "-1/3"), (Fraction(1, 10**17), "0." + "0" * 16 + "1")],
        *[(Fraction(1, 2**60), f"1/{2**60}"), (Fraction(-5, 4), "-1.25")],
    ],
)
def test_that_a_number_is_written_exactly_and_reads_back(value: Fraction, text: str) -> None:
    assert write_number(value) == text
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("coordinate", "value"),
    [
        *[(2, Fraction(2)), ("1/3", Fraction(1, 3)), (Fraction(5, 7), Fraction(5, 7))],
        *[(Decimal("0.1"), Fraction(1, 10)), (0.1, Fraction(0.1)), (-0.5, Fraction(-1, 2))],
    ],
)
def test_that_a_coordinate_is_taken_exactly(coordinate: Coordinate, value: Fraction) -> None:
    assert Point({"a": coordinate})["a"] == value


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_that_no_finite_number_is_no_coordinate(value: float) -> None:
    with pytest.raises(PointError, match=r"a: .* is no finite number"):
        Point({"a": value})


def test_that_a_wrong_coordinate_is_named_with_its_variable() -> None:
    with pytest.raises(PointError, match="b: 'two' is no number"):
        Point({"a": 1, "b": "two"})


def test_that_a_missing_coordinate_is_named_with_what_to_add() -> None:
    point = Point({"a": 1})
    assert point.in_order(("a",)) == (1,)
    with pytest.raises(PointError, match="no value for b, c; add b=1, c=1"):
        point.in_order(("a", "b", "c"))


def test_that_a_point_is_a_value() -> None:
    point = Point({"a": "1/3", "b": "0.25"})
    assert point == Point({"b": Fraction(1, 4), "a": Fraction(1, 3)})
    assert hash(point) == hash(Point({"b": Fraction(1, 4), "a": Fraction(1, 3)}))
    assert str(point) == "a=1/3, b=0.25"
    assert point.moved(a=2) == Point({"a": 2, "b": "0.25"})
    assert point["a"] == Fraction(1, 3)


@pytest.mark.parametrize(
    "value",
    [Decimal("NaN"), Decimal("Infinity"), pytest.param(10**5000, id="5000 digits"), "1/0"],
)
def test_that_a_coordinate_that_cannot_be_calculated_with_is_refused_by_name(value):
    with pytest.raises(PointError, match=r"^x: "):
        Point({"x": value})
