"""What derivatives cost: counted by running them, against order and number of variables."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import engine
from engine.differentiation import registry
from engine.differentiation.autograd import AutogradReverse
from engine.differentiation.method import DerivativeProblem, MethodChoice, ParameterValue
from engine.partial import Partial
from engine.studies.cost_study import (
    HIGHEST_ORDER,
    CostSample,
    CostStudy,
    gradient_costs,
    order_costs,
    order_names,
    words_on_gradients,
    words_on_orders,
)

EXAMPLE = "2ab^2 + 3a^2b"
SIX = "a^2bc + ab^2d - c^3e*f + f^2/3"


def problem(text: str) -> DerivativeProblem:
    reading = engine.read(text)
    names = reading.polynomial.variables
    point = engine.Point({name: index + 2 for index, name in enumerate(names)})
    return DerivativeProblem(reading.expression, reading.polynomial, Partial(()), point)


def counts(samples: tuple[CostSample, ...]) -> list[int | None]:
    return [sample.count for sample in samples]


def test_that_the_derivative_of_an_order_takes_the_variables_in_turn() -> None:
    assert order_names(("a", "b"), 5) == ("a", "b", "a", "b", "a")
    assert order_names(("x",), 3) == ("x", "x", "x")
    samples = order_costs(problem(EXAMPLE), MethodChoice("rules"))
    assert [sample.size for sample in samples] == list(range(1, HIGHEST_ORDER + 1))
    assert samples[2].partials == (("a", "b", "a"),)


@pytest.mark.parametrize("key", ["forward", "backward"])
def test_that_nested_differences_double_with_each_order(key: str) -> None:
    samples = order_costs(problem(EXAMPLE), MethodChoice(key))
    assert counts(samples) == [2, 4, 8, 16, 32]
    assert {sample.unit for sample in samples} == {"evaluations"}
    assert all(sample.seconds is not None and sample.seconds > 0 for sample in samples)


def test_that_a_method_that_does_not_reach_an_order_says_why() -> None:
    first, *others = order_costs(problem(EXAMPLE), MethodChoice("complex_step"))
    assert first.count == 1
    assert all(sample.count is None and sample.seconds is None for sample in others)
    assert all("first derivatives" in (sample.unavailable or "") for sample in others)


def test_that_a_gradient_of_differences_is_the_sum_of_its_derivatives() -> None:
    samples = gradient_costs(problem(SIX), MethodChoice("forward"))
    assert counts(samples) == [2, 4, 6, 8, 10, 12]
    assert samples[2].partials == (("a",), ("b",), ("c",))


def test_that_reverse_mode_gives_the_gradient_from_one_graph() -> None:
    wanted = problem(SIX)
    whole = gradient_costs(wanted, MethodChoice("autograd_reverse"))
    names = wanted.polynomial.variables
    alone = [AutogradReverse().gradient(wanted, (name,)).nodes for name in names]
    assert [sample.size for sample in whole] == list(range(1, 7))
    largest = whole[-1].count
    assert largest is not None
    # One graph holds each of the six; what they share stands in it once.
    assert max(alone) < largest < sum(alone)


def test_that_a_gradient_may_have_more_variables_than_an_order_is_high() -> None:
    wanted = problem("a^2 + b^2 + c^2 + d^2 + f^2 + g^2 + h^2 + j^2 + k^2 + m^2")
    whole = gradient_costs(wanted, MethodChoice("autograd_reverse"))
    assert [sample.unavailable for sample in whole] == [None] * 10
    gradient = AutogradReverse().gradient(wanted, wanted.polynomial.variables)
    assert gradient.values == tuple(2.0 * size for size in range(2, 12))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("text", [EXAMPLE, SIX, "a^3 - b", "7 + 0a"])
def test_that_the_whole_gradient_is_that_of_the_single_passes(text: str, dtype: str) -> None:
    wanted = problem(text)
    names = wanted.polynomial.variables
    gradient = AutogradReverse(dtype=dtype).gradient(wanted, names)
    parameters: tuple[tuple[str, ParameterValue], ...] = (("dtype", dtype),)
    rows = engine.compare(
        wanted.polynomial,
        wanted.point,
        [(name,) for name in names],
        [MethodChoice("autograd_reverse", parameters)],
    ).rows
    assert gradient.values == tuple(row.value for row in rows)
    if text in {EXAMPLE, SIX} and dtype == "float64":
        assert gradient.values == pytest.approx([float(row.exact) for row in rows], rel=1e-15)


def test_that_the_words_are_made_of_what_was_counted() -> None:
    wanted = problem(SIX)
    orders = order_costs(wanted, MethodChoice("forward"))
    assert words_on_orders(orders) == (
        "Forward difference: 2, 4, 8, 16, 32 evaluations of f for the orders 1 to 5: a quotient "
        "of quotients, each order doubles them."
    )
    reverse = gradient_costs(wanted, MethodChoice("autograd_reverse"))
    forward = gradient_costs(wanted, MethodChoice("forward"))
    assert words_on_gradients(reverse + forward) == (
        f"Reverse mode: one pass through one graph of {reverse[-1].count} nodes gives all 6 "
        f"derivatives ({reverse[0].count} nodes for the first alone). "
        "Forward difference: 12 evaluations of f, 2 for each."
    )
    assert words_on_orders(order_costs(wanted, MethodChoice("rules"))) == ""
    assert words_on_gradients(()) == ""


def test_that_a_device_that_is_absent_is_named() -> None:
    samples = gradient_costs(
        problem(EXAMPLE), MethodChoice("autograd_reverse", (("device", "mps"),))
    )
    assert all("finds no mps device" in (sample.unavailable or "") for sample in samples)


def test_that_a_study_is_written_a_row_a_sample(tmp_path: Path) -> None:
    wanted = problem(EXAMPLE)
    samples = tuple(
        sample
        for entry in registry.methods()
        if not entry.traits.requires
        for function in (order_costs, gradient_costs)
        for sample in function(wanted, MethodChoice(entry.key))
    )
    study = CostStudy(wanted.polynomial, wanted.point, samples)
    engine.write_csv(study, tmp_path / "cost.csv")
    with (tmp_path / "cost.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    assert len(rows) == len(samples)
    for row, sample in zip(rows, samples, strict=True):
        assert (row["kind"], int(row["size"]), row["method"]) == (
            sample.kind, sample.size, sample.method,
        )  # fmt: skip
        assert row["count"] == ("" if sample.count is None else str(sample.count))
        assert row["seconds"] == ("" if sample.seconds is None else repr(sample.seconds))
        assert row["partials"] == " ".join("*".join(names) for names in sample.partials)
        assert row["unavailable"].startswith("unavailable: ") == (sample.unavailable is not None)
