"""The gradient field panel: heat map, contours, arrows and the point that can be dragged."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.gradient_field.presenter import GradientFieldPresenter
from gui.panels.gradient_field.view import GradientFieldView


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = GradientFieldView(context.theme.theme)
    presenter = GradientFieldPresenter(view, context)
    return Panel(
        key="gradient_field",
        title="Gradient field",
        widget=view,
        presenter=presenter,
        export_name="samples of the gradient field",
        exported=presenter.current_field,
        shown=view.shown.emit,
        pictured=presenter.picture,
    )
