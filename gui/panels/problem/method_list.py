"""The check list of methods, each with its parameters folded away until they are wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from engine.differentiation.method import Parameter, ParameterValue
from engine.differentiation.registry import MethodEntry
from engine.differentiation.step import AUTO
from gui.look.number_format import show_set
from gui.panels.problem.fields import label
from gui.panels.problem.parameter_form import ParameterForm
from gui.panels.problem.state import MethodShown


class MethodRow(QWidget):
    """A check box, what is set on the method, and the form that sets it."""

    toggled = Signal(str, bool)
    parameter_edited = Signal(str, str, str)
    """method, parameter, text"""
    left = Signal()

    def __init__(self, entry: MethodEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        line = QHBoxLayout()
        line.setSpacing(4)
        self.check = QCheckBox(entry.label, self)  # before the fold: Tab comes to it first
        self.check.clicked.connect(lambda checked: self.toggled.emit(entry.key, checked))
        line.addWidget(self.check)
        line.addStretch()
        self.missing = label("", "muted")
        line.addWidget(self.missing)
        self.fold = self._fold_button()
        line.addWidget(self.fold)
        column.addLayout(line)
        self.form = ParameterForm(entry.label, entry.traits.parameters)
        self.form.parameter_edited.connect(
            lambda name, text: self.parameter_edited.emit(entry.key, name, text)
        )
        self.form.left.connect(self.left)
        self.form.hide()
        column.addWidget(self.form)

    def _fold_button(self) -> QToolButton:
        fold = QToolButton(self)  # else it would be shown as a window of its own first
        fold.setProperty("role", "fold")
        fold.setCheckable(True)
        fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        fold.setCursor(Qt.CursorShape.PointingHandCursor)
        fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        fold.setAccessibleName(f"Settings of {self._entry.label}")
        fold.setVisible(bool(self._entry.traits.parameters))
        fold.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        fold.setMinimumWidth(20)
        fold.toggled.connect(self._unfold)
        return fold

    def _unfold(self, open_: bool) -> None:
        self.form.setVisible(open_)
        self.fold.setText(self.fold.text()[:-1] + ("▾" if open_ else "▸"))

    def show_method(self, shown: MethodShown) -> None:
        """Show the check mark and the parameters."""
        self.check.setChecked(shown.checked)
        lacking = f"\nNot installed here: {shown.missing}." if shown.missing else ""
        self.check.setToolTip(self._entry.summary + lacking)
        self.missing.setText("not installed" if shown.missing else "")
        chosen = dict(shown.parameters)
        self.form.show_parameters(chosen)
        said = _brief(self._entry.traits.parameters, chosen) or "⚙"
        self.fold.setText(said + (" ▾" if self.fold.isChecked() else " ▸"))
        self.fold.setToolTip(f"Change the settings of {self._entry.label}")


def _brief(parameters: Sequence[Parameter], chosen: Mapping[str, ParameterValue]) -> str:
    """Return what fits beside the name: the step if it is a number, and what was changed."""
    parts = []
    for parameter in parameters:
        value = chosen.get(parameter.name, parameter.default)
        if isinstance(value, str) and value == parameter.default:
            continue
        shown = show_set(value)
        parts.append(shown.text if parameter.choices or value == AUTO else f"h {shown}")
    return ", ".join(parts)


class MethodList(QWidget):
    """Every method of the registry, in its order."""

    method_toggled = Signal(str, bool)
    parameter_edited = Signal(str, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(3)
        self.rows: dict[str, MethodRow] = {}

    def show_methods(self, methods: Sequence[MethodShown]) -> None:
        """Show the methods; rows are made once."""
        for shown in methods:
            row = self.rows.get(shown.entry.key) or self._row(shown.entry)
            row.show_method(shown)

    def _row(self, entry: MethodEntry) -> MethodRow:
        row = MethodRow(entry)
        row.toggled.connect(self.method_toggled)
        row.parameter_edited.connect(self.parameter_edited)
        row.left.connect(self.left)
        self.rows[entry.key] = row
        self._column.addWidget(row)
        return row
