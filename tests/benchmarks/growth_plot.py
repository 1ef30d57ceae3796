"""A picture of growths: log time against log size, as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from tests.benchmarks.growth import Growth

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM, LINE = 640, 400, 64, 624, 36, 364, 18
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")


@dataclass(frozen=True)
class Axis:
    """Whole decades, between two places in pixels."""

    decades: range
    first: float
    last: float

    @classmethod
    def of(cls, values: Iterable[float], first: float, last: float) -> Axis:
        logs = [math.log10(value) for value in values]
        low = math.floor(min(logs))
        return cls(range(low, max(math.ceil(max(logs)), low + 1) + 1), first, last)

    def place(self, value: float) -> float:
        low, high = self.decades[0], self.decades[-1]
        share = (math.log10(value) - low) / (high - low)
        return round(self.first + share * (self.last - self.first), 1)


def growth_plot(title: str, growths: Sequence[Growth]) -> str:
    """Return a line for each growth; its slope is in the legend under the axes."""
    sizes = Axis.of([size for one in growths for size in one.seconds], LEFT, RIGHT)
    seconds = [time for one in growths for time in one.seconds.values()]
    times = Axis.of(seconds, BOTTOM, TOP)
    body = [_text(WIDTH / 2, LINE, title, "middle")]
    for decade in sizes.decades:
        x = sizes.place(10.0**decade)
        body += [
            _path(f"M{x} {TOP}V{BOTTOM}"),
            _text(x, BOTTOM + LINE, f"{10**decade:,}", "middle"),
        ]
    for decade in times.decades:
        y = times.place(10.0**decade)
        body += [
            _path(f"M{LEFT} {y}H{RIGHT}"),
            _text(LEFT - 6, y + 4, f"{10.0**decade:g} s", "end"),
        ]
    for number, one in enumerate(growths):
        colour, y = COLOURS[number % len(COLOURS)], HEIGHT + (number + 1) * LINE
        corners = (f"{sizes.place(size)} {times.place(t)}" for size, t in one.seconds.items())
        body += [_path(f"M{'L'.join(corners)}", colour), _path(f"M{LEFT} {y - 4}h24", colour)]
        body += [_text(LEFT + 32, y, f"{one.job}: slope {one.slope:.2f}", "start")]
    height = HEIGHT + (len(growths) + 1) * LINE
    paper = f'<rect width="{WIDTH}" height="{height}" fill="white"/>'
    inside = "\n".join([paper, *body])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'font-family="sans-serif" font-size="12">\n{inside}\n</svg>\n'
    )


def _path(corners: str, colour: str = "#ddd") -> str:
    width = 1 if colour == "#ddd" else 2
    return f'<path d="{corners}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'
