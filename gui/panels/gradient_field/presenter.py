"""GradientFieldPresenter: samples what the worksheet asks for; writes drags into the worksheet."""

from __future__ import annotations

import numpy as np

from engine.errors import EngineError
from engine.evaluation.field import GradientField, RegularGrid, sample
from engine.evaluation.significance import without_rounding
from gui.panel.panel import PanelContext
from gui.panel.picture import Picture, formula
from gui.panels.gradient_field.view import GradientFieldView
from gui.plots.plot_axes import readable_interval, short_decimal_within
from gui.plots.plot_presenter import TOO_LARGE, PlotPresenter, remarks
from gui.session.plotted import Plotted

HEATMAP_NODES = 201
ARROW_NODES = 17
CURVE_NODES = 801


class GradientFieldPresenter(PlotPresenter):
    """Keeps the plot in step with the worksheet, and the worksheet with the dragged point.

    While only the point moves, nothing is sampled.
    """

    def __init__(self, view: GradientFieldView, context: PanelContext) -> None:
        super().__init__(view, context)
        self._view = view
        self._plotted: Plotted | None = None
        self._sampled: tuple[object, ...] | None = None
        self._field: GradientField | None = None
        view.reset_requested.connect(self._reset_range)
        view.point_dragged.connect(self._drag_point)
        view.nudged.connect(self._nudge_point)
        view.drag_ended.connect(self._store.end_merge)
        view.range_chosen.connect(self._choose_range)

    def current_field(self) -> GradientField | None:
        """Return the samples of the heat map or the curve; None while there are none."""
        if self._when_seen.stale:
            self._when_seen.refresh()
        return self._field if self._current and self._plotted is not None else None

    def picture(self) -> Picture | None:
        """Return the plot with what it shows in words; None while it is out of date."""
        if self.current_field() is None or self._plotted is None:
            return None
        what = "Gradient field" if len(self._plotted.axes) == 2 else "Derivative"
        title = f"{what} of {formula(self._plotted.polynomial)}"
        return Picture(self._view.plot, title, self._plotted.description())

    def refresh(self) -> None:
        """Show the worksheet as it is now, or dimmed the last one that could be read."""
        self._plotted = None
        super().refresh()

    def _show(self, plotted: Plotted) -> None:
        if plotted.sampled == self._sampled and self._field is not None:
            self._plotted = plotted
            self._view.show_point(plotted, remarks(plotted, self._field))
            return
        self._sampled = None
        two = len(plotted.axes) == 2
        grid = plotted.grid(HEATMAP_NODES if two else CURVE_NODES)
        field = sample(plotted.polynomial, grid, plotted.point)
        if not np.isfinite(field.values).any():
            self._view.show_nothing(TOO_LARGE, plotted)
            return
        self._field, self._plotted, self._sampled = field, plotted, plotted.sampled
        shown, floor = without_rounding(field)
        if two:
            arrows = sample(plotted.polynomial, _arrow_grid(plotted), plotted.point)
            arrows, _ = without_rounding(arrows)
            self._view.show_field(shown, floor, arrows, plotted, remarks(plotted, field))
        else:
            self._view.show_slope(shown, plotted, remarks(plotted, field))

    def _plotted_now(self) -> Plotted | None:
        """Return what the worksheet asks for, which the picture may follow in the next turn only.

        None where nothing is drawn, or the picture is of other variables.
        """
        if self._plotted is None:
            return None
        try:
            plotted = self._plotted_source.read()
        except EngineError:
            return None
        return plotted if plotted.axes == self._plotted.axes else None

    def _drag_point(self, x: float, y: float) -> None:
        plotted = self._plotted_now()
        if plotted is not None:
            self._move(plotted, (x, y), "drag point")

    def _nudge_point(self, x: int, y: int) -> None:
        plotted = self._plotted_now()
        if plotted is not None:
            places = tuple(
                at + steps * (high - low) / 100
                for at, steps, (low, high) in zip(
                    plotted.coordinates, (x, y), plotted.intervals, strict=False
                )
            )
            self._move(plotted, places, "nudge point")

    def _move(self, plotted: Plotted, places: tuple[float, ...], merge: str) -> None:
        scale = self._view.plot.scale()
        moved = {
            name: short_decimal_within(place, interval, pixel)
            for name, place, interval, pixel in zip(
                plotted.axes, places, plotted.intervals, (scale.unit_x, scale.unit_y), strict=False
            )
        }
        worksheet = self._store.worksheet
        self._store.edit(
            "move point",
            merge=merge,
            coordinates=worksheet.coordinates_with(moved),
            # Frozen, so that the picture stands still under the point.
            intervals=worksheet.intervals_with(plotted.axes, plotted.intervals),
        )
        if self._store.worksheet is worksheet and self._field is not None:
            # The mouse moved by less than a step: the target goes back to where the point is.
            self._view.show_point(plotted, remarks(plotted, self._field))

    def _choose_range(self, left: float, right: float, bottom: float, top: float) -> None:
        plotted = self._plotted_now()
        if plotted is None:
            return
        chosen = tuple(
            readable_interval(low, high, before)
            for (low, high), before in zip(
                ((left, right), (bottom, top)), plotted.intervals, strict=False
            )
        )
        intervals = self._store.worksheet.intervals_with(plotted.axes, chosen)
        self._store.edit("choose plotted range", merge="plotted range", intervals=intervals)

    def _reset_range(self) -> None:
        # Of every variable, for there may be no picture that says which are plotted.
        self._store.edit("reset plotted range", intervals=())


def _arrow_grid(plotted: Plotted) -> RegularGrid:
    """Return the middles of equal cells, so that no arrow hangs over the edge."""
    axes = [
        (name, low + (high - low) / 2 / ARROW_NODES, high - (high - low) / 2 / ARROW_NODES)
        for name, (low, high) in zip(plotted.axes, plotted.intervals, strict=True)
    ]
    return RegularGrid((*axes[0], ARROW_NODES), (*axes[1], ARROW_NODES))
