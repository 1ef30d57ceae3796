"""SurfacePresenter: samples what the worksheet asks for and hands it to the view."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject

from engine.errors import EngineError
from engine.field import GradientField, sample
from engine.worksheet import Worksheet
from gui.panel import ThemeSource
from gui.plotted import Plotted, read_plotted
from gui.surface.scene import Scene, Surface, make_marks, make_surface
from gui.surface.view import SurfaceView
from gui.worksheet_store import WorksheetStore

SURFACE_NODES = 97
"""Samples along each of two axes: twelve squares of eight."""

CURVE_NODES = 801
"""Samples of a curve."""

_SHOWN_FIELDS = frozenset({"text", "coordinates", "axes", "intervals"})


class SurfacePresenter(QObject):
    """Keeps the surface in step with the worksheet.

    While only the point moves, the samples and the surface made of them stay the same objects.
    """

    def __init__(self, view: SurfaceView, store: WorksheetStore, theme: ThemeSource) -> None:
        super().__init__(view)
        self._view, self._store = view, store
        self._sampled: tuple[object, ...] | None = None
        self._field: GradientField | None = None
        self._surface: Surface | None = None
        self._stale = True
        store.worksheet_changed.connect(self._on_changed)
        theme.theme_changed.connect(view.set_theme)
        view.axes_chosen.connect(self._choose_axes)
        view.shown.connect(self._on_shown)

    def _on_changed(self, worksheet: Worksheet, names: frozenset[str]) -> None:
        if names & _SHOWN_FIELDS:
            self._stale = True
            # A panel in a hidden tab costs nothing until it is shown.
            if self._view.isVisible():
                self.refresh()

    def _on_shown(self) -> None:
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Show the worksheet as it is now."""
        self._stale = False
        try:
            plotted = read_plotted(self._store.worksheet)
        except EngineError:
            self._view.show_waiting(True)
            return
        self._view.show_waiting(False)
        if not plotted.axes:
            self._view.show_nothing(plotted.sentence(), plotted)
            return
        try:
            self._show(plotted)
        except EngineError as error:
            self._view.show_nothing(str(error), plotted)

    def _show(self, plotted: Plotted) -> None:
        if plotted.sampled != self._sampled or self._field is None:
            two = len(plotted.axes) == 2
            grid = plotted.grid(SURFACE_NODES if two else CURVE_NODES)
            self._field = sample(plotted.polynomial, grid, plotted.point)
            self._surface = make_surface(self._field) if two else None
            self._sampled = plotted.sampled
        if not np.isfinite(self._field.values).any():
            self._view.show_nothing(
                "f is too large for a float everywhere in this range. Choose a smaller range.",
                plotted,
            )
        elif self._surface is not None:
            scene = Scene(self._surface, make_marks(plotted, self._surface))
            self._view.show_scene(scene, plotted, _remarks(plotted, self._field))
        else:
            self._view.show_curve(self._field, plotted, _remarks(plotted, self._field))

    def _choose_axes(self, axes: tuple[str, str]) -> None:
        self._store.edit("choose plotted variables", axes=axes)


def _remarks(plotted: Plotted, field: GradientField) -> tuple[str, ...]:
    remarks = []
    if not plotted.inside:
        remarks.append("The point lies outside the plotted range.")
    if not np.isfinite(field.values).all():
        remarks.append("Gaps: f is too large for a float there.")
    return tuple(remarks)
