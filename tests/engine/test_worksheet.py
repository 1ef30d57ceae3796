"""Worksheet: its JSON, what is read from it, and the interval of a plot."""

import json
import math
import re
from dataclasses import fields
from typing import get_type_hints

import pytest

from engine import Partial, Worksheet
from engine.differentiation.method import MethodChoice
from engine.differentiation.registry import methods
from engine.errors import PartialError, PointError, ReadError, WorksheetError
from engine.limits import LIMITS
from engine.worksheet.worksheet import (
    Fields,
    WorksheetChanges,
    all_methods,
    plot_interval,
    read_partials,
    read_worksheet,
)

FULL = Worksheet(
    text="α x_1^2 + ½y",
    coordinates=(("α", "1/3"), ("x_1", "0,1"), ("y", "−2")),
    partials="gradient, x_1 x_1",
    methods=(
        MethodChoice("forward", (("step", 1e-5), ("dtype", "rational"))),
        MethodChoice("rules"),
    ),
    axes=("y", "α"),
    intervals=(("y", -1.5, 0.1), ("α", 0.0, 1e300)),
)


def test_that_every_field_can_be_edited_and_be_said_to_have_changed():
    assert [field.name for field in Fields] == [field.name for field in fields(Worksheet)]
    assert get_type_hints(WorksheetChanges) == get_type_hints(Worksheet)


def test_that_a_coordinate_that_nobody_typed_is_1_and_others_keep_their_place():
    assert FULL.coordinates_of("zy") == (("z", "1"), ("y", "−2"))
    assert FULL.coordinates_with({"y": "3", "z": "", "α": "0"}) == (
        ("α", "0"), ("x_1", "0,1"), ("y", "3"), ("z", ""),
    )  # fmt: skip


def test_that_intervals_replace_those_of_the_same_variables_and_none_drops_them():
    assert FULL.intervals_with(("y", "z"), ((0.0, 1.0), (2.0, 3.0))) == (
        ("α", 0.0, 1e300), ("y", 0.0, 1.0), ("z", 2.0, 3.0),
    )  # fmt: skip
    assert FULL.intervals_with(("y",), ()) == (("α", 0.0, 1e300),)


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


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": ["a"]}, "text: ['a'] stands where a text is expected"),
        ({"about": True}, "about: True stands where a text is expected"),
        ({"partials": {}}, "partials: {} stands where a text is expected"),
        ({"axes": "ab"}, "axes: 'ab' stands where a list is expected"),
        ({"axes": ["a", [1]]}, "axes[1]: [1] stands where a text is expected"),
        ({"coordinates": {"a": True}}, "coordinates.a: True stands where a text is expected"),
        ({"coordinates": {"a\n": []}}, r"coordinates.'a\n': [] stands where a text is expected"),
        ({"intervals": {"a": [0]}}, "intervals.a: two numbers are expected"),
        ({"intervals": {"a": ["0", 1]}}, "intervals.a[0]: '0' stands where a number is expected"),
        ({"intervals": {"a": [0, True]}}, "intervals.a[1]: True stands where a number is"),
        ({"methods": ["forward"]}, "methods[0]: 'forward' stands where a JSON object is expected"),
        ({"methods": [{"key": "rules"}]}, "methods[0]: it has no 'parameters'"),
        ({"colour": "red"}, "colour: this program knows no such member"),
        ({"methods": [{"key": "rules", "parameters": {}, "a": 1}]}, "methods[0].a: this program"),
    ],
)
def test_that_a_value_of_the_wrong_kind_is_refused_with_its_place(changed, said):
    with pytest.raises(WorksheetError, match=re.escape(f"This worksheet is wrong at {said}")):
        Worksheet.from_json(_changed(**changed))


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"step": [1]}, "step: [1] stands where a text is expected"),
        ({"step": {"a": 1}}, "step: {'a': 1} stands where a text is expected"),
        ({"step": None}, "step: None stands where a text is expected"),
        ({"step": "abc"}, "step: The step is no positive number: 'abc' is no number"),
        ({"step": -1}, "step: The step -1.0 is no positive number"),
        ({"step": 10**400}, "step: The step inf is no positive number"),
        ({"dtype": "float16"}, "dtype: Number type cannot be 'float16'; choose one of: float64"),
        ({"step": 1, "dtype": 64}, "dtype: Number type cannot be 64.0; choose one of: float64"),
        ({"device": "cpu"}, "device: Forward difference has no parameter 'device'; it has: step"),
    ],
)
def test_that_what_no_method_can_be_made_of_is_refused_with_its_place(parameters, said):
    methods = [{"key": "rules", "parameters": {}}, {"key": "forward", "parameters": parameters}]
    with pytest.raises(WorksheetError) as refused:
        Worksheet.from_json(_changed(methods=methods))
    assert f"This worksheet is wrong at methods[1].parameters.{said}" in str(refused.value)


def test_that_a_method_that_is_not_there_is_refused_with_its_place():
    with pytest.raises(WorksheetError, match=r"wrong at methods\[0\].key: There is no method"):
        Worksheet.from_json(_changed(methods=[{"key": "x" * 50_000, "parameters": {"a": 1}}]))


def test_that_numbers_of_a_file_that_was_written_by_hand_keep_all_their_digits():
    data = json.loads(FULL.to_json())
    typed = json.dumps({**data, "coordinates": "HERE"}).replace(
        '"HERE"', '{"a": 0.10, "b": 1e400, "c": 123456789012345678901234567890}'
    )
    worksheet = Worksheet.from_json(typed)
    assert dict(worksheet.coordinates) == {
        "a": "0.10", "b": "1e400", "c": "123456789012345678901234567890",
    }  # fmt: skip
    assert {type(number) for _, number in worksheet.coordinates} == {str}
    whole = Worksheet.from_json(_changed(intervals={"a": [-1, 2]}))
    assert whole.intervals == (("a", -1.0, 2.0),)


@pytest.mark.parametrize(
    ("name", "longest"),
    [("text", LIMITS.characters), ("partials", LIMITS.partials), ("about", LIMITS.about)],
)
def test_that_each_text_has_a_longest_length(name, longest):
    kept = Worksheet(**{name: "a" * longest})
    assert Worksheet.from_json(kept.to_json()) == kept
    with pytest.raises(WorksheetError, match=f"{name}: {longest + 1:,} characters are too many"):
        Worksheet.from_json(_changed(**{name: "a" * (longest + 1)}))
    with pytest.raises(WorksheetError, match=f"{name}: {longest + 1:,} characters are too many"):
        Worksheet(**{name: "a" * (longest + 1)}).to_json()


def test_that_coordinates_and_parameters_are_no_longer_than_a_number_can_be():
    long = "1/" * 300_000
    for changes in (
        {"coordinates": {"a": long}},
        {"methods": [{"key": "forward", "parameters": {"step": long}}]},
    ):
        with pytest.raises(WorksheetError, match="600,000 characters are too many; up to 8,500"):
            Worksheet.from_json(_changed(**changes))


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"text": "a\ud800"}, "text"),
        ({"about": "\udfff"}, "about"),
        ({"partials": "a\ud800"}, "partials"),
        ({"axes": ["a\ud800"]}, "axes[0]"),
        ({"coordinates": {"a": "1\ud800"}}, "coordinates.a"),
        ({"coordinates": {"\ud800": "1"}}, r"coordinates.'\ud800'"),
        ({"intervals": {"\ud800": [0, 1]}}, r"intervals.'\ud800'"),
        ({"methods": [{"key": "\ud800", "parameters": {}}]}, "methods[0].key"),
    ],
)
def test_that_half_a_character_is_refused_for_it_could_not_be_saved(changed, place):
    with pytest.raises(WorksheetError) as refused:
        Worksheet.from_json(_changed(**changed))
    said = str(refused.value)
    assert said.startswith(f"This worksheet is wrong at {place}: '\\ud")
    assert said.endswith("' is half of a character, which no file can hold; take it out.")
    assert said.isprintable()


def test_that_both_halves_of_a_character_are_one():
    assert Worksheet.from_json(_changed(about="\U0001d465")).about == "\U0001d465"


@pytest.mark.parametrize("digits", [401, 5_000, 900_000])
def test_that_an_interval_beyond_the_floats_is_refused(digits):
    text = _changed(intervals={"a": [0, "HERE"]}).replace('"HERE"', "1" + "0" * (digits - 1))
    with pytest.raises(WorksheetError, match="a is plotted from 0 to inf"):
        Worksheet.from_json(text)


def test_that_a_long_version_is_not_quoted_whole():
    with pytest.raises(WorksheetError) as refused:
        Worksheet.from_json(_changed(schema_version="7" * 500_000))
    assert len(str(refused.value)) < 100


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
    assert [choice.key for choice in all_methods()] == [entry.key for entry in methods()]


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


def test_that_derivatives_have_a_budget_and_a_long_word_is_not_quoted_whole():
    longest = "a " * (LIMITS.partials // 2)
    assert read_partials(longest, ("a", "b")) == (Partial(("a",)),)
    with pytest.raises(PartialError, match="2,002 characters of derivatives are too many"):
        read_partials(longest + "a ", ("a", "b"))
    for word in ("+" * 1000, "x_" + "1" * 1000):
        with pytest.raises(PartialError) as refused:
            read_partials(word, ("a", "b"))
        assert len(str(refused.value)) < 130


@pytest.mark.parametrize(
    ("coordinate", "half_width"),
    [(0.0, 5), (5.0, 5), (-5.1, 10), (15.0, 20), (20.5, 50), (-60.0, 100), (1e6, 1e6)],
)
def test_that_the_interval_is_the_smallest_round_one_that_holds_the_point(coordinate, half_width):
    assert plot_interval(Worksheet(), "a", coordinate) == (-half_width, half_width)


def test_that_a_chosen_interval_stays_even_where_it_misses_the_point():
    assert plot_interval(FULL, "y", 1000.0) == (-1.5, 0.1)
