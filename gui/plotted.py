"""Plotted: what a worksheet asks every plot to show, with f and its gradient at the point."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.field import Axis, RegularGrid
from engine.language.writer import name_unicode
from engine.point import Point, write_number
from engine.polynomial import Polynomial
from engine.worksheet import Worksheet, plot_interval, read_worksheet
from gui.number_format import show_tick

Interval = tuple[float, float]


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
    """

    polynomial: Polynomial
    point: Point
    axes: tuple[str, ...]
    intervals: tuple[Interval, ...]
    coordinates: tuple[float, ...]
    value: float
    gradient: tuple[float, ...]

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

    def sentence(self) -> str:
        """Return what there is to say where f has no variable."""
        return f"f = {self.polynomial.to_unicode()} is constant: there is nothing to plot."

    def caption(self) -> str:
        """Return f and its gradient at the point in one line, e.g. ``f(2, 3) = 72, ...``."""
        names = [name_unicode(name) for name in self.axes]
        at = ", ".join(show_tick(coordinate) for coordinate in self.coordinates)
        value = f"f({at}) = {show_tick(self.value)}"
        if len(names) == 1:
            prime = "∂" if self.held else "d"
            return f"{value}   {prime}f/{prime}{names[0]} = {show_tick(self.gradient[0])}"
        if self.held:
            parts = [
                f"∂f/∂{name} = {show_tick(slope)}"
                for name, slope in zip(names, self.gradient, strict=True)
            ]
            return f"{value}   {'   '.join(parts)}"
        return f"{value}   ∇f = {self.gradient_text()}"

    def gradient_text(self) -> str:
        """Return the components of the gradient along the axes, e.g. ``(54, 36)``."""
        return f"({', '.join(show_tick(slope) for slope in self.gradient)})"


def read_plotted(worksheet: Worksheet) -> Plotted:
    """Read ``worksheet`` for a plot.

    Raises:
        EngineError: Something typed cannot be read.
    """
    # A slip in the list of derivatives must not dim the plots: they do not show it.
    inputs = read_worksheet(replace(worksheet, partials="value"))
    f, point, axes = inputs.reading.polynomial, inputs.point, inputs.axes
    coordinates = tuple(_float(point[name]) for name in axes)
    return Plotted(
        polynomial=f,
        point=point,
        axes=axes,
        intervals=tuple(
            plot_interval(worksheet, name, at) for name, at in zip(axes, coordinates, strict=True)
        ),
        coordinates=coordinates,
        value=_float(f.value(point)),
        gradient=tuple(_float(f.partial(name).value(point)) for name in axes),
    )


def held_text(plotted: Plotted) -> str:
    """Return at which values the variables that are not plotted are held."""
    values = ", ".join(f"{name_unicode(name)} = {write_number(at)}" for name, at in plotted.held)
    return f"held at {values}" if values else ""


def _float(value: Fraction) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.copysign(math.inf, value)


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
