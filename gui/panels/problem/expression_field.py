"""The field in which the polynomial is typed: grows with its text, underlines what is wrong."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from engine.errors import Span
from engine.limits import LIMITS
from gui.look.theme import Theme
from gui.panels.problem.fields import is_undo_or_redo

_MOST_LINES = 5

_WRAPPED_BETWEEN_WORDS = 2000
"""Characters up to which lines break between words: to look for such places in a text without
spaces takes Qt half a second for 60,000."""


class ExpressionField(QPlainTextEdit):
    """One line that wraps; ``edited`` is emitted for what a person types, not for ``show_text``."""

    edited = Signal(str)
    refused = Signal(str)
    """the text as it would have become: longer than any that is read, so it was left as it was"""
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._error: Span | None = None
        self._notes: tuple[Span, ...] = ()
        self._showing = False
        self.setAccessibleName("Polynomial")
        self.setPlaceholderText("e.g. 2ab^2 + 3a^2b")
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)  # the worksheet has the undo stack
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.setFont(font)
        self.textChanged.connect(self._text_changed)
        # The lines of a long text are counted after it has changed.
        self.document().documentLayout().documentSizeChanged.connect(self._fit_height)
        self._fit_height()

    def show_text(self, text: str) -> None:
        """Show ``text`` unless it stands there already, so that the cursor stays while typing.

        A cursor at the end stays there, but for a text whose beginning would be out of sight.
        """
        if self.toPlainText() == text:
            return
        cursor = self.textCursor().position()
        at_end = self.textCursor().atEnd() and len(text) <= _WRAPPED_BETWEEN_WORDS
        self._wrap_for(len(text))
        self._showing = True
        self.setPlainText(text)
        self._showing = False
        moved = self.textCursor()
        last = self.document().characterCount() - 1
        moved.setPosition(last if at_end else min(cursor, last))
        self.setTextCursor(moved)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Insert what is pasted or dropped, unless the whole becomes too long to be read."""
        # Spans count Python's characters, the cursor counts Qt's.
        before = self.toPlainText().encode("utf-16-le", "surrogatepass")
        cursor = self.textCursor()
        kept = before[: 2 * cursor.selectionStart()], before[2 * cursor.selectionEnd() :]
        head, tail = (part.decode("utf-16-le", "surrogatepass") for part in kept)
        after = head + source.text() + tail
        if len(after) > LIMITS.characters:
            self.refused.emit(after)
        else:
            self._wrap_for(len(after))
            super().insertFromMimeData(source)

    def _wrap_for(self, characters: int) -> None:
        modes = QTextOption.WrapMode
        short = characters <= _WRAPPED_BETWEEN_WORDS
        self.setWordWrapMode(modes.WrapAtWordBoundaryOrAnywhere if short else modes.WrapAnywhere)

    def show_error_span(self, span: Span | None) -> None:
        """Underline ``span`` with a wave; ``None`` takes it away."""
        self._error = span
        self._underline()

    def show_note_spans(self, spans: Iterable[Span]) -> None:
        """Underline with dots what could be read otherwise."""
        self._notes = tuple(spans)
        self._underline()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        self._underline()

    def _underline(self) -> None:
        style = QTextCharFormat.UnderlineStyle
        marks = [self._mark(span, style.DotLine, self._theme.note) for span in self._notes]
        if self._error is not None:
            marks.append(self._mark(self._error, style.WaveUnderline, self._theme.error))
        self.setExtraSelections(marks)
        wrong = self._error is not None
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def _mark(
        self, span: Span, style: QTextCharFormat.UnderlineStyle, colour: str
    ) -> QTextEdit.ExtraSelection:
        start, stop = _visible(span, len(self.toPlainText()))
        text = self.toPlainText()
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_utf16(text, start))
        cursor.setPosition(_utf16(text, stop), QTextCursor.MoveMode.KeepAnchor)
        mark.cursor = cursor
        underlined = QTextCharFormat()
        underlined.setUnderlineStyle(style)
        underlined.setUnderlineColor(QColor(colour))
        mark.format = underlined
        return mark

    def _text_changed(self) -> None:
        if not self._showing:
            text = self.toPlainText()
            self._wrap_for(len(text))
            self.edited.emit(text)

    def _fit_height(self) -> None:
        lines = min(_MOST_LINES, max(1, int(self.document().size().height())))
        margins = self.contentsMargins().top() + self.contentsMargins().bottom()
        inner = lines * self.fontMetrics().lineSpacing() + 2 * self.document().documentMargin()
        self.setFixedHeight(int(inner) + margins + 4)
        policy = Qt.ScrollBarPolicy
        needed = self.document().size().height() > _MOST_LINES
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if needed else policy.ScrollBarAlwaysOff
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and is_undo_or_redo(event):
            event.ignore()  # otherwise the field swallows the window's shortcut
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_undo_or_redo(event) or event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()


def _visible(span: Span, length: int) -> Span:
    """Widen an empty span to the character at it, or to the last one at the end of the text."""
    start, stop = min(span[0], length), min(span[1], length)
    if start < stop:
        return start, stop
    return (start, start + 1) if start < length else (max(0, length - 1), length)


def _utf16(text: str, index: int) -> int:
    """Return the position in Qt's units, which count a character beyond U+FFFF twice."""
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2
