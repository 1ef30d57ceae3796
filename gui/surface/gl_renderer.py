"""GLRenderer: makes a picture of a Scene with OpenGL, off the screen."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph.opengl as gl
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QColor, QImage, QMatrix4x4, QResizeEvent, QSurfaceFormat
from PySide6.QtWidgets import QWidget

from gui.plot_colours import plot_colours
from gui.surface.box_axes import BoxAxes
from gui.surface.camera import Camera
from gui.surface.gl_shapes import (
    ON_TOP,
    PUSHED_BACK,
    SHINING_THROUGH,
    TRANSLUCENT,
    arrow_mesh,
    patch_mesh,
    soft_light,
    sphere_mesh,
    spheres_mesh,
    surface_mesh,
    vertex_colours,
)
from gui.surface.opengl_check import draws_in_software
from gui.surface.scene import Floats, Marks, Scene
from gui.theme import Theme

SAMPLES = 4
"""For each pixel, to smooth the edges; a processor would take twice as long for that, and what
else is smooth, the lines, it draws without."""

POINT_RADIUS = 0.05
STENCIL_RADIUS = 0.034
CRITICAL_RADIUS = 0.03
ARROW_RADIUS = 0.018


class GLRenderer(gl.GLViewWidget):  # type: ignore[misc]
    """The box with the surface, drawn by pyqtgraph's OpenGL items; never shown itself.

    Drawing order is by depth value: walls, surface, lines on it, plane, marks.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        smooth = QSurfaceFormat.defaultFormat()
        smooth.setSamples(0 if draws_in_software() else SAMPLES)
        self.setFormat(smooth)
        self._camera = Camera()
        self._scene: Scene | None = None
        self._add_items()
        self.set_theme(theme)

    def _add_items(self) -> None:
        light = soft_light()
        # The walls lie behind everything, and must not hide what lies a hair in front of them.
        self._grid = self._line(-20, SHINING_THROUGH)
        self._frame = self._line(-19, SHINING_THROUGH)
        self._surface = self._mesh(0, PUSHED_BACK, light)
        self._lines = self._line(1)
        # Twice: faint where the surface hides it, full where it does not.
        self._plane_behind = self._mesh(2, SHINING_THROUGH, None)
        self._plane = self._mesh(3, TRANSLUCENT, None)
        self._outline = self._line(4, SHINING_THROUGH)
        self._drop = self._line(5, SHINING_THROUGH)
        # Without depth: where both planes meet, neither flickers through the other.
        self._secant = self._mesh(4, SHINING_THROUGH, None)
        self._secant_outline = self._line(5, SHINING_THROUGH)
        self._stencil = self._mesh(6, ON_TOP, light)
        self._critical = self._mesh(6, ON_TOP, light)
        self._critical_lines = self._line(5, SHINING_THROUGH)
        self._arrow = self._mesh(6, ON_TOP, light)
        self._point = self._mesh(7, ON_TOP, light)
        self._point.setMeshData(meshdata=sphere_mesh(POINT_RADIUS))
        self._marks = (
            self._plane_behind, self._plane, self._outline, self._drop, self._arrow, self._point,
        )  # fmt: skip
        for item in self.items:
            item.hide()

    def _mesh(self, depth: int, options: dict[Any, Any], shader: object) -> Any:
        item = gl.GLMeshItem(glOptions=options, shader=shader)
        item.setDepthValue(depth)
        self.addItem(item)
        return item

    def _line(self, depth: int, options: dict[Any, Any] = TRANSLUCENT) -> Any:
        item = gl.GLLinePlotItem(mode="lines", glOptions=options, antialias=True)
        item.setDepthValue(depth)
        self.addItem(item)
        return item

    def show_scene(self, scene: Scene) -> None:
        """Take ``scene``; a surface that is already there is not made again."""
        before, self._scene = self._scene, scene
        if before is None or before.surface is not scene.surface:
            self._surface.setMeshData(meshdata=surface_mesh(scene.surface, self._heights))
            self._lines.setData(pos=scene.surface.lines().reshape(-1, 3))
            for item in (self._grid, self._frame, self._surface, self._lines):
                item.show()
        for item in self._marks:
            item.setVisible(scene.marks is not None)
        if scene.marks is not None:
            self._show_marks(scene.marks)
        self._show_stencil(scene)
        self._show_critical(scene)

    def _show_critical(self, scene: Scene) -> None:
        critical = scene.critical
        self._critical.setVisible(critical is not None and len(critical.points) > 0)
        self._critical_lines.setVisible(critical is not None and len(critical.lines) > 0)
        if critical is not None and len(critical.points):
            self._critical.setMeshData(meshdata=spheres_mesh(critical.points, CRITICAL_RADIUS))
        if critical is not None and len(critical.lines):
            self._critical_lines.setData(pos=critical.lines.reshape(-1, 3))

    def _show_stencil(self, scene: Scene) -> None:
        marks = scene.marks
        secant = None if marks is None else marks.secant
        for item in (self._secant, self._secant_outline):
            item.setVisible(secant is not None)
        if secant is not None:
            self._secant.setMeshData(meshdata=patch_mesh(secant))
            self._secant_outline.setData(pos=_around(secant))
        self._stencil.setVisible(marks is not None and len(marks.stencil) > 0)
        if marks is not None and len(marks.stencil):
            self._stencil.setMeshData(meshdata=spheres_mesh(marks.stencil, STENCIL_RADIUS))

    def _show_marks(self, marks: Marks) -> None:
        patch = patch_mesh(marks.plane)
        self._plane.setMeshData(meshdata=patch)
        self._plane_behind.setMeshData(meshdata=patch)
        self._outline.setData(pos=_around(marks.plane))
        self._drop.setData(pos=marks.drop)
        self._arrow.setVisible(marks.arrow is not None)
        if marks.arrow is not None:
            self._arrow.setMeshData(
                meshdata=arrow_mesh(marks.arrow[0], marks.arrow[1], ARROW_RADIUS)
            )
        self._point.resetTransform()
        self._point.translate(*marks.point)

    def show_axes(self, axes: BoxAxes, camera: Camera) -> None:
        """Look through ``camera`` at walls that fit it."""
        self._camera = camera
        self._grid.setData(pos=axes.grid.reshape(-1, 3))
        self._frame.setData(pos=axes.frame.reshape(-1, 3))

    def image(self, size: QSize, ratio: float) -> QImage:
        """Return the picture.

        Args:
            size: Of the picture in Qt's pixels.
            ratio: Pixels of the screen for one of Qt's.
        """
        wanted = size * (ratio / self.devicePixelRatioF())
        if wanted != self.size():
            before = self.size()
            self.resize(wanted)
            # Qt tells only a widget on the screen that its size has changed.
            QCoreApplication.sendEvent(self, QResizeEvent(self.size(), before))
        image = QImage(self.grabFramebuffer())
        image.setDevicePixelRatio(ratio)
        return image

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        colours = plot_colours(theme)
        self.setBackgroundColor(theme.base)
        self._grid.setData(color=_rgba(theme.border, 0.8))
        self._frame.setData(color=_rgba(theme.muted, 0.9))
        self._lines.setData(color=_rgba(theme.base if theme.dark else theme.text, 0.28))
        self._plane_behind.setColor(_rgba(colours.tangent, 0.16))
        self._plane.setColor(_rgba(colours.tangent, 0.42))
        self._outline.setData(color=_rgba(colours.tangent, 0.9))
        self._drop.setData(color=_rgba(colours.mark, 0.8))
        self._arrow.setColor(_rgba(colours.mark, 1.0))
        self._point.setColor(_rgba(colours.mark, 1.0))
        self._secant.setColor(_rgba(colours.stencil, 0.24))
        self._secant_outline.setData(color=_rgba(colours.stencil, 0.9))
        self._stencil.setColor(_rgba(colours.stencil, 1.0))
        self._critical.setColor(_rgba(colours.critical, 1.0))
        self._critical_lines.setData(color=_rgba(colours.critical, 1.0))
        self._heights = colours.height
        if self._scene is not None:
            mesh = self._surface.opts["meshdata"]
            mesh.setVertexColors(vertex_colours(self._scene.surface, self._heights))
            self._surface.meshDataChanged()

    def viewMatrix(self) -> QMatrix4x4:  # noqa: N802 - pyqtgraph's name
        """Return the camera's matrix, in place of pyqtgraph's."""
        return QMatrix4x4(*self._camera.view().ravel())

    def projectionMatrix(self, region: object, viewport: tuple[int, ...]) -> QMatrix4x4:  # noqa: N802
        """Return the camera's matrix; the whole viewport is drawn at once."""
        return QMatrix4x4(*self._camera.projection(*viewport[2:]).ravel())


def _around(corners: Floats) -> Floats:
    """Return the sides of a patch as pairs of points; shape ``(8, 3)``."""
    return np.stack([corners, np.roll(corners, -1, axis=0)], axis=1).reshape(-1, 3)


def _rgba(colour: str, alpha: float) -> tuple[float, float, float, float]:
    shade = QColor(colour)
    return shade.redF(), shade.greenF(), shade.blueF(), alpha
