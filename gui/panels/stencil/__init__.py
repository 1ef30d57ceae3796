"""The stencil panel: what a difference quotient adds up, and the digits that it loses."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.stencil.presenter import StencilPresenter
from gui.panels.stencil.view import StencilView


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = StencilView(context.theme.theme)
    context.theme.theme_changed.connect(view.show_theme)
    presenter = StencilPresenter(view, context.store, context.runner, context.selection)
    exports = {"csv": presenter.tables}
    return Panel(view, presenter, exports, shown=view.shown.emit)
