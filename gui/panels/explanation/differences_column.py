"""The column of the difference quotients as it is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from engine.differentiation.method import MethodChoice
from engine.explanation.contributions import ExplainedStencil
from gui.look.theme import Theme
from gui.panels.explanation.column import Column
from gui.panels.explanation.focus import Focus
from gui.panels.explanation.texts import stencil_text
from gui.widgets.scheme_picker import SchemePicker
from gui.widgets.text_page import TextPage


class DifferencesColumn(Column):
    """Shows a stencil with the shares of the terms.

    Signals:
        scheme_picked: Key of the scheme whose stencil is to be shown.
    """

    scheme_picked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self.page = TextPage("Stencil and the shares of the terms")
        super().__init__("Differences", self.page, theme)
        self._shown: tuple[ExplainedStencil, Focus] | None = None
        self.schemes = SchemePicker("Scheme whose stencil is shown")
        self.schemes.picked.connect(self.scheme_picked)
        self.tools.addWidget(self.schemes, 1)

    def show_schemes(self, schemes: Sequence[MethodChoice], picked: MethodChoice | None) -> None:
        """Show what can be picked, and what is."""
        self.schemes.show_schemes(schemes, picked)

    def show_stencil(self, stencil: ExplainedStencil, focus: Focus) -> None:
        """Show the differences; the place that is read stays."""
        self._shown = stencil, focus
        self.page.show_text(stencil_text(stencil, focus.terms, focus.picked, self._theme))
        self.show_sum(stencil.contributions, focus)

    def show_sentence(self, text: str) -> None:
        """Show a sentence in place of the differences."""
        self._shown = None
        super().show_sentence(text)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        super().show_theme(theme)
        if self._shown is not None:
            self.show_stencil(*self._shown)
