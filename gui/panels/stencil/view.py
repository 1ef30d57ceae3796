"""The stencil panel as it is seen: the scheme to pick, and the page about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QFontDatabase, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTextBrowser, QVBoxLayout, QWidget

from gui.look.theme import Theme
from gui.widgets.veil import Veil


class StencilView(QWidget):
    """Shows what it is told; asks for the scheme that a person picks."""

    scheme_picked = Signal(str)
    shown = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.schemes = QComboBox()
        self.schemes.setAccessibleName("Scheme whose stencil is shown")
        self.schemes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.schemes.activated.connect(
            lambda index: self.scheme_picked.emit(self.schemes.itemData(index))
        )
        self.page = QTextBrowser()
        self.page.setAccessibleName("Stencil of the difference quotient")
        self.page.setOpenLinks(False)
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
        with QSignalBlocker(self.schemes):
            self.schemes.clear()
            for key, label in schemes:
                self.schemes.addItem(label, key)
            self.schemes.setCurrentIndex(self.schemes.findData(picked))

    def show_page(self, html: str) -> None:
        """Show rich text; the place that is read stays."""
        bars = self.page.horizontalScrollBar(), self.page.verticalScrollBar()
        places = [bar.value() for bar in bars]
        self.page.setHtml(html)
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)
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
