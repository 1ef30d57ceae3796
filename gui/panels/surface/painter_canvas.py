"""PainterCanvas: draws a Scene with QPainter, farthest faces first, where there is no OpenGL."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from engine.evaluation.arrays import Floats
from gui.look.theme import Theme
from gui.panels.surface.axis_texts import axis_font, paint_texts, place_texts
from gui.panels.surface.box_axes import box_axes
from gui.panels.surface.orbit_control import OrbitControl
from gui.panels.surface.scene import CriticalMarks, Marks, Scene, Surface
from gui.plots.plot_colours import plot_colours

COARSE, FINE = 4, 2
"""Samples from one face to the next: while the box is turned, and at rest."""

_LIGHT = np.array([-0.4, 0.6, 0.7]) / np.linalg.norm([-0.4, 0.6, 0.7])


class PainterCanvas(QWidget):
    """The same box as the OpenGL canvas, in software."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.orbit = OrbitControl(self)
        self.orbit.moved.connect(self.update)
        self.orbit.rested.connect(self.update)
        self.scene: Scene | None = None
        self._theme = theme
        self.setMinimumSize(QSize(120, 100))
        self.setAccessibleName("Surface of f, projected")

    def show_scene(self, scene: Scene) -> None:
        """Draw ``scene``."""
        self.scene = scene
        self.update()

    def show_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        self.update()

    def reset_view(self) -> None:
        """Look from where the box was first looked at."""
        self.orbit.reset()

    def picture(self) -> QImage:
        """Return what is drawn."""
        return self.grab().toImage()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.base))
        if self.scene is None:
            return
        scene, camera = self.scene, self.orbit.camera
        axes = box_axes(scene.surface.axes, camera)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.border), 1))
        self._draw_lines(painter, axes.grid)
        painter.setPen(QPen(QColor(self._theme.muted), 1))
        self._draw_lines(painter, axes.frame)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._draw_surface(painter, scene.surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if scene.marks is not None:
            self._draw_marks(painter, scene.marks)
            self._draw_stencil(painter, scene.marks)
        if scene.critical is not None:
            self._draw_critical(painter, scene.critical)
        painter.setFont(axis_font(self.font()))
        size = (float(self.width()), float(self.height()))
        paint_texts(painter, place_texts(axes, camera, *size, painter.font()), self._theme)

    def _project(self, points: Floats) -> Floats:
        return self.orbit.camera.project(points, float(self.width()), float(self.height()))

    def _draw_lines(self, painter: QPainter, pairs: Floats) -> None:
        for start, end in self._project(pairs)[..., :2].tolist():
            painter.drawLine(QPointF(*start), QPointF(*end))

    def _draw_surface(self, painter: QPainter, surface: Surface) -> None:
        step = COARSE if self.orbit.dragging else FINE
        screen = self._project(surface.positions[::step, ::step])
        colours = self._face_colours(surface, step)
        corners = np.stack(
            [screen[:-1, :-1], screen[1:, :-1], screen[1:, 1:], screen[:-1, 1:]], axis=2
        ).reshape(-1, 4, 3)
        whole = np.isfinite(corners).all(axis=(1, 2))
        corners, colours = corners[whole], colours.reshape(-1, 3)[whole]
        order = np.argsort(-corners[..., 2].mean(axis=1))
        for face, shade in zip(
            corners[order][..., :2].tolist(), colours[order].tolist(), strict=True
        ):
            colour = QColor(*shade)
            # A pen of the same colour closes the seams between the faces.
            painter.setPen(colour)
            painter.setBrush(colour)
            painter.drawConvexPolygon(QPolygonF([QPointF(*corner) for corner in face]))

    def _face_colours(self, surface: Surface, step: int) -> NDArray[np.int_]:
        shade = surface.shade[::step, ::step]
        middle = (shade[:-1, :-1] + shade[1:, 1:]) / 2
        normals = surface.normals[::step, ::step][:-1, :-1] @ self.orbit.camera.view()[:3, :3].T
        light = 0.66 + 0.36 * np.abs(normals @ _LIGHT)
        index = np.nan_to_num(middle * 255, nan=0.0).astype(np.intp)
        table = plot_colours(self._theme).height[index][..., :3]
        return np.asarray(np.minimum(255, table * light[..., None]), dtype=np.int_)

    def _draw_marks(self, painter: QPainter, marks: Marks) -> None:
        colours = plot_colours(self._theme)
        self._draw_patch(painter, marks.plane, QColor(colours.tangent), 0.34)
        mark = QColor(colours.mark)
        painter.setPen(QPen(mark, 1, Qt.PenStyle.DashLine))
        self._draw_lines(painter, marks.drop[None])
        if marks.arrow is not None:
            self._draw_arrow(painter, marks.arrow, mark)
        painter.setPen(QPen(QColor(colours.halo), 1.2))
        painter.setBrush(mark)
        painter.drawEllipse(QPointF(*self._project(marks.point)[:2]), 5.0, 5.0)

    def _draw_patch(self, painter: QPainter, corners: Floats, colour: QColor, alpha: float) -> None:
        painter.setPen(QPen(colour, 1.2))
        colour.setAlphaF(alpha)
        painter.setBrush(colour)
        places = self._project(corners)[:, :2].tolist()
        painter.drawPolygon(QPolygonF([QPointF(*place) for place in places]))

    def _draw_stencil(self, painter: QPainter, marks: Marks) -> None:
        colours = plot_colours(self._theme)
        if marks.secant is not None:
            self._draw_patch(painter, marks.secant, QColor(colours.stencil), 0.22)
        painter.setPen(QPen(QColor(colours.halo), 1))
        painter.setBrush(QColor(colours.stencil))
        for place in self._project(marks.stencil)[:, :2].tolist():
            painter.drawEllipse(QPointF(*place), 3.5, 3.5)

    def _draw_critical(self, painter: QPainter, critical: CriticalMarks) -> None:
        colours = plot_colours(self._theme)
        painter.setPen(QPen(QColor(colours.critical), 2))
        self._draw_lines(painter, critical.lines)
        painter.setPen(QPen(QColor(colours.halo), 1))
        painter.setBrush(QColor(colours.critical))
        for place in self._project(critical.points)[:, :2].tolist():
            painter.drawEllipse(QPointF(*place), 3.5, 3.5)

    def _draw_arrow(self, painter: QPainter, arrow: Floats, colour: QColor) -> None:
        tail, tip = self._project(arrow)[:, :2]
        length = float(np.linalg.norm(tip - tail))
        if length < 1:
            return
        along = (tip - tail) / length
        across = np.array([-along[1], along[0]])
        neck = tip - along * min(12.0, length)
        painter.setPen(QPen(colour, 3))
        painter.drawLine(QPointF(*tail), QPointF(*neck))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour))
        head = (tip, neck + 5 * across, neck - 5 * across)
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in head]))
