"""The cost panel: what a derivative needs against its order and the number of variables."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.cost.presenter import CostPresenter
from gui.panels.cost.view import CostView


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = CostView(context.theme.theme)
    context.theme.theme_changed.connect(view.show_theme)
    presenter = CostPresenter(view, context.store, context.runner)
    exports = {"csv": presenter.study, "picture": presenter.picture}
    return Panel(view, presenter, exports, shown=view.shown.emit)
