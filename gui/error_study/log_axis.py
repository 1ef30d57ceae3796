"""LogAxis: decades along an axis whose coordinates are logarithms."""

from __future__ import annotations

from math import ceil, floor

from gui.number_format import show_tick
from gui.plot_style import NumberAxis


class LogAxis(NumberAxis):
    """Shows ``1e−4`` where the plot has -4; whole decades only, as many as have room."""

    lowest = -1000.0
    """Below it there are no numbers."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802
        """Return one level of ticks: every decade, every second, every fifth, ..."""
        low = max(low, self.lowest)
        if not high > low:
            return [(1.0, [])]
        room = 3.2 if self.orientation == "bottom" else 2.2
        most = max(2.0, size / (room * self._metrics().height()))
        gap = next(gap for gap in (1, 2, 5, 10, 20, 50, 100, 1000) if (high - low) / gap <= most)
        first, last = ceil(low / gap), floor(high / gap)
        return [(float(gap), [float(index * gap) for index in range(first, last + 1)])]

    def _texts(self, values: object) -> tuple[str, ...]:
        return tuple(decade_text(int(value)) for value in values)  # type: ignore[attr-defined]


def decade_text(exponent: int) -> str:
    """Return ``1e−4``, and ``0.01`` to ``100`` written out."""
    return (
        show_tick(float(f"1e{exponent}"))
        if -3 < exponent < 3
        else f"1e{exponent}".replace("-", "\N{MINUS SIGN}")
    )
