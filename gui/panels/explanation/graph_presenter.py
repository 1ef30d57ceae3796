"""What the column of PyTorch's graph shows: the graph, and how far it is played."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.explanation.computation_graph import ComputationGraph, computation_graph
from engine.explanation.contributions import graph_contributions
from gui.panel.picture import Picture, formula
from gui.panels.explanation.column_work import ColumnWork
from gui.panels.explanation.focus import Focus
from gui.panels.explanation.graph_column import GraphColumn
from gui.panels.explanation.graph_items import SIZES
from gui.panels.explanation.playback import Playback
from gui.work.job_runner import JobRunner, Task

_GRAPH = "graph"
_REVERSE = "autograd_reverse"


class GraphPresenter(QObject):
    """Has the graph recorded, and plays it.

    Signals:
        changed: There is something new to be shown, see :meth:`show`.
        pointed: The terms of the node that is pointed at; None where there is none.
    """

    changed = Signal()
    pointed = Signal(object)

    def __init__(self, view: GraphColumn, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._playback: Playback | None = None
        self.work = ColumnWork(view, runner, _GRAPH, self)
        self.work.arrived.connect(self._take)
        self.work.lost.connect(self._forget)
        view.node_pointed.connect(self._point_at_node)
        view.position_asked.connect(self._play_to)

    @property
    def graph(self) -> ComputationGraph | None:
        """The graph that is shown; None while one is awaited, and where there is none."""
        if self._playback is None or self.work.awaited:
            return None
        return self._playback.graph

    @property
    def playing(self) -> Playback | None:
        """How far the graph is played; None where it stands at one of its ends."""
        playback = self._playback
        return playback if playback and 0 < playback.position < playback.last else None

    def explain(self, problem: DerivativeProblem, methods: Sequence[MethodChoice]) -> None:
        """Have the graph recorded, with number type and device as in ``methods``."""
        reverse = next((one for one in methods if one.key == _REVERSE), MethodChoice(_REVERSE))
        self.work.ask({_GRAPH: Task("torch", computation_graph, (problem, reverse, SIZES))})

    def show(self, focus: Focus) -> None:
        """Show what is looked at, as far as the graph is played."""
        playback = self._playback
        if playback is None or self.work.awaited:
            return
        lit = None
        if focus.lit is not None:
            nodes = enumerate(playback.graph.nodes)
            lit = frozenset(number for number, node in nodes if node.terms & focus.lit)
        self._view.show_playback(playback, lit)
        self._view.show_sum(graph_contributions(playback.graph), focus)

    def play(self) -> None:
        """Play the graph from its beginning."""
        self._view.play()

    def pause(self) -> None:
        """Stop playing."""
        self._view.pause()

    def picture(self, graph: ComputationGraph) -> Picture:
        """Return the whole of ``graph``, which is shown, with what it shows in words."""
        problem = graph.problem
        title = f"PyTorch's graph of {problem.partial}, {formula(problem.polynomial)}"
        words = f"at {problem.point}; {graph.dtype} on {graph.device}"
        return Picture(self._view.whole(), title, words)

    def _take(self, graph: ComputationGraph) -> None:
        if graph.nodes:
            before = self._playback
            playback = Playback(graph, 0)
            # A drag of the point goes on where it stood; another graph is shown as a whole.
            as_before = before is not None and before.last == playback.last
            position = before.position if before is not None and as_before else playback.last
            self._playback = Playback(graph, position)
            self._view.show_graph(graph)
        else:
            self._forget()
            self._view.show_sentence(
                f"{graph.computes} is a constant: PyTorch records no graph for it, "
                "and its derivative is 0."
            )
        self.changed.emit()

    def _forget(self) -> None:
        self._playback = None

    def _point_at_node(self, node: int | None) -> None:
        if node is None or self._playback is None:
            self.pointed.emit(None)
        else:
            self.pointed.emit(self._playback.graph.nodes[node].terms)

    def _play_to(self, position: int) -> None:
        if self._playback is not None:
            self._playback = Playback(self._playback.graph, position)
            self.changed.emit()
