"""The column of PyTorch's graph as it is seen: drawn or as a table, with its player."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QToolButton

from engine.explanation.computation_graph import ComputationGraph
from gui.look.icons import icon
from gui.look.theme import Theme
from gui.panels.explanation.column import Column
from gui.panels.explanation.graph_view import GraphView
from gui.panels.explanation.playback import Playback
from gui.panels.explanation.player import Player
from gui.panels.explanation.trace_table import TraceTable
from gui.widgets.elided_label import ElidedLabel

FIT_ICON = "fit"


class GraphColumn(Column):
    """Shows a graph as far as it is played.

    Signals:
        node_pointed: Number of the node that is pointed at; None where there is none.
        position_asked: How far the graph is to be played.
    """

    node_pointed = Signal(object)
    position_asked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self.picture, self.trace = GraphView(theme), TraceTable(theme)
        self._forms = QStackedWidget()
        super().__init__("PyTorch's graph", self._forms, theme)
        self.player = Player(theme)
        self.fit = QToolButton(autoRaise=True)
        self.fit.setToolTip("Show the whole graph (0); zoom with the wheel or + and −")
        self.fit.setAccessibleName("Show the whole graph")
        self.fit.clicked.connect(self.picture.fit)
        self.as_table = QToolButton()
        self.as_table.setText("Table")
        self.as_table.setCheckable(True)
        self.as_table.setToolTip("The same graph as a table, with every digit")
        self.as_table.toggled.connect(self._forms.setCurrentIndex)
        self.said = ElidedLabel()
        self.said.setAccessibleName("What the last operation did")
        self.tools.addWidget(self.player, 1)
        self.tools.addWidget(self.fit)
        self.tools.addWidget(self.as_table)
        self.below.addWidget(self.said)
        for form in (self.picture, self.trace):
            self._forms.addWidget(form)
            form.node_pointed.connect(self.node_pointed)
        self.player.asked.connect(self.position_asked)

    def show_graph(self, graph: ComputationGraph) -> None:
        """Show a graph that has nodes."""
        self.picture.show_graph(graph)
        self.trace.show_graph(graph)
        self.show_content()

    def show_playback(self, playback: Playback, lit: frozenset[int] | None) -> None:
        """Show how far the graph is played, and which nodes are not faded."""
        self.picture.show_state(playback, lit)
        self.trace.show_state(playback, lit)
        self.player.show_position(playback.position, playback.last)
        self.said.show_text(playback.sentence())

    def show_sentence(self, text: str) -> None:
        """Show a sentence in place of the graph; there is nothing to play."""
        super().show_sentence(text)
        self.player.show_position(0, 0)
        self.said.show_text("")

    def play(self) -> None:
        """Play from the beginning."""
        self.player.play_from_start()

    def pause(self) -> None:
        """Stop playing."""
        self.player.pause()

    def whole(self) -> GraphView:
        """Return the drawing of the whole graph, for a file."""
        return self.picture.whole()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        super().show_theme(theme)
        self.picture.show_theme(theme)
        self.trace.show_theme(theme)
        self.player.show_theme(theme)
        self.fit.setIcon(icon(FIT_ICON, theme))
        self.said.setStyleSheet(f"color: {theme.muted}")
