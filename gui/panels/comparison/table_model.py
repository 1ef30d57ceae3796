"""The table as Qt's item model, and the proxy that sorts it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QColor

from gui.look.theme import Theme
from gui.panels.comparison.columns import COLOURED, COLUMNS, MEASURED, SortKey
from gui.panels.comparison.description import describe
from gui.panels.comparison.shown_row import ShownRow

Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
ARROWS = {Qt.SortOrder.AscendingOrder: "▲", Qt.SortOrder.DescendingOrder: "▼"}
"""Behind the title of the column that is sorted by."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
Cell = tuple[str, QColor, int]
"""What a cell says, in which colour, and where it stands: Qt's flags for its alignment."""


class ComparisonModel(QAbstractTableModel):
    """Rows in the order given; a cell is made when it is first seen."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: tuple[ShownRow, ...] = ()
        self._cells: dict[tuple[int, int], Cell] = {}

    @property
    def rows(self) -> tuple[ShownRow, ...]:
        """The rows as they are shown."""
        return self._rows

    def show_rows(self, rows: Sequence[ShownRow], *, sorting: bool = False) -> bool:
        """Show ``rows``; return whether they are other methods or derivatives than before.

        Only cells that look different are reported, for painting is what takes time; where the
        table is sorted, the whole row is: a quantity may change by less than is shown.
        """
        rows = tuple(rows)
        other = [_identity(row) for row in rows] != [_identity(row) for row in self._rows]
        if other:
            self.beginResetModel()
        before, self._rows = self._rows, rows
        if other:
            self._cells.clear()
            self.endResetModel()
            return True
        for number, (row, earlier) in enumerate(zip(rows, before, strict=True)):
            if row != earlier:
                self._report(number, whole=sorting)
        return False

    def _report(self, row: int, *, whole: bool) -> None:
        """Report which cells of ``row`` no longer look as they did when they were last seen.

        One by one: for several at once Qt redraws the whole table.
        """
        for column in range(len(COLUMNS)):
            before = self._cells.pop((row, column), None)
            if before is not None and before != self.cell(row, column) and not whole:
                cell = self.index(row, column)
                self.dataChanged.emit(cell, cell)
        if whole:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        self._cells.clear()
        if self._rows:
            last = self.index(len(self._rows) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def text(self, row: int, column: int) -> str:
        """Return what a cell says for itself: a reason stands across several."""
        spans = COLUMNS[column].key == "value" and self._rows[row].reason
        return "" if spans else self.cell(row, column)[0]

    def sort_key(self, row: int, column: int) -> SortKey:
        """Return what a cell is sorted by."""
        return COLUMNS[column].sort_key(self._rows[row])

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.cell(index.row(), index.column())[0]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.cell(index.row(), index.column())[2]
            case Qt.ItemDataRole.ForegroundRole:
                return self.cell(index.row(), index.column())[1]
            case Qt.ItemDataRole.ToolTipRole:
                return describe(self._rows[index.row()])
            case _:
                return None

    def cell(self, row: int, column: int) -> Cell:
        """Return how a cell is painted; made once for each change, for it is asked often."""
        found = self._cells.get((row, column))
        if found is None:
            shown, wanted = self._rows[row], COLUMNS[column]
            instead = shown.reason if wanted.key == "value" else ""
            text = instead or wanted.text(shown)
            alignment = _RIGHT if wanted.numeric and not shown.reason else _LEFT
            found = self._cells[row, column] = (
                text,
                QColor(self._colour(shown, wanted.key)),
                alignment.value,
            )
        return found

    def _colour(self, shown: ShownRow, key: str) -> str:
        if key in {"method", "partial"}:
            return self._theme.text
        measuring = key == "seconds" and shown.row is not None and shown.row.seconds is None
        no_number = shown.overflowed and key in MEASURED | {"value"}
        if shown.reason or not shown.fresh or measuring or no_number:
            return self._theme.muted
        colours = {
            "good": self._theme.good,
            "fair": self._theme.fair,
            "poor": self._theme.poor,
            "none": self._theme.text,
        }
        return colours[shown.grade] if key in COLOURED else self._theme.text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.hint
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if column.numeric else _LEFT
        return None


class SortedComparison(QSortFilterProxyModel):
    """Sorts numbers as numbers, what is not defined last, equals in the order of the methods.

    The header says by an arrow which column is sorted by, and which way.
    """

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        said = super().headerData(section, orientation, role)
        if role != Qt.ItemDataRole.DisplayRole or section != self.sortColumn():
            return said
        return f"{said} {ARROWS[self.sortOrder()]}"

    def lessThan(self, left: Index, right: Index) -> bool:
        model = self.sourceModel()
        assert isinstance(model, ComparisonModel)
        one = model.sort_key(left.row(), left.column())
        other = model.sort_key(right.row(), right.column())
        # Qt swaps the two when it sorts downwards; what must keep its order is swapped back.
        upwards = self.sortOrder() == Qt.SortOrder.AscendingOrder
        if one is None or other is None:
            if (one is None) == (other is None):
                return (left.row() < right.row()) == upwards
            return (other is None) == upwards
        if one == other:
            return (left.row() < right.row()) == upwards
        return bool(one < other)  # type: ignore[operator]


def _identity(shown: ShownRow) -> tuple[str, tuple[str, ...]]:
    return shown.entry.key, shown.partial.names
