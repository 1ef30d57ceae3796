"""The error study panel: error against step, split into truncation and round-off."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.error_study.presenter import ErrorStudyPresenter
from gui.panels.error_study.view import ErrorStudyView


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = ErrorStudyView(context.theme.theme)
    context.theme.theme_changed.connect(view.show_theme)
    presenter = ErrorStudyPresenter(view, context.store, context.runner, context.selection)
    exports = {"csv": presenter.studies, "picture": presenter.picture}
    return Panel(view, presenter, exports, shown=view.shown.emit)
