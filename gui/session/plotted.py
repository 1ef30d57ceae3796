"""Plotted: what a worksheet asks every plot to show, with f and its gradient at the point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from engine.critical.critical_points import CriticalPoints
from engine.evaluation.field import Axis, RegularGrid
from engine.evaluation.significance import slopes_without_rounding
from engine.exact import nearest_float
from engine.explanation.stencil_picture import StencilPicture
from engine.language.reader import Reading, read
from engine.point import Point
from engine.polynomial import Polynomial
from engine.worksheet.worksheet import Worksheet, plot_interval, read_worksheet
from engine.writing.writer import name_unicode
from gui.look.number_format import (
    LONGEST_SHORT,
    Shown,
    show_equal,
    show_short,
    show_tick,
    show_tuple,
)
from gui.session.selection import Selection
from gui.session.shown_critical import ShownCritical, critical_marks
from gui.session.shown_stencil import stencil_of

Interval = tuple[float, float]

_END = 12
"""Digits of the ends of a range."""

_LABEL_ROOM = 7
"""Characters of a slope in the label beside the point."""

FARTHEST = 1e100
"""How far from 0 a plot reaches: beyond it Qt's products on the way to the screen overflow."""


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
        value_shown: f at the point as it is shown, whatever its size.
        slopes_shown: The same for the partial derivatives.
        gradient_label: The gradient as it is written into the picture, where there is less room.
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
    value_shown: Shown
    slopes_shown: tuple[Shown, ...]
    gradient_label: Shown
    stencil: StencilPicture | None = None
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
        at = show_tuple(map(show_short, self.point.values()))
        # At a point that is rounded f is another number.
        sign = self.value_shown.sign if at.sign == "=" else at.sign
        value = f"f{at.text} {sign} {self.value_shown.text}"
        if len(names) == 1:
            prime = "∂" if self.held else "d"
            return f"{value}   {prime}f/{prime}{names[0]} {self.slopes_shown[0]}"
        if self.held:
            parts = [
                f"∂f/∂{name} {slope}" for name, slope in zip(names, self.slopes_shown, strict=True)
            ]
            return f"{value}   {'   '.join(parts)}"
        return f"{value}   ∇f {show_tuple(self.slopes_shown)}"

    def description(self) -> str:
        """Return the ranges and the numbers at the point, for a reader who sees no panel."""
        ranges = [
            f"{name_unicode(name)} from {show_tick(low, _END)} to {show_tick(high, _END)}"
            for name, (low, high) in zip(self.axes, self.intervals, strict=True)
        ]
        slopes = self.caption().split("   ")[1:]
        numbers = ", ".join([f"f {self.value_shown}", *slopes])
        return f"{', '.join(ranges)}; at {self.point}: {numbers}"

    def length_text(self) -> str:
        """Return the length of the arrow that stands for the gradient."""
        if not self.held:
            return "|∇f|"
        parts = ", ".join(f"∂f/∂{name_unicode(name)}" for name in self.axes)
        return f"|({parts})|"

    def obstacle(self) -> str:
        """Return why nothing can be drawn, in a sentence; empty where it can be tried."""
        if not self.axes:
            value = show_equal(self.polynomial.value(self.point))
            return f"f {value} is constant: there is nothing to plot."
        for name, (low, high) in zip(self.axes, self.intervals, strict=True):
            if max(abs(low), abs(high)) > FARTHEST:
                return (
                    f"The range of {name_unicode(name)}, {show_tick(low)} to {show_tick(high)}, "
                    f"is too wide to be drawn; plots reach to {show_tick(FARTHEST)}. "
                    'Move the point nearer to 0, or press "Reset view" at the gradient field.'
                )
        return ""


def plotted_of(
    worksheet: Worksheet,
    read_text: Callable[[str], Reading] = read,
    selection: Selection | None = None,
    critical: CriticalPoints | None = None,
) -> Plotted:
    """Return what plots show of ``worksheet``.

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
    coordinates = tuple(nearest_float(point[name]) for name in axes)
    intervals = tuple(
        plot_interval(worksheet, name, at) for name, at in zip(axes, coordinates, strict=True)
    )
    value = f.value(point)
    gradient = slopes_without_rounding(f, point, axes)
    return Plotted(
        polynomial=f,
        point=point,
        axes=axes,
        intervals=intervals,
        coordinates=coordinates,
        value=nearest_float(value),
        gradient=tuple(0.0 if slope is None else nearest_float(slope) for slope in gradient),
        value_shown=show_short(value),
        slopes_shown=tuple(map(_show_slope, gradient)),
        gradient_label=show_tuple(_show_slope(slope, _LABEL_ROOM) for slope in gradient),
        stencil=(None if selection is None else stencil_of(inputs, worksheet.methods, selection)),
        critical=(
            None
            if critical is None or critical.polynomial != f
            else critical_marks(critical, axes, intervals)
        ),
    )


def held_text(plotted: Plotted) -> str:
    """Return at which values the variables that are not plotted are held."""
    values = ", ".join(f"{name_unicode(name)} {show_equal(at)}" for name, at in plotted.held)
    return f"at {values}" if values else ""


def _show_slope(slope: Fraction | None, room: int = LONGEST_SHORT) -> Shown:
    return Shown("≈", "0") if slope is None else show_short(slope, room)
