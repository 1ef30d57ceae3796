"""The surface panel: z = f in 3-D with the tangent plane and the gradient at the point."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.surface.opengl_check import opengl_problem
from gui.panels.surface.presenter import SurfacePresenter
from gui.panels.surface.view import SurfaceView


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = SurfaceView(context.theme.theme, opengl_problem())
    presenter = SurfacePresenter(view, context)
    exports = {"picture": presenter.picture}
    return Panel(view, presenter, exports, shown=view.shown.emit)
