"""The stencil panel: what a difference quotient adds up, and the digits that it loses."""

from __future__ import annotations

from gui.panel import Panel, PanelContext
from gui.stencil.presenter import StencilPresenter
from gui.stencil.view import StencilView


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = StencilView(context.theme.theme)
    context.theme.theme_changed.connect(view.set_theme)
    presenter = StencilPresenter(view, context.store, context.runner, context.selection)
    context.theme.theme_changed.connect(presenter.show_theme)
    return Panel(
        key="stencil",
        title="Stencil",
        widget=view,
        presenter=presenter,
        export_name="stencil",
        exported=presenter.tables,
        shown=view.shown.emit,
    )
