"""Stencils: the weights of the literature, exact moments, the stated accuracy order."""

from __future__ import annotations

from fractions import Fraction
from math import factorial

import pytest
from sympy.calculus.finite_diff import finite_diff_weights

from engine.differentiation.scheme import tensor
from engine.differentiation.stencil import (
    Stencil,
    StencilPart,
    central_stencil,
    fornberg_weights,
    forward_stencil,
    make_stencil,
)
from engine.evaluation.scalar import ScalarFunction
from engine.polynomial import Polynomial

F = Fraction


def test_that_the_central_weights_are_those_of_fornbergs_table() -> None:
    # Fornberg (1988), table 1.
    assert central_stencil(1, 2).weights == (F(-1, 2), F(1, 2))
    assert central_stencil(1, 2).denominator == 2
    assert central_stencil(1, 4).weights == (F(1, 12), F(-2, 3), F(2, 3), F(-1, 12))
    assert central_stencil(2, 2).weights == (1, -2, 1)
    assert central_stencil(2, 4).weights == (F(-1, 12), F(4, 3), F(-5, 2), F(4, 3), F(-1, 12))
    assert central_stencil(3, 2).weights == (F(-1, 2), 1, -1, F(1, 2))
    assert central_stencil(4, 2).weights == (1, -4, 6, -4, 1)


def test_that_forward_weights_are_binomial_coefficients_of_changing_sign() -> None:
    assert forward_stencil(1).weights == (-1, 1)
    assert forward_stencil(4).weights == (1, -4, 6, -4, 1)
    assert forward_stencil(3).offsets == (0, 1, 2, 3)


@pytest.mark.parametrize("derivative", range(9))
def test_that_the_weights_on_uneven_offsets_are_those_of_sympy(derivative: int) -> None:
    offsets = (-7, -2, -1, 0, 1, 3, 4, 6, 11)
    expected = finite_diff_weights(derivative, offsets, 0)[derivative][-1]
    assert fornberg_weights(offsets, derivative) == tuple(F(int(w.p), int(w.q)) for w in expected)


@pytest.mark.parametrize("accuracy", [2, 4, 6])
@pytest.mark.parametrize("derivative", range(1, 9))
def test_that_a_central_stencil_has_the_accuracy_asked_for(derivative: int, accuracy: int) -> None:
    stencil = central_stencil(derivative, accuracy)
    assert stencil.accuracy == accuracy
    assert moments(stencil, derivative + accuracy)[derivative] == 1


@pytest.mark.parametrize("derivative", range(1, 9))
def test_that_a_forward_stencil_has_accuracy_one(derivative: int) -> None:
    assert forward_stencil(derivative).accuracy == 1


@pytest.mark.parametrize("offsets", [(0, 1, 2), (-1, 0, 2), (-3, -2, -1, 0, 1)])
def test_that_below_its_accuracy_every_moment_but_one_vanishes(offsets: tuple[int, ...]) -> None:
    stencil = make_stencil(offsets, 2)
    values = moments(stencil, 2 + stencil.accuracy)
    assert values[: 2 + stencil.accuracy] == [F(k == 2) for k in range(2 + stencil.accuracy)]
    assert values[2 + stencil.accuracy] != 0


def moments(stencil: Stencil, highest: int) -> list[Fraction]:
    return [
        sum((w * o**k for o, w in zip(stencil.offsets, stencil.weights, strict=True)), F(0))
        / factorial(k)
        for k in range(highest + 1)
    ]


def test_that_stencils_of_several_variables_multiply() -> None:
    f = ScalarFunction(Polynomial("xyz", {(2, 1, 1): 1}), Fraction)
    parts = [
        StencilPart(0, central_stencil(2, 2), F(1, 2)),
        StencilPart(2, forward_stencil(1), F(1, 3)),
    ]
    quotient = tensor([F(3), F(5), F(7)], parts)
    assert len(quotient.points) == 6
    assert quotient.apply(f) == 10
    assert f.evaluations == 6


def test_that_a_tiny_step_divides_without_underflow() -> None:
    f = ScalarFunction(Polynomial("xy", {(1, 1): 2**900}), float)
    parts = [StencilPart(index, central_stencil(1, 2), 2.0**-560) for index in (0, 1)]
    assert tensor([0.0, 0.0], parts).apply(f) == 2.0**900
