"""Scene: surface, point, tangent plane and gradient arrow in a box of fixed size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.arrays import Booleans, Floats
from engine.evaluation.field import GradientField
from engine.explanation.stencil_picture import StencilPicture
from engine.writing.writer import name_unicode
from gui.plots.plot_axes import nice_ticks, tick_texts
from gui.session.plotted import Interval, Plotted

HALF_HEIGHT = 0.75
"""The box is -1 to 1 along both variables and this far up and down."""

ARROW_LENGTH = 0.62
"""Length of the gradient arrow in units of the box, however long the gradient is."""

PLANE_REACH = 0.42
"""Half the side of the tangent plane's patch, where it is not steep."""

PLANE_CLIMB = 0.55
"""How far the patch may rise above the point before it is made smaller."""

TELLING = 0.012
"""Points closer together than this look like one; in units of the box."""

SQUARES = 12
"""The lines on the surface divide each side into about this many."""


@dataclass(frozen=True, slots=True)
class BoxAxis:
    """One axis: its name, its ticks in box units and their texts."""

    name: str
    ticks: tuple[float, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """The samples in the box.

    Attributes:
        positions: Shape ``(n, n, 3)``; height nan where f is not finite.
        normals: Unit vectors; same shape.
        shade: 0 to 1 from the lowest to the highest; shape ``(n, n)``.
        interval: What the height of the box stands for.
        axes: Along the first variable, the second, and upwards.
    """

    positions: Floats
    normals: Floats
    shade: Floats
    interval: Interval
    axes: tuple[BoxAxis, BoxAxis, BoxAxis]

    def lines(self) -> Floats:
        """Return pairs of points along some rows and columns; shape ``(m, 2, 3)``."""
        pieces = []
        for along in (self.positions, self.positions.transpose(1, 0, 2)):
            rows = along[:: max(1, (len(along) - 1) // SQUARES)]
            pieces.append(np.stack([rows[:, :-1], rows[:, 1:]], axis=2).reshape(-1, 2, 3))
        pairs = np.concatenate(pieces)
        return pairs[np.isfinite(pairs).all(axis=(1, 2))]

    def faces(self) -> NDArray[np.uint32]:
        """Return two triangles for every four neighbours that are all finite; shape ``(m, 3)``."""
        rows, columns = self.shade.shape
        index = np.arange(rows * columns, dtype=np.uint32).reshape(rows, columns)
        corners = np.stack([index[:-1, :-1], index[1:, :-1], index[:-1, 1:], index[1:, 1:]], -1)
        whole = np.isfinite(self.positions[..., 2]).ravel()[corners].all(axis=-1)
        quads = corners[whole]
        return np.concatenate([quads[:, [0, 1, 2]], quads[:, [2, 1, 3]]])


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """What stands at the point; in box units.

    Attributes:
        point: Shape ``(3,)``.
        plane: Four corners of the tangent plane's patch; shape ``(4, 3)``.
        arrow: From the point along the steepest ascent, in the tangent plane; shape ``(2, 3)``;
            None where the gradient is 0.
        drop: From the point down to the floor; shape ``(2, 3)``.
        stencil: Where the difference quotient evaluates f; shape ``(n, 3)``; what lies outside
            the box is left out.
        secant: Four corners of the patch that rises as the quotients say; shape ``(4, 3)``; None
            where there are no quotients, or where it cannot be told apart from the tangent plane.
    """

    point: Floats
    plane: Floats
    arrow: Floats | None
    drop: Floats
    stencil: Floats
    secant: Floats | None

    @property
    def stencil_is_seen(self) -> bool:
        """Whether the points of the stencil can be told apart from the point."""
        return bool((np.abs(self.stencil - self.point) > 3 * TELLING).any())


@dataclass(frozen=True, slots=True, eq=False)
class CriticalMarks:
    """The critical points of f; in box units, what lies outside the box is left out.

    Attributes:
        points: Shape ``(n, 3)``.
        kinds: Which kinds of points are among them, each once, and ``"curve"`` if there are any.
        lines: Pairs of points along the curves of critical points; shape ``(m, 2, 3)``.
    """

    points: Floats
    kinds: tuple[str, ...]
    lines: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """All that a canvas draws; the same ``surface`` object means the same surface."""

    surface: Surface
    marks: Marks | None
    critical: CriticalMarks | None = None


def make_surface(field: GradientField) -> Surface | None:
    """Return the surface of ``field``, which has two axes; None where no sample is finite."""
    values = np.where(np.isfinite(field.values), field.values, np.nan)
    if np.isnan(values).all():
        return None
    interval = _height_interval(float(np.nanmin(values)), float(np.nanmax(values)))
    across = np.linspace(-1.0, 1.0, values.shape[0])
    along = np.linspace(-1.0, 1.0, values.shape[1])
    shade = np.asarray(_fraction(values, interval))
    height = (2 * shade - 1) * HALF_HEIGHT
    positions = np.stack(np.broadcast_arrays(across[:, None], along[None, :], height), axis=-1)
    rise_x, rise_y = np.gradient(height, across, along)
    normals = np.stack([-rise_x, -rise_y, np.ones_like(height)], axis=-1)
    normals = np.where(np.isfinite(normals).all(axis=-1, keepdims=True), normals, (0.0, 0.0, 1.0))
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    x_axis, y_axis = field.grid.x, field.grid.y
    assert y_axis is not None
    return Surface(
        positions,
        normals,
        shade,
        interval,
        (
            _axis(name_unicode(x_axis[0]), x_axis[1:3], 1.0),
            _axis(name_unicode(y_axis[0]), y_axis[1:3], 1.0),
            _axis("f", interval, HALF_HEIGHT),
        ),
    )


def make_marks(plotted: Plotted, surface: Surface) -> Marks | None:
    """Return the marks at the point; None where it lies outside the box or f overflows there."""
    if not (plotted.inside and np.isfinite([plotted.value, *plotted.gradient]).all()):
        return None
    intervals = (*plotted.intervals, surface.interval)
    halves = (1.0, 1.0, HALF_HEIGHT)
    point = _in_box(np.array([[*plotted.coordinates, plotted.value]]), intervals)[0]
    if abs(point[2]) > HALF_HEIGHT * 1.001:
        return None
    # Half the width of each interval: one unit of the box along that axis.
    units = [
        (high / 2 - low / 2) / half for (low, high), half in zip(intervals, halves, strict=True)
    ]
    slopes = _slopes_in_box(plotted.gradient, units)
    if not np.isfinite(slopes).all():
        return None
    floor = np.array([point[0], point[1], -HALF_HEIGHT])
    plane = _patch(point, slopes, _reach(slopes))
    stencil, secant = _stencil_marks(plotted.stencil, point, intervals, units, _reach(slopes))
    if secant is not None and np.abs(secant - plane).max() < TELLING:
        secant = None
    return Marks(
        point,
        plane,
        _arrow(point, plotted.gradient, units, (slopes[0], slopes[1])),
        np.stack([point, floor]),
        stencil,
        secant,
    )


def make_critical(plotted: Plotted, surface: Surface) -> CriticalMarks | None:
    """Return the critical points in the box; None where none are known."""
    shown = plotted.critical
    if shown is None:
        return None
    intervals = (*plotted.intervals, surface.interval)
    places = _in_box(np.column_stack([shown.places, shown.values]), intervals)
    inside = _is_inside(places)
    pairs = [_in_box(piece, intervals) for piece in shown.curves]
    lines = [np.stack([piece[:-1], piece[1:]], axis=1) for piece in pairs]
    every = np.concatenate([*lines, np.empty((0, 2, 3))])
    every = every[_is_inside(every.reshape(-1, 3)).reshape(-1, 2).all(axis=1)]
    kinds = [kind for kind, seen in zip(shown.kinds, inside, strict=True) if seen]
    if len(every):
        kinds.append("curve")
    return CriticalMarks(places[inside], tuple(dict.fromkeys(kinds)), every)


def _is_inside(places: Floats) -> Booleans:
    limits = np.array([1.0, 1.0, HALF_HEIGHT]) * 1.001
    return np.asarray(
        np.isfinite(places).all(axis=1) & (np.abs(places) <= limits).all(axis=1), dtype=np.bool_
    )


def _in_box(points: Floats, intervals: tuple[Interval, ...]) -> Floats:
    """Return ``points`` of the variables and f in units of the box; shape ``(n, 3)``."""
    columns = [
        (2 * _fraction(points[:, index], interval) - 1) * half
        for index, (interval, half) in enumerate(
            zip(intervals, (1.0, 1.0, HALF_HEIGHT), strict=True)
        )
    ]
    return np.column_stack(columns)


def _slopes_in_box(slopes: tuple[float, ...], units: list[float]) -> Floats:
    return np.array(
        [slope / units[2] * unit for slope, unit in zip(slopes, units[:2], strict=True)]
    )


def _reach(slopes: Floats) -> float:
    steepness = float(np.abs(slopes).sum())
    return min(PLANE_REACH, PLANE_CLIMB / steepness) if steepness > 0 else PLANE_REACH


def _patch(point: Floats, slopes: Floats, reach: float) -> Floats:
    offsets = reach * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    return np.asarray(point + np.column_stack([offsets, offsets @ slopes]))


def _stencil_marks(
    stencil: StencilPicture | None,
    point: Floats,
    intervals: tuple[Interval, ...],
    units: list[float],
    reach: float,
) -> tuple[Floats, Floats | None]:
    """Return the points of the stencil in the box, and the secant plane as wide as the tangent's.

    Where the secant plane is steeper than the tangent plane, it is made smaller.
    """
    if stencil is None:
        return np.empty((0, 3)), None
    places = _in_box(np.column_stack([stencil.places, stencil.values]), intervals)
    inside = _is_inside(places)
    slopes = _slopes_in_box(stencil.slopes, units)
    if not np.isfinite(slopes).all():
        return places[inside], None
    return places[inside], _patch(point, slopes, min(reach, _reach(slopes)))


def _arrow(
    point: Floats,
    gradient: tuple[float, ...],
    units: list[float],
    slopes: tuple[float, float],
) -> Floats | None:
    longest = max(map(abs, gradient))
    if longest == 0:
        return None
    # The gradient is a step in the plane of the variables; measured in the box it may turn.
    step = np.array([slope / longest for slope in gradient]) / (
        np.array(units[:2]) / max(units[:2])
    )
    direction = np.append(step, step @ slopes)
    return np.stack([point, point + ARROW_LENGTH * direction / np.linalg.norm(direction)])


def _height_interval(low: float, high: float) -> Interval:
    if high / 2 - low / 2 > 1e-12 * max(abs(low), abs(high)) and high > low:
        return low, high
    # A level surface: it lies in the middle of the box.
    margin = max(1.0, 0.1 * abs(low)) if abs(low) < 1e300 else 0.0
    return (low - margin, high + margin) if margin else (0.9 * low, 1.1 * high)


def _fraction(values: Floats | np.float64, interval: Interval) -> Floats | np.float64:
    low, high = interval
    # Halves first: high - low may overflow where neither does.
    return (values / 2 - low / 2) / (high / 2 - low / 2)


def _axis(name: str, interval: Interval, half: float) -> BoxAxis:
    ticks = nice_ticks(*interval, 5)
    places = [(2 * float(_fraction(np.float64(tick), interval)) - 1) * half for tick in ticks]
    return BoxAxis(name, tuple(places), tick_texts(ticks))
