"""How numbers look, at the edges of every rule."""

from __future__ import annotations

from fractions import Fraction

import pytest

from gui.number_format import show_error, show_seconds, show_step, show_tick, show_value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (54.00090000009072, "54.00090000009072"),
        (54.0, "54"),
        (-0.1, "−0.1"),
        (1e22, "1e+22"),
        (float("nan"), "nan"),
        (Fraction(-54), "−54"),
        (Fraction(1, 3), "1/3"),
        (Fraction(10**23), "100000000000000000000000"),
        (-Fraction(1, 3**60), "≈ −2.3589824875925728e−29"),
        (Fraction(10) ** 5000, "≈ 10^5000"),
        (-(Fraction(10) ** 5000), "≈ −10^5000"),
        (Fraction(1, 10**5000), "≈ 10^−5000"),
    ],
)
def test_that_a_value_shows_every_digit_it_has_room_for(
    value: Fraction | float | None, shown: str
) -> None:
    assert show_value(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (0.0, "0"),
        (0.00090000009072, "9.00e−4"),
        (0.01, "0.0100"),
        (54.0, "54.0"),
        (100.0, "100"),
        (999.9, "1.00e3"),
        (1.25e-300, "1.25e−300"),
        (float("inf"), "∞"),
    ],
)
def test_that_an_error_has_three_digits(value: float | None, shown: str) -> None:
    assert show_error(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (1e-4, "1e−4"),
        (1.5e-8, "1.5e−8"),
        (2.0**-16, "1.526e−5"),
        (0.25, "0.25"),
        (2.0, "2"),
    ],
)
def test_that_a_step_looks_as_it_would_be_typed(value: float | None, shown: str) -> None:
    assert show_step(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(-3.0, "−3"), (1e-5, "1e−5"), (12345678.0, "1.235e7"), (0.1, "0.1")]
)
def test_that_a_tick_is_short(value: float, shown: str) -> None:
    assert show_tick(value) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (None, "–"),
        (3e-8, "30 ns"),
        (9.996e-7, "1 µs"),
        (5.25e-6, "5.25 µs"),
        (0.0123, "12.3 ms"),
        (0.9996, "1 s"),
        (12.0, "12 s"),
    ],
)
def test_that_a_duration_has_the_unit_that_keeps_it_short(
    seconds: float | None, shown: str
) -> None:
    assert show_seconds(seconds) == shown
