"""What the stencil panel shows of the worksheet and of what is looked at."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QObject

from engine.differentiation import registry
from engine.differentiation.method import DerivativeProblem
from engine.errors import EngineError
from engine.explanation.stencil_table import StencilTable, stencil_tables
from engine.worksheet.worksheet import Worksheet
from gui.panel.seen import WhenSeen
from gui.panels.stencil.page import page
from gui.panels.stencil.view import StencilView
from gui.session.difference_schemes import difference_choices, looked_at, why_none
from gui.session.selection import Selection
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner, Task
from gui.work.request_queue import RequestQueue
from gui.work.user_error import user_error

_SHOWS = frozenset({"text", "coordinates", "partials", "methods"})


class StencilPresenter(QObject):
    """Keeps the page in step with worksheet and selection; a hidden page costs nothing."""

    def __init__(
        self, view: StencilView, store: WorksheetStore, runner: JobRunner, selection: Selection
    ) -> None:
        super().__init__(view)
        self._view, self._store, self._selection = view, store, selection
        self._when_seen = WhenSeen(view, view.shown, self._refresh)
        self._generation = 0
        self._current = False  # whether what is shown is of the text as it is now
        self._tables: tuple[StencilTable, ...] | None = None
        self._queue = RequestQueue(runner, "stencil", self)
        self._queue.arrived.connect(self._on_arrived)
        self._queue.failed.connect(self._on_failed)
        store.worksheet_changed.connect(self._on_worksheet_changed)
        selection.changed.connect(self._when_seen.outdate)
        view.scheme_picked.connect(selection.pick_scheme)

    def tables(self) -> tuple[StencilTable, ...] | None:
        """Return what is shown, for a file; None while there is nothing of now."""
        return self._tables if self._current and not self._when_seen.stale else None

    def show_theme(self) -> None:
        """Write the page with the colours of now."""
        if self._tables is not None:
            self._view.show_page(page(self._tables, self._view.theme))

    def _on_worksheet_changed(self, _worksheet: Worksheet, changed: frozenset[str]) -> None:
        if changed & _SHOWS:
            self._when_seen.outdate()

    def _refresh(self) -> None:
        self._generation += 1
        self._tables = None
        self._view.show_waiting()
        try:
            inputs, self._current = self._store.newest_inputs()
        except EngineError:
            self._queue.request(self._generation, (), ())
            return
        self._view.veil.lie_over(not self._current)
        f, partial = inputs.reading.polynomial, self._selection.partial
        choices = difference_choices(
            self._store.worksheet.methods, partial.order if partial is not None else 0
        )
        choice = looked_at(choices, self._selection.scheme)
        self._view.show_schemes(
            [(one.key, registry.find(one.key).label) for one in choices],
            "" if choice is None else choice.key,
        )
        sentence = why_none(f, partial, choices)
        if sentence or partial is None or choice is None:
            self._queue.request(self._generation, (), ())
            self._show_page(f"<p>{sentence}</p>")
            return
        problem = DerivativeProblem(inputs.reading.expression, f, partial, inputs.point)
        task = Task("engine", stencil_tables, (problem, choice))
        self._queue.request(self._generation, (choice.key,), (task,))

    def _on_arrived(self, generation: int, _key: str, tables: tuple[StencilTable, ...]) -> None:
        if generation == self._generation:
            self._tables = tables
        self._show_page(page(tables, self._view.theme))

    def _on_failed(self, generation: int, _key: str, error: Exception) -> None:
        if generation == self._generation:
            self._show_page(f"<p>{escape(str(user_error(error)))}</p>")

    def _show_page(self, text: str) -> None:
        self._view.show_page(text)
        if not self._current:
            self._view.show_waiting()
