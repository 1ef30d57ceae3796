"""The comparison panel: every method beside the exact value."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.comparison.presenter import ComparisonPresenter
from gui.panels.comparison.view import ComparisonView


def build(context: PanelContext) -> Panel:
    """Return the panel, computing the current worksheet."""
    view = ComparisonView(context.theme.theme)
    context.theme.theme_changed.connect(view.show_theme)
    presenter = ComparisonPresenter(view, context.store, context.runner, context.selection, view)
    return Panel(view, presenter, {"csv": presenter.exported})
