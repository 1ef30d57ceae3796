"""The error study panel: error against step, split into truncation and round-off."""

from __future__ import annotations

from gui.error_study.presenter import ErrorStudyPresenter
from gui.error_study.view import ErrorStudyView
from gui.panel import Panel, PanelContext


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = ErrorStudyView(context.theme.theme)
    context.theme.theme_changed.connect(view.set_theme)
    presenter = ErrorStudyPresenter(view, context.store, context.runner, context.selection)
    return Panel(
        key="error_study",
        title="Error study",
        widget=view,
        presenter=presenter,
        export_name="error study",
        exported=presenter.studies,
        shown=view.shown.emit,
        pictured=presenter.picture,
    )
