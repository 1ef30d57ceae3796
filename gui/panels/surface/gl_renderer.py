"""GLRenderer: makes a picture of a Scene with OpenGL, off the screen."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
import pyqtgraph.opengl as gl
from OpenGL import GL
from pyqtgraph.opengl.GLGraphicsItem import GLGraphicsItem
from pyqtgraph.opengl.GLViewWidget import GLViewMixin
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QColor, QImage, QMatrix4x4, QOffscreenSurface, QOpenGLContext
from PySide6.QtOpenGL import QOpenGLFramebufferObject, QOpenGLFramebufferObjectFormat

from engine.evaluation.arrays import Floats
from gui.look.theme import Theme
from gui.panels.surface.box_axes import BoxAxes
from gui.panels.surface.camera import Camera
from gui.panels.surface.gl_shapes import (
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
from gui.panels.surface.opengl_check import draws_in_software
from gui.panels.surface.scene import Marks, Scene
from gui.plots.plot_colours import plot_colours

logger = logging.getLogger(__name__)

SAMPLES = 4
"""For each pixel, to smooth the edges; a processor would take twice as long for that, and what
else is smooth, the lines, it draws without."""

_BUFFERS = GL.GL_DEPTH_BUFFER_BIT | GL.GL_COLOR_BUFFER_BIT

POINT_RADIUS = 0.05
STENCIL_RADIUS = 0.034
CRITICAL_RADIUS = 0.03
ARROW_RADIUS = 0.018


class GLRenderer(GLViewMixin, QObject):  # type: ignore[misc]
    """The box with the surface, drawn by pyqtgraph's OpenGL items.

    Drawing order is by depth value: walls, surface, lines on it, plane, marks. Walls and surface
    are drawn once for all pictures in which only the marks differ.
    """

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Asked before a context is current: to find out, another one is made current and let go.
        self._samples = 0 if draws_in_software() else SAMPLES
        self._target = QOffscreenSurface()
        self._target.create()
        self._context = QOpenGLContext()
        shared = QOpenGLContext.globalShareContext()
        if shared is not None:
            self._context.setShareContext(shared)
        self._context.create()
        self._context.makeCurrent(self._target)
        self._scenery, self._whole = (_framebuffer(QSize(1, 1), self._samples) for _ in range(2))
        self._camera = Camera()
        self._scene: Scene | None = None
        self._behind, self._in_front = GLGraphicsItem(), GLGraphicsItem()
        self.addItem(self._behind)
        self.addItem(self._in_front)
        self._scenery_is_new, self._scenery_is_kept, self._is_drawn = True, False, False
        self._add_items()
        self.initializeGL()
        self.show_theme(theme)

    # What pyqtgraph asks of the widget that it usually draws in.

    def isValid(self) -> bool:  # noqa: N802
        """Return True: OpenGL is there from the beginning."""
        return True

    def context(self) -> QOpenGLContext:
        """Return the context that is drawn in."""
        return self._context

    def width(self) -> int:
        """Return the width of the picture in pixels."""
        return self._whole.width()

    def height(self) -> int:
        """Return the height of the picture in pixels."""
        return self._whole.height()

    def update(self) -> None:
        """Take note that an item has changed."""
        self._is_drawn = False

    def _add_items(self) -> None:
        light = soft_light()
        # The walls lie behind everything, and must not hide what lies a hair in front of them.
        self._grid = self._line(-20, SHINING_THROUGH, self._behind)
        self._frame = self._line(-19, SHINING_THROUGH, self._behind)
        self._surface = self._mesh(0, PUSHED_BACK, light, self._behind)
        # Many and faint: smoothed one by one they would take a tenth of the picture's time.
        self._lines = self._line(1, TRANSLUCENT, self._behind, smooth=False)
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
        for item in (*self._behind.childItems(), *self._in_front.childItems()):
            item.hide()
            item.initialize()

    def _mesh(self, depth: int, options: dict[Any, Any], shader: object, group: Any = None) -> Any:
        item = gl.GLMeshItem(parentItem=group or self._in_front, glOptions=options, shader=shader)
        item.setDepthValue(depth)
        return item

    def _line(
        self,
        depth: int,
        options: dict[Any, Any] = TRANSLUCENT,
        group: Any = None,
        *,
        smooth: bool = True,
    ) -> Any:
        parent = group or self._in_front
        item = gl.GLLinePlotItem(
            parentItem=parent, mode="lines", glOptions=options, antialias=smooth
        )
        item.setDepthValue(depth)
        return item

    def show_scene(self, scene: Scene) -> None:
        """Take ``scene``; a surface that is already there is not made again."""
        before, self._scene = self._scene, scene
        if before is None or before.surface is not scene.surface:
            self._surface.setMeshData(meshdata=surface_mesh(scene.surface, self._heights))
            self._lines.setData(pos=scene.surface.lines().reshape(-1, 3))
            for item in (self._grid, self._frame, self._surface, self._lines):
                item.show()
            self._scenery_is_new = True
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
        self._scenery_is_new = True

    def draw(self, pixels: QSize) -> None:
        """Begin to draw a picture of so many pixels; :meth:`image` waits until it is there."""
        self._context.makeCurrent(self._target)
        if self._whole.size() != pixels:
            self._scenery, self._whole = (_framebuffer(pixels, self._samples) for _ in range(2))
            self._scenery_is_new, self._is_drawn = True, False
        if self._is_drawn:
            return
        GL.glViewport(0, 0, pixels.width(), pixels.height())
        self.setProjection(self.getViewport(), self.getViewport())
        self.setModelview()
        if self._scenery_is_new:
            # It may be new again the next time: kept is what is seen a second time.
            self._draw_scenery(self._whole)
            self._scenery_is_new = self._scenery_is_kept = False
        else:
            if not self._scenery_is_kept:
                self._draw_scenery(self._scenery)
                self._scenery_is_kept = True
            QOpenGLFramebufferObject.blitFramebuffer(self._whole, self._scenery, _BUFFERS)
        self._whole.bind()
        self.drawItemTree(self._in_front)
        GL.glFlush()
        self._is_drawn = True

    def _draw_scenery(self, target: QOpenGLFramebufferObject) -> None:
        target.bind()
        GL.glClearColor(*self.opts["bgcolor"])
        GL.glClear(_BUFFERS)
        self.drawItemTree(self._behind)

    def image(self, pixels: QSize) -> QImage:
        """Return the picture, of so many pixels."""
        self.draw(pixels)
        image = self._whole.toImage()
        problem = GL.glGetError()
        if problem:
            logger.warning("OpenGL reported error %#x while it drew the surface", problem)
        return image

    def show_theme(self, theme: Theme) -> None:
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
        self._scenery_is_new, self._is_drawn = True, False

    def viewMatrix(self) -> QMatrix4x4:  # noqa: N802 - pyqtgraph's name
        """Return the camera's matrix, in place of pyqtgraph's."""
        return QMatrix4x4(*self._camera.view().ravel())

    def projectionMatrix(self, region: object, viewport: tuple[int, ...]) -> QMatrix4x4:  # noqa: N802
        """Return the camera's matrix; the whole viewport is drawn at once."""
        return QMatrix4x4(*self._camera.projection(*viewport[2:]).ravel())


def _framebuffer(pixels: QSize, samples: int) -> QOpenGLFramebufferObject:
    wanted = QOpenGLFramebufferObjectFormat()
    wanted.setAttachment(QOpenGLFramebufferObject.Attachment.CombinedDepthStencil)
    wanted.setSamples(samples)
    return QOpenGLFramebufferObject(pixels, wanted)


def _around(corners: Floats) -> Floats:
    """Return the sides of a patch as pairs of points; shape ``(8, 3)``."""
    return np.stack([corners, np.roll(corners, -1, axis=0)], axis=1).reshape(-1, 3)


def _rgba(colour: str, alpha: float) -> tuple[float, float, float, float]:
    shade = QColor(colour)
    return shade.redF(), shade.greenF(), shade.blueF(), alpha
