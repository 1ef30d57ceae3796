"""One of the three columns: a title, what is explained, and how the number is made up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from engine.explanation.contributions import Contributions
from gui.look.theme import Theme
from gui.panels.explanation.focus import Focus
from gui.panels.explanation.texts import made_up_text

_HEAD_PIXELS = 26


class Column(QWidget):
    """Title and tools above, the explanation or a sentence in its place, the sum below."""

    def __init__(self, title: str, content: QWidget, theme: Theme) -> None:
        super().__init__()
        self._content, self._theme = content, theme
        self._made_up: tuple[Contributions, Focus] | None = None
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(0, 0, 0, 0)
        self.tools.setSpacing(4)
        self.tools.addWidget(QLabel(f"<b>{title}</b>"))
        self.sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.sum = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self.sum.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        pages = QWidget()
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(content)
        self._pages.addWidget(self.sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        head = QWidget()
        head.setLayout(self.tools)
        head.setFixedHeight(_HEAD_PIXELS)
        layout.addWidget(head)
        layout.addWidget(pages, 1)
        self.below = QVBoxLayout()
        layout.addLayout(self.below)
        layout.addWidget(self.sum)

    def show_content(self) -> None:
        """Show the explanation again, in place of a sentence or of one that was dimmed."""
        self._pages.setCurrentWidget(self._content)
        self.show_stale(False)

    def show_sentence(self, text: str) -> None:
        """Show a sentence in place of the explanation."""
        self.sentence.setText(text)
        self._made_up = None
        self.sum.clear()
        self._pages.setCurrentWidget(self.sentence)
        self.show_stale(False)

    def show_stale(self, stale: bool) -> None:
        """Dim what belongs to an earlier problem."""
        self._content.setEnabled(not stale)
        self.sum.setEnabled(not stale)

    def show_sum(self, made_up: Contributions, focus: Focus) -> None:
        """Show how the number is made up of the terms of f."""
        self._made_up = made_up, focus
        if len(made_up.terms) == len(focus.terms):
            self.sum.setText(made_up_text(made_up, focus.terms, focus.picked, self._theme))
        else:
            self.sum.clear()  # it is of the problem before

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        if self._made_up is not None:
            self.show_sum(*self._made_up)
