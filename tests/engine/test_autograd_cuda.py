"""Autograd on an NVIDIA GPU: the same scenarios; run with ``pytest -m cuda`` where there is one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from engine.comparison import compare_one
from engine.differentiation.autograd import AutogradReverse
from engine.differentiation.method import MethodChoice
from tests.engine.error_theory import exact_method_rounding
from tests.engine.scenarios import SCENARIOS, Scenario


@pytest.mark.cuda
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: s.name)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("key", ["autograd_reverse", "autograd_forward"])
def test_that_autograd_on_cuda_is_exact_apart_from_rounding(
    key: str, dtype: str, scenario: Scenario
) -> None:
    problem = scenario.problem
    row = compare_one(problem, MethodChoice(key, (("device", "cuda"), ("dtype", dtype))))
    assert row.unavailable is None and row.value is not None
    unit = Fraction(1, 2**53) if dtype == "float64" else Fraction(1, 2**24)
    assert abs(Fraction(row.value) - row.exact) <= exact_method_rounding(problem, unit)
    assert (row.device, row.dtype) == ("cuda", dtype)


@pytest.mark.cuda
@pytest.mark.parametrize(
    "scenario",
    [s for s in SCENARIOS if s.problem.polynomial.variables],
    ids=lambda s: s.name,
)
def test_that_a_whole_gradient_on_cuda_is_that_of_the_cpu(scenario: Scenario) -> None:
    problem = scenario.problem
    names = problem.polynomial.variables
    on_cpu = AutogradReverse().gradient(problem, names)
    on_cuda = AutogradReverse(device="cuda").gradient(problem, names)
    assert on_cuda == on_cpu
