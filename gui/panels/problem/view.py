"""The problem panel as it is seen: shows what it is given, and reports what a person asks for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from engine.differentiation.method import ParameterValue
from engine.errors import Span
from engine.language.notes import ReadingNote
from gui.look.theme import Theme
from gui.panels.problem.expression_field import ExpressionField
from gui.panels.problem.fields import Message, label
from gui.panels.problem.method_list import MethodList
from gui.panels.problem.note_chips import NoteChips
from gui.panels.problem.partials_form import PartialsForm
from gui.panels.problem.point_form import PointForm
from gui.panels.problem.state import CoordinateShown, MethodShown
from gui.panels.problem.style import style_sheet


class ProblemView(QScrollArea):
    """Expression, echo, notes, point, derivatives and methods, from top to bottom."""

    text_edited = Signal(str)
    text_refused = Signal(str)
    alternative_requested = Signal(str)
    coordinate_edited = Signal(str, str)
    step_requested = Signal(str, int, bool)
    partials_edited = Signal(str)
    word_toggled = Signal(str, bool)
    method_toggled = Signal(str, bool)
    parameter_edited = Signal(str, str, str)
    all_methods_requested = Signal(bool)
    editing_finished = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(280)
        self.expression = ExpressionField(theme)
        self.setFocusProxy(self.expression)
        self.echo = label("", "echo")
        self.echo.setTextFormat(Qt.TextFormat.RichText)
        self.echo.setWordWrap(True)
        self.echo.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.echo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.error = Message("error")
        self.hint = Message("hint")
        self.notes = NoteChips()
        self.about = Message("about")
        self.point = PointForm()
        self.partials = PartialsForm()
        self.methods = MethodList()
        self._stops: list[QWidget] = []
        self._lay_out()
        self._connect()
        self.show_theme(theme)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("problem")
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(label("Polynomial f", "heading"))
        for widget in (
            self.expression, self.error, self.hint, self.echo, self.notes, self.about
        ):  # fmt: skip
            column.addWidget(widget)
        for heading, section in (("Point", self.point), ("Derivatives", self.partials)):
            column.addSpacing(6)
            column.addWidget(label(heading, "heading"))
            column.addWidget(section)
        column.addSpacing(6)
        row = QHBoxLayout()
        row.addWidget(label("Methods", "heading"))
        row.addStretch()
        for text, checked in (("All", True), ("None", False)):
            row.addWidget(self._link(text, checked))
        column.addLayout(row)
        column.addWidget(self.methods)
        column.addStretch()
        self.setWidget(inner)

    def _link(self, text: str, checked: bool) -> QPushButton:
        link = QPushButton(text)
        link.setObjectName(f"methods-{text.lower()}")
        link.setProperty("role", "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setAccessibleName("Compare all methods" if checked else "Compare no method")
        link.clicked.connect(lambda: self.all_methods_requested.emit(checked))
        return link

    def _connect(self) -> None:
        self.expression.edited.connect(self.text_edited)
        self.expression.refused.connect(self.text_refused)
        self.notes.alternative_requested.connect(self.alternative_requested)
        self.point.coordinate_edited.connect(self.coordinate_edited)
        self.point.step_requested.connect(self.step_requested)
        self.partials.partials_edited.connect(self.partials_edited)
        self.partials.word_toggled.connect(self.word_toggled)
        self.methods.method_toggled.connect(self.method_toggled)
        self.methods.parameter_edited.connect(self.parameter_edited)
        for part in (self.expression, self.point, self.partials, self.methods):
            part.left.connect(self.editing_finished)

    def _order_tabs(self) -> None:
        """Have Tab come to chips and coordinates where they are seen, not when they were made."""
        fields = (field.edit for field in self.point.fields.values())
        stops: list[QWidget] = [self.expression, *self.notes.chips, *fields]
        if stops != self._stops:
            self._stops = stops
            for before, after in pairwise(stops):
                self.setTabOrder(before, after)

    def show_text(self, text: str) -> None:
        """Show the polynomial as typed."""
        self.expression.show_text(text)

    def show_reading(self, echo: str, full: str, notes: Sequence[ReadingNote]) -> None:
        """Show how the text was read (rich text), and what could have been meant otherwise.

        ``full`` is the same with every digit, or ``""`` where the echo has them.
        """
        self.expression.show_error_span(None)
        self.expression.show_note_spans(note.span for note in notes)
        self.error.show_message("")
        self.hint.show_message("")
        self.echo.setText(echo)
        self.echo.setToolTip(full)
        self.echo.show()
        self.notes.show_notes(notes)
        self._order_tabs()

    def show_read_error(
        self, message: str, hint: str, span: Span | None, repair: ReadingNote | None
    ) -> None:
        """Underline what cannot be read, say why, and offer the repaired text if there is one."""
        self.expression.show_note_spans(())
        self.expression.show_error_span(span)
        self.error.show_message(message)
        self.hint.show_message(hint)
        self.echo.hide()
        self.notes.show_notes(() if repair is None else (repair,))
        self._order_tabs()

    def show_refusal(self, message: str, hint: str) -> None:
        """Say why what was pasted is not there; the rest stays as it is until the next edit."""
        self.error.show_message(message)
        self.hint.show_message(hint)

    def show_about(self, text: str) -> None:
        """Show what there is to look at in this worksheet, or nothing."""
        self.about.show_message(text)

    def show_coordinates(self, coordinates: Sequence[CoordinateShown]) -> None:
        """Show one field a coordinate."""
        self.point.show_coordinates(coordinates)
        self._order_tabs()

    def show_partials(self, text: str, words: frozenset[str], error: str) -> None:
        """Show the list of derivatives as typed, its quick words, and what is wrong with it."""
        self.partials.show_partials(text, words, error)

    def show_methods(self, methods: Sequence[MethodShown]) -> None:
        """Show the check list."""
        self.methods.show_methods(methods)

    def show_parameter(self, method: str, name: str, value: ParameterValue) -> None:
        """Keep the typed text of a parameter, which was read as ``value``."""
        self.methods.rows[method].form.accept(name, value)

    def show_parameter_error(self, method: str, name: str, message: str) -> None:
        """Show what is wrong with the typed text of a parameter."""
        self.methods.rows[method].form.show_error(name, message)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self.setStyleSheet(style_sheet(theme))
        self.expression.show_theme(theme)
