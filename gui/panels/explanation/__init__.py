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
    exports = {"csv": presenter.graph, "picture": presenter.picture, "latex": presenter.latex}
    return Panel(view, presenter, exports, shown=view.shown.emit, play=presenter.play)
