"""The problem panel: polynomial, point, derivatives and methods."""

from __future__ import annotations

from gui.panel.panel import Panel, PanelContext
from gui.panels.problem.presenter import ProblemPresenter
from gui.panels.problem.view import ProblemView


def build(context: PanelContext) -> Panel:
    """Return the panel, showing the current worksheet."""
    view = ProblemView(context.theme.theme)
    context.theme.theme_changed.connect(view.show_theme)
    presenter = ProblemPresenter(view, context.store, view)
    return Panel(view, presenter)
