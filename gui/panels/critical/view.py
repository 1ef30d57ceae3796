"""The panel as it is seen: a table of points and curves, and how to go to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import Theme
from gui.panel.seen import SeenWidget

_NUMBER = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class CriticalRow:
    """One line of the table.

    Attributes:
        cells: Kind, both coordinates, f, and why.
        tips: What is said when a cell is pointed at; empty for its own text.
        kind: ``"minimum"``, ``"maximum"``, ``"saddle"``, ``"inconclusive"`` or ``"curve"``.
        place: Number of the point to which one can go; None for a curve.
    """

    cells: tuple[str, ...]
    tips: tuple[str, ...]
    kind: str
    place: int | None


class CriticalView(SeenWidget):
    """Shows what it is given; asks for the point to be moved to one of the critical points.

    Signals:
        go_requested: Number of a critical point.
    """

    go_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.heading = QLabel()
        self.go = QPushButton("&Move the point there")
        self.go.setToolTip("Or double click the line, or press Enter on it")
        self.table = QTreeWidget()
        self.table.setAccessibleName("Critical points")
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAllColumnsShowFocus(True)
        self.table.itemActivated.connect(lambda item, _column: self._go(item))
        self.table.itemSelectionChanged.connect(self._show_whether_to_go)
        self.go.clicked.connect(lambda: self._go(self.table.currentItem()))
        self.why = QLabel(wordWrap=True)
        self.why.setAccessibleName("Why it is of this kind")
        self.why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.heading, 1)
        row.addWidget(self.go)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.why)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 4, 8, 4)
        self._pages = QStackedLayout()
        outer.addLayout(self._pages)
        # Only now: in a layout without a parent a page would open as a window of its own.
        self._pages.addWidget(page)
        self._pages.addWidget(self.sentence)

    def show_rows(self, heading: str, titles: Sequence[str], rows: Sequence[CriticalRow]) -> None:
        """Show points and curves."""
        self._pages.setCurrentIndex(0)
        self.heading.setText(heading)
        self.table.clear()
        self.table.setHeaderLabels(list(titles))
        for row in rows:
            item = QTreeWidgetItem(list(row.cells))
            item.setData(0, _NUMBER, row.place)
            item.setData(1, _NUMBER, row.kind)
            for column, cell in enumerate(row.cells):
                tip = row.tips[column] if column < len(row.tips) else ""
                item.setToolTip(column, tip or cell)
            self.table.addTopLevelItem(item)
        header = self.table.header()
        for column in range(len(titles) - 1):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self._colour()
        first = self.table.topLevelItem(0)
        if first is not None:
            self.table.setCurrentItem(first)
        self._show_whether_to_go()

    def show_nothing(self, text: str) -> None:
        """Show a sentence in place of the table."""
        self.sentence.setText(text)
        self._pages.setCurrentIndex(1)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        self._colour()

    def _colour(self) -> None:
        theme = self._theme
        colours = {
            "minimum": theme.good,
            "maximum": theme.accent,
            "saddle": theme.note,
            "inconclusive": theme.fair,
            "curve": theme.text,
        }
        for number in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(number)
            if item is not None:
                item.setForeground(0, QColor(colours[item.data(1, _NUMBER)]))

    def _go(self, item: QTreeWidgetItem | None) -> None:
        place = None if item is None else item.data(0, _NUMBER)
        if place is not None:
            self.go_requested.emit(place)

    def _show_whether_to_go(self) -> None:
        chosen = self.table.selectedItems()
        self.go.setEnabled(bool(chosen) and chosen[0].data(0, _NUMBER) is not None)
        self.why.setText(chosen[0].text(self.table.columnCount() - 1) if chosen else "")

    def minimumSizeHint(self) -> QSize:
        # Otherwise the wrapped text, at its narrowest, asks for more height than it needs.
        return QSize(260, 150)
