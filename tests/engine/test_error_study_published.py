"""Worked examples: what textbooks and papers say of difference quotients, on polynomials."""

from __future__ import annotations

from fractions import Fraction

import pytest

import engine
from engine.differentiation.method import MethodChoice
from engine.differentiation.richardson import RichardsonExtrapolation
from engine.differentiation.stencil import central_stencil
from engine.studies.error_study import study_error

F = Fraction
EPS = 2.0**-52
SWEEP = [2.0 ** (-k / 4) for k in range(4, 180)]


def polynomial(text: str) -> engine.Polynomial:
    return engine.read(text).polynomial


@pytest.mark.parametrize(
    ("scheme", "partial", "text", "coefficient", "power"),
    [
        # f_x = (f(1,0) - f(-1,0))/2h + O(h^2): h^2/6 f_xxx
        ("central", "x", "x^3y", F(6, 6), 2),
        # f_xx = (f(1,0) - 2f(0,0) + f(-1,0))/h^2 + O(h^2): h^2/12 f_xxxx
        ("central", "xx", "x^4y", F(24, 12), 2),
        # f_xx = (-f(2,0) + 16f(1,0) - 30f(0,0) + 16f(-1,0) - f(-2,0))/12h^2 + O(h^4): -h^4/90 f^(6)
        ("five_point", "xx", "x^6y", F(-720, 90), 4),
        # f_xy = (f(1,1) - f(1,-1) - f(-1,1) + f(-1,-1))/4h^2 + O(h^2): h^2/6 (f_xxxy + f_xyyy)
        ("central", "xy", "x^3y + xy^3", F(12, 6), 2),
    ],
)
def test_the_partial_derivatives_of_abramowitz_and_stegun(
    scheme: str, partial: str, text: str, coefficient: Fraction, power: int
) -> None:
    """Abramowitz & Stegun, *Handbook of Mathematical Functions* (1964), section 25.3, the
    formulas for partial derivatives; the constants of their errors from Taylor's theorem."""
    point = engine.Point({"x": 1, "y": 1})
    study = study_error(polynomial(text), point, tuple(partial), scheme, [0.5, 0.25])
    assert study.leading == (coefficient, power)
    assert study.truncation == tuple(coefficient * F(h) ** power for h in (0.5, 0.25))


def test_the_weights_of_fornbergs_table() -> None:
    """Fornberg, Mathematics of Computation 51 (1988), table 1: the first derivative to order 4
    and 6, and the second to order 6, on equidistant points."""
    assert central_stencil(1, 4).weights == (F(1, 12), F(-2, 3), F(2, 3), F(-1, 12))
    assert central_stencil(1, 6).weights == (
        F(-1, 60), F(3, 20), F(-3, 4), F(3, 4), F(-3, 20), F(1, 60),
    )  # fmt: skip
    assert central_stencil(2, 6).weights == (
        F(1, 90), F(-3, 20), F(3, 2), F(-49, 18), F(3, 2), F(-3, 20), F(1, 90),
    )  # fmt: skip


@pytest.mark.parametrize(("scheme", "root"), [("forward", 2), ("central", 3)])
def test_the_best_steps_of_numerical_recipes(scheme: str, root: int) -> None:
    """Press et al., *Numerical Recipes*, 3rd ed. (2007), section 5.7: the best step of the forward
    quotient is about eps**(1/2) times the scale of x, that of the symmetric one eps**(1/3); the
    error is then about eps**(1/2) and eps**(2/3) of the derivative."""
    study = study_error(polynomial("x^4"), engine.Point({"x": 1}), ("x",), scheme, SWEEP)
    best = EPS ** (1 / root)
    assert study.best_step is not None
    assert best / 10 < study.best_step < best * 10
    assert study.predicted_step is not None
    assert best / 10 < study.predicted_step < best * 10
    # The best of a sweep can be better than that by chance; the predicted step is honest.
    (at_predicted,) = study_error(
        polynomial("x^4"), engine.Point({"x": 1}), ("x",), scheme, [study.predicted_step]
    ).total
    assert at_predicted is not None
    assert abs(at_predicted) / 4 < 30 * EPS ** ((root - 1) / root)


def test_the_optimal_step_of_burden_and_faires() -> None:
    """Burden & Faires, *Numerical Analysis*, section 4.1: eps/h + h^2 M/6 is smallest at
    h = (3 eps/M)^(1/3), where M bounds the third derivative."""
    study = study_error(polynomial("x^3"), engine.Point({"x": 2}), ("x",), "central", SWEEP)
    assert study.noise is not None
    assert study.predicted_step == pytest.approx((3 * study.noise / 6) ** (1 / 3))

    def worst(h: float) -> float:
        assert study.noise is not None
        return study.noise / h + h**2

    assert study.predicted_step is not None
    assert worst(study.predicted_step) < min(worst(study.predicted_step * q) for q in (0.9, 1.1))


def test_richardsons_first_extrapolation_is_the_five_point_formula() -> None:
    """Richardson, Phil. Trans. R. Soc. A 210 (1911): (4 D(h/2) - D(h))/3 has no h^2 term. With
    central quotients D it is the five-point formula with the step h/2."""
    assert RichardsonExtrapolation().shares((1, 1))[:2] == (F(-1, 3), F(4, 3))
    f, point = polynomial("x^6 - 2x^5 + x"), engine.Point({"x": "3/4"})

    def rational(key: str, step: str) -> Fraction:
        choice = MethodChoice(key, (("step", step), ("dtype", "rational")))
        (row,) = engine.compare(f, point, [("x",)], [choice]).rows
        assert isinstance(row.value, Fraction)
        return row.value

    extrapolated = (4 * rational("central", "1/16") - rational("central", "1/8")) / 3
    assert extrapolated == rational("five_point", "1/16")


def test_the_complex_step_of_squire_and_trapp() -> None:
    """Squire & Trapp, SIAM Review 40 (1998): Im f(x + ih)/h = f' - h^2 f'''/6 + ..., and with
    h = 1e-20 it is right to the last digits, for nothing is subtracted."""
    f, point = polynomial("x^5 + 3x^3"), engine.Point({"x": "1.5"})
    study = study_error(f, point, ("x",), "complex_step", ["0.01", "1e-20"])
    third = f.partial("x", "x", "x").value(point)
    assert study.leading == (-third / 6, 2)
    last = study.samples[1]
    assert last.total is not None
    assert abs(last.total) <= 4 * EPS * study.exact
    forward = study_error(f, point, ("x",), "forward", ["1e-20"])
    assert forward.samples[0].value is None  # the step is lost next to x


def test_that_far_from_zero_the_best_step_is_far_from_the_default() -> None:
    """Gill, Murray & Wright, *Practical Optimization* (1981), section 8.6: a step goes with
    eps**(1/2) * (1 + |x|). At x = 10^6 that is a hundred times the default 1e-4, which loses
    the digits that the better step keeps."""
    f, point = polynomial("x^3 - x"), engine.Point({"x": 10**6})
    best = EPS**0.5 * (1 + 10**6)
    default, better = study_error(f, point, ("x",), "forward", [1e-4, best]).total
    assert default is not None
    assert better is not None
    assert abs(default) > 20 * abs(better)
    sweep = study_error(f, point, ("x",), "forward", [2.0**k for k in range(-30, 10)])
    assert sweep.best_step is not None
    assert sweep.best_step > 30 * F(1e-4)
