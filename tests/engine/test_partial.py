"""Partials: the order of the names, the budget, how they are written."""

from __future__ import annotations

import pytest

from engine.errors import PartialError
from engine.limits import LIMITS
from engine.partial import Partial


@pytest.mark.parametrize(
    ("names", "text", "latex"),
    [
        ("", "f", "f"),
        ("a", "∂f/∂a", r"\frac{\partial f}{\partial a}"),
        ("aa", "∂²f/∂a²", r"\frac{\partial^{2} f}{\partial a^{2}}"),
        ("ab", "∂²f/∂a∂b", r"\frac{\partial^{2} f}{\partial a\,\partial b}"),
        ("aab", "∂³f/∂a²∂b", r"\frac{\partial^{3} f}{\partial a^{2}\,\partial b}"),
        (
            "aba",
            "∂³f/∂a∂b∂a",
            r"\frac{\partial^{3} f}{\partial a\,\partial b\,\partial a}",
        ),
    ],
)
def test_that_a_partial_is_written_as_in_a_book(names: str, text: str, latex: str) -> None:
    partial = Partial(tuple(names))
    assert str(partial) == text
    assert partial.to_latex() == latex


def test_that_the_multi_index_counts_the_names_in_the_order_of_the_variables() -> None:
    partial = Partial(("a", "b", "a"))
    assert partial.order == 3
    assert partial.multi_index(("b", "c", "a")) == (1, 0, 2)
    assert Partial(()).multi_index(("x",)) == (0,)
    assert Partial(()).multi_index(()) == ()


def test_that_an_unknown_variable_is_named_with_the_known_ones() -> None:
    with pytest.raises(PartialError, match="no variable c; its variables are: a, b"):
        Partial(("a", "c")).multi_index(("a", "b"))
    with pytest.raises(PartialError, match="its variables are: none"):
        Partial(("x",)).multi_index(())


def test_that_the_order_has_a_budget() -> None:
    assert Partial(("x",) * LIMITS.order).order == LIMITS.order
    with pytest.raises(PartialError, match=f"order {LIMITS.order + 1} is too high"):
        Partial(("x",) * (LIMITS.order + 1))


@pytest.mark.parametrize("names", ["ab", "a", ["a"], ("a", 1), None], ids=repr)
def test_that_names_are_a_tuple_of_texts(names: object) -> None:
    with pytest.raises(PartialError, match="is no tuple of variable names"):
        Partial(names)  # type: ignore[arg-type]
