"""One variable, and products of variables, as they are typed for partial derivatives."""

import pytest

from engine.errors import ReadError
from engine.language.reader import read_name, read_names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("x", "x"),
        (" x ", "x"),
        ("x1", "x_1"),
        ("x_1", "x_1"),
        ("x₁", "x_1"),
        ("x_{1}", "x_1"),
        ("x12", "x_12"),
        ("alpha", "α"),
        (r"\alpha_1", "α_1"),
        ("α", "α"),
        ("e", "e"),
    ],
)
def test_that_one_variable_has_one_canonical_name(text: str, name: str) -> None:
    assert read_name(text) == name


@pytest.mark.parametrize("text", ["", "ab", "2", "x^2", "x+1", "(x)", "f=x", "hello", "π", "x@"])
def test_that_what_is_not_exactly_one_variable_is_refused(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_name(text)
    start, stop = caught.value.span
    assert 0 <= start <= stop <= len(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a", ("a",)),
        ("ab", ("a", "b")),
        ("aab", ("a", "a", "b")),
        ("a^2b", ("a", "a", "b")),
        ("a²b", ("a", "a", "b")),
        ("(ab)^2", ("a", "b", "a", "b")),
        ("x_1x_2", ("x_1", "x_2")),
        ("x1 x12", ("x_1", "x_12")),
        ("aaaabbbb", ("a",) * 4 + ("b",) * 4),
        (r"\alpha\beta", ("α", "β")),
        ("b*a", ("b", "a")),
    ],
)
def test_that_a_product_of_variables_names_each_as_often_as_it_occurs(
    text: str, names: tuple[str, ...]
) -> None:
    assert read_names(text) == names


@pytest.mark.parametrize("text", ["", "2a", "a+b", "a/2", "-a", "a^0", "a^0b", "1", "a^999", "a("])
def test_that_what_is_no_product_of_variables_is_refused(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_names(text)
    assert caught.value.hint
