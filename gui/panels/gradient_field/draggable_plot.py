"""DraggablePlot: how mouse and keys move the point and the plotted range; shared by both plots."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from gui.panels.gradient_field.screen_scale import ScreenScale
from gui.plots.plot_style import number_axes, prepare_plot

SETTLE_MS = 100
"""Pause after which a range that the user moved is sampled again."""

_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class DraggablePlot(pg.PlotWidget):  # type: ignore[misc]
    """Reports what the user does and changes nothing but the view.

    ``point_dragged(x, y)`` and ``drag_ended()`` while the target is moved; ``nudged(x, y)`` in
    hundredths of the view for an arrow key (ten with Shift) and ``nudge_ended()`` when the key is
    released; ``range_chosen(left, right, bottom, top)`` a moment after the view was moved.
    """

    point_dragged = Signal(float, float)
    drag_ended = Signal()
    nudged = Signal(int, int)
    nudge_ended = Signal()
    range_chosen = Signal(float, float, float, float)

    def __init__(self) -> None:
        super().__init__(axisItems=number_axes())
        prepare_plot(self)
        self._showing = False
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settled.timeout.connect(self._report_range)
        view = self.getViewBox()
        view.sigRangeChangedManually.connect(self._settled.start)
        view.sigResized.connect(self._on_resized)

    def watch(self, target: Any) -> None:
        """Report the drags of ``target``."""
        target.sigPositionChanged.connect(self._on_target_moved)
        target.sigPositionChangeFinished.connect(self.drag_ended)

    def _on_target_moved(self, target: Any) -> None:
        # The program moves the target as well, to where the worksheet says that it is.
        if not self._showing:
            self.point_dragged.emit(target.pos().x(), target.pos().y())

    def _report_range(self) -> None:
        (left, right), (bottom, top) = self.getViewBox().viewRange()
        self.range_chosen.emit(left, right, bottom, top)

    def scale(self) -> ScreenScale:
        """Return the view's range in pixels."""
        view = self.getViewBox()
        (left, right), (bottom, top) = view.viewRange()
        shown = QRectF(left, bottom, right - left, top - bottom)
        return ScreenScale.of(shown, view.width(), view.height())

    def _on_resized(self) -> None:
        self.relayout()

    def relayout(self) -> None:
        """Draw again what has a size in pixels."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        factor = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self.nudged.emit(step[0] * factor, step[1] * factor)
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        super().keyReleaseEvent(event)
        if Qt.Key(event.key()) in _STEPS and not event.isAutoRepeat():
            self.nudge_ended.emit()
