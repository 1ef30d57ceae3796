"""The panel Your answer: a derivative found by hand is checked, and the slip in it named."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.answer.presenter import AnswerPresenter
from gui.panels.answer.view import AnswerView


def build(context: PanelContext) -> Panel:
    """Build the panel."""
    view = AnswerView(context.theme.theme)
    context.theme.theme_changed.connect(view.show_theme)
    presenter = AnswerPresenter(view, context.store, context.selection)
    return Panel(view, presenter, shown=view.shown.emit)
