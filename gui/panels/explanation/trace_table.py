"""The graph as text: its trace, a line for each operation in the order of the computation."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from engine.explanation.computation_graph import ComputationGraph
from gui.look.number_format import DASH, show_value
from gui.look.theme import Theme
from gui.panels.explanation.playback import Playback

TITLES = ("Node", "Operation", "Stands for", "Value", "Adjoint")
_VALUE, _ADJOINT = 3, 4


class TraceTable(QTreeWidget):
    """Shows the same as the picture, with every digit.

    Signals:
        node_pointed: Number of the node under the mouse; None where there is none.
    """

    node_pointed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: tuple[Playback, frozenset[int] | None] | None = None
        self.setAccessibleName("Trace of the computation")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setHeaderLabels(TITLES)
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(False)
        self.setMouseTracking(True)
        self.itemEntered.connect(
            lambda item, _column: self.node_pointed.emit(self.indexOfTopLevelItem(item))
        )
        self.viewportEntered.connect(lambda: self.node_pointed.emit(None))

    def show_graph(self, graph: ComputationGraph) -> None:
        """Show the nodes of a graph."""
        self._state = None
        self.clear()
        for node in graph.nodes:
            line = [node.symbol, node.formula or "input", node.meaning, DASH, DASH]
            item = QTreeWidgetItem(line)
            for column in (_VALUE, _ADJOINT):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
            self.addTopLevelItem(item)

    def show_state(self, playback: Playback, lit: frozenset[int] | None) -> None:
        """Show how far the graph is played, and which nodes are not faded."""
        self._state = playback, lit
        playing = playback.position < playback.last
        for number, node in enumerate(playback.graph.nodes):
            item = self.topLevelItem(number)
            if item is None:
                return
            known = playback.has_value(number), playback.has_adjoint(number)
            numbers = node.recorded.value, node.recorded.adjoint
            for column, is_known, value in zip((_VALUE, _ADJOINT), known, numbers, strict=True):
                item.setText(column, show_value(value) if is_known else DASH)
            faded = lit is not None and number not in lit
            current = playing and number == playback.current
            ground = QColor(self._theme.accent)
            ground.setAlphaF(0.22)
            for column in range(len(TITLES)):
                item.setForeground(column, QColor(self._theme.muted if faded else self._theme.text))
                item.setBackground(column, QBrush(ground) if current else QBrush())
            if current:
                self.scrollToItem(item)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        if self._state is not None:
            self.show_state(*self._state)

    def leaveEvent(self, event: QEvent) -> None:
        self.node_pointed.emit(None)
        super().leaveEvent(event)
