"""SurfacePresenter: samples what the worksheet asks for and hands it to the view."""

from __future__ import annotations

import numpy as np

from engine.evaluation.field import GradientField, sample
from gui.panel.panel import PanelContext
from gui.panel.picture import Picture, formula
from gui.panels.surface.scene import (
    SQUARES,
    Scene,
    Surface,
    make_critical,
    make_marks,
    make_surface,
)
from gui.panels.surface.view import SurfaceView
from gui.plots.plot_presenter import TOO_LARGE, PlotPresenter, remarks
from gui.session.plotted import Plotted

SURFACE_NODES = 6 * SQUARES + 1
"""Samples along each of two axes."""

CURVE_NODES = 801
"""Samples of a curve."""


class SurfacePresenter(PlotPresenter):
    """Keeps the surface in step with the worksheet.

    While only the point moves, the samples and the surface made of them stay the same objects.
    """

    def __init__(self, view: SurfaceView, context: PanelContext) -> None:
        super().__init__(view, context)
        self._view = view
        self._sampled: tuple[object, ...] | None = None
        self._field: GradientField | None = None
        self._surface: Surface | None = None

    def picture(self) -> Picture | None:
        """Return what is drawn with what it shows in words; None while it is out of date."""
        if self._when_seen.stale:
            self._when_seen.refresh()
        drawing, plotted = self._view.picture(), self._drawn
        if drawing is None or plotted is None:
            return None
        what = "Surface" if len(plotted.axes) == 2 else "Curve"
        return Picture(drawing, f"{what} of {formula(plotted.polynomial)}", plotted.description())

    def _show(self, plotted: Plotted) -> None:
        if plotted.sampled != self._sampled or self._field is None:
            two = len(plotted.axes) == 2
            grid = plotted.grid(SURFACE_NODES if two else CURVE_NODES)
            self._field = sample(plotted.polynomial, grid, plotted.point)
            self._surface = make_surface(self._field) if two else None
            self._sampled = plotted.sampled
        remark = remarks(plotted, self._field)
        if not np.isfinite(self._field.values).any():
            self._view.show_nothing(TOO_LARGE, plotted)
        elif self._surface is not None:
            scene = Scene(
                self._surface,
                make_marks(plotted, self._surface),
                make_critical(plotted, self._surface),
            )
            self._view.show_scene(scene, plotted, remark)
        else:
            self._view.show_curve(self._field, plotted, remark)
