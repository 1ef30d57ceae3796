"""A field for each variable of the point, two beside each other, each with its own message."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from engine.writing.writer import name_rich_text
from gui.panels.problem.fields import LineField, Message, label
from gui.panels.problem.state import CoordinateShown

_COLUMNS = 2


class CoordinateField(QWidget):
    """``a = [2]`` and what is wrong with it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        row = QHBoxLayout()
        row.setSpacing(5)
        self.edit = LineField()
        self.edit.setAccessibleName(f"Value of {name}")
        self.edit.setToolTip(
            "A number such as 2, -0.5 or 1/3; up and down step by 1, with Ctrl 0.1"
        )
        named = label(f"{name_rich_text(name)} =", "name")
        named.setTextFormat(Qt.TextFormat.RichText)
        named.setBuddy(self.edit)
        row.addWidget(named)
        row.addWidget(self.edit, 1)
        self.error = Message("error")
        column.addLayout(row)
        column.addWidget(self.error)

    def show_coordinate(self, shown: CoordinateShown) -> None:
        """Show the text as typed, and its error."""
        self.edit.show_text(shown.text)
        self.edit.mark_wrong(bool(shown.error))
        self.error.show_message(shown.error)


class PointForm(QWidget):
    """The fields appear and disappear with the variables."""

    coordinate_edited = Signal(str, str)
    """name, text"""
    step_requested = Signal(str, int, bool)
    """name, +1 or -1, whether the small step is meant"""
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self._none = Message("muted", self)
        self._none.show_message("The polynomial has no variable.")
        self._grid.addWidget(self._none, 0, 0, 1, _COLUMNS)
        self.fields: dict[str, CoordinateField] = {}
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def show_coordinates(self, coordinates: Sequence[CoordinateShown]) -> None:
        """Show a field for each coordinate, in this order."""
        names = [shown.name for shown in coordinates]
        if names != list(self.fields):
            self._arrange(names)
        for shown in coordinates:
            self.fields[shown.name].show_coordinate(shown)
        self._none.setVisible(not coordinates)

    def _arrange(self, names: Sequence[str]) -> None:
        for name in [name for name in self.fields if name not in names]:
            old = self.fields.pop(name)
            old.hide()
            old.deleteLater()
        self.fields = {name: self.fields.get(name) or self._field(name) for name in names}
        for index, field in enumerate(self.fields.values()):
            row, column = divmod(index, _COLUMNS)
            self._grid.addWidget(field, row, column, Qt.AlignmentFlag.AlignTop)
            field.show()

    def _field(self, name: str) -> CoordinateField:
        field = CoordinateField(name)
        field.edit.textEdited.connect(lambda text: self.coordinate_edited.emit(name, text))
        field.edit.stepped.connect(lambda sign, small: self.step_requested.emit(name, sign, small))
        field.edit.left.connect(self.left)
        return field
