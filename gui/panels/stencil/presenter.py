"""What the stencil panel shows of the worksheet and of what is looked at."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.differentiation.method import DerivativeProblem
from engine.explanation.stencil_table import StencilTable, stencil_tables
from engine.worksheet.worksheet import Fields
from gui.panel.followed_worksheet import FollowedWorksheet
from gui.panels.stencil.view import StencilView
from gui.session.difference_schemes import difference_choices, looked_at, why_none
from gui.session.selection import Selection
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner, Task
from gui.work.request_queue import RequestQueue
from gui.work.user_error import user_error

_SHOWS = Fields.text | Fields.coordinates | Fields.partials | Fields.methods


class StencilPresenter(QObject):
    """Keeps the page in step with worksheet and selection; a hidden page costs nothing."""

    def __init__(
        self, view: StencilView, store: WorksheetStore, runner: JobRunner, selection: Selection
    ) -> None:
        super().__init__(view)
        self._view, self._store, self._selection = view, store, selection
        self._followed = FollowedWorksheet(view, store, _SHOWS, self._refresh)
        self._tables: tuple[StencilTable, ...] | None = None
        self._queue = RequestQueue(runner, "stencil", self)
        self._queue.arrived.connect(self._on_arrived)
        self._queue.failed.connect(self._on_failed)
        selection.changed.connect(self._followed.outdate)
        view.scheme_picked.connect(selection.pick_scheme)

    def tables(self) -> tuple[StencilTable, ...] | None:
        """Return what is shown, for a file; None while the problem has another."""
        return self._tables if self._followed.fresh else None

    def _refresh(self) -> None:
        self._tables = None
        self._view.show_waiting(True)
        inputs = self._followed.inputs()
        if inputs is None:
            self._queue.ask({})
            return
        f, partial = inputs.reading.polynomial, self._selection.partial
        choices = difference_choices(
            self._store.worksheet.methods, partial.order if partial is not None else 0
        )
        choice = looked_at(choices, self._selection.scheme)
        self._view.show_schemes(choices, choice)
        sentence = why_none(f, partial, choices)
        if sentence or partial is None or choice is None:
            self._queue.ask({})
            self._show_sentence(sentence)
            return
        problem = DerivativeProblem(inputs.reading.expression, f, partial, inputs.point)
        self._queue.ask({choice.key: Task("engine", stencil_tables, (problem, choice))})

    def _on_arrived(self, generation: int, _key: str, tables: tuple[StencilTable, ...]) -> None:
        if generation == self._queue.newest:
            self._tables = tables
        self._view.show_tables(tables)
        self._view.show_waiting(not self._followed.current)

    def _on_failed(self, generation: int, _key: str, error: Exception) -> None:
        if generation == self._queue.newest:
            self._show_sentence(str(user_error(error)))

    def _show_sentence(self, text: str) -> None:
        self._view.show_sentence(text)
        self._view.show_waiting(not self._followed.current)
