"""The panel How it works: rules, stencil and PyTorch's graph of one derivative, in lock-step."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.explanation.presenter import ExplanationPresenter
from gui.panels.explanation.view import ExplanationView


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = ExplanationView(context.theme.theme)
    context.theme.theme_changed.connect(view.show_theme)
    presenter = ExplanationPresenter(view, context.store, context.runner, context.selection)
    return Panel(
        key="explanation",
        title="How it works",
        widget=view,
        presenter=presenter,
        export_name="computation graph",
        exported=presenter.graph,
        shown=view.shown.emit,
        picture_name="computation graph",
        pictured=presenter.picture,
        latex=presenter.latex,
        latex_name="derivation",
        play=presenter.play,
    )
