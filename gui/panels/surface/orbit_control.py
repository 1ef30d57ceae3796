"""OrbitControl: how the mouse and the keys turn and zoom the box; the same for both canvases."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.panels.surface.camera import Camera

DEGREES_PER_PIXEL = 0.5
"""A drag across 360 pixels is half a turn."""

KEY_DEGREES = 5.0
"""How far one press of an arrow key turns the box."""

_TURNS = {
    Qt.Key.Key_Left: (KEY_DEGREES, 0.0),
    Qt.Key.Key_Right: (-KEY_DEGREES, 0.0),
    Qt.Key.Key_Up: (0.0, KEY_DEGREES),
    Qt.Key.Key_Down: (0.0, -KEY_DEGREES),
}

_ZOOMS = {
    Qt.Key.Key_Plus: 1.15,
    Qt.Key.Key_Equal: 1.15,
    Qt.Key.Key_Minus: 1 / 1.15,
}


class OrbitControl(QObject):
    """Watches one widget and keeps the camera.

    ``moved`` follows every change; ``rested`` comes when the mouse button is released.
    """

    moved = Signal()
    rested = Signal()

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.camera = Camera()
        self.dragging = False
        self._last = QPointF()
        watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        watched.setCursor(Qt.CursorShape.OpenHandCursor)
        watched.installEventFilter(self)

    def reset(self) -> None:
        """Look from where the box was first looked at."""
        self._show(Camera())

    def _show(self, camera: Camera) -> None:
        self.camera = camera
        self.moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event:
            case QMouseEvent():
                return self._mouse(event)
            case QWheelEvent():
                self._show(self.camera.zoomed(1.0015 ** event.angleDelta().y()))
                event.accept()
                return True
            case QKeyEvent() if event.type() == QEvent.Type.KeyPress:
                return self._key(Qt.Key(event.key()))
            case _:
                return super().eventFilter(watched, event)

    def _mouse(self, event: QMouseEvent) -> bool:
        left = Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.reset()
        elif event.type() == QEvent.Type.MouseButtonPress and event.button() == left:
            self._last, self.dragging = event.position(), True
        elif event.type() == QEvent.Type.MouseMove and event.buttons() & left and self.dragging:
            step = event.position() - self._last
            self._last = event.position()
            self._show(
                self.camera.turned(-step.x() * DEGREES_PER_PIXEL, step.y() * DEGREES_PER_PIXEL)
            )
        elif event.type() == QEvent.Type.MouseButtonRelease and event.button() == left:
            self.dragging = False
            self.rested.emit()
        else:
            return False
        event.accept()
        return True

    def _key(self, key: Qt.Key) -> bool:
        if key in _TURNS:
            self._show(self.camera.turned(*_TURNS[key]))
        elif key in _ZOOMS:
            self._show(self.camera.zoomed(_ZOOMS[key]))
        elif key == Qt.Key.Key_Home:
            self.reset()
        else:
            return False
        return True
