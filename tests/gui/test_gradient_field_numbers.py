"""Ticks, short decimals, contour levels, colour scales and arrow classes, by their numbers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.point import read_number
from engine.worksheet.worksheet import Worksheet
from gui.panels.gradient_field.arrow_items import class_bounds
from gui.panels.gradient_field.contour_levels import contour_levels
from gui.panels.gradient_field.heatmap_item import colour_scale
from gui.panels.gradient_field.scale_bar import place_numbers
from gui.plots.plot_axes import (
    nice_ticks,
    readable_interval,
    short_decimal,
    short_decimal_within,
    tick_texts,
    ticks_that_fit,
    value_unit,
)
from gui.session.plotted import held_text, plotted_of


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (-5, 5, (-4, -2, 0, 2, 4)),
        (0, 1, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (-625, 625, (-500, 0, 500)),
        (3, 3, (3,)),
        (-1.5e308, 1.5e308, (-1.5e308, 1.5e308)),
    ],
)
def test_that_ticks_are_round_numbers_in_the_range(
    low: float, high: float, ticks: tuple[float, ...]
) -> None:
    assert nice_ticks(low, high, 5) == ticks


@given(
    st.floats(-1e9, 1e9),
    st.floats(1e-6, 1e9),
    st.integers(2, 12),
)
def test_that_ticks_grow_inside_the_range_and_have_different_texts(
    low: float, span: float, count: int
) -> None:
    high = low + span
    ticks = nice_ticks(low, high, count)
    margin = 1e-8 * max(span, abs(low), abs(high))
    assert all(low - margin <= tick <= high + margin for tick in ticks)
    assert list(ticks) == sorted(set(ticks))
    assert len(set(tick_texts(ticks))) == len(ticks)


@pytest.mark.parametrize(
    ("ticks", "texts"),
    [
        ((-4.0, 0.0, 4.0), ("−4", "0", "4")),
        ((0.0, 0.05, 0.1), ("0.00", "0.05", "0.10")),
        ((1000.0, 1000.5), ("1000.0", "1000.5")),
        ((-4e281, 0.0, 4e281), ("−4e281", "0", "4e281")),
        ((0.0, 2e-7), ("0", "2e−7")),
        ((-1.5, -0.5, 0.5, 1.5), ("−1.5", "−0.5", "0.5", "1.5")),
        ((-0.001, 3.0), ("0", "3")),
        ((-12345678.0, 22345678.0), ("−1.2e7", "2.2e7")),
    ],
)
def test_that_tick_texts_have_as_many_decimals_as_tell_them_apart(
    ticks: tuple[float, ...], texts: tuple[str, ...]
) -> None:
    assert tick_texts(ticks) == texts


@pytest.mark.parametrize(
    ("value", "resolution", "text"),
    [
        (1.9672, 0.02, "1.97"),
        (-0.004, 0.02, "0"),
        (2.0000001, 0.02, "2"),
        (123456.7, 1000, "123000"),
        (0.1, 0.0, "3602879701896397/36028797018963968"),
        (1.23456e-7, 1e-9, "0.000000123"),
    ],
)
def test_that_a_short_decimal_is_as_long_as_a_pixel_needs(
    value: float, resolution: float, text: str
) -> None:
    assert short_decimal(value, resolution) == text


@given(st.floats(-1e6, 1e6), st.floats(1e-9, 1e3))
def test_that_a_short_decimal_names_the_pixel(value: float, resolution: float) -> None:
    assert (
        abs(read_number(short_decimal(value, resolution)) - read_exact(value))
        <= read_exact(resolution) / 2
    )


def read_exact(value: float) -> object:
    from fractions import Fraction

    return Fraction(value)


@given(st.floats(-10, 10), st.floats(-5, 0), st.floats(0.001, 5), st.floats(1e-6, 1))
def test_that_a_coordinate_never_leaves_the_interval(
    value: float, low: float, high: float, resolution: float
) -> None:
    assert low <= read_number(short_decimal_within(value, (low, high), resolution)) <= high


def test_that_a_range_that_floats_cannot_divide_is_not_taken() -> None:
    before = (-5.0, 5.0)
    assert readable_interval(-1.23456789, 2.34567891, before) == (-1.235, 2.346)
    assert readable_interval(1.0, 1.0 + 1e-12, before) == before
    assert readable_interval(-1e300, 1e300, before) == before


@given(st.floats(-100, 100), st.floats(0.01, 1000), st.integers(1, 11))
def test_that_there_are_two_ticks_however_little_room(low: float, span: float, most: int) -> None:
    ticks = ticks_that_fit(low, low + span, 10, lambda ticks: len(ticks) <= most)
    assert len(ticks) >= 2
    # Nice steps are up to 2.5 times apart: where the next shows one tick, this one shows up to 5.
    assert len(ticks) <= max(most, 5)


def test_that_levels_are_equally_spaced_where_that_shows_the_shape() -> None:
    plane = np.linspace(-10, 10, 50)[:, None] + np.zeros(50)
    assert contour_levels(plane) == (-8, -6, -4, -2, 0, 2, 4, 6, 8)


def test_that_levels_are_denser_where_most_of_the_picture_lies() -> None:
    x = np.linspace(-5, 5, 101)
    steep = (x**8)[:, None] + (x**8)
    levels = contour_levels(steep)
    shares = np.histogram(steep, bins=[steep.min(), *levels, steep.max()])[0] / steep.size
    assert len(levels) >= 6
    assert shares.max() < 0.4


def test_that_levels_follow_values_that_grow_by_powers_of_ten() -> None:
    steep = np.linspace(0, 5, 101)[:, None] ** 20 + np.zeros(50)
    levels = contour_levels(steep)
    assert len(levels) >= 8
    assert levels[0] < 1 < 1e12 < levels[-1]
    assert contour_levels(steep, floor=1e6) == tuple(level for level in levels if level >= 1e6)


@pytest.mark.parametrize(
    ("text", "point", "caption", "label"),
    [
        ("x^2 + 10^12", {"x": "1"}, "f(1) = 1000000000001   df/dx = 2", "(2)"),
        (
            "xy^2/2",
            {"x": "0.5", "y": "1/3"},
            "f(0.5, 1/3) = 1/36   ∇f = (1/18, 1/6)",
            "(1/18, 1/6)",
        ),
        (
            "x/3 + y",
            {"x": "0.1234567890123", "y": "1"},
            "f(0.1235, 1) ≈ 1.041   ∇f = (1/3, 1)",
            "(1/3, 1)",
        ),
        (
            "x^3 y",
            {"x": "1.2345", "y": "2"},
            "f(1.2345, 2) = 3.76273192725   ∇f ≈ (9.1439415, 1.881)",
            "≈ (9.144, 1.881)",
        ),
        (
            "x y z^2",
            {"x": "1/7", "y": "3", "z": "1/9999999"},
            "f(1/7, 3, 1/9999999) ≈ 4.286e−15   ∂f/∂x ≈ 3e−14   ∂f/∂y ≈ 1.429e−15",
            "≈ (3e−14, 1.429e−15)",
        ),
    ],
)
def test_that_a_caption_says_where_a_number_is_rounded(
    text: str, point: dict[str, str], caption: str, label: str
) -> None:
    plotted = plotted_of(Worksheet(text=text, coordinates=tuple(point.items())))
    assert plotted.caption() == caption
    assert plotted.gradient_label.alone == label


def test_that_held_values_are_exact_or_say_that_they_are_not() -> None:
    at = (("z", "1/3"), ("w", "9" * 4000))
    assert held_text(plotted_of(Worksheet(text="x + y + z + w", coordinates=at))) == (
        "at z = 1/3, w ≈ 1e4000"
    )


def test_that_numbers_stand_at_both_ends_of_a_bar_and_none_touches_another() -> None:
    inner = [(share, str(round(100 * share))) for share in np.linspace(0, 1, 11).tolist()]
    placed = place_numbers((-55.0, 7e-5), inner, 10.0, 110.0, lambda text: 6.0 * len(text))
    assert [text for _, _, text in placed[:2]] == ["−55", "7e−5"]
    assert placed[0][0] == 10
    assert placed[1][0] + 6 * len("7e−5") == 110
    spans = sorted((start, start + 6 * len(text)) for start, _, text in placed)
    assert len(spans) > 3
    assert all(stop + 5 < start for (_, stop), (start, _) in pairwise(spans))


def test_that_ends_get_shorter_where_there_is_no_room() -> None:
    placed = place_numbers((-1.234e-300, 5.678e300), [], 0.0, 80.0, lambda text: 6.0 * len(text))
    assert [text for *_, text in placed] == ["−1e−300", "6e300"]


def test_that_a_bar_of_one_value_has_one_number() -> None:
    placed = place_numbers((1.414, 1.414), [(0.5, "1")], 0.0, 100.0, lambda text: 6.0 * len(text))
    assert placed == [(35.0, 50.0, "1.414")]


def test_that_only_values_which_the_screen_cannot_take_are_scaled() -> None:
    assert [value_unit(size) for size in (0.0, 1e-99, 7.0, 9e99)] == [1, 1, 1, 1]
    assert value_unit(3.1e281) == 1e281
    assert value_unit(3.1e-281) == 1e-281


def test_that_a_level_surface_and_one_without_numbers_have_no_levels() -> None:
    assert contour_levels(np.full((4, 4), 7.0)) == ()
    assert contour_levels(np.full((4, 4), np.nan)) == ()


def test_that_a_scale_is_symmetric_about_zero_only_where_f_changes_its_sign() -> None:
    both = colour_scale(np.array([-1.0, 2.0, 3.0, -3.0]))
    assert (both.low, both.high, both.diverging) == (-3, 3, True)
    assert both.fraction(np.array([-3.0, 0.0, 3.0])).tolist() == [0, 0.5, 1]
    one = colour_scale(np.array([2.0, 5.0, np.inf, np.nan]))
    assert (one.low, one.high, one.diverging) == (2, 5, False)


def test_that_a_scale_of_the_largest_floats_does_not_overflow() -> None:
    scale = colour_scale(np.array([-1.7e308, 0.0, 1.7e308]))
    assert scale.fraction(np.array([-1.7e308, 0.0, 1.7e308])).tolist() == [0, 0.5, 1]


def test_that_classes_of_length_hold_about_as_many_arrows_each() -> None:
    lengths = np.arange(1.0, 101.0)
    assert class_bounds(lengths) == (21, 41, 60, 80)
    assert class_bounds(np.full(9, 2.5)) == ()
    assert class_bounds(np.array([0.0, np.inf, np.nan])) == ()
