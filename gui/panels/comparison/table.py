"""The table as it is seen: columns as wide as their numbers, reasons across the row, copying."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import ref

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QFont, QKeyEvent, QKeySequence, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionFocusRect,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.look.theme import Theme
from gui.panels.comparison.clipboard import as_text
from gui.panels.comparison.columns import COLOURED, COLUMNS, INDEX
from gui.panels.comparison.shown_row import ShownRow
from gui.panels.comparison.table_model import ARROWS, ComparisonModel, SortedComparison

_SELECTED = QStyle.StateFlag.State_Selected.value
_HAS_FOCUS = QStyle.StateFlag.State_HasFocus.value
_PADDING = 14
_MARGIN = 6
"""Pixels left and right of a text, as in the header."""
_ROW_PADDING = 4
_REMEMBERED = 1000
_VALUE = INDEX["value"]
_OF_ALL = frozenset({"partial", "exact"})
"""Columns that are shown only where several derivatives are."""
_ALWAYS = COLOURED | {"method", "value", "seconds", "dtype", "device"}
"""Columns that are shown even where no row has anything to say in them, unlike all others."""


class _PlainCells(QStyledItemDelegate):
    """Writes a selected row in the colours that it has when it is not selected.

    Qt's own delegate asks the model for nine things a cell, one by one, which costs several times
    as long: half of what a key stroke took in this panel.
    """

    def __init__(self, table: ComparisonTable) -> None:
        super().__init__(table)
        self._table = ref(table)
        self._elided: dict[tuple[str, int], str] = {}

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        table = self._table()
        assert table is not None
        text, colour, alignment = table.comparison.cell(table.source_row(index), index.column())
        rect: QRect = option.rect
        state = option.state.value
        if state & _SELECTED:
            painter.fillRect(rect, option.palette.brush(QPalette.ColorRole.Highlight))
        if not text:
            return
        rect = rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.setFont(option.font)
        painter.setPen(colour)
        painter.drawText(rect, alignment, self._fitting(text, rect.width(), option))
        if state & _HAS_FOCUS:
            focus = QStyleOptionFocusRect()
            focus.rect, focus.state, focus.palette = option.rect, option.state, option.palette
            frame = QStyle.PrimitiveElement.PE_FrameFocusRect
            table.style().drawPrimitive(frame, focus, painter, table)

    def forget_widths(self) -> None:
        """Measure again: the font has changed."""
        self._elided.clear()

    def _fitting(self, text: str, width: int, option: QStyleOptionViewItem) -> str:
        """Return as much of ``text`` as there is room for."""
        key = text, width
        if key not in self._elided:
            if len(self._elided) > _REMEMBERED:
                self._elided.clear()
            elide = Qt.TextElideMode.ElideRight
            self._elided[key] = option.fontMetrics.elidedText(text, elide, width)
        return self._elided[key]


class ComparisonTable(QTableView):
    """Sorts by a click on a header; a third click brings back the order of the methods."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spanned: list[int] = []
        self._advances: dict[str, int] = {}
        self._cells = _PlainCells(self)
        self.comparison = ComparisonModel(theme, self)
        self.sorted = SortedComparison(self)
        self.sorted.setSourceModel(self.comparison)
        self.setModel(self.sorted)
        self.setAccessibleName("Comparison of the methods")
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(self._cells)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self._use_tabular_digits()
        self._set_headers()
        self.sorted.layoutChanged.connect(self._span_reasons)
        self.horizontalHeader().sectionResized.connect(self._span_reasons)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._advances.clear()
            self._cells.forget_widths()

    def _use_tabular_digits(self) -> None:
        font = QFont(self.font())
        font.setFeature(QFont.Tag("tnum"), 1)
        self.setFont(font)

    def _set_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(0)
        rows.setDefaultSectionSize(self.fontMetrics().height() + _ROW_PADDING)
        header = self.horizontalHeader()
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(30)
        header.setFixedHeight(2 * self.fontMetrics().height() + _ROW_PADDING)
        header.setStretchLastSection(True)  # a long reason may use all the room there is
        self.setSortingEnabled(True)

    def show_rows(self, rows: Sequence[ShownRow], *, several: bool) -> None:
        """Show ``rows``; ``several`` says that they are of more than one derivative."""
        hidden = {index for index in range(len(COLUMNS)) if self.isColumnHidden(index)}
        other = self.comparison.show_rows(rows, sorting=self.sorted.sortColumn() >= 0)
        for index, column in enumerate(COLUMNS):
            if column.key in _OF_ALL:
                self.setColumnHidden(index, not several)
            elif column.key not in _ALWAYS:
                used = any(column.sort_key(row) is not None for row in rows)
                self.setColumnHidden(index, not used)
        self._fit_columns(set(range(len(COLUMNS))) if other else hidden)
        self._span_reasons()

    def _fit_columns(self, may_shrink: set[int]) -> None:
        # Widths only grow while the same rows change: a table that twitches under a drag is
        # hard to read.
        header = self.horizontalHeader()
        for index, column in enumerate(COLUMNS):
            if self.isColumnHidden(index):
                continue
            *first, last = column.title.split("\n")
            texts = {self.comparison.text(row, index) for row in range(self.comparison.rowCount())}
            texts.update(first, [f"{last} {ARROWS[Qt.SortOrder.AscendingOrder]}"])
            width = max(map(self._advance, texts)) + _PADDING
            if index in may_shrink or width > header.sectionSize(index):
                header.resizeSection(index, width)

    def _advance(self, text: str) -> int:
        """Return the width of ``text``."""
        if text not in self._advances:
            if len(self._advances) > _REMEMBERED:
                self._advances.clear()
            self._advances[text] = self.fontMetrics().horizontalAdvance(text)
        return self._advances[text]

    def _span_reasons(self) -> None:
        """Have a reason that is wider than its column stand across the others."""
        room = self.horizontalHeader().sectionSize(_VALUE) - _PADDING
        spanned = [
            row
            for row in range(self.sorted.rowCount())
            if self._advance(self._shown(row).reason) > room
        ]
        if spanned == self._spanned:
            return  # setting them again would redraw the whole table
        self._spanned = spanned
        self.clearSpans()
        for row in spanned:
            self.setSpan(row, _VALUE, 1, len(COLUMNS) - _VALUE)

    def source_row(self, index: QModelIndex | QPersistentModelIndex) -> int:
        """Return the row of the unsorted table that stands at ``index`` of the sorted one."""
        if self.sorted.sortColumn() < 0:
            return index.row()
        return self.sorted.mapToSource(index).row()

    def _shown(self, row: int) -> ShownRow:
        return self.comparison.rows[self.source_row(self.sorted.index(row, 0))]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy(self._selected() or self._all())
        else:
            super().keyPressEvent(event)

    def copy(self, rows: Sequence[int]) -> None:
        """Put ``rows``, as they are sorted, on the clipboard."""
        QApplication.clipboard().setText(as_text(self._shown(row) for row in rows))

    def _all(self) -> list[int]:
        return list(range(self.sorted.rowCount()))

    def _selected(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def _open_menu(self, place: QPoint) -> None:
        menu = self.context_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place))

    def context_menu(self) -> QMenu:
        """Return the menu of the right mouse button."""
        menu = QMenu(self)
        for text, rows in (("Copy selected rows", self._selected()), ("Copy table", self._all())):
            action = QAction(text, menu)
            action.setEnabled(bool(rows))
            action.triggered.connect(lambda _=False, rows=rows: self.copy(rows))
            menu.addAction(action)
        return menu
