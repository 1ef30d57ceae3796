"""What the column of the rules shows: the derivation, and what matches the other columns in it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.differentiation.method import DerivativeProblem
from engine.explanation.contributions import Contributions, rule_contributions
from engine.explanation.derivation import Derivation
from engine.explanation.derivation_rows import ExplainedRules, explained_rules
from engine.explanation.lock_step import LinePlace, lines_of_terms, matching_lines
from gui.panels.explanation.column_work import ColumnWork
from gui.panels.explanation.focus import Focus
from gui.panels.explanation.playback import Playback
from gui.panels.explanation.rules_column import RulesColumn
from gui.panels.explanation.typesetter import Typesetter
from gui.work.job_runner import JobRunner, Task

_ROWS, _SUM = "rules", "rule sum"


class RulesPresenter(QObject):
    """Has the derivation worked out and typeset.

    Signals:
        changed: There is something new to be shown, see :meth:`show`.
        pointed: The terms of the line that is pointed at; None where there is none.
    """

    changed = Signal()
    pointed = Signal(object)

    def __init__(self, view: RulesColumn, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._rules: ExplainedRules | None = None
        self._sum: Contributions | None = None
        self.work = ColumnWork(view, runner, _ROWS, self)
        self.work.arrived.connect(self._take)
        self.work.lost.connect(self._forget)
        self._typesetter = Typesetter(runner, self)
        self._typesetter.drawn.connect(self._show_drawings)
        view.line_pointed.connect(self._point_at_line)

    @property
    def derivation(self) -> Derivation | None:
        """What is derived; None while it is awaited."""
        return None if self._rules is None else self._rules.derivation

    def explain(self, problem: DerivativeProblem) -> None:
        """Have the derivation worked out, unless it is shown already: it needs no point."""
        tasks = {_SUM: Task("engine", rule_contributions, (problem,))}
        if self._is_derived(problem):
            self._view.show_content()  # it may have been dimmed by a slip of the pen
        else:
            self._rules = None
            arguments = (problem.expression, problem.polynomial, problem.partial)
            tasks[_ROWS] = Task("engine", explained_rules, arguments)
        self.work.ask(tasks)

    def _is_derived(self, problem: DerivativeProblem) -> bool:
        shown = self.derivation
        return shown is not None and (
            (shown.expression, shown.partial) == (problem.expression, problem.partial)
        )

    def show(self, focus: Focus, playing: Playback | None) -> None:
        """Show what is looked at, and mark the line that matches what is computed at the moment."""
        derivation = self.derivation
        if derivation is None:
            return
        marked: frozenset[LinePlace] = frozenset()
        if playing is not None and playing.current is not None:
            marked = matching_lines(
                derivation, playing.graph, playing.current, backward=playing.backward
            )
        lit = None if focus.lit is None else lines_of_terms(derivation, focus.lit)
        self._view.show_marks(marked, lit)
        if self._sum is not None and _SUM not in self.work.awaited:
            self._view.show_sum(self._sum, focus)

    def _take(self, result: ExplainedRules | Contributions) -> None:
        if isinstance(result, Contributions):
            self._sum = result
        else:
            self._rules = result
            self._view.show_rows(result.rows)
            self._typesetter.ask(
                latex
                for top in result.rows
                for row in top.walk()
                for latex in (row.open_latex, row.folded_latex)
            )
            self._show_drawings()
        self.changed.emit()

    def _forget(self) -> None:
        self._rules = None

    def _show_drawings(self) -> None:
        self._view.show_drawings(self._typesetter.drawings)

    def _point_at_line(self, place: LinePlace | None) -> None:
        derivation = self.derivation
        if place is None or derivation is None:
            self.pointed.emit(None)
            return
        step, number = place
        for index, line in enumerate(derivation.steps[step].walk()):
            if index == number:
                self.pointed.emit(line.terms)
