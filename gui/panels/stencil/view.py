"""The stencil panel as it is seen: the scheme to pick, and the page about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.look.theme import Theme
from gui.widgets.scheme_picker import SchemePicker
from gui.widgets.text_page import TextPage
from gui.widgets.veil import Veil


class StencilView(QWidget):
    """Shows what it is told; asks for the scheme that a person picks."""

    scheme_picked = Signal(str)
    shown = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
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
        self.veil.show_colours(theme)

    def show_schemes(self, schemes: Sequence[tuple[str, str]], picked: str) -> None:
        """Show the keys and labels that can be picked, and what is."""
        self.schemes.show_schemes(schemes, picked)

    def show_page(self, html: str) -> None:
        """Show rich text; the place that is read stays."""
        self.page.show_text(html)
        self.page.setEnabled(True)

    def show_waiting(self) -> None:
        """Dim what belongs to an earlier problem."""
        self.page.setEnabled(False)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``; the page is written anew with them."""
        self.theme = theme
        self.veil.show_colours(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()
