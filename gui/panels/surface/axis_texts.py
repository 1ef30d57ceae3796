"""Where the numbers and names of the axes stand on the screen, and how they are painted."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.look.theme import Theme
from gui.panels.surface.box_axes import BoxAxes, EdgeAxis
from gui.panels.surface.camera import Camera

Place = list[float]
"""x and y in pixels, downwards."""

GAP = 4.0
"""Pixels between a tick and its number, and between numbers and the name."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text and its rectangle on the screen."""

    text: str
    box: QRectF
    is_name: bool


def place_texts(
    axes: BoxAxes, camera: Camera, width: float, height: float, font: QFont
) -> list[PlacedText]:
    """Return the texts that fit: none overlaps another; the names of the axes come first."""
    numbers: list[PlacedText] = []
    names: list[PlacedText] = []
    metrics = QFontMetricsF(font)
    for edge, (ends, base) in zip(
        axes.edges, _on_screen(axes.edges, camera, width, height), strict=True
    ):
        edge_numbers, name = _place_edge(edge, ends, base, metrics, (width, height))
        numbers += edge_numbers
        names.append(name)
    placed: list[PlacedText] = []
    for candidate in names + numbers:
        if not any(candidate.box.intersects(other.box) for other in placed):
            placed.append(candidate)
    return placed


def _on_screen(
    edges: Sequence[EdgeAxis], camera: Camera, width: float, height: float
) -> Iterator[tuple[list[Place], list[Place]]]:
    """Yield for each edge both ends of its ticks, in turn, and two places straight out of it."""
    groups = [
        np.vstack([edge.ticks.reshape(-1, 3), edge.middle, edge.middle + 0.2 * edge.outward])
        for edge in edges
    ]
    places = iter(camera.project(np.concatenate(groups), width, height)[:, :2].tolist())
    for group in groups:
        ends = list(islice(places, len(group)))
        yield ends[:-2], ends[-2:]


def _place_edge(
    edge: EdgeAxis,
    ends: list[Place],
    base: list[Place],
    metrics: QFontMetricsF,
    size: tuple[float, float],
) -> tuple[list[PlacedText], PlacedText]:
    outward = _direction(*base)
    numbers = []
    depth = 0.0
    for (x, y), text in zip(ends[1::2], edge.axis.texts, strict=True):
        room = QSizeF(metrics.horizontalAdvance(text) + 2, metrics.capHeight() + 4)
        box = _inside(_beside(x, y, outward, room), *size)
        numbers.append(PlacedText(text, box, is_name=False))
        depth = max(depth, abs(outward[0]) * room.width() + abs(outward[1]) * room.height())
    name_size = QSizeF(metrics.horizontalAdvance(edge.axis.name) + 4, metrics.height())
    away = (math.dist(*ends[:2]) if ends else 0.0) + depth + 2 * GAP
    x, y = base[0][0] + outward[0] * away, base[0][1] + outward[1] * away
    name_box = _inside(_beside(x, y, outward, name_size), *size)
    return numbers, PlacedText(edge.axis.name, name_box, is_name=True)


def _beside(x: float, y: float, outward: tuple[float, float], size: QSizeF) -> QRectF:
    """Return a box of ``size`` that touches the place from the side ``outward``."""
    reach = abs(outward[0]) * size.width() / 2 + abs(outward[1]) * size.height() / 2 + GAP
    box = QRectF(QPointF(0, 0), size)
    box.moveCenter(QPointF(x + outward[0] * reach, y + outward[1] * reach))
    return box


def _inside(box: QRectF, width: float, height: float) -> QRectF:
    """Return ``box`` moved into the picture: half a number would be another number."""
    moved = QRectF(box)
    moved.moveLeft(min(max(0.0, box.left()), width - box.width()))
    moved.moveTop(min(max(0.0, box.top()), height - box.height()))
    return moved


def _direction(start: Place, end: Place) -> tuple[float, float]:
    length = math.dist(start, end)
    if length <= 1e-6:
        return 0.0, 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def axis_font(base: QFont) -> QFont:
    """Return the font of the numbers."""
    font = QFont(base)
    font.setPointSizeF(max(7.0, base.pointSizeF() * 0.9))
    return font


def paint_texts(painter: QPainter, texts: list[PlacedText], theme: Theme) -> None:
    """Paint ``texts``; names in italics and stronger than numbers.

    Each has a ground of its own: seen from above, they lie on the surface.
    """
    ground = QColor(theme.base)
    ground.setAlpha(200)
    font = painter.font()
    names = QFont(font)
    names.setItalic(True)
    names.setBold(True)
    for placed in texts:
        painter.fillRect(placed.box, ground)
        painter.setFont(names if placed.is_name else font)
        painter.setPen(QColor(theme.text if placed.is_name else theme.muted))
        painter.drawText(
            placed.box,
            int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextDontClip),
            placed.text,
        )
