"""PlotPresenter: when a plot is redrawn, and what it says where there is nothing to draw."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from engine.errors import EngineError
from engine.evaluation.field import GradientField
from engine.worksheet.worksheet import Fields
from gui.panel.panel import PanelContext
from gui.panel.when_seen import WhenSeen
from gui.plots.plot_frame import PlotFrame
from gui.session.plotted import Plotted

TOO_LARGE = "f is too large for a float everywhere in this range. Choose a smaller range."

_SHOWN_FIELDS = Fields.text | Fields.coordinates | Fields.methods | Fields.axes | Fields.intervals


class PlotPresenter(QObject):
    """Keeps one plot in step with the worksheet; a subclass samples and draws.

    A plot in a hidden tab costs nothing until it is shown.
    """

    def __init__(self, frame: PlotFrame, context: PanelContext) -> None:
        super().__init__(frame)
        store, theme = context.store, context.theme
        self._frame, self._store = frame, store
        self._plotted_source, self._critical = context.plotted, context.critical
        self._current = False
        self._drawn: Plotted | None = None
        self._when_seen = WhenSeen(frame, self.refresh)
        self._when_seen.follow(store, _SHOWN_FIELDS)
        context.selection.changed.connect(self._when_seen.outdate)
        context.critical.changed.connect(self._on_critical_changed)
        theme.theme_changed.connect(frame.show_theme)
        frame.axes_chosen.connect(self._choose_axes)

    def _on_critical_changed(self) -> None:
        # They are lost when the polynomial changes; the plot follows that by itself.
        if self._critical.found is not None:
            self._when_seen.outdate()

    def refresh(self) -> None:
        """Show the worksheet as it is now, or dimmed the last one that could be read."""
        plotted: Plotted | None
        try:
            plotted, self._current = self._plotted_source.read(), True
        except EngineError:
            plotted, self._current = self._plotted_source.read_newest(), False
        drawn = plotted is not None and plotted is self._drawn and not self._current
        try:
            if plotted is not None and not drawn:
                self._drawn = None
                self._draw(plotted)
                self._drawn, drawn = plotted, True
        finally:
            # A picture that did not come leaves that of an earlier problem on the screen.
            self._frame.show_waiting(not (drawn and self._current))

    def _draw(self, plotted: Plotted) -> None:
        obstacle = plotted.obstacle()
        try:
            if not obstacle:
                self._show(plotted)
        except EngineError as error:
            obstacle = str(error)
        if obstacle:
            self._frame.show_nothing(obstacle, plotted)

    def _show(self, plotted: Plotted) -> None:
        """Sample f, which has one or two plotted variables, and draw it."""
        raise NotImplementedError

    def _choose_axes(self, axes: tuple[str, str]) -> None:
        self._store.edit("choose plotted variables", axes=axes)


def remarks(plotted: Plotted, field: GradientField) -> str:
    """Return what a picture of ``field`` does not show by itself."""
    found = []
    if not plotted.inside:
        found.append(
            'The point lies outside the plotted range; "Reset view" at the gradient field shows it.'
        )
    if not np.isfinite(field.values).all():
        found.append("Gaps: f is too large for a float there.")
    return " ".join(found)
