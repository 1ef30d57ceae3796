"""CostPlot: counts or times of every method against a small whole number."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from engine.studies.cost_study import CostSample
from gui.look.method_styles import method_style
from gui.look.theme import Theme
from gui.plots.log_axis import LogAxis
from gui.plots.plot_style import NumberAxis, label_axis, make_curve, prepare_plot, style_plot


class WholeAxis(NumberAxis):
    """Shows every whole number once."""

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:  # noqa: N802
        """Return one level of ticks."""
        first, last = int(np.ceil(low)), int(np.floor(high))
        gap = max(1, round((last - first) / 12))
        return [(float(gap), [float(value) for value in range(first, last + 1, gap)])]

    def _texts(self, values: Sequence[float]) -> tuple[str, ...]:
        return tuple(f"{value:.0f}" for value in values)


class CostPlot(pg.PlotWidget):  # type: ignore[misc]
    """A curve for each method; what is not counted or not available leaves a gap."""

    def __init__(self, theme: Theme, below: str) -> None:
        super().__init__(axisItems={"left": LogAxis("left"), "bottom": WholeAxis("bottom")})
        prepare_plot(self)
        self.setMouseEnabled(x=False, y=False)
        self._theme, self._below, self._left = theme, below, ""
        self.curves: dict[str, tuple[pg.PlotCurveItem, pg.ScatterPlotItem]] = {}
        self.setAccessibleName(f"Cost against the {below}")
        self.show_theme(theme)

    def show_samples(self, samples: Sequence[CostSample], *, times: bool) -> None:
        """Show the seconds of ``samples``, or what they count."""
        self._left = "seconds" if times else "count"
        for items in self.curves.values():
            for item in items:
                self.removeItem(item)
        self.curves = {}
        for key in dict.fromkeys(sample.method for sample in samples):
            own = [sample for sample in samples if sample.method == key]
            costs = [sample.seconds if times else sample.count for sample in own]
            logs = [np.log10(cost) if cost else np.nan for cost in costs]
            if np.isfinite(logs).any():
                self._add(key, [float(sample.size) for sample in own], logs)
        self._fit(samples)
        self.show_theme(self._theme)

    def _add(self, key: str, sizes: list[float], logs: list[float]) -> None:
        curve, markers = make_curve("finite"), pg.ScatterPlotItem()
        curve.setData(np.array(sizes), np.array(logs))
        kept = np.isfinite(logs)
        markers.setData(np.array(sizes)[kept], np.array(logs)[kept])
        for item in (curve, markers):
            self.addItem(item, ignoreBounds=True)
        self.curves[key] = (curve, markers)

    def _fit(self, samples: Sequence[CostSample]) -> None:
        heights = [curve.getData()[1] for curve, _ in self.curves.values()]
        found = np.concatenate(heights or [np.array([0.0, 1.0])])
        found = found[np.isfinite(found)]
        low, high = np.floor(found.min()), np.ceil(found.max())
        largest = max((sample.size for sample in samples), default=1)
        margin = 0.06 * max(1.0, high - low)
        self.setRange(
            xRange=(0.7, largest + 0.3),
            yRange=(low - margin, max(high, low + 1) + margin),
            padding=0,
        )

    def show_theme(self, theme: Theme) -> None:
        """Restyle everything."""
        self._theme = theme
        style_plot(self, theme)
        label_axis(self, "bottom", self._below, theme)
        label_axis(self, "left", self._left, theme)
        for key, (curve, markers) in self.curves.items():
            style = method_style(key, theme)
            curve.setPen(pg.mkPen(style.colour, width=1.6, style=style.dash))
            markers.setSymbol(style.symbol)
            markers.setSize(8)
            markers.setBrush(QColor(style.colour))
            markers.setPen(pg.mkPen(theme.base, width=0.5))
