"""The rules column: the derivation as a tree that folds, every line typeset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from engine.explanation.derivation_rows import Row
from engine.explanation.lock_step import LinePlace
from gui.look.theme import Theme
from gui.panels.explanation.typesetter import INK

Index = QModelIndex | QPersistentModelIndex

_ROW = Qt.ItemDataRole.UserRole
_GAP, _MARGIN, _INDENTATION = 14, 4, 14
_FAINT = 0.35


class RulesTree(QTreeWidget):
    """Shows rows; says which line is pointed at.

    Signals:
        line_pointed: (step, line) under the mouse or the keyboard's mark; None where there is none.
    """

    line_pointed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._drawings: Mapping[str, str] = {}
        self._renderers: dict[tuple[str, str], QSvgRenderer] = {}
        self.marked: frozenset[LinePlace] = frozenset()
        self.lit: frozenset[LinePlace] | None = None
        self.setAccessibleName("Derivation by the rules")
        self.setHeaderHidden(True)
        self.setIndentation(_INDENTATION)
        self.setHorizontalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(self.header().ResizeMode.ResizeToContents)
        self.setItemDelegate(_Typeset(self))
        self.setMouseTracking(True)
        self.itemEntered.connect(lambda item, _column: self.line_pointed.emit(_row(item).place))
        self.viewportEntered.connect(lambda: self.line_pointed.emit(None))
        self.itemExpanded.connect(self.scheduleDelayedItemsLayout)
        self.itemCollapsed.connect(self.scheduleDelayedItemsLayout)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show a derivation; every fold is open."""
        self.clear()
        for row in rows:
            self.addTopLevelItem(_item(row))
        self.expandAll()

    def show_drawings(self, drawings: Mapping[str, str]) -> None:
        """Show formulas typeset: LaTeX to SVG; what is not among them stays plain text."""
        self._drawings = drawings
        self._renderers.clear()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def show_marks(self, marked: frozenset[LinePlace], lit: frozenset[LinePlace] | None) -> None:
        """Mark lines; fade those not ``lit``, unless that is None."""
        self.marked, self.lit = marked, lit
        self.viewport().update()
        if marked:
            first = next((i for i in self._items() if _row(i).place in marked), None)
            if first is not None:
                self.scrollToItem(first)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self.theme = theme
        self._renderers.clear()
        self.viewport().update()

    def drawing(self, index: Index) -> QSvgRenderer | None:
        """Return the formula of a row in the current colours; None while there is none."""
        row: Row = index.data(_ROW)
        folded = bool(row.below) and not self.itemFromIndex(index).isExpanded()
        latex = row.folded_latex if folded else row.open_latex
        svg = self._drawings.get(latex)
        if svg is None:
            return None
        key = (latex, self.theme.text)
        if key not in self._renderers:
            coloured = svg.replace(INK, self.theme.text).encode()
            self._renderers[key] = QSvgRenderer(coloured, self)
        return self._renderers[key]

    def leaveEvent(self, event: QEvent) -> None:
        self.line_pointed.emit(None)
        super().leaveEvent(event)

    def _items(self) -> Iterable[QTreeWidgetItem]:
        waiting = [self.topLevelItem(i) for i in range(self.topLevelItemCount())]
        while waiting:
            item = waiting.pop(0)
            if item is not None:
                yield item
                waiting = [item.child(i) for i in range(item.childCount())] + waiting


def _row(item: QTreeWidgetItem) -> Row:
    row: Row = item.data(0, _ROW)
    return row


def _item(row: Row) -> QTreeWidgetItem:
    item = QTreeWidgetItem([row.text])
    item.setData(0, _ROW, row)
    rule = f", {row.rule}" if row.rule else ""
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, row.text + rule)
    item.addChildren([_item(below) for below in row.below])
    return item


class _Typeset(QStyledItemDelegate):
    """Draws the formula of a row, followed by the name of its rule."""

    def __init__(self, tree: RulesTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(_ROW)
        theme, rect = self._tree.theme, QRectF(option.rect)
        painter.save()
        if row.place is not None and row.place in self._tree.marked:
            ground = QColor(theme.accent)
            ground.setAlphaF(0.22)
            painter.fillRect(rect, ground)
        state = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        lit = self._tree.lit
        if not self._tree.isEnabled() or (lit is not None and row.place not in lit):
            painter.setOpacity(_FAINT)
        x = rect.left() + _MARGIN
        drawing = self._tree.drawing(index)
        painter.setPen(QColor(theme.text))
        if drawing is None:
            width = option.fontMetrics.horizontalAdvance(row.text)
            place = QRectF(x, rect.top(), width + 2, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.text)
        else:
            size = drawing.defaultSize()
            width = size.width()
            top = rect.center().y() - size.height() / 2
            drawing.render(painter, QRectF(x, top, width, size.height()))
        painter.setPen(QColor(theme.muted))
        place = rect.adjusted(_MARGIN + width + _GAP, 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.rule)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(_ROW)
        metrics = option.fontMetrics
        drawing = self._tree.drawing(index)
        if drawing is None:
            size = QSize(metrics.horizontalAdvance(row.text), metrics.height())
        else:
            size = drawing.defaultSize()
        rule = metrics.horizontalAdvance(row.rule) + _GAP if row.rule else 0
        return QSize(size.width() + rule + 3 * _MARGIN, max(size.height(), metrics.height()) + 6)
