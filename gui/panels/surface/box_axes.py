"""Which walls and edges of the box are drawn for a camera, and where the numbers stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.evaluation.arrays import Floats
from gui.panels.surface.camera import Camera
from gui.panels.surface.scene import HALF_HEIGHT, BoxAxis

TICK_LENGTH = 0.05
"""How far a tick sticks out of the box, in its units."""

_HALVES = (1.0, 1.0, HALF_HEIGHT)


@dataclass(frozen=True, slots=True, eq=False)
class EdgeAxis:
    """One axis along one edge of the box.

    Attributes:
        axis: Its name, ticks and texts.
        ticks: Where the numbers' ticks start and end; shape ``(k, 2, 3)``.
        middle: The middle of the edge; shape ``(3,)``.
        outward: Direction away from the box; shape ``(3,)``.
    """

    axis: BoxAxis
    ticks: Floats
    middle: Floats
    outward: Floats


@dataclass(frozen=True, slots=True, eq=False)
class BoxAxes:
    """The three walls behind the surface, seen from one side.

    Attributes:
        grid: Lines on the walls at the ticks; shape ``(m, 2, 3)``.
        frame: The outlines of the walls and the ticks; shape ``(k, 2, 3)``.
        edges: The axes: along the first variable, the second, upwards.
    """

    grid: Floats
    frame: Floats
    edges: tuple[EdgeAxis, EdgeAxis, EdgeAxis]


def box_axes(axes: tuple[BoxAxis, BoxAxis, BoxAxis], camera: Camera) -> BoxAxes:
    """Return the walls that lie behind the surface for ``camera``, and the edges for numbers."""
    towards = camera.direction
    # The sides that face the eye: 1 or -1 for each axis.
    front = np.where(towards >= 0, 1.0, -1.0)
    back = -front
    grid: list[Floats] = []
    frame: list[Floats] = []
    for normal in range(3):
        first, second = (index for index in range(3) if index != normal)
        for ticked, across in ((first, second), (second, first)):
            wall = (normal, back[normal], ticked)
            ends = (-_HALVES[ticked], _HALVES[ticked])
            grid.extend(_segment(*wall, tick, across) for tick in axes[ticked].ticks)
            frame.extend(_segment(*wall, end, across) for end in ends)
    edges = (
        _floor_edge(axes[0], 0, front, back),
        _floor_edge(axes[1], 1, front, back),
        _upright_edge(axes[2], camera, front),
    )
    ticks = [edge.ticks for edge in edges if len(edge.ticks)]
    return BoxAxes(
        np.array(grid).reshape(-1, 2, 3), np.concatenate([np.array(frame), *ticks]), edges
    )


def _segment(normal: int, side: float, ticked: int, at: float, across: int) -> Floats:
    """Return a line on the wall ``normal``, across it, at one place of the axis ``ticked``."""
    ends = np.zeros((2, 3))
    ends[:, normal] = side * _HALVES[normal]
    ends[:, ticked] = at
    ends[:, across] = (-_HALVES[across], _HALVES[across])
    return ends


def _floor_edge(axis: BoxAxis, along: int, front: Floats, back: Floats) -> EdgeAxis:
    other = 1 - along
    corner = np.zeros(3)
    corner[other], corner[2] = front[other], back[2] * HALF_HEIGHT
    outward = np.zeros(3)
    outward[other] = front[other]
    return _edge(axis, along, corner, outward)


def _upright_edge(axis: BoxAxis, camera: Camera, front: Floats) -> EdgeAxis:
    # Two upright edges are part of the outline: those between a wall and a side that is open.
    corners = [np.array([front[0], -front[1], 0.0]), np.array([-front[0], front[1], 0.0])]
    right = camera.view()[0, :3]
    corner = min(corners, key=lambda place: float(place @ right))
    return _edge(axis, 2, corner, -right)


def _edge(axis: BoxAxis, along: int, corner: Floats, outward: Floats) -> EdgeAxis:
    starts = np.tile(corner, (len(axis.ticks), 1))
    starts[:, along] = axis.ticks
    return EdgeAxis(
        axis, np.stack([starts, starts + TICK_LENGTH * outward], axis=1), corner, outward
    )
