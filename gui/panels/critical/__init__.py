"""The panel Critical points: where the gradient is 0, what f does there, and why that is so."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.critical.presenter import CriticalPresenter
from gui.panels.critical.view import CriticalView


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = CriticalView(context.theme.theme)
    context.theme.theme_changed.connect(view.show_theme)
    presenter = CriticalPresenter(view, context.store, context.critical)
    exports = {"csv": presenter.exported}
    return Panel(view, presenter, exports, shown=view.shown.emit)
