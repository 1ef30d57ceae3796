"""The stencil panel as it is seen: the scheme to pick, and the page about it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.differentiation.method import MethodChoice
from engine.explanation.stencil_table import StencilTable
from gui.look.theme import Theme
from gui.panel.followed_worksheet import StudyView
from gui.panels.stencil.page import page
from gui.widgets.scheme_picker import SchemePicker
from gui.widgets.text_page import TextPage
from gui.widgets.veil import Veil


class StencilView(StudyView):
    """Shows what it is given; asks for the scheme that a person picks."""

    scheme_picked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tables: Sequence[StencilTable] = ()
        self.schemes = SchemePicker("Scheme whose stencil is shown")
        self.schemes.setSizeAdjustPolicy(SchemePicker.SizeAdjustPolicy.AdjustToContents)
        self.schemes.picked.connect(self.scheme_picked)
        self.page = TextPage("Stencil of the difference quotient")
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self.page.document().setDefaultStyleSheet(f"pre {{ font-family: '{fixed}'; }}")
        row = QHBoxLayout()
        row.addWidget(QLabel("Stencil of the"))
        row.addWidget(self.schemes)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.page, 1)
        self.veil = Veil(self, dims=False, aside=True)
        self.veil.show_theme(theme)

    def show_schemes(self, schemes: Sequence[MethodChoice], picked: MethodChoice | None) -> None:
        """Show what can be picked, and what is."""
        self.schemes.show_schemes(schemes, picked)

    def show_tables(self, tables: Sequence[StencilTable]) -> None:
        """Show the quotients that a method combines; the place that is read stays."""
        self._tables = tables
        self.page.show_text(page(tables, self._theme))

    def show_sentence(self, text: str) -> None:
        """Show a sentence in place of the tables."""
        self._tables = ()
        self.page.show_text(f"<p>{escape(text)}</p>")

    def show_waiting(self, waiting: bool) -> None:
        """Dim what belongs to an earlier problem."""
        self.page.setEnabled(not waiting)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        self.veil.show_theme(theme)
        if self._tables:
            self.show_tables(self._tables)
