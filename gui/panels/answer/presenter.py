"""What the panel says of an answer: how it was read, whether it is right, and which slip it was."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject

from engine.answer.answer_check import AnswerCheck, check_answer
from engine.errors import EngineError, ReadError
from engine.language.reader import Reading, read
from engine.partial import Partial
from engine.worksheet.worksheet import Fields, Inputs
from engine.writing.writer import to_rich_text
from gui.panel.when_seen import WhenSeen
from gui.panels.answer.view import AnswerView
from gui.session.selection import Selection
from gui.session.worksheet_store import WorksheetStore

LONGEST_ANSWER = 500
"""Characters; an answer found by hand is shorter."""

_SHOWS = Fields.text | Fields.partials
_LONGEST_ECHO = 300
_MOST_KEPT = 50


class AnswerPresenter(QObject):
    """Asks for the derivative that is picked in the comparison, and checks at every key."""

    def __init__(self, view: AnswerView, store: WorksheetStore, selection: Selection) -> None:
        super().__init__(view)
        self._view, self._store, self._selection = view, store, selection
        self._when_seen = WhenSeen(view, self._refresh)
        self._asked: tuple[Inputs, Partial] | None = None
        # Each derivative has its own answer: going back to one finds what was typed for it.
        self._answers: dict[tuple[object, Partial], str] = {}
        self._when_seen.follow(store, _SHOWS)
        selection.changed.connect(self._when_seen.outdate)
        view.answer_edited.connect(self._take)

    def _refresh(self) -> None:
        self._asked = None
        try:
            inputs = self._store.inputs()
        except EngineError:
            self._show_none("The polynomial cannot be read at the moment.")
            return
        f, partial = inputs.reading.polynomial, self._selection.partial
        if partial is None or not set(partial.names) <= set(f.variables):
            self._show_none(
                "Ask for a derivative, and pick it in the comparison."
                if f.variables
                else "f is constant: there is no derivative to find."
            )
            return
        self._asked = inputs, partial
        self._view.show_question(_question(inputs.reading, partial))
        self._view.show_answer(self._answers.get(self._key(), ""), allowed=True)
        self._judge()

    def _key(self) -> tuple[object, Partial]:
        assert self._asked is not None
        inputs, partial = self._asked
        return inputs.reading.polynomial, partial

    def _show_none(self, sentence: str) -> None:
        self._view.show_question(escape(sentence))
        self._view.show_answer("", allowed=False)
        self._view.show_verdict("", "", good=None)

    def _take(self, text: str) -> None:
        if self._asked is not None:
            self._answers.pop(self._key(), None)
            self._answers[self._key()] = text
            while len(self._answers) > _MOST_KEPT:
                del self._answers[next(iter(self._answers))]
            self._judge()

    def _judge(self) -> None:
        assert self._asked is not None
        inputs, partial = self._asked
        text = self._answers.get(self._key(), "")
        if not text.strip():
            self._view.show_verdict("", "It is checked while you type.", good=None)
            return
        if len(text) > LONGEST_ANSWER:
            sentence = f"An answer has up to {LONGEST_ANSWER} characters; collect its terms."
            self._view.show_verdict("", sentence, good=None)
            return
        try:
            answer = read(text)
            f = inputs.reading
            check = check_answer(f.expression, f.polynomial, partial, answer.polynomial)
        except ReadError as error:
            hint = f" {error.hint}" if error.hint else ""
            self._view.show_verdict("", escape(f"{error.message}{hint}"), good=None)
        except EngineError as error:
            self._view.show_verdict("", escape(str(error)), good=None)
        else:
            self._view.show_verdict(_echo(answer), _said(answer, check), good=check.correct)


def _question(reading: Reading, partial: Partial) -> str:
    f = to_rich_text(reading.expression)
    shown = f"<i>f</i> = {f}" if len(reading.text) <= _LONGEST_ECHO else "<i>f</i>"
    return f"What is <b>{partial}</b> of &nbsp; {shown} ?"


def _echo(answer: Reading) -> str:
    return to_rich_text(answer.expression) if len(answer.text) <= _LONGEST_ECHO else ""


def _said(answer: Reading, check: AnswerCheck) -> str:
    """Return the verdict, and how the answer was read where it could have been meant otherwise."""
    notes = "".join(f"<br>{escape(note.message)}" for note in answer.notes)
    return escape(check.sentence) + notes
