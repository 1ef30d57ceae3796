"""What the panel explains: one derivative by rules, by differences and by PyTorch's graph."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.errors import EngineError
from engine.explanation.computation_graph import ComputationGraph, computation_graph
from engine.explanation.contributions import (
    Contributions,
    ExplainedStencil,
    explained_stencil,
    graph_contributions,
    rule_contributions,
)
from engine.explanation.derivation_rows import ExplainedRules, explained_rules
from engine.explanation.lock_step import LinePlace, lines_of_terms, matching_lines
from engine.explanation.terms import typed_terms
from engine.export.latex import derivation_latex
from engine.worksheet.worksheet import Worksheet
from gui.panel.picture import Picture, formula
from gui.panel.seen import WhenSeen
from gui.panels.explanation.graph_items import SIZES
from gui.panels.explanation.playback import Playback
from gui.panels.explanation.pointing import Pointing
from gui.panels.explanation.texts import formula_text, made_up_text, stencil_text
from gui.panels.explanation.typesetter import Typesetter
from gui.panels.explanation.view import ExplanationView
from gui.session.difference_schemes import difference_choices, looked_at
from gui.session.selection import Selection
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner, Task
from gui.work.request_queue import RequestQueue
from gui.work.user_error import user_error

_SHOWS = frozenset({"text", "coordinates", "partials", "methods"})
_REVERSE = "autograd_reverse"

_LATE_MILLISECONDS = 200
"""After which what still shows an earlier problem is dimmed: before, it would only flicker."""


class ExplanationPresenter(QObject):
    """Keeps the three columns in step with worksheet, selection and each other."""

    def __init__(
        self, view: ExplanationView, store: WorksheetStore, runner: JobRunner, selection: Selection
    ) -> None:
        super().__init__(view)
        self._view, self._store, self._selection = view, store, selection
        self._when_seen = WhenSeen(view, self._refresh)
        self._generation = 0
        self._current = False  # whether what is shown is of the text as it is now
        self._problem: DerivativeProblem | None = None
        self._rules: ExplainedRules | None = None
        self._rule_sum: Contributions | None = None
        self._stencil: ExplainedStencil | None = None
        self._playback: Playback | None = None
        self._awaited: set[str] = set()
        self._plays = False
        self._pointing = Pointing(self)
        self._pointing.changed.connect(self._show_everything)
        self._queues = {name: self._queue(runner, name) for name in ("engine", "torch")}
        self._typesetter = Typesetter(runner, self)
        self._typesetter.drawn.connect(self._show_drawings)
        self._late = QTimer(self, singleShot=True, interval=_LATE_MILLISECONDS)
        self._late.timeout.connect(self._dim_what_is_late)
        store.worksheet_changed.connect(self._on_worksheet_changed)
        selection.changed.connect(self._when_seen.outdate)
        self._connect_view()

    def _queue(self, runner: JobRunner, name: str) -> RequestQueue:
        queue = RequestQueue(runner, f"how it works: {name}", self)
        queue.arrived.connect(self._on_arrived)
        queue.failed.connect(self._on_failed)
        queue.cancelled.connect(self._on_cancelled)
        return queue

    def _connect_view(self) -> None:
        view = self._view
        view.scheme_picked.connect(self._selection.pick_scheme)
        view.term_pointed.connect(
            lambda term: self._pointing.point_at(None if term is None else frozenset({term}))
        )
        view.term_picked.connect(self._pointing.pin)
        view.tree.line_pointed.connect(self._point_at_line)
        view.picture.node_pointed.connect(self._point_at_node)
        view.trace.node_pointed.connect(self._point_at_node)
        view.player.asked.connect(self._play_to)
        view.theme_shown.connect(self._show_everything)

    def graph(self) -> ComputationGraph | None:
        """Return the graph that is shown, for a file; None while there is none of now."""
        fresh = self._current and not self._when_seen.stale and "graph" not in self._awaited
        return self._playback.graph if fresh and self._playback is not None else None

    def picture(self) -> Picture | None:
        """Return the whole graph with what it shows in words; None while there is none of now."""
        graph = self.graph()
        if graph is None:
            return None
        problem = graph.problem
        title = f"PyTorch's graph of {problem.partial}, {formula(problem.polynomial)}"
        words = f"at {problem.point}; {graph.dtype} on {graph.device}"
        return Picture(self._view.picture.whole(), title, words)

    def latex(self) -> str | None:
        """Return the derivation that is shown as LaTeX; None while there is none of now."""
        fresh = self._current and not self._when_seen.stale and "rules" not in self._awaited
        return derivation_latex(self._rules.derivation) if fresh and self._rules else None

    def play(self, wanted: bool) -> None:
        """Play the computation from its beginning, once its graph is there; or stop."""
        self._plays = wanted
        if not wanted:
            self._view.player.pause()
        self._play_if_ready()

    def _play_if_ready(self) -> None:
        if self._plays and self.graph() is not None:
            self._plays = False
            self._view.player.play_from_start()

    def _on_worksheet_changed(self, _worksheet: Worksheet, changed: frozenset[str]) -> None:
        if changed & _SHOWS:
            self._when_seen.outdate()

    def _refresh(self) -> None:
        try:
            inputs, self._current = self._store.newest_inputs()
        except EngineError:
            self._dim_everything()
            return
        self._view.veil.lie_over(not self._current)
        f, partial = inputs.reading.polynomial, self._selection.partial
        if partial is None or not set(partial.names) <= set(f.variables):
            self._generation += 1
            self._ask({}, {})
            self._problem = None
            self._view.show_nothing(
                "f itself needs no explanation: ask for a derivative and pick it in the comparison."
                if f.variables
                else "f is constant: there is no derivative to explain."
            )
            if not self._current:
                self._dim_everything()
            return
        problem = DerivativeProblem(inputs.reading.expression, f, partial, inputs.point)
        if self._current or problem != self._problem:
            self._generation += 1
            self._view.show_columns()
            self._explain(problem)
        if not self._current:
            self._dim_everything()

    def _explain(self, problem: DerivativeProblem) -> None:
        before, self._problem = self._problem, problem
        if before is None or before.expression != problem.expression:
            self._pointing.begin(len(typed_terms(problem.expression)))
        here = {"rule sum": Task("engine", rule_contributions, (problem,))}
        if not self._is_derived(problem):
            self._rules = None
            arguments = (problem.expression, problem.polynomial, problem.partial)
            here["rules"] = Task("engine", explained_rules, arguments)
        else:
            self._view.rules.show_content()  # it may have been dimmed by a slip of the pen
        methods = self._store.worksheet.methods
        schemes = difference_choices(methods, problem.partial.order)
        scheme = looked_at(schemes, self._selection.scheme)
        self._view.show_schemes(schemes, scheme)
        if scheme is None:
            self._stencil = None
            self._view.differences.show_sentence(
                "No method with a step is compared: tick a difference or the complex step."
            )
        else:
            here["stencil"] = Task("engine", explained_stencil, (problem, scheme))
        reverse = next((one for one in methods if one.key == _REVERSE), MethodChoice(_REVERSE))
        self._ask(here, {"graph": Task("torch", computation_graph, (problem, reverse, SIZES))})
        self._show_formula()

    def _is_derived(self, problem: DerivativeProblem) -> bool:
        """Whether the derivation that is shown is that of ``problem``: it needs no point."""
        if self._rules is None:
            return False
        shown = self._rules.derivation
        return (shown.expression, shown.partial) == (problem.expression, problem.partial)

    def _ask(self, here: dict[str, Task], in_torch: dict[str, Task]) -> None:
        self._awaited = {*here, *in_torch}
        for name, tasks in (("engine", here), ("torch", in_torch)):
            self._queues[name].request(self._generation, tuple(tasks), tuple(tasks.values()))
        if self._awaited:
            self._late.start()

    def _on_arrived(self, generation: int, key: str, result: object) -> None:
        if generation != self._generation:
            return
        self._awaited.discard(key)
        match result:
            case ExplainedRules():
                self._rules = result
                self._view.tree.show_rows(result.rows)
                self._typesetter.ask(
                    latex
                    for top in result.rows
                    for row in top.walk()
                    for latex in (row.open_latex, row.folded_latex)
                )
                self._show_drawings()
                self._view.rules.show_content()
            case Contributions():
                self._rule_sum = result
            case ExplainedStencil():
                self._stencil = result
                self._view.differences.show_content()
            case ComputationGraph():
                self._take_graph(result)
        self._show_everything()
        if not self._current:
            self._dim_everything()
        self._play_if_ready()

    def _take_graph(self, graph: ComputationGraph) -> None:
        if not graph.nodes:
            self._playback = None
            self._view.player.show_position(0, 0)
            self._view.said.show_text("")
            self._view.graph.show_sentence(
                f"{graph.computes} is a constant: PyTorch records no graph for it, "
                "and its derivative is 0."
            )
            return
        before = self._playback
        playback = Playback(graph, 0)
        # A drag of the point goes on where it stood; another graph is shown as a whole.
        as_before = before is not None and before.last == playback.last
        position = before.position if before is not None and as_before else playback.last
        self._playback = Playback(graph, position)
        self._view.picture.show_graph(graph)
        self._view.trace.show_graph(graph)
        self._view.graph.show_content()

    def _on_failed(self, generation: int, key: str, error: Exception) -> None:
        if generation != self._generation:
            return
        self._awaited.discard(key)
        self._show_failure(key, str(user_error(error)))

    def _on_cancelled(self, generation: int) -> None:
        if generation == self._generation:
            for key in tuple(self._awaited):
                self._show_failure(key, "Cancelled before it was calculated; pick it again.")
            self._awaited.clear()

    def _show_failure(self, key: str, text: str) -> None:
        if key == "rules":
            self._rules = None
            self._view.rules.show_sentence(text)
        elif key == "stencil":
            self._stencil = None
            self._view.differences.show_sentence(text)
        elif key == "graph":
            self._playback = None
            self._view.player.show_position(0, 0)
            self._view.said.show_text("")
            self._view.graph.show_sentence(text)

    def _dim_what_is_late(self) -> None:
        columns = {
            "rules": self._view.rules,
            "stencil": self._view.differences,
            "graph": self._view.graph,
        }
        for key, column in columns.items():
            if key in self._awaited:
                column.show_stale(True)

    def _dim_everything(self) -> None:
        for column in (self._view.rules, self._view.differences, self._view.graph):
            column.show_stale(True)

    def _show_drawings(self) -> None:
        self._view.tree.show_drawings(self._typesetter.drawings)

    def _point_at_line(self, place: LinePlace | None) -> None:
        if place is None or self._rules is None:
            self._pointing.point_at(None)
            return
        step, number = place
        for index, line in enumerate(self._rules.derivation.steps[step].walk()):
            if index == number:
                self._pointing.point_at(line.terms)

    def _point_at_node(self, node: int | None) -> None:
        if node is None or self._playback is None:
            self._pointing.point_at(None)
        else:
            self._pointing.point_at(self._playback.graph.nodes[node].terms)

    def _play_to(self, position: int) -> None:
        if self._playback is not None:
            self._playback = Playback(self._playback.graph, position)
            self._show_everything()

    def _show_everything(self) -> None:
        if self._problem is None:
            return
        terms = self._pointing.terms
        self._show_formula()
        self._show_rules(terms)
        self._show_stencil()
        self._show_graph(terms)

    def _show_formula(self) -> None:
        if self._problem is not None:
            terms = typed_terms(self._problem.expression)
            self._view.formula.setText(formula_text(terms, self._picked(), self._view.theme))

    def _picked(self) -> int | None:
        """Return the one term whose shares are shown: looked at, or computed with just now."""
        playback = self._playback
        if playback is None or playback.current is None or not self._playing():
            return self._pointing.one()
        return self._pointing.one(playback.graph.nodes[playback.current].terms)

    def _playing(self) -> bool:
        return self._playback is not None and 0 < self._playback.position < self._playback.last

    def _show_rules(self, terms: frozenset[int] | None) -> None:
        if self._rules is None or self._problem is None:
            return
        derivation = self._rules.derivation
        marked: frozenset[LinePlace] = frozenset()
        playback = self._playback
        current = None if playback is None or "graph" in self._awaited else playback.current
        if playback is not None and current is not None and self._playing():
            marked = matching_lines(derivation, playback.graph, current, backward=playback.backward)
        lit = None if terms is None else lines_of_terms(derivation, terms)
        self._view.tree.show_marks(marked, lit)
        if self._rule_sum is not None and "rule sum" not in self._awaited:
            self._view.rules.sum.setText(self._made_up(self._rule_sum))

    def _show_stencil(self) -> None:
        if self._stencil is None or self._problem is None or "stencil" in self._awaited:
            return
        terms = typed_terms(self._problem.expression)
        self._view.show_stencil(
            stencil_text(self._stencil, terms, self._picked(), self._view.theme)
        )
        self._view.differences.sum.setText(self._made_up(self._stencil.contributions))

    def _show_graph(self, terms: frozenset[int] | None) -> None:
        playback = self._playback
        if playback is None or "graph" in self._awaited:
            return
        nodes = playback.graph.nodes
        lit = (
            None
            if terms is None
            else frozenset(number for number, node in enumerate(nodes) if node.terms & terms)
        )
        self._view.picture.show_state(playback, lit)
        self._view.trace.show_state(playback, lit)
        self._view.player.show_position(playback.position, playback.last)
        self._view.said.show_text(playback.sentence())
        self._view.graph.sum.setText(self._made_up(graph_contributions(playback.graph)))

    def _made_up(self, made_up: Contributions) -> str:
        assert self._problem is not None
        terms = typed_terms(self._problem.expression)
        if len(made_up.terms) != len(terms):
            return ""  # of the problem before
        return made_up_text(made_up, terms, self._picked(), self._view.theme)
