"""Critical points and curves of them over the heat map: the symbol tells the kind."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from gui.plots.plot_colours import PlotColours
from gui.plots.plot_style import make_curve
from gui.session.shown_critical import KINDS, ShownCritical


class CriticalItems:
    """One scatter plot for the points, one curve for all pieces of the curves."""

    def __init__(self, plot: Any) -> None:
        self.halo, self.lines = make_curve("finite"), make_curve("finite")
        self.points = pg.ScatterPlotItem(
            size=11, hoverable=True, hoverSize=14, tip=lambda x, y, data: data
        )
        for layer, item in enumerate((self.halo, self.lines, self.points)):
            item.setZValue(7 + layer / 4)  # above the arrows, below the point
            plot.addItem(item, ignoreBounds=True)
        self._shown: ShownCritical | None = None

    def show_critical(self, shown: ShownCritical | None) -> None:
        """Show other points; for the same ones nothing is rebuilt."""
        if shown is self._shown:
            return
        self._shown = shown
        places = np.empty((0, 2)) if shown is None else shown.places
        kinds, texts = ((), ()) if shown is None else (shown.kinds, shown.texts)
        self.points.setData(pos=places, symbol=[KINDS[kind][1] for kind in kinds], data=list(texts))
        gap = np.full((1, 2), np.nan)
        pieces = [] if shown is None else [np.vstack([one[:, :2], gap]) for one in shown.curves]
        line = np.vstack(pieces) if pieces else np.empty((0, 2))
        for curve in (self.halo, self.lines):
            curve.setData(line[:, 0], line[:, 1])

    def set_colours(self, colours: PlotColours) -> None:
        """Restyle."""
        self.points.setBrush(QColor(colours.critical))
        self.points.setPen(pg.mkPen(colours.halo, width=1.2))
        self.lines.setPen(pg.mkPen(colours.critical, width=2.2))
        self.halo.setPen(pg.mkPen(colours.halo, width=4.5))
