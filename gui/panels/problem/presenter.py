"""What the problem panel shows of the worksheet, and what becomes of what a person does in it."""

from __future__ import annotations

import re

from PySide6.QtCore import QObject, QTimer

from engine.differentiation.method import MethodChoice, Parameter, ParameterValue
from engine.differentiation.registry import methods
from engine.errors import EngineError, ReadError
from engine.language.notes import ReadingNote
from engine.language.reader import Reading, read
from engine.point import read_number, write_number
from engine.worksheet.worksheet import Fields, Worksheet, read_partials
from engine.writing.writer import to_rich_text
from gui.look.number_format import wrapped_tip
from gui.panels.problem.choices import chosen_value, toggled_word, with_method, words_of
from gui.panels.problem.state import CoordinateShown, MethodShown
from gui.panels.problem.view import ProblemView
from gui.session.readings import LONGEST_AT_ONCE, StillReadingError
from gui.session.worksheet_store import WorksheetStore

BURST_SECONDS = 1.0
"""Keystrokes closer than this are one step of undo."""

_LONGEST_ECHO = 800
"""Characters of a text that is still typeset; longer ones fill the panel and slow the keys."""


_LONG_NUMBER = re.compile(r"(\d{8})\d{6,}(\d{5})")
"""A number that is shown by its ends; all its digits are in the tool tip."""

_LATE_SECONDS = 0.3
"""A text too long to be read at every key is read when the keys have rested for this long."""


class ProblemPresenter(QObject):
    """Every edit goes to the store; what the store then holds is shown."""

    def __init__(
        self, view: ProblemView, store: WorksheetStore, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._store = view, store
        self._variables: tuple[str, ...] = ()
        self._remembered: dict[str, MethodChoice] = {}
        self._missing = {entry.key: entry.missing_package() or "" for entry in methods()}
        self._burst = QTimer(self, singleShot=True, interval=int(BURST_SECONDS * 1000))
        self._burst.timeout.connect(store.end_merge)
        self._typed = store.worksheet.text
        self._said = ("", "")  # a polynomial, and what was said about it before it was changed
        self._late = QTimer(self, singleShot=True, interval=int(_LATE_SECONDS * 1000))
        self._late.timeout.connect(self._take_text)
        view.text_edited.connect(self._edit_text)
        view.text_refused.connect(self._refuse_text)
        view.alternative_requested.connect(self._use_alternative)
        view.coordinate_edited.connect(self._edit_coordinate)
        view.step_requested.connect(self._step_coordinate)
        view.partials_edited.connect(self._edit_partials)
        view.word_toggled.connect(self._toggle_word)
        view.method_toggled.connect(self._toggle_method)
        view.all_methods_requested.connect(self._toggle_all)
        view.parameter_edited.connect(self._edit_parameter)
        view.editing_finished.connect(self._finish_editing)
        store.worksheet_changed.connect(self._show)
        self._show(store.worksheet, Fields.text | Fields.methods | Fields.about)

    def _show(self, worksheet: Worksheet, changed: Fields) -> None:
        if changed & Fields.text:
            self._show_text(worksheet.text)
        if changed & (Fields.text | Fields.coordinates):
            self._show_point(worksheet)
        if changed & (Fields.text | Fields.partials):
            self._show_partials(worksheet.partials)
        if changed & Fields.about:
            self._view.show_about(worksheet.about)
        if changed & Fields.methods:
            self._show_methods(worksheet.methods)

    def _show_text(self, text: str) -> None:
        self._late.stop()
        self._view.show_text(text)
        try:
            reading = self._store.readings.read(text)
        except StillReadingError as error:
            self._view.show_reading(str(error), "", ())
        except ReadError as error:
            repair = error.repaired
            offered = repair and ReadingNote("repair", error.span, "Probably meant:", repair)
            self._view.show_read_error(error.message, error.hint, error.span, offered or None)
        except EngineError as error:
            self._view.show_read_error(str(error), "", None, None)
        else:
            self._variables = reading.polynomial.variables
            echo = _echo(reading)
            shown = _LONG_NUMBER.sub(r"\1…\2", echo)
            self._view.show_reading(
                shown, "" if shown == echo else wrapped_tip(echo), reading.notes
            )

    def _show_point(self, worksheet: Worksheet) -> None:
        texts = worksheet.coordinates_of(self._variables)
        self._view.show_coordinates(
            [CoordinateShown(name, text, _number_error(text)) for name, text in texts]
        )

    def _show_partials(self, text: str) -> None:
        try:
            read_partials(text, self._variables)
        except EngineError as error:
            message = str(error)
        else:
            message = ""
        self._view.show_partials(text, words_of(text), message)

    def _show_methods(self, chosen: tuple[MethodChoice, ...]) -> None:
        by_key = {choice.key: choice for choice in chosen}
        kept = self._remembered | by_key
        self._remembered = kept
        self._view.show_methods(
            [
                MethodShown(
                    entry,
                    entry.key in by_key,
                    kept[entry.key].parameters if entry.key in kept else (),
                    self._missing[entry.key],
                )
                for entry in methods()
            ]
        )

    def _edit_text(self, text: str) -> None:
        self._typed = text
        if len(text) > LONGEST_AT_ONCE:
            self._late.start()
        else:
            self._take_text()

    def _refuse_text(self, text: str) -> None:
        try:
            read(text)  # ends at once: it is too long
        except ReadError as error:
            self._view.show_refusal(f"This was not pasted. {error.message}", error.hint)

    def _take_text(self) -> None:
        self._late.stop()
        shown = self._store.worksheet
        if shown.about:
            self._said = (shown.text, shown.about)
        # What was said about another polynomial does not fit this one, until that is back.
        about = self._said[1] if self._typed == self._said[0] else ""
        self._store.edit("edit polynomial", merge="text", text=self._typed, about=about)
        self._burst.start()

    def _finish_editing(self) -> None:
        if self._late.isActive():
            self._take_text()
        self._store.end_merge()

    def _use_alternative(self, text: str) -> None:
        self._store.end_merge()
        self._store.edit("use the other reading", text=text, about="")

    def _edit_coordinate(self, name: str, text: str) -> None:
        coordinates = self._store.worksheet.coordinates_with({name: text})
        self._store.edit(f"change {name}", merge=f"coordinate {name}", coordinates=coordinates)
        self._burst.start()

    def _step_coordinate(self, name: str, sign: int, small: bool) -> None:
        ((_, text),) = self._store.worksheet.coordinates_of((name,))
        try:
            value = read_number(text)
        except EngineError:
            return  # the field already says what is wrong with its text
        step = read_number("0.1") if small else read_number("1")
        after = write_number(value + sign * step)
        if not _number_error(after):  # one more digit can be one too many
            self._edit_coordinate(name, after)

    def _edit_partials(self, text: str) -> None:
        self._store.edit("edit derivatives", merge="partials", partials=text)
        self._burst.start()

    def _toggle_word(self, word: str, wanted: bool) -> None:
        self._store.edit(
            "choose derivatives",
            partials=toggled_word(self._store.worksheet.partials, word, wanted),
        )

    def _toggle_method(self, key: str, wanted: bool) -> None:
        kept = self._remembered.get(key, MethodChoice(key))
        chosen = with_method(self._store.worksheet.methods, kept, wanted)
        self._store.edit("choose methods", methods=chosen)

    def _toggle_all(self, wanted: bool) -> None:
        every = tuple(self._remembered.get(e.key, MethodChoice(e.key)) for e in methods())
        self._store.edit("choose methods", methods=every if wanted else ())

    def _edit_parameter(self, key: str, name: str, text: str) -> None:
        entry = next(entry for entry in methods() if entry.key == key)
        parameter = next(p for p in entry.traits.parameters if p.name == name)
        try:
            value = chosen_value(parameter, text)
        except EngineError as error:
            self._view.show_parameter_error(key, name, str(error))
            return
        self._view.show_parameter(key, name, value)
        self._set_parameter(self._remembered.get(key, MethodChoice(key)), parameter, value)

    def _set_parameter(
        self, choice: MethodChoice, parameter: Parameter, value: ParameterValue
    ) -> None:
        after = choice.with_value(parameter, value)
        self._remembered[choice.key] = after
        # Setting up a method that is not compared means that it is wanted.
        self._store.edit(
            f"change {parameter.label}",
            merge=f"parameter {choice.key} {parameter.name}",
            methods=with_method(self._store.worksheet.methods, after, True),
        )
        self._burst.start()


def _echo(reading: Reading) -> str:
    if len(reading.text) > _LONGEST_ECHO:
        f = reading.polynomial
        return f"A polynomial of {len(f):,} terms and degree {f.degree}"
    return to_rich_text(reading.expression)


def _number_error(text: str) -> str:
    if not text.strip():
        return "Type a number such as 2, -0.5 or 1/3."
    try:
        read_number(text)
    except EngineError as error:
        return str(error)
    return ""
