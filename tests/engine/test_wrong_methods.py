"""A method that is wrong fails the accuracy tests that its traits choose, whatever its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import pytest

from engine.differentiation.difference_method import Outcome, Outcomes, StepOf
from engine.differentiation.finite_difference import CentralDifference, ForwardDifference
from engine.differentiation.method import (
    DerivativeProblem,
    DifferentiationMethod,
    Estimate,
    MethodTraits,
)
from engine.differentiation.richardson import RichardsonExtrapolation
from engine.differentiation.rules import SymbolicRules
from engine.differentiation.scheme import Quotient, TensorQuotient
from engine.evaluation.arrays import Numbers
from tests.added_methods.twice import TwiceTheDerivative
from tests.conftest import Register
from tests.engine.method_accuracy import check_accuracy, check_order, exact_value
from tests.engine.scenarios import SCENARIOS


@dataclass(frozen=True, slots=True)
class TwiceTheRules(SymbolicRules):
    key: ClassVar[str] = "twice_the_rules"

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        right = SymbolicRules.estimate(self, problem)
        return replace(right, value=2 * right.value)


@dataclass(frozen=True, slots=True)
class TwiceInFloats:
    key: ClassVar[str] = "twice_in_floats"
    traits: ClassVar[MethodTraits] = MethodTraits(exact=True)

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        return Estimate(float(2 * exact_value(problem)))


@dataclass(frozen=True, slots=True)
class TwiceInTheStudyOnly(ForwardDifference):
    key: ClassVar[str] = "twice_in_the_study"

    def outcomes(self, problem: DerivativeProblem, quotient: Quotient, values: Numbers) -> Outcomes:
        right = ForwardDifference.outcomes(self, problem, quotient, values)
        return replace(right, values=2 * right.values)


@dataclass(frozen=True, slots=True)
class TwiceExtrapolated(RichardsonExtrapolation):
    key: ClassVar[str] = "twice_extrapolated"

    def outcome(
        self, problem: DerivativeProblem, quotients: Sequence[Quotient], values: Sequence[Any]
    ) -> Outcome:
        right = RichardsonExtrapolation.outcome(self, problem, quotients, values)
        return replace(right, value=2 * right.value)


@dataclass(frozen=True, slots=True, eq=False)
class TwiceTheQuotient(TensorQuotient):
    def combine(self, values: Sequence[Any]) -> Any:
        return 2 * TensorQuotient.combine(self, values)


@dataclass(frozen=True, slots=True)
class TwiceByItsQuotient(CentralDifference):
    key: ClassVar[str] = "twice_by_its_quotient"

    def quotient(
        self, problem: DerivativeProblem, coordinates: Sequence[Any], step_of: StepOf
    ) -> Quotient:
        right = CentralDifference.quotient(self, problem, coordinates, step_of)
        return TwiceTheQuotient(right.coordinates, right.parts, right.points)


@dataclass(frozen=True, slots=True)
class WithoutAStep:
    """Neither exact nor a difference whose error could be split."""

    key: ClassVar[str] = "without_a_step"
    traits: ClassVar[MethodTraits] = MethodTraits(exact=False, truncation_order=2)

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        return Estimate(float(exact_value(problem)))


@dataclass(frozen=True, slots=True)
class OfALowerOrder(ForwardDifference):
    key: ClassVar[str] = "of_a_lower_order"
    traits: ClassVar[MethodTraits] = replace(ForwardDifference.traits, truncation_order=2)


@pytest.mark.parametrize(
    "wrong",
    [
        TwiceTheDerivative, TwiceTheRules, TwiceInFloats, TwiceInTheStudyOnly, TwiceExtrapolated,
        TwiceByItsQuotient, WithoutAStep,
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["example a", "example ab", "cubic xx", "six u"])
def test_that_a_wrong_method_fails_wherever_the_derivative_is_not_zero(
    register: Register, wrong: type[DifferentiationMethod], name: str
) -> None:
    (scenario,) = [one for one in SCENARIOS if one.name == name]
    with pytest.raises(AssertionError):
        check_accuracy(register(wrong), scenario.problem)


@pytest.mark.parametrize("wrong", [OfALowerOrder, TwiceTheDerivative, TwiceByItsQuotient])
def test_that_a_quotient_without_the_order_of_its_traits_fails(
    register: Register, wrong: type[DifferentiationMethod]
) -> None:
    with pytest.raises(AssertionError):
        check_order(register(wrong))
