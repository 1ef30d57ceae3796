"""GLCanvas: shows a Scene drawn with OpenGL; imported only where opengl_check found no problem.

The picture is made off the screen and painted like any other. A view of OpenGL in the window would
have every change anywhere in it put together anew by OpenGL: without a graphics card that takes
ten times as long as the change itself.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.look.theme import Theme
from gui.panels.surface.axis_texts import PlacedText, axis_font, paint_texts, place_texts
from gui.panels.surface.box_axes import BoxAxes, box_axes
from gui.panels.surface.gl_renderer import GLRenderer
from gui.panels.surface.orbit_control import OrbitControl
from gui.panels.surface.scene import Scene
from gui.work.turns import turns


class GLCanvas(QWidget):
    """The box with the surface, and the texts at its axes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.orbit = OrbitControl(self)
        self.orbit.moved.connect(self._follow_camera)
        self.scene: Scene | None = None
        self.axes: BoxAxes | None = None
        self._theme = theme
        self._renderer = GLRenderer(theme)
        self._image: QImage | None = None
        self._texts: list[PlacedText] = []
        self._texts_are_of: tuple[object, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(QSize(120, 100))
        self.setAccessibleName("Surface of f in three dimensions")

    def show_scene(self, scene: Scene) -> None:
        """Draw ``scene``; a surface that is already there is not made again."""
        before, self.scene = self.scene, scene
        self._renderer.show_scene(scene)
        if before is None or before.surface is not scene.surface:
            self._turn_axes()
        if self.isVisible():
            # Drawn while other panels are still at work: the picture is fetched after them.
            self._image = None
            self._renderer.draw(self._pixels())
            turns().ask(self, self.update)
        else:
            self._outdate()

    def _pixels(self) -> QSize:
        return self.size() * self.devicePixelRatioF()

    def _follow_camera(self) -> None:
        self._turn_axes()
        self._outdate()

    def _turn_axes(self) -> None:
        if self.scene is not None:
            self.axes = box_axes(self.scene.surface.axes, self.orbit.camera)
            self._renderer.show_axes(self.axes, self.orbit.camera)

    def show_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        self._renderer.show_theme(theme)
        self._outdate()

    def _outdate(self) -> None:
        self._image = None
        self.update()

    def reset_view(self) -> None:
        """Look from where the box was first looked at."""
        self.orbit.reset()

    def picture(self) -> QImage:
        """Return what is drawn."""
        return self.grab().toImage()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.axes is None:
            painter.fillRect(self.rect(), QColor(self._theme.base))
            return
        outdated = self._image is None or self._image.size() != self._pixels()
        if outdated:
            self._renderer.draw(self._pixels())
        painter.setFont(axis_font(self.font()))
        texts = self._placed_texts(self.axes, painter.font())  # while it is being drawn
        if self._image is None or outdated:
            self._image = self._renderer.image(self._pixels())
            self._image.setDevicePixelRatio(self.devicePixelRatioF())
        painter.drawImage(0, 0, self._image)
        paint_texts(painter, texts, self._theme)

    def _placed_texts(self, axes: BoxAxes, font: QFont) -> list[PlacedText]:
        now = (axes, self.orbit.camera, self.size(), font)
        if now != self._texts_are_of:
            size = (float(self.width()), float(self.height()))
            self._texts = place_texts(axes, self.orbit.camera, *size, font)
            self._texts_are_of = now
        return self._texts
