"""Which derivatives: a typed list, and buttons for the value, the gradient and the Hessian."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.panels.problem.fields import LineField, Message

QUICK = (("value", "Value"), ("gradient", "Gradient"), ("hessian", "Hessian"))
"""The words that stand for several derivatives, and what their buttons say."""


class PartialsForm(QWidget):
    """A field, three buttons that put their word in or take it out, and a message."""

    partials_edited = Signal(str)
    word_toggled = Signal(str, bool)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self.edit = LineField()
        self.edit.setAccessibleName("Derivatives")
        self.edit.setPlaceholderText("e.g. a, ab, aab")
        self.edit.setToolTip(
            "Variables to differentiate by: a, ab, aab; or value, gradient, hessian"
        )
        self.edit.textEdited.connect(self.partials_edited)
        self.edit.left.connect(self.left)
        column.addWidget(self.edit)
        self.error = Message("error")
        column.addWidget(self.error)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.buttons: dict[str, QPushButton] = {}
        for word, text in QUICK:
            self.buttons[word] = self._button(word, text)
            row.addWidget(self.buttons[word])
        row.addStretch()
        column.addLayout(row)

    def _button(self, word: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "pick")
        button.setCheckable(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAccessibleName(f"Compute the {text.lower()}")
        button.clicked.connect(lambda checked: self.word_toggled.emit(word, checked))
        return button

    def show_partials(self, text: str, words: frozenset[str], error: str) -> None:
        """Show the list as typed, which words are in it, and what is wrong."""
        self.edit.show_text(text)
        self.edit.mark_wrong(bool(error))
        self.error.show_message(error)
        for word, button in self.buttons.items():
            button.setChecked(word in words)
