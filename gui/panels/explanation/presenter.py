"""What the panel explains: one derivative by rules, by differences and by PyTorch's graph."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.differentiation.method import DerivativeProblem
from engine.explanation.computation_graph import ComputationGraph
from engine.explanation.terms import typed_terms
from engine.export.latex import derivation_latex
from engine.worksheet.worksheet import Fields
from gui.panel.followed_worksheet import FollowedWorksheet
from gui.panel.picture import Picture
from gui.panels.explanation.differences_presenter import DifferencesPresenter
from gui.panels.explanation.focus import Focus
from gui.panels.explanation.graph_presenter import GraphPresenter
from gui.panels.explanation.pointing import Pointing
from gui.panels.explanation.rules_presenter import RulesPresenter
from gui.panels.explanation.view import ExplanationView
from gui.session.selection import Selection
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner

_SHOWS = Fields.text | Fields.coordinates | Fields.partials | Fields.methods


class ExplanationPresenter(QObject):
    """Keeps the three columns in step with worksheet, selection and each other."""

    def __init__(
        self, view: ExplanationView, store: WorksheetStore, runner: JobRunner, selection: Selection
    ) -> None:
        super().__init__(view)
        self._view, self._store, self._selection = view, store, selection
        self._followed = FollowedWorksheet(view, store, _SHOWS, self._refresh)
        self._problem: DerivativeProblem | None = None
        self._plays = False
        self._pointing = Pointing(self)
        self._pointing.changed.connect(self._show)
        self._rules = RulesPresenter(view.rules, runner, self)
        self._differences = DifferencesPresenter(view.differences, runner, selection, self)
        self._graph = GraphPresenter(view.graph, runner, self)
        for column in (self._rules, self._differences, self._graph):
            column.changed.connect(self._on_column_changed)
        selection.changed.connect(self._followed.outdate)
        view.term_pointed.connect(
            lambda term: self._pointing.point_at(None if term is None else frozenset({term}))
        )
        view.term_picked.connect(self._pointing.pin)
        self._rules.pointed.connect(self._pointing.point_at)
        self._graph.pointed.connect(self._pointing.point_at)

    @property
    def waits(self) -> bool:
        """Whether a column still waits for something."""
        columns = (self._rules, self._differences, self._graph)
        return any(column.work.awaited for column in columns)

    def graph(self) -> ComputationGraph | None:
        """Return the graph that is shown, for a file; None while the problem has another."""
        return self._graph.graph if self._followed.fresh else None

    def picture(self) -> Picture | None:
        """Return the whole graph with what it shows in words; None while there is none."""
        graph = self.graph()
        return None if graph is None else self._graph.picture(graph)

    def latex(self) -> str | None:
        """Return the derivation that is shown as LaTeX; None while the problem has another."""
        derivation = self._rules.derivation if self._followed.fresh else None
        return None if derivation is None else derivation_latex(derivation)

    def play(self, wanted: bool) -> None:
        """Play the computation from its beginning, once its graph is there; or stop."""
        self._plays = wanted
        if not wanted:
            self._graph.pause()
        self._play_if_ready()

    def _play_if_ready(self) -> None:
        if self._plays and self.graph() is not None:
            self._plays = False
            self._graph.play()

    def _refresh(self) -> None:
        inputs = self._followed.inputs()
        if inputs is None:
            self._view.show_stale()
            return
        f, partial = inputs.reading.polynomial, self._selection.partial
        if partial is None or not set(partial.names) <= set(f.variables):
            self._explain_nothing(
                "f itself needs no explanation: ask for a derivative and pick it in the comparison."
                if f.variables
                else "f is constant: there is no derivative to explain."
            )
        else:
            problem = DerivativeProblem(inputs.reading.expression, f, partial, inputs.point)
            # What is worked out for a problem is still wanted after a slip of the pen.
            if self._followed.current or problem != self._problem:
                self._explain(problem)
        if not self._followed.current:
            self._view.show_stale()

    def _explain_nothing(self, why: str) -> None:
        self._problem = None
        for column in (self._rules, self._differences, self._graph):
            column.work.ask({})
        self._view.show_nothing(why)

    def _explain(self, problem: DerivativeProblem) -> None:
        before, self._problem = self._problem, problem
        if before is None or before.expression != problem.expression:
            self._pointing.begin(len(typed_terms(problem.expression)))
        methods = self._store.worksheet.methods
        self._view.show_columns()
        self._rules.explain(problem)
        self._differences.explain(problem, methods)
        self._graph.explain(problem, methods)
        self._view.show_formula(self._focus(problem))

    def _on_column_changed(self) -> None:
        self._show()
        if not self._followed.current:
            self._view.show_stale()
        self._play_if_ready()

    def _show(self) -> None:
        if self._problem is None:
            return
        focus = self._focus(self._problem)
        self._view.show_formula(focus)
        # While another graph is awaited, what is played is not of this derivation.
        self._rules.show(focus, None if self._graph.work.awaited else self._graph.playing)
        self._differences.show(focus)
        self._graph.show(focus)

    def _focus(self, problem: DerivativeProblem) -> Focus:
        """Return what is looked at: a term that is pointed at, or that is computed with."""
        playing = self._graph.playing
        computed = None
        if playing is not None and playing.current is not None:
            computed = playing.graph.nodes[playing.current].terms
        terms = typed_terms(problem.expression)
        return Focus(terms, self._pointing.one(computed), self._pointing.terms)
