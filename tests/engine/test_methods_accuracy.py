"""Every method of the registry is right, as far as its traits promise; so is one that is added."""

from __future__ import annotations

import pytest

from engine.comparison import compare_one
from engine.differentiation.method import MethodChoice
from engine.differentiation.registry import MethodEntry
from tests.engine.method_accuracy import check_accuracy, check_order, exact_value
from tests.engine.scenarios import SCENARIOS, Scenario

every_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)


@every_scenario
def test_that_a_value_is_as_near_as_the_traits_promise(
    any_method: MethodEntry, scenario: Scenario
) -> None:
    check_accuracy(any_method, scenario.problem)


def test_that_a_quotient_has_the_order_of_its_traits(any_method: MethodEntry) -> None:
    if any_method.has_step:
        check_order(any_method)
    assert (any_method.traits.truncation_order is not None) == any_method.has_step


@every_scenario
def test_that_a_method_has_a_row_for_every_scenario(
    any_method: MethodEntry, scenario: Scenario
) -> None:
    row = compare_one(scenario.problem, MethodChoice(any_method.key), timed=False)
    assert row.exact == exact_value(scenario.problem)
    assert (row.value is not None) == any_method.reaches(len(scenario.partial))
    assert (row.unavailable is None) == (row.value is not None)
