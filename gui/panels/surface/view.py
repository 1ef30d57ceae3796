"""SurfaceView: the 3-D canvas or its stand-in, the curve of one variable, and the legend."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGraphicsView, QLabel, QWidget

from engine.evaluation.field import GradientField
from engine.explanation.stencil_picture import StencilPicture
from gui.look.theme import Theme
from gui.panels.surface.curve_page import CurvePage
from gui.panels.surface.orbit_control import OrbitControl
from gui.panels.surface.painter_canvas import PainterCanvas
from gui.panels.surface.scene import Scene
from gui.plots.plot_colours import plot_colours
from gui.plots.plot_frame import PlotFrame
from gui.session.plotted import Plotted
from gui.session.shown_stencil import stencil_text
from gui.widgets.legend import LegendEntry, legend_text


class Canvas(Protocol):
    """What both canvases can do."""

    orbit: OrbitControl
    scene: Scene | None

    def show_scene(self, scene: Scene) -> None: ...
    def show_theme(self, theme: Theme) -> None: ...
    def reset_view(self) -> None: ...
    def picture(self) -> QImage: ...


_CRITICAL_NAMES = {
    "minimum": "minimum",
    "maximum": "maximum",
    "saddle": "saddle",
    "inconclusive": "undecided",
    "curve": "a curve",
}


class SurfaceView(PlotFrame):
    """Shows a scene, a curve or a sentence.

    Args:
        theme: The colours to begin with.
        opengl_problem: What :func:`gui.panels.surface.opengl_check.opengl_problem` found.
    """

    def __init__(self, theme: Theme, opengl_problem: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Look from the front again (double click in the picture)", parent)
        self._stencil: StencilPicture | None = None
        self._stencil_seen = self._secant_seen = False
        self._critical: tuple[str, ...] = ()
        self._legend = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self._stand_in = ""
        self.canvas, widget = self._make_canvas(theme, opengl_problem)
        self.curve = CurvePage(theme)
        self._canvas_page = widget
        self.pages.addWidget(widget)
        self.pages.addWidget(self.curve)
        self.footer.addWidget(self._legend)
        self.reset_requested.connect(self.canvas.reset_view)
        self.show_theme(theme)

    def _make_canvas(self, theme: Theme, opengl_problem: str) -> tuple[Canvas, QWidget]:
        if opengl_problem:
            self._stand_in = f"2-D stand-in, without OpenGL: {opengl_problem}."
            stand_in = PainterCanvas(theme)
            return stand_in, stand_in
        # PyOpenGL must not be imported before the check has found it harmless.
        from gui.panels.surface.gl_canvas import GLCanvas

        canvas = GLCanvas(theme)
        return canvas, canvas

    def show_scene(self, scene: Scene, plotted: Plotted, remark: str) -> None:
        """Show the surface."""
        self.canvas.show_scene(scene)
        marks = scene.marks
        self._stencil_seen = marks is not None and marks.stencil_is_seen
        self._secant_seen = marks is not None and marks.secant is not None
        self._critical = () if scene.critical is None else scene.critical.kinds
        self._show(self._canvas_page, plotted)
        self.show_remark(" ".join(part for part in (remark, self._stand_in) if part))

    def show_curve(self, field: GradientField, plotted: Plotted, remark: str) -> None:
        """Show f of one variable."""
        self.curve.show_curve(field, plotted)
        self._stencil_seen = self._secant_seen = plotted.stencil is not None
        self._critical = ()
        self._show(self.curve, plotted)
        self.show_remark(remark)

    def _show(self, page: QWidget, plotted: Plotted) -> None:
        self._stencil = plotted.stencil
        self.pages.setCurrentWidget(page)
        self.show_axes(plotted)
        # A curve cannot be turned, so there is nothing to reset.
        self.reset.setVisible(page is self._canvas_page)
        self.show_caption(plotted.caption())
        self._update_legend()

    def picture(self) -> QGraphicsView | QImage | None:
        """Return what is drawn: the curve, or an image of the scene; None for a sentence.

        None also while the picture is that of an earlier problem.
        """
        if self.waiting:
            return None
        page = self.pages.currentWidget()
        if page is self._canvas_page:
            return self.canvas.picture()
        return self.curve if page is self.curve else None

    def show_nothing(self, text: str, plotted: Plotted) -> None:
        """Show a sentence in place of a picture."""
        super().show_nothing(text, plotted)
        self._update_legend()

    def show_theme(self, theme: Theme) -> None:
        """Restyle everything that is drawn."""
        super().show_theme(theme)
        self.canvas.show_theme(theme)
        self.curve.show_theme(theme)
        self._update_legend()

    def _update_legend(self) -> None:
        colours = plot_colours(self._theme)
        on_curve = self.pages.currentWidget() is self.curve
        entries: tuple[LegendEntry, ...] = (
            ((colours.mark, "●", "point"), (colours.mark, "╌", "tangent line"))
            if on_curve
            else (
                (colours.mark, "●", "point"),
                (colours.tangent, "◆", "tangent plane"),
                (colours.mark, "➤", "gradient: steepest way up"),
            )
        )
        if self._stencil is not None:
            if self._stencil_seen:
                entries += ((colours.stencil, "●", stencil_text(self._stencil)),)
            if self._secant_seen:
                secant = ("╌", "secant line") if on_curve else ("◆", "secant plane")
                entries += ((colours.stencil, *secant),)
        if self._critical:
            said = ", ".join(_CRITICAL_NAMES[kind] for kind in self._critical)
            entries += ((colours.critical, "●", f"critical: {said}"),)
        self._legend.setText(legend_text(entries, self._theme))
        self._legend.setVisible(self.pages.currentWidget() is not self.sentence)
