"""The gradient field panel: heat map, contours, arrows and the point that can be dragged."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.gradient_field.presenter import GradientFieldPresenter
from gui.panels.gradient_field.view import GradientFieldView


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = GradientFieldView(context.theme.theme)
    presenter = GradientFieldPresenter(view, context)
    exports = {"csv": presenter.current_field, "picture": presenter.picture}
    return Panel(view, presenter, exports, shown=view.shown.emit)
