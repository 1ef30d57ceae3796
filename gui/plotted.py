"""Plotted: what a worksheet asks every plot to show, with f and its gradient at the point."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.critical_points import CriticalPoints
from engine.export.numbers import nearest_float
from engine.field import Axis, RegularGrid
from engine.language.reader import Reading, read
from engine.language.writer import name_unicode
from engine.point import Point, rounded_text, write_number
from engine.polynomial import Polynomial
from engine.worksheet import Worksheet, plot_interval, read_worksheet
from gui.number_format import show_equal, show_tick
from gui.selection import Selection
from gui.shown_critical import ShownCritical, read_critical
from gui.shown_stencil import ShownStencil, read_stencil

Interval = tuple[float, float]

_SMALL = Fraction(1, 10**6)
"""Below this it is asked whether a slope is one of rounding only; that takes a little longer."""

_END = 12
"""Digits of the ends of a range."""

_ROUNDING = Fraction(16, 2**52)
"""Of the sum of the absolute values of its terms: what storing the point can make of a 0."""

FARTHEST = 1e100
"""How far from 0 a plot reaches: beyond, what Qt multiplies on the way to the screen overflows."""


@dataclass(frozen=True, slots=True)
class Plotted:
    """One worksheet, ready to be sampled and drawn.

    Attributes:
        polynomial: f.
        point: Every variable of f.
        axes: The plotted variables: none, one or two.
        intervals: What is shown of each axis.
        coordinates: The point along each axis.
        value: f at the point; inf where it does not fit a float.
        gradient: The partial derivative by each axis at the point.
        value_text: f at the point for reading, whatever its size.
        gradient_texts: The same for the partial derivatives.
        stencil: The points of the difference quotient that is looked at, if any.
        critical: The critical points of f, once they are known.
    """

    polynomial: Polynomial
    point: Point
    axes: tuple[str, ...]
    intervals: tuple[Interval, ...]
    coordinates: tuple[float, ...]
    value: float
    gradient: tuple[float, ...]
    value_text: str
    gradient_texts: tuple[str, ...]
    stencil: ShownStencil | None = None
    critical: ShownCritical | None = None

    @property
    def held(self) -> tuple[tuple[str, Fraction], ...]:
        """The variables that are not plotted, and the values at which they are held."""
        return tuple((name, self.point[name]) for name in self.point if name not in self.axes)

    @property
    def sampled(self) -> tuple[object, ...]:
        """What the samples depend on: equal for two worksheets that differ in the point only."""
        return self.polynomial, self.axes, self.intervals, self.held

    @property
    def inside(self) -> bool:
        """Whether the point lies in the intervals."""
        return all(
            low <= at <= high
            for at, (low, high) in zip(self.coordinates, self.intervals, strict=True)
        )

    def grid(self, nodes: int) -> RegularGrid:
        """Return ``nodes`` nodes along each axis."""
        axes: list[Axis] = [
            (name, low, high, nodes)
            for name, (low, high) in zip(self.axes, self.intervals, strict=True)
        ]
        return RegularGrid(axes[0], axes[1] if len(axes) == 2 else None)

    def caption(self) -> str:
        """Return f and its gradient at the point in one line, e.g. ``f(2, 3) = 72, ...``."""
        names = [name_unicode(name) for name in self.axes]
        at = ", ".join(_show(coordinate) for coordinate in self.point.values())
        value = f"f({at}) = {self.value_text}"
        if len(names) == 1:
            prime = "∂" if self.held else "d"
            return f"{value}   {prime}f/{prime}{names[0]} = {self.gradient_texts[0]}"
        if self.held:
            parts = [
                f"∂f/∂{name} = {slope}"
                for name, slope in zip(names, self.gradient_texts, strict=True)
            ]
            return f"{value}   {'   '.join(parts)}"
        return f"{value}   ∇f = {self.gradient_text()}"

    def description(self) -> str:
        """Return the ranges and the numbers at the point, for a reader who sees no panel."""
        ranges = [
            f"{name_unicode(name)} from {show_tick(low, _END)} to {show_tick(high, _END)}"
            for name, (low, high) in zip(self.axes, self.intervals, strict=True)
        ]
        slopes = self.caption().split("   ")[1:]
        numbers = ", ".join([f"f = {self.value_text}", *slopes])
        return f"{', '.join(ranges)}; at {self.point}: {numbers}"

    def gradient_text(self) -> str:
        """Return the components of the gradient along the axes, e.g. ``(54, 36)``."""
        return f"({', '.join(self.gradient_texts)})"

    def length_text(self) -> str:
        """Return what the length of an arrow is that stands for the gradient."""
        if not self.held:
            return "|∇f|"
        parts = ", ".join(f"∂f/∂{name_unicode(name)}" for name in self.axes)
        return f"|({parts})|"

    def obstacle(self) -> str:
        """Return why nothing can be drawn, in a sentence; empty where it can be tried."""
        if not self.axes:
            sign, value = show_equal(self.polynomial.value(self.point))
            return f"f {sign} {value} is constant: there is nothing to plot."
        for name, (low, high) in zip(self.axes, self.intervals, strict=True):
            if max(abs(low), abs(high)) > FARTHEST:
                return (
                    f"The range of {name_unicode(name)}, {show_tick(low)} to {show_tick(high)}, "
                    f"is too wide to be drawn; plots reach to {show_tick(FARTHEST)}. "
                    'Move the point nearer to 0, or press "Reset view" at the gradient field.'
                )
        return ""


def read_plotted(
    worksheet: Worksheet,
    read_text: Callable[[str], Reading] = read,
    selection: Selection | None = None,
    critical: CriticalPoints | None = None,
) -> Plotted:
    """Read ``worksheet`` for a plot.

    Args:
        worksheet: What was typed.
        read_text: Reads the polynomial.
        selection: Says whose stencil is shown; None for none.
        critical: The critical points of what is plotted; None where they are not known.

    Raises:
        EngineError: Something typed cannot be read.
    """
    # A slip in the list of derivatives must not dim the plots: they do not show it.
    inputs = read_worksheet(replace(worksheet, partials="value"), read_text)
    f, point, axes = inputs.reading.polynomial, inputs.point, inputs.axes
    coordinates = tuple(_float(point[name]) for name in axes)
    intervals = tuple(
        plot_interval(worksheet, name, at) for name, at in zip(axes, coordinates, strict=True)
    )
    value = f.value(point)
    gradient = _without_rounding(f, point, axes)
    return Plotted(
        polynomial=f,
        point=point,
        axes=axes,
        intervals=intervals,
        coordinates=coordinates,
        value=_float(value),
        gradient=tuple(0.0 if slope is None else _float(slope) for slope in gradient),
        value_text=_show(value),
        gradient_texts=tuple("≈ 0" if slope is None else _show(slope) for slope in gradient),
        stencil=(None if selection is None else read_stencil(inputs, worksheet.methods, selection)),
        critical=(
            None
            if critical is None or critical.polynomial != f
            else read_critical(critical, axes, intervals)
        ),
    )


def _without_rounding(f: Polynomial, point: Point, axes: tuple[str, ...]) -> list[Fraction | None]:
    """Return the slopes; None for all of them where rounding the point alone makes them so small.

    At a critical point that no float can hold, the gradient next to it has a direction that
    means nothing.
    """
    slopes = [f.partial(name) for name in axes]
    values = [slope.value(point) for slope in slopes]
    if not any(values) or any(abs(value) > _SMALL for value in values):
        return list(values)
    sizes = Point({name: abs(point[name]) for name in f.variables})
    for slope, value in zip(slopes, values, strict=True):
        terms = {key: abs(coefficient) for key, coefficient in slope.terms().items()}
        if abs(value) > _ROUNDING * Polynomial(f.variables, terms).value(sizes):
            return list(values)
    return [None] * len(values)


def held_text(plotted: Plotted) -> str:
    """Return at which values the variables that are not plotted are held."""
    values = ", ".join(f"{name_unicode(name)} = {write_number(at)}" for name, at in plotted.held)
    return f"at {values}" if values else ""


def _float(value: Fraction) -> float:
    """Return the nearest float; ±inf beyond the largest."""
    nearest = nearest_float(value)
    if nearest is None:
        return math.inf if value > 0 else -math.inf
    return nearest


def _show(value: Fraction) -> str:
    nearest = nearest_float(value)
    if nearest is None or (nearest == 0 and value):
        return rounded_text(value, 4).replace("e+", "e").replace("-", "\N{MINUS SIGN}")
    return show_tick(nearest)


def with_coordinates(
    worksheet: Worksheet, changes: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Return the worksheet's coordinates with some replaced."""
    return tuple({**dict(worksheet.coordinates), **changes}.items())


def with_intervals(
    worksheet: Worksheet, names: tuple[str, ...], intervals: tuple[Interval, ...]
) -> tuple[tuple[str, float, float], ...]:
    """Return the worksheet's intervals with those of ``names`` replaced; dropped for none."""
    kept = tuple(chosen for chosen in worksheet.intervals if chosen[0] not in names)
    return kept + tuple(
        (name, low, high) for name, (low, high) in zip(names, intervals, strict=False)
    )
