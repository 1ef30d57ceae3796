"""Ticks, their texts and short coordinates: which numbers stand at the axes of every plot."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise

from engine.point import read_number, write_number
from gui.look.number_format import show_tick

_MINUS = "\N{MINUS SIGN}"


def nice_step(span: float, count: int) -> float:
    """Return 1, 2 or 5 times a power of ten, so that about ``count`` steps make ``span``."""
    rough = span / max(1, count)
    power = 10.0 ** math.floor(math.log10(rough))
    factors = (1.0, 2.0, 5.0, 10.0)
    return next(factor * power for factor in factors if rough <= factor * power * 1.001)


def nice_ticks(low: float, high: float, count: int) -> tuple[float, ...]:
    """Return the multiples of a nice step in ``[low, high]``; about ``count`` of them."""
    span = high - low
    if not (math.isfinite(span) and span > 0):
        # The span itself overflows, or there is none: the ends are all that can be said.
        return (low, high) if high > low else (low,)
    step = nice_step(span, count)
    if step < 1e-13 * max(abs(low), abs(high)):
        return (low, high)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(float(f"{index * step:.15g}") for index in range(first, last + 1))


def tick_texts(ticks: Sequence[float]) -> tuple[str, ...]:
    """Return the texts of ``ticks``: short, and each nearly the number that it stands for.

    Nearly is a hundredth of the least gap: what is read lies where the tick is drawn.
    """
    if len(ticks) < 2:
        return tuple(show_tick(tick) for tick in ticks)
    largest = max(abs(tick) for tick in ticks)
    ordered = sorted(ticks)
    gap = min(after - before for before, after in pairwise(ordered))
    write = _plain if 1e-4 <= largest < 1e5 else _scientific
    for digits in range(17):
        texts = tuple(write(tick, digits) for tick in ticks)
        off = (abs(float(text) - tick) for text, tick in zip(texts, ticks, strict=True))
        if all(error <= gap / 100 for error in off):
            break
    return tuple(text.replace("-", _MINUS) for text in texts)


def _plain(value: float, decimals: int) -> str:
    # Adding 0 takes the sign off a zero.
    return f"{round(value, decimals) + 0.0:.{decimals}f}"


def _scientific(value: float, digits: int) -> str:
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.{digits}e}".split("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(exponent)}"


def ticks_that_fit(
    low: float, high: float, most: int, fits: Callable[[tuple[float, ...]], bool]
) -> tuple[float, ...]:
    """Return the most ticks that fit, about ``most`` of them; two at least where there are two."""
    best = nice_ticks(low, high, most)
    for count in range(most, 1, -1):
        ticks = nice_ticks(low, high, count)
        if len(ticks) >= 2:
            best = ticks
        if fits(best):
            break
    return best


def value_unit(largest: float) -> float:
    """Return the power of ten in which values up to ``largest`` are drawn.

    It is 1 for all but the largest and the smallest floats: what Qt and pyqtgraph multiply on
    the way to the screen would overflow there.
    """
    if largest == 0 or 1e-100 < largest < 1e100:
        return 1.0
    return float(f"1e{math.floor(math.log10(largest))}")


def short_decimal(value: float, resolution: float) -> str:
    """Return the shortest decimal that is within half of ``resolution`` of ``value``.

    A place on a plot is known to a pixel; more digits than that would only pretend.
    """
    if not resolution > 0:
        return write_number(Fraction(value))
    exact, half = Fraction(value), Fraction(resolution) / 2
    places = -math.ceil(math.log10(resolution)) - 1
    while True:
        unit = Fraction(10) ** -places
        rounded = round(exact / unit) * unit
        if abs(rounded - exact) <= half:
            return write_number(rounded)
        places += 1


def short_decimal_within(value: float, interval: tuple[float, float], resolution: float) -> str:
    """Return :func:`short_decimal` of ``value`` moved into ``interval``, and never outside it."""
    low, high = interval
    text = short_decimal(min(max(value, low), high), resolution)
    rounded = read_number(text)
    if low <= rounded <= high:
        return text
    return write_number(Fraction(low if rounded < low else high))


def readable_interval(low: float, high: float, before: tuple[float, float]) -> tuple[float, float]:
    """Return ``low`` to ``high`` in short decimals; ``before`` where floats cannot divide it."""
    span = high - low
    if not (math.isfinite(span) and span > 1e-9 * max(abs(low), abs(high), 1e-6) and span < 1e100):
        return before
    return float(short_decimal(low, span / 500)), float(short_decimal(high, span / 500))
