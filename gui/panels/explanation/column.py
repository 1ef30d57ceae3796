"""One of the three columns: a title, what is explained, and how the number is made up."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

_HEAD_PIXELS = 26


class Column(QWidget):
    """Title and tools above, the explanation or a sentence in its place, the sum below."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self.title = QLabel(f"<b>{title}</b>")
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(0, 0, 0, 0)
        self.tools.setSpacing(4)
        self.tools.addWidget(self.title)
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
        layout.addWidget(self.sum)

    def show_content(self) -> None:
        """Show the explanation of now."""
        self._pages.setCurrentWidget(self.content)
        self.show_stale(False)

    def show_sentence(self, text: str) -> None:
        """Show a sentence in place of the explanation."""
        self.sentence.setText(text)
        self.sum.clear()
        self._pages.setCurrentWidget(self.sentence)
        self.show_stale(False)

    def show_stale(self, stale: bool) -> None:
        """Dim what belongs to an earlier problem."""
        self.content.setEnabled(not stale)
        self.sum.setEnabled(not stale)
