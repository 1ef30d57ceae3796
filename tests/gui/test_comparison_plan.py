"""What is computed where: small things at once, long ones and other libraries in processes."""

from __future__ import annotations

from functools import lru_cache

import pytest

from engine.differentiation.method import MethodChoice
from engine.differentiation.registry import methods
from engine.language.reader import read
from engine.worksheet.worksheet import Worksheet, read_worksheet
from gui.panels.comparison.plan import Cell, plan

read_once = lru_cache(read)


def cells(worksheet: Worksheet) -> tuple[Cell, ...]:
    return plan(read_worksheet(worksheet, read_once), worksheet.methods)


def test_that_the_default_worksheet_needs_processes_for_other_libraries_only() -> None:
    lanes = {cell.choice.key: cell.lane for cell in cells(Worksheet())}
    for entry in methods():
        library = next((name for name in ("torch", "sympy") if name in entry.traits.requires), None)
        assert lanes[entry.key] == library
    assert (lanes["autograd_reverse"], lanes["autograd_forward"]) == ("torch", "torch")
    assert (lanes["sympy"], lanes["rules"], lanes["forward"]) == ("sympy", None, None)


def test_that_rows_are_by_derivative_then_in_the_order_of_the_registry() -> None:
    backwards = tuple(map(MethodChoice, ("central", "backward", "forward")))
    keys = [cell.key for cell in cells(Worksheet(partials="b, a", methods=backwards))]
    assert keys == [
        (names, method)
        for names in (("b",), ("a",))
        for method in ("forward", "backward", "central")
    ]


@pytest.mark.parametrize(
    ("choice", "terms", "lane"),
    [
        (MethodChoice("forward"), 100, None),
        (MethodChoice("forward", (("dtype", "rational"),)), 100, "engine"),
        (MethodChoice("forward"), 400, "engine"),
        (MethodChoice("rules"), 20, None),
        (MethodChoice("rules"), 200, "engine"),
    ],
)
def test_that_what_takes_long_goes_to_a_process(
    choice: MethodChoice, terms: int, lane: str | None
) -> None:
    text = "+".join(f"{n}x^{n}" for n in range(1, terms + 1))
    (cell,) = cells(Worksheet(text=text, partials="x", methods=(choice,)))
    assert cell.lane == lane


def test_that_the_same_work_is_known_again_and_other_work_is_not() -> None:
    first, again = cells(Worksheet())[0], cells(Worksheet(axes=("b", "a")))[0]
    assert first.same_as(again)
    assert not first.same_as(None)
    assert not first.same_as(cells(Worksheet(coordinates=(("a", "2"), ("b", "4"))))[0])
    stepped = MethodChoice("forward", (("step", 0.5),))
    assert not first.same_as(cells(Worksheet(methods=(stepped,)))[0])
