"""ErrorPlot: error against step on two logarithmic axes, theory lines, a cursor, the zeros."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent

from gui.look.method_styles import method_style
from gui.look.theme import Theme
from gui.panels.error_study.shown import SchemeCurve, Theory
from gui.plots.log_axis import LogAxis
from gui.plots.plot_style import label_axis, make_curve, prepare_plot, small_font, style_plot

MARKER_EVERY = 8
"""Samples between two markers of a curve; the lines between say the rest."""

STRIP = 0.09
"""Share of the plot's height that belongs to the errors that are exactly 0."""

_KEY_STEP = 0.1
"""Decades that an arrow key moves the cursor."""


class ErrorPlot(pg.PlotWidget):  # type: ignore[misc]
    """Reports where the cursor is dragged to, in log10 of h; changes nothing by itself."""

    step_dragged = Signal(float)
    drag_ended = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(axisItems={side: LogAxis(side) for side in ("left", "bottom")})
        prepare_plot(self)
        self.setMouseEnabled(x=False, y=False)
        self._theme, self._showing = theme, False
        self._derivative = "f"
        self._curves: tuple[SchemeCurve, ...] = ()
        self._scheme = ""
        self._theory: Theory | None = None
        self._lines: dict[str, tuple[Any, Any, Any]] = {}
        self._y_range = (-16.0, 0.0)
        self.strip = pg.LinearRegionItem(orientation="horizontal", movable=False)
        # Over the theory, which has no 0, and under the markers of those errors that are 0.
        self.strip.setZValue(2)
        self.zero_label = pg.TextItem(anchor=(0, 0.5))
        self.zero_label.setZValue(3)
        self.leading = make_curve("finite")
        self.bound = make_curve("finite")
        self.predicted = pg.InfiniteLine(angle=90)
        self.observed = pg.ScatterPlotItem(symbol="o", size=15)
        self.cursor = pg.InfiniteLine(angle=90, movable=True)
        self.cursor.setZValue(20)
        self.cursor.setCursor(Qt.CursorShape.SizeHorCursor)
        items = (self.strip, self.zero_label, self.leading, self.bound, self.predicted,
                 self.observed, self.cursor)  # fmt: skip
        for item in items:
            self.addItem(item, ignoreBounds=True)
        self.cursor.sigPositionChanged.connect(self._on_cursor_moved)
        self.cursor.sigPositionChangeFinished.connect(self.drag_ended)
        self.setAccessibleName("Error against step; arrow keys move the step of one scheme")
        self.show_theme(theme)

    def show_curves(self, curves: Sequence[SchemeCurve], scheme: str, theory: Theory) -> None:
        """Show a curve for each scheme; theory and cursor belong to ``scheme``."""
        self._curves, self._scheme, self._theory = tuple(curves), scheme, theory
        for key in set(self._lines) - {curve.key for curve in curves}:
            for item in self._lines.pop(key):
                self.removeItem(item)
        for curve in curves:
            self._show_curve(curve)
        self._set_ranges()
        self._show_theory(theory)
        self._show_markers()

    def show_derivative(self, text: str) -> None:
        """Show whose error it is."""
        self._derivative = text
        self._label_axes()

    def _label_axes(self) -> None:
        label_axis(self, "bottom", "step h", self._theme)
        label_axis(self, "left", f"|error of {self._derivative}|", self._theme)

    def show_cursor(self, step: float) -> None:
        """Move the cursor to log10 of the step; nan hides it."""
        self.cursor.setVisible(bool(np.isfinite(step)))
        if np.isfinite(step):
            self._showing = True
            self.cursor.setPos(step)
            self._showing = False

    def let_drag(self, allowed: bool) -> None:
        """Let the cursor be moved, or hold it where it is."""
        self.cursor.setMovable(allowed)
        shape = Qt.CursorShape.SizeHorCursor if allowed else Qt.CursorShape.ArrowCursor
        self.cursor.setCursor(shape)

    def _show_curve(self, curve: SchemeCurve) -> None:
        if curve.key not in self._lines:
            items = (make_curve("finite"), pg.ScatterPlotItem(), pg.ScatterPlotItem())
            for item in items:
                self.addItem(item, ignoreBounds=True)
            self._lines[curve.key] = items
        line, _, here = self._lines[curve.key]
        line.setData(curve.steps, curve.errors)
        at = np.interp(curve.here, curve.steps, curve.errors)
        shown = np.isfinite(curve.here) and np.isfinite(at)
        here.setData([curve.here] if shown else [], [at] if shown else [])
        self._style_curve(curve.key)

    def _set_ranges(self) -> None:
        found = np.concatenate([curve.errors for curve in self._curves] or [np.array([])])
        found = found[np.isfinite(found)]
        low, high = (float(found.min()), float(found.max())) if found.size else (-16.0, 0.0)
        low, high = np.floor(low) - 0.3, np.ceil(high) + 0.3
        bottom = low - STRIP * (high - low) / (1 - STRIP)
        self._y_range = (bottom, low)
        steps = self._curves[0].steps if self._curves else np.array([-16.0, 0.0])
        self.setRange(xRange=(steps[0], steps[-1]), yRange=(bottom, high), padding=0)
        self.strip.setRegion((bottom, low))
        self.getAxis("left").lowest = low
        self.zero_label.setPos(steps[0], (bottom + low) / 2)

    def _show_theory(self, theory: Theory) -> None:
        empty = np.array([])
        shown = theory.leading is not None
        self.leading.setData(theory.steps if shown else empty,
                             theory.leading if shown else empty)  # fmt: skip
        self.bound.setData(theory.steps, theory.bound)
        self.predicted.setVisible(theory.predicted is not None)
        if theory.predicted is not None:
            self.predicted.setPos(theory.predicted)
        seen = [] if theory.observed is None else [theory.observed]
        self.observed.setData([x for x, _ in seen], [y for _, y in seen])

    def _show_markers(self) -> None:
        # Those of the zeros need the strip, which needs the range of all curves.
        bottom, top = self._y_range
        for index, curve in enumerate(self._curves):
            _, markers, _ = self._lines[curve.key]
            height = bottom + (top - bottom) * (index + 1) / (len(self._curves) + 1)
            some = slice(MARKER_EVERY // 2, None, MARKER_EVERY)
            xs = np.concatenate([curve.steps[some], curve.zeros])
            ys = np.concatenate([curve.errors[some], np.full(curve.zeros.size, height)])
            kept = np.isfinite(ys)
            markers.setData(xs[kept], ys[kept])

    def _style_curve(self, key: str) -> None:
        style, chosen = method_style(key, self._theme), key == self._scheme
        line, markers, here = self._lines[key]
        line.setPen(pg.mkPen(style.colour, width=2.4 if chosen else 1.2, style=style.dash))
        line.setZValue(6 if chosen else 4)
        markers.setSymbol(style.symbol)
        markers.setSize(7 if chosen else 5)
        markers.setBrush(QColor(style.colour))
        markers.setPen(None)
        markers.setZValue(7)
        here.setSymbol(style.symbol)
        here.setSize(13)
        here.setBrush(QColor(style.colour))
        here.setPen(pg.mkPen(self._theme.base, width=1.5))
        here.setZValue(8)

    def _on_cursor_moved(self) -> None:
        # The program moves it as well, to where the worksheet says that it is.
        if not self._showing:
            self._drag_to(float(self.cursor.value()))

    def _drag_to(self, step: float) -> None:
        """Report a step that was studied: beyond the curves the cursor would be out of sight."""
        steps = [curve.steps for curve in self._curves if curve.steps.size]
        if steps:
            low, high = min(one.min() for one in steps), max(one.max() for one in steps)
            step = float(np.clip(step, low, high))
            self.show_cursor(step)
        self.step_dragged.emit(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if sign is None or not self.cursor.movable:
            super().keyPressEvent(event)
            return
        factor = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        self._drag_to(float(self.cursor.value()) + sign * factor * _KEY_STEP)
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        super().keyReleaseEvent(event)
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and not event.isAutoRepeat():
            self.drag_ended.emit()

    def show_theme(self, theme: Theme) -> None:
        """Restyle everything."""
        self._theme = theme
        style_plot(self, theme)
        self._label_axes()
        fill = QColor(theme.raised)
        self.strip.setBrush(fill)
        for line in self.strip.lines:
            line.setPen(pg.mkPen(theme.border))
        self.zero_label.setText(" 0 ", color=theme.text)
        self.zero_label.setFont(small_font(self))
        self.leading.setPen(pg.mkPen(theme.text, width=1.4, style=Qt.PenStyle.DashLine))
        self.bound.setPen(pg.mkPen(theme.muted, width=1.4, style=Qt.PenStyle.DotLine))
        self.predicted.setPen(pg.mkPen(theme.good, width=1.4, style=Qt.PenStyle.DashLine))
        self.observed.setBrush(None)
        self.observed.setPen(pg.mkPen(theme.good, width=2))
        self.cursor.setPen(pg.mkPen(theme.accent, width=2))
        self.cursor.setHoverPen(pg.mkPen(theme.accent, width=4))
        for key in self._lines:
            self._style_curve(key)
