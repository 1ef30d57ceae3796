"""What the column of the difference quotients shows: the stencil of the scheme looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.explanation.contributions import ExplainedStencil, explained_stencil
from gui.panels.explanation.column_work import ColumnWork
from gui.panels.explanation.differences_column import DifferencesColumn
from gui.panels.explanation.focus import Focus
from gui.session.difference_schemes import difference_choices, looked_at
from gui.session.selection import Selection
from gui.work.job_runner import JobRunner, Task

_STENCIL = "stencil"


class DifferencesPresenter(QObject):
    """Has the stencil worked out.

    Signals:
        changed: There is something new to be shown, see :meth:`show`.
    """

    changed = Signal()

    def __init__(
        self, view: DifferencesColumn, runner: JobRunner, selection: Selection, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._selection = view, selection
        self._stencil: ExplainedStencil | None = None
        self.work = ColumnWork(view, runner, _STENCIL, self)
        self.work.arrived.connect(self._take)
        self.work.lost.connect(self._forget)
        view.scheme_picked.connect(selection.pick_scheme)

    def explain(self, problem: DerivativeProblem, methods: Sequence[MethodChoice]) -> None:
        """Have the stencil worked out, if one of ``methods`` has a step."""
        schemes = difference_choices(methods, problem.partial.order)
        scheme = looked_at(schemes, self._selection.scheme)
        self._view.show_schemes(schemes, scheme)
        if scheme is None:
            self.work.ask({})
            self._forget()
            self._view.show_sentence(
                "No method with a step is compared: tick a difference or the complex step."
            )
        else:
            self.work.ask({_STENCIL: Task("engine", explained_stencil, (problem, scheme))})

    def show(self, focus: Focus) -> None:
        """Show what is looked at."""
        if self._stencil is not None and not self.work.awaited:
            self._view.show_stencil(self._stencil, focus)

    def _take(self, stencil: ExplainedStencil) -> None:
        self._stencil = stencil
        self._view.show_content()
        self.changed.emit()

    def _forget(self) -> None:
        self._stencil = None
