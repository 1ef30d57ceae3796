"""The panel as it is seen: which derivative is asked for, a line to type it, and the verdict."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import Theme
from gui.panel.seen import SeenWidget

_QUESTION_PIXELS, _ECHO_PIXELS, _VERDICT_PIXELS = 17, 20, 14


class AnswerView(SeenWidget):
    """Shows what it is given; reports what is typed.

    Signals:
        answer_edited: The text of the answer.
    """

    answer_edited = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._good: bool | None = None
        self.question = _label(_QUESTION_PIXELS)
        self.answer = QLineEdit()
        self.answer.setPlaceholderText("Type the derivative, in any arrangement")
        self.answer.setAccessibleName("Your derivative")
        self.answer.textEdited.connect(self.answer_edited)
        self.echo = _label(_ECHO_PIXELS)
        self.verdict = _label(_VERDICT_PIXELS)
        self.verdict.setAccessibleName("Verdict on your answer")
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(8)
        for widget in (self.question, self.answer, self.echo, self.verdict):
            layout.addWidget(widget)
        layout.addStretch()
        # What has grown is scrolled: it must not push the panels below away.
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 6, 8, 6)
        outer.addWidget(scrolled)
        self.show_theme(theme)

    def show_question(self, html: str) -> None:
        """Show which derivative is asked for, as rich text, or why there is none."""
        self.question.setText(html)

    def show_answer(self, text: str, *, allowed: bool) -> None:
        """Show what was typed for this derivative; nothing can be typed unless allowed."""
        self.answer.setEnabled(allowed)
        if self.answer.text() != text:
            self.answer.setText(text)

    def show_verdict(self, echo: str, verdict: str, *, good: bool | None) -> None:
        """Show how the answer was read (rich text) and what is to be said of it.

        ``good`` is None while there is nothing to judge.
        """
        self._good = good
        self.echo.setText(echo)
        self.verdict.setText(verdict)
        self._colour()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        self._colour()

    def _colour(self) -> None:
        theme = self._theme
        colour = {True: theme.good, False: theme.poor, None: theme.muted}[self._good]
        self.verdict.setStyleSheet(f"color: {colour}")


def _label(pixels: int) -> QLabel:
    made = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    font = made.font()
    font.setPixelSize(pixels)
    made.setFont(font)
    return made
