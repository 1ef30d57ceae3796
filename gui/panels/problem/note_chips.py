"""Notes as chips: what was read how, and one click to read it the other way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from engine.language.notes import ReadingNote
from gui.panels.problem.fields import Message

_LONGEST_SHOWN = 60


class Chip(QPushButton):
    """A button whose text wraps."""

    def __init__(self, text: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "chip")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{text} {action}".strip())
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 5, 9, 5)
        column.setSpacing(1)
        for line, bold in ((text, False), (action, True)):
            if line:
                column.addWidget(self._line(line, bold))
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _line(self, text: str, bold: bool) -> QLabel:
        line = QLabel(text)
        line.setTextFormat(Qt.TextFormat.PlainText)
        line.setWordWrap(True)
        line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = line.font()
        font.setBold(bold)
        line.setFont(font)
        return line

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(max(1, self.width())))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None else 0


class NoteChips(QWidget):
    """The notes of a reading, one under the other."""

    alternative_requested = Signal(str)
    """the whole text, as it reads the other way"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._notes: tuple[ReadingNote, ...] = ()
        self.chips: list[Chip] = []
        self.hide()

    def show_notes(self, notes: Sequence[ReadingNote]) -> None:
        """Show ``notes``; a note with another reading can be clicked."""
        if tuple(notes) == self._notes:
            return
        self._notes = tuple(notes)
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        shown = [self._chip(note) for note in notes]
        for widget in shown:
            self._column.addWidget(widget)
        self.chips = [widget for widget in shown if isinstance(widget, Chip)]
        self.setVisible(bool(notes))

    def _chip(self, note: ReadingNote) -> QWidget:
        if note.alternative is None:
            plain = Message("note")
            plain.show_message(note.message)
            return plain
        return self.offer(note.message, "Use", note.alternative)

    def offer(self, message: str, verb: str, text: str) -> Chip:
        """Return a chip that asks for ``text`` when clicked."""
        shown = text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
        chip = Chip(message, f"→ {verb} {shown}")
        chip.setToolTip(f"{verb} {shown}")
        chip.clicked.connect(lambda: self.alternative_requested.emit(text))
        return chip
