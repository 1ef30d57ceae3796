"""Where the numbers and names of the axes stand on the screen, and how they are painted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from gui.surface.box_axes import BoxAxes, EdgeAxis
from gui.surface.camera import Camera
from gui.theme import Theme

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
    for edge in axes.edges:
        edge_numbers, name = _place_edge(edge, camera, width, height, font)
        numbers += edge_numbers
        names.append(name)
    placed: list[PlacedText] = []
    for candidate in names + numbers:
        if not any(candidate.box.intersects(other.box) for other in placed):
            placed.append(candidate)
    return placed


def _place_edge(
    edge: EdgeAxis, camera: Camera, width: float, height: float, font: QFont
) -> tuple[list[PlacedText], PlacedText]:
    metrics = QFontMetricsF(font)
    ends = camera.project(edge.ticks, width, height)[..., :2]
    base = camera.project(np.stack([edge.middle, edge.middle + 0.2 * edge.outward]), width, height)[
        ..., :2
    ]
    outward = _unit(base[1] - base[0])
    numbers = []
    depth = 0.0
    for (_, end), text in zip(ends, edge.axis.texts, strict=True):
        size = QSizeF(metrics.horizontalAdvance(text) + 2, metrics.capHeight() + 4)
        box = _inside(_beside(end, outward, size), width, height)
        numbers.append(PlacedText(text, box, is_name=False))
        depth = max(depth, abs(outward[0]) * size.width() + abs(outward[1]) * size.height())
    name_size = QSizeF(metrics.horizontalAdvance(edge.axis.name) + 4, metrics.height())
    tick_length = float(np.linalg.norm(ends[0, 1] - ends[0, 0])) if len(ends) else 0.0
    start = base[0] + outward * (tick_length + depth + 2 * GAP)
    name_box = _inside(_beside(start, outward, name_size), width, height)
    return numbers, PlacedText(edge.axis.name, name_box, is_name=True)


def _beside(place: NDArray[np.float64], outward: NDArray[np.float64], size: QSizeF) -> QRectF:
    """Return a box of ``size`` that touches ``place`` from the side ``outward``."""
    reach = abs(outward[0]) * size.width() / 2 + abs(outward[1]) * size.height() / 2 + GAP
    centre = place + outward * reach
    box = QRectF(QPointF(0, 0), size)
    box.moveCenter(QPointF(float(centre[0]), float(centre[1])))
    return box


def _inside(box: QRectF, width: float, height: float) -> QRectF:
    """Return ``box`` moved into the picture: half a number would be another number."""
    moved = QRectF(box)
    moved.moveLeft(min(max(0.0, box.left()), width - box.width()))
    moved.moveTop(min(max(0.0, box.top()), height - box.height()))
    return moved


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 1e-6 else np.array([0.0, 1.0])


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
