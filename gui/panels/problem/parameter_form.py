"""The parameters of one method: a number field or a choice for each."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from engine.differentiation.method import Parameter, ParameterValue
from gui.panels.problem.fields import LineField, Message, label


class NumberInput(QWidget):
    """A number as typed; the message of a wrong one stands under it."""

    edited = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.edit = LineField()
        self.edit.setAccessibleName(name)
        self.edit.textEdited.connect(self.edited)
        self.error = Message("error")
        column.addWidget(self.edit)
        column.addWidget(self.error)
        self._shown: ParameterValue | None = None

    def show_value(self, value: ParameterValue) -> None:
        """Show ``value`` unless it is what the typed text was read as."""
        if value != self._shown:
            self._shown = value
            self.edit.show_text(_plain(value))
        self.show_error("")

    def accept(self, value: ParameterValue) -> None:
        """Take ``value`` as what the typed text means, so that the text stays as typed."""
        self._shown = value
        self.show_error("")

    def show_error(self, message: str) -> None:
        """Show what is wrong with the typed text."""
        self.edit.mark_wrong(bool(message))
        self.error.show_message(message)


class ParameterForm(QWidget):
    """A row a parameter."""

    parameter_edited = Signal(str, str)
    """name, text as typed or chosen"""
    left = Signal()

    def __init__(
        self, method: str, parameters: tuple[Parameter, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        form = QFormLayout(self)
        form.setContentsMargins(22, 0, 0, 4)
        form.setVerticalSpacing(4)
        self._parameters = parameters
        self.inputs: dict[str, NumberInput | QComboBox] = {}
        for parameter in parameters:
            name = f"{parameter.label} of {method}"
            made = self._choice(parameter, name) if parameter.choices else None
            self.inputs[parameter.name] = made or self._number(parameter, name)
            form.addRow(label(parameter.label, "muted"), self.inputs[parameter.name])

    def _choice(self, parameter: Parameter, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.addItems(parameter.choices)
        box.textActivated.connect(lambda text: self.parameter_edited.emit(parameter.name, text))
        return box

    def _number(self, parameter: Parameter, name: str) -> NumberInput:
        field = NumberInput(name)
        field.edited.connect(lambda text: self.parameter_edited.emit(parameter.name, text))
        field.edit.left.connect(self.left)
        return field

    def show_parameters(self, chosen: Mapping[str, ParameterValue]) -> None:
        """Show the chosen values, and the defaults of the others."""
        for parameter in self._parameters:
            value = chosen.get(parameter.name, parameter.default)
            shown = self.inputs[parameter.name]
            if isinstance(shown, QComboBox):
                shown.setCurrentText(str(value))
            else:
                shown.show_value(value)

    def accept(self, name: str, value: ParameterValue) -> None:
        """Say that the typed text of a number was read as ``value``."""
        field = self.inputs[name]
        if isinstance(field, NumberInput):
            field.accept(value)

    def show_error(self, name: str, message: str) -> None:
        """Show what is wrong with the typed text of a number."""
        field = self.inputs[name]
        if isinstance(field, NumberInput):
            field.show_error(message)


def _plain(value: ParameterValue) -> str:
    return value if isinstance(value, str) else repr(value)
