"""Worksheet: its JSON, what is read from it, and the interval of a plot."""

import json
import math
import re

import pytest

from engine import Partial, Worksheet
from engine.differentiation.method import MethodChoice
from engine.differentiation.registry import methods
from engine.errors import PartialError, PointError, ReadError, WorksheetError
from engine.worksheet import ALL_METHODS, plot_interval, read_partials, read_worksheet

FULL = Worksheet(
    text="α x_1^2 + ½y",
    coordinates=(("α", "1/3"), ("x_1", "0,1"), ("y", "−2")),
    partials="gradient, x_1 x_1",
    methods=(
        MethodChoice("forward", (("step", 1e-5), ("scheme", "relative"))),
        MethodChoice("rules"),
    ),
    axes=("y", "α"),
    intervals=(("y", -1.5, 0.1), ("α", 0.0, 1e300)),
)


@pytest.mark.parametrize("worksheet", [Worksheet(), FULL, Worksheet("", (), "", (), (), ())])
def test_that_json_gives_back_the_same_worksheet(worksheet):
    assert Worksheet.from_json(worksheet.to_json()) == worksheet


def test_that_json_says_its_version_and_keeps_letters_readable():
    data = json.loads(FULL.to_json())
    assert data["schema_version"] == 1
    assert "α x_1^2 + ½y" in FULL.to_json()


def _changed(**changes):
    return json.dumps({**json.loads(FULL.to_json()), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "", "no json", "[]", "3", "null", '"text"', "{}",
        _changed(schema_version=2), _changed(schema_version="1"),
        _changed(coordinates=[1, 2]), _changed(methods=[{}]), _changed(methods=3),
        _changed(methods=[{"key": "forward", "parameters": []}]),
        _changed(intervals={"x": [1]}), _changed(intervals={"x": ["a", "b"]}), _changed(axes=3),
    ],
)  # fmt: skip
def test_that_what_is_no_worksheet_is_refused_by_name(text):
    with pytest.raises(WorksheetError):
        Worksheet.from_json(text)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"methods": [{"key": "foo", "parameters": {}}]}, "There is no method 'foo'; choose among"),
        ({"text": None}, "None stands where a text is expected"),
        ({"coordinates": {"a": {"x": 1}}}, "{'x': 1} stands where a text is expected"),
        ({"intervals": {"a": [1, 0]}}, "a is plotted from 1 to 0"),
        ({"intervals": {"a": [0, math.inf]}}, "a is plotted from 0 to inf"),
    ],
)
def test_that_what_would_break_a_panel_is_refused_with_the_file(changed, said):
    with pytest.raises(WorksheetError, match=re.escape(said)):
        Worksheet.from_json(_changed(**changed))


@pytest.mark.parametrize("text", ["[" * 100_000, "[]", "3"])
def test_that_what_is_no_object_is_no_worksheet(text):
    with pytest.raises(WorksheetError, match="no trigrad worksheet"):
        Worksheet.from_json(text)


def test_that_what_a_worksheet_lacks_is_named():
    with pytest.raises(WorksheetError, match="it has no 'schema_version'"):
        Worksheet.from_json("{}")


def test_that_a_newer_version_is_named():
    with pytest.raises(WorksheetError, match="version 7; this program reads 1"):
        Worksheet.from_json(_changed(schema_version=7))


def test_that_the_default_worksheet_reads_as_the_example_with_every_method():
    inputs = read_worksheet(Worksheet())
    assert inputs.reading.polynomial.to_tuples() == (
        (2, ("a", 1), ("b", 2)),
        (3, ("a", 2), ("b", 1)),
    )
    assert dict(inputs.point) == {"a": 2, "b": 3}
    assert [p.names for p in inputs.partials] == [
        (), ("a",), ("b",), ("a", "a"), ("a", "b"), ("b", "b"),
    ]  # fmt: skip
    assert inputs.axes == ("a", "b")
    assert [choice.key for choice in ALL_METHODS] == [entry.key for entry in methods()]


def test_that_untyped_coordinates_are_one_and_those_of_other_variables_are_left_out():
    inputs = read_worksheet(Worksheet("x y", (("x", "1/3"), ("z", "nonsense")), "value"))
    assert str(inputs.point) == "x=1/3, y=1"


@pytest.mark.parametrize(
    ("text", "axes", "expected"),
    [
        ("x + y + z", (), ("x", "y")),
        ("x + y + z", ("z",), ("z", "x")),
        ("x + y + z", ("z", "y"), ("z", "y")),
        ("x + y + z", ("q", "z"), ("z", "x")),
        ("x", (), ("x",)),
        ("5", (), ()),
    ],
)
def test_that_axes_are_the_chosen_variables_and_else_the_first(text, axes, expected):
    assert read_worksheet(Worksheet(text, (), "value", axes=axes)).axes == expected


@pytest.mark.parametrize(
    ("worksheet", "error"),
    [
        (Worksheet("2x^"), ReadError),
        (Worksheet("x", (("x", "1//2"),)), PointError),
        (Worksheet("x", (), "y"), PartialError),
        (Worksheet("x", (), ""), PartialError),
    ],
)
def test_that_what_cannot_be_read_is_named(worksheet, error):
    with pytest.raises(error):
        read_worksheet(worksheet)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("value", [()]),
        ("gradient", [("a",), ("b",)]),
        ("Hessian", [("a", "a"), ("a", "b"), ("b", "b")]),
        ("a, ab aab", [("a",), ("a", "b"), ("a", "a", "b")]),
        ("a^2b", [("a", "a", "b")]),
        ("a, gradient, a", [("a",), ("b",)]),
        ("ba", [("b", "a")]),
    ],
)
def test_that_partials_are_read_once_each_in_the_order_typed(text, expected):
    assert [partial.names for partial in read_partials(text, ("a", "b"))] == expected


def test_that_partials_of_subscripted_and_greek_names_are_read():
    variables = ("x_1", "x_12", "α")
    assert read_partials("x1 x_12, alpha", variables) == tuple(
        Partial((name,)) for name in variables
    )


@pytest.mark.parametrize("text", ["", " , ", "c", "a+b", "2a", "a/b", "x^9", "a" * 9])
def test_that_what_is_no_derivative_of_f_is_refused(text):
    with pytest.raises(PartialError):
        read_partials(text, ("a", "b"))


@pytest.mark.parametrize(
    ("coordinate", "half_width"),
    [(0.0, 5), (5.0, 5), (-5.1, 10), (15.0, 20), (20.5, 50), (-60.0, 100), (1e6, 1e6)],
)
def test_that_the_interval_is_the_smallest_round_one_that_holds_the_point(coordinate, half_width):
    assert plot_interval(Worksheet(), "a", coordinate) == (-half_width, half_width)


def test_that_a_chosen_interval_stays_even_where_it_misses_the_point():
    assert plot_interval(FULL, "y", 1000.0) == (-1.5, 0.1)
