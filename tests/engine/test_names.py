"""Names of variables as functions are given them: every spelling that reads as one is one."""

from fractions import Fraction

import pytest

import engine
from engine.errors import PartialError, PointError, ReadError
from engine.language.reader import read_name
from engine.writing.names import canonical_name

SPELLINGS = ["x_1", "x1", "x₁", "x_{1}", "x_ 1", " x_1"]
F = engine.read("x_1^2 y").polynomial
ALPHA = engine.read("α^2").polynomial


@pytest.mark.parametrize("name", SPELLINGS)
def test_that_every_spelling_names_the_variable_in_every_public_function(name):
    point = engine.Point({name: 3, "y": 2})
    assert point == engine.Point({"x_1": 3, "y": 2}) and list(point) == ["x_1", "y"]
    assert point[name] == 3 and name in point
    assert point.moved(**{name: 4})["x_1"] == 4
    assert F.value(point) == 18
    assert F.partial(name).value(point) == 12
    assert F.degree_in(name) == 2
    assert engine.Partial((name, "y")).names == ("x_1", "y")
    (row,) = engine.compare(F, point, [(name,)], ["rules"]).rows
    assert (row.partial, row.value) == (("x_1",), 12)
    assert engine.study_error(F, point, (name,), "forward", [1e-2]).exact == 12
    grid = engine.RegularGrid(x=(name, 0, 1, 3), y=("y", 0, 1, 4))
    assert grid.variables == ("x_1", "y")
    assert engine.sample(F, grid, at=point).dx.shape == (3, 4)
    slope = engine.forward_difference(F, name, h=0.5)
    assert slope(**{name: 3, "y": 2}) == slope(x_1=3, y=2) == 13
    mixed = engine.forward_difference(engine.forward_difference(F, "y"), name, h=0.5)
    assert mixed(**{name: 3, "y": 2}) == mixed(x1=3, y=2)


@pytest.mark.parametrize("name", ["α", "alpha", r"\alpha"])
def test_that_a_greek_letter_may_be_spelled_out(name):
    point = engine.Point({name: "1/3"})
    assert ALPHA.partial(name).value(point) == Fraction(2, 3)
    assert engine.forward_difference(ALPHA, name, h=1.0)(**{name: 1}) == 3


@pytest.mark.parametrize("name", ["ab", "temperature", "", "2", "π", "pi", "x+1"])
def test_that_what_is_no_variable_is_no_variable_of_f(name):
    with pytest.raises(PointError, match="no value for x_1"):
        F.value(engine.Point({name: 1}))
    with pytest.raises(PartialError, match="f has no variable"):
        F.partial(name)


def test_that_a_variable_with_two_values_is_refused():
    with pytest.raises(PointError, match="x1 is the variable x_1, which has a value already"):
        engine.Point({"x_1": 1, "x1": 2})
    with pytest.raises(PointError, match="give each variable one value"):
        engine.forward_difference(F, "y")(x1=1, x_1=2, y=3)


def test_that_a_grid_over_one_variable_in_two_spellings_is_refused():
    with pytest.raises(engine.EngineError, match="Both axes show x_1"):
        engine.RegularGrid(x=("x1", 0, 1, 3), y=("x_1", 0, 1, 3))


def test_that_a_function_of_its_own_is_called_with_the_names_that_it_has():
    slope = engine.forward_difference(lambda x1, y: x1 * y, "x1", h=1.0)
    assert slope(x1=2, y=5) == 5


def test_that_a_worksheet_written_by_hand_names_variables_in_every_spelling():
    typed = engine.Worksheet(
        text="x1 y",
        coordinates=(("x1", "3"), ("y", "2")),
        axes=("x₁",),
        intervals=(("x1", 0.0, 1.0),),
    )
    worksheet = engine.Worksheet.from_json(typed.to_json())
    assert worksheet.coordinates == (("x_1", "3"), ("y", "2"))
    assert (worksheet.axes, worksheet.intervals) == (("x_1",), (("x_1", 0.0, 1.0),))


SPELLED = [
    f"{letter}{subscript}"
    for letter in [
        "x",
        "N",
        "α",
        "alpha",
        "\\alpha",
        "eta",
        "Beta",
        "\\Omega",
        "π",
        "pi",
        "ab",
        "2",
        "",
    ]
    for subscript in ["", "1", "₁₂", "_3", "_{4}", " _ { 05 } ", " 1", "_", "_1_2", "{1}", "²"]
]


@pytest.mark.parametrize("text", SPELLED)
def test_that_the_reader_reads_the_same_name(text):
    try:
        read = read_name(text)
    except ReadError:
        read = text
    assert canonical_name(text) == read
