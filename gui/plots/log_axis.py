"""LogAxis: numbers along an axis whose coordinates are their logarithms to base 10."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, log10

from gui.look.number_format import show_tick
from gui.plots.plot_style import NumberAxis

_GAPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_WITHIN_A_DECADE = ((1, 2, 5), (1, 3))
"""Multiples of a power of ten that are shown where the axis has room for them."""


class LogAxis(NumberAxis):
    """Shows ``1e−4`` where the plot has -4; decades, or a few numbers in each where few fit."""

    lowest = -1000.0
    """Below it there are no numbers."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802
        """Return one level of ticks: 1, 2, 5, 10, ...; every decade; every second; ..."""
        low = max(low, self.lowest)
        if not high > low:
            return [(1.0, [])]
        room = 3.2 if self.orientation == "bottom" else 1.7
        most = max(2.0, size / (room * self._metrics().height()))
        for multiples in _WITHIN_A_DECADE:
            ticks = [
                decade + log10(multiple)
                for decade in range(floor(low), ceil(high) + 1)
                for multiple in multiples
            ]
            inside = [tick for tick in ticks if low <= tick <= high]
            if len(inside) <= most and high - low <= most:
                return [(1.0, inside)]
        gap = next((gap for gap in _GAPS if (high - low) / gap <= most), _GAPS[-1])
        first, last = ceil(low / gap), floor(high / gap)
        return [(float(gap), [float(index * gap) for index in range(first, last + 1)])]

    def _texts(self, values: Sequence[float]) -> tuple[str, ...]:
        return tuple(_text(value) for value in values)


def _text(log: float) -> str:
    """Return ``1e−4``, and ``0.01`` to ``500`` written out."""
    exponent = floor(log + 1e-9)
    multiple = round(10.0 ** (log - exponent))
    if -3 < exponent < 3:
        return show_tick(multiple * 10.0**exponent)
    return f"{multiple}e{exponent}".replace("-", "\N{MINUS SIGN}")
