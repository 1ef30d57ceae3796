"""Small inputs that the panel shares: a line that leaves undo to the window, a message line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QWidget


def is_undo_or_redo(event: QEvent) -> bool:
    """Return whether ``event`` is a key of undo or redo, which the window has a stack for."""
    return isinstance(event, QKeyEvent) and (
        event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
    )


def label(text: str, role: str) -> QLabel:
    """Return a label that the style sheet knows by ``role``."""
    made = QLabel(text)
    made.setProperty("role", role)
    return made


class LineField(QLineEdit):
    """A line of text; up and down ask for a step, undo is left to the window."""

    stepped = Signal(int, bool)
    """+1 or -1, and whether the small step is meant (Ctrl or Shift held)"""
    left = Signal()
    """the focus went elsewhere"""

    def show_text(self, text: str) -> None:
        """Show ``text``; a cursor in the middle of the same text stays where it is."""
        if self.text() != text:
            cursor = self.cursorPosition()
            self.setText(text)
            self.setCursorPosition(cursor if self.hasFocus() else 0)

    def mark_wrong(self, wrong: bool) -> None:
        """Draw the border in the colour of an error, or not."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo_or_redo(event):
            event.ignore()  # otherwise the field swallows the window's shortcut
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo_or_redo(event):
            event.ignore()
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            held = event.modifiers()
            small = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1, bool(held & small))
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class Message(QLabel):
    """A wrapped sentence under a field; takes no room while there is nothing to say."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.hide()

    def show_message(self, text: str) -> None:
        """Show ``text``, or nothing."""
        self.setText(text)
        self.setVisible(bool(text))
