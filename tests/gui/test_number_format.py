"""How numbers look, at the edges of every rule."""

from __future__ import annotations

from fractions import Fraction
from time import process_time

import pytest
from PySide6.QtGui import QTextDocument, QTextOption
from pytestqt.qtbot import QtBot

from gui.look.number_format import (
    show_equal,
    show_error,
    show_rounded,
    show_seconds,
    show_set,
    show_short,
    show_step,
    show_stored,
    show_tick,
    show_tuple,
    show_value,
    wrapped_tip,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (54.00090000009072, "54.00090000009072"),
        (54.0, "54"),
        (-0.1, "−0.1"),
        (1e22, "1e22"),
        (1e-7, "1e−7"),
        (float("nan"), "overflow"),
        (float("inf"), "∞ (overflow)"),
        (float("-inf"), "−∞ (overflow)"),
        (Fraction(-54), "−54"),
        (Fraction(1, 3), "1/3"),
        (Fraction(15038, 625), "24.0608"),
        (Fraction(-63, 50), "−1.26"),
        (Fraction(1, 2**16), "0.0000152587890625"),
        (Fraction(12345678901234567, 10**16), "1.2345678901234567"),
        (Fraction(1, 2**17), "1/131072"),
        (Fraction(1, 7**13), "1/96889010407"),
        (Fraction(10**23), "100000000000000000000000"),
        (-Fraction(1, 3**60), "≈ −2.3589824875925728e−29"),
        (Fraction(2 * 10**200), "2e200"),
        (Fraction(10) ** 5000, "≈ 1e5000"),
        (-(Fraction(10) ** 5000), "≈ −1e5000"),
        (Fraction(1, 10**5000), "≈ 1e−5000"),
        (Fraction(10**400 + 1), "≈ 1e400"),
        (Fraction(10**400), "1e400"),
        (Fraction(2, 3) / 10**400, "≈ 6.6666666666666667e−401"),
    ],
)
def test_that_a_value_shows_every_digit_it_has_room_for(
    value: Fraction | float | None, shown: str
) -> None:
    assert show_value(value) == shown


def test_that_a_number_of_millions_of_digits_is_shown_at_once() -> None:
    value = Fraction(3 * 2**7_000_000, 7)
    started = process_time()
    assert show_value(value) == "≈ 3.9964196259298522e2107209"
    assert show_value(1 / value) == "≈ 2.5022397385693167e−2107210"
    assert process_time() - started < 1  # all the digits take minutes


def test_that_a_tool_tip_wraps_inside_of_a_long_number(qtbot: QtBot) -> None:
    document = QTextDocument()
    between_words = QTextOption()
    between_words.setWrapMode(QTextOption.WrapMode.WordWrap)  # as tool tips do
    document.setDefaultTextOption(between_words)
    document.setHtml(wrapped_tip("7" * 3000))
    document.setTextWidth(400)
    assert document.idealWidth() <= 400


@pytest.mark.parametrize(
    ("value", "equal"),
    [
        (Fraction(25, 2), ("=", "12.5")),
        (Fraction(1, 3), ("=", "1/3")),
        (Fraction(-2 * 10**200), ("=", "−2e200")),
    ],
)
def test_that_an_exact_value_says_whether_it_is_shown_exactly(
    value: Fraction, equal: tuple[str, str]
) -> None:
    assert show_equal(value) == equal


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(72), "= 72"),
        (Fraction(-1, 3), "= −1/3"),
        (Fraction(1, 24), "= 1/24"),
        (Fraction(10**12 + 1), "= 1000000000001"),
        (Fraction(10**13 + 1), "≈ 1e13"),
        (Fraction(10**13), "= 1e13"),
        (Fraction("57.12345678901"), "≈ 57.12"),
        (Fraction("57.1234567"), "= 57.1234567"),
        (Fraction(123457, 3333331), "≈ 0.03704"),
        (Fraction(10**400 + 1), "≈ 1e400"),
        (Fraction(10) ** -5000, "≈ 1e−5000"),
    ],
)
def test_that_what_fits_a_caption_is_exact_and_what_is_rounded_says_so(
    value: Fraction, shown: str
) -> None:
    assert str(show_short(value)) == shown


def test_that_one_rounded_component_makes_a_vector_rounded() -> None:
    exact, rounded = show_short(Fraction(1, 2)), show_short(Fraction(10**20 + 1, 7))
    assert str(show_tuple([exact, exact])) == "= (0.5, 0.5)"
    assert str(show_tuple([exact, rounded])) == "≈ (0.5, 1.429e19)"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(0.1), "0.1"),
        (Fraction(1, 3), "1/3"),
        (Fraction(10**400), "1e400"),
        (Fraction(1, 3**60), "≈ 2.3589824875925728e−29"),
    ],
)
def test_that_what_a_float_holds_is_written_as_that_float(value: Fraction, shown: str) -> None:
    assert show_stored(value).alone == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(1, 3), "≈ 0.333333"),
        (Fraction(-1, 10**400), "= −1e−400"),
        (0.1, "= 0.1"),
        (1 / 3, "≈ 0.333333"),
    ],
)
def test_that_a_rounded_decimal_says_so(value: Fraction | float, shown: str) -> None:
    assert str(show_rounded(value, 6)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("1/3", "= 1/3"),
        (1e-4, "= 1e−4"),
        (1.23456e-4, "≈ 1.235e−4"),
        (Fraction(2.0001) - 2, "≈ 1e−4"),
        (Fraction(10) ** 999, "= 1e999"),
        (Fraction(10**999 // 3), "≈ 3.333e998"),
    ],
)
def test_that_a_step_that_is_rounded_says_so(value: Fraction | float | str, shown: str) -> None:
    assert str(show_set(value)) == shown


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
        (float("nan"), "–"),
        (Fraction(0), "0"),
        (Fraction(1, 3), "0.333"),
        (Fraction(10**400 // 3), "3.33e399"),
        (Fraction(1, 3 * 10**400), "3.33e−401"),
        (Fraction(10**5000), "1.00e5000"),
    ],
)
def test_that_an_error_has_three_digits(value: Fraction | float | None, shown: str) -> None:
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
