"""Points: exact coordinates from every way to write a number, and nothing else."""

from __future__ import annotations

import math
import time
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from engine.errors import PointError
from engine.limits import LIMITS
from engine.point import Coordinate, Point, read_number, rounded_text, write_number


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
        *["1.", "1..2", "0x10", "1,000,000", "__import__('os')", "1" * (LIMITS.digits + 1)],
    ],
)
def test_that_anything_else_is_refused(text: str) -> None:
    with pytest.raises(PointError):
        read_number(text)


def test_that_division_by_zero_and_too_many_digits_have_messages_of_their_own() -> None:
    with pytest.raises(PointError, match="divides by zero"):
        read_number("1/0")
    with pytest.raises(PointError, match="too long"):
        read_number("9" * (LIMITS.digits + 1))


@pytest.mark.parametrize(
    "text",
    [
        *["1 1/2", "3 1/4", "2 3", "1/2 3", "1 .5", "1\n2", "1 000 5", "1½", "½ 1", "½½"],
        *["1\u00a02", "- 1 1/2"],
    ],
)
def test_that_two_numbers_side_by_side_are_refused(text: str) -> None:
    with pytest.raises(PointError, match="two numbers side by side"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[("0,125", Fraction(1, 8)), ("1,0000", Fraction(1)), ("1000,125", Fraction(8001, 8))],
        *[("- 2", Fraction(-2)), (" 1 / - 2 ", Fraction(-1, 2)), ("1\n/2", Fraction(1, 2))],
        *[("½", Fraction(1, 2)), ("-¾", Fraction(-3, 4)), ("− ⅓", Fraction(-1, 3))],
        *[("½/3", Fraction(1, 6)), ("1e-0003", Fraction(1, 1000))],
    ],
)
def test_that_spaces_around_signs_and_vulgar_fractions_are_read(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        *[("1,000", "can be meant as 1000 or 1.000;"), ("-12,345", "as -12345 or -12.345;")],
        *[("1,000/3", "as 1000 or 1.000;"), ("1 000", "separators of thousands; type 1000.")],
        *[("-1\u202f234\u202f567", "type -1234567."), ("1,000,000", "type 1000000.")],
    ],
)
def test_that_thousands_are_refused_with_what_to_type(text: str, advice: str) -> None:
    with pytest.raises(PointError) as refused:
        read_number(text)
    assert advice in str(refused.value)


def test_that_a_number_out_of_reach_is_called_so() -> None:
    for text, message in (("1e9999999", "is too large"), ("-1e-1000", "too close to zero")):
        with pytest.raises(PointError, match=message):
            read_number(text)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        *[(Fraction(0), 3, "0"), (Fraction(1, 3), 3, "0.333"), (Fraction(-5, 2), 6, "-2.5")],
        *[(Fraction(1, 10**400), 6, "1e-400"), (Fraction(-(10**400), 3), 3, "-3.33e+399")],
        *[(Fraction(1, 3 * 10**320), 4, "3.333e-321"), (Fraction(2 * 10**30_000), 6, "2e+30000")],
    ],
)
def test_that_about_a_number_is_told_beyond_the_floats_too(
    value: Fraction, digits: int, text: str
) -> None:
    assert rounded_text(value, digits) == text


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
        *[
            (np.int64(3), Fraction(3)),
            (np.uint8(7), Fraction(7)),
            (np.float64(0.5), Fraction(1, 2)),
        ],
        *[(np.float32(0.1), Fraction(13421773, 2**27)), (Decimal("-1e2"), Fraction(-100))],
        *[(Decimal("0.1"), Fraction(1, 10)), (0.1, Fraction(0.1)), (-0.5, Fraction(-1, 2))],
    ],
)
def test_that_a_coordinate_is_taken_exactly(coordinate: Coordinate, value: Fraction) -> None:
    exact = Point({"a": coordinate})["a"]
    assert exact == value
    assert type(exact) is Fraction and type(exact.numerator) is int


@pytest.mark.parametrize("value", [None, 1j, [1], np.bool_(True), np.array([1])], ids=repr)
def test_that_what_is_no_real_number_is_no_coordinate(value: object) -> None:
    with pytest.raises(PointError, match=r"^a: .* is no real number\.$"):
        Point({"a": value})  # type: ignore[dict-item]


@pytest.mark.parametrize("text", ["1E+999999999", "-1E-999999999"])
def test_that_a_huge_decimal_is_refused_before_it_is_written_out(text: str) -> None:
    with pytest.raises(PointError, match="a: A number of so many digits"):
        Point({"a": Decimal(text)})


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
    "text", ["1/" * 500_000, "1/" * 4000, "9" * 4000 + "x", "1," + "000," * 2000, "1 " * 4000]
)
def test_that_a_long_text_is_refused_at_once_and_not_quoted_whole(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(PointError) as refused:
        Point({"a": text})
    assert time.process_time() - begun < 0.1
    assert len(str(refused.value)) < 120


def test_that_a_fraction_with_as_many_digits_as_are_read_is_read() -> None:
    text = "-" + "9" * (LIMITS.digits - 2) + "/1" + "0" * (LIMITS.digits - 2)
    text = text.removesuffix("0") + "1"
    assert write_number(Point({"a": text})["a"]) == text


@pytest.mark.parametrize(
    "value",
    [Decimal("NaN"), Decimal("Infinity"), pytest.param(10**5000, id="5000 digits"), "1/0"],
)
def test_that_a_coordinate_that_cannot_be_calculated_with_is_refused_by_name(value):
    with pytest.raises(PointError, match=r"^x: "):
        Point({"x": value})
