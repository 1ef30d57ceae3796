"""What the comparison shows of the worksheet: cheap rows at once, the others as they arrive."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QObject, QTimer

from engine.comparison import Comparison, ComparisonRow, compare_one
from engine.errors import EngineError, ReadError
from engine.partial import Partial
from engine.point import write_number
from engine.worksheet.worksheet import Fields, Inputs, Worksheet
from engine.writing.writer import name_unicode
from gui.look.number_format import show_equal, wrapped_tip
from gui.panels.comparison.local_work import LocalWork
from gui.panels.comparison.plan import Cell, Key, plan
from gui.panels.comparison.results import Results
from gui.panels.comparison.view import ComparisonView
from gui.session.selection import Selection
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner, Lane, Task
from gui.work.request_queue import RequestQueue
from gui.work.user_error import user_error

REST_SECONDS = 0.2
"""Times are measured, by repeated runs, when the worksheet has not changed for this long."""

REDRAW_MILLISECONDS = 30
"""Results that come closer together than this are drawn together."""

_SHOWS = Fields.text | Fields.coordinates | Fields.partials | Fields.methods
LANES: tuple[Lane, ...] = ("torch", "sympy", "engine")
_LOADING = {"torch": "PyTorch is loading…", "sympy": "SymPy is loading…"}
_CANCELLED = "Cancelled before it was calculated."


class ComparisonPresenter(QObject):
    """Keeps the table in step with the worksheet."""

    def __init__(
        self,
        view: ComparisonView,
        store: WorksheetStore,
        runner: JobRunner,
        selection: Selection,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view, self._store, self._selection = view, store, selection
        self._inputs: Inputs | None = None
        self._unreadable = ""
        self._visiting = store.visiting
        self._results = Results()
        self._generation = 0
        self._partials: tuple[Partial, ...] = ()
        self._where = ""
        self._picked: Partial | None = None
        self._wished: Partial | None = None  # a text that is being typed may lack it for a while
        self._all_picked = False
        self._loading = dict(_LOADING)
        self._lanes = {name: self._lane(runner, name) for name in LANES}
        self._local = LocalWork(self)
        self._local.computed.connect(self._on_arrived)
        self._local.finished.connect(self._measure_what_came_late)
        self._rest = QTimer(self, singleShot=True, interval=int(REST_SECONDS * 1000))
        self._rest.timeout.connect(self._measure)
        self._redraw = QTimer(self, singleShot=True, interval=REDRAW_MILLISECONDS)
        self._redraw.timeout.connect(self._show)
        view.partial_picked.connect(self._pick)
        selection.asked.connect(self._pick_asked)
        view.again_requested.connect(lambda: self._refresh(store.worksheet))
        store.worksheet_changed.connect(self._on_worksheet_changed)
        self._refresh(store.worksheet)

    def _lane(self, runner: JobRunner, name: Lane) -> RequestQueue:
        lane = RequestQueue(runner, f"comparison: {name}", self)
        lane.arrived.connect(self._on_arrived)
        lane.failed.connect(self._on_failed)
        lane.cancelled.connect(self._on_cancelled)
        return lane

    def exported(self) -> Comparison | None:
        """Return every row of the worksheet, in the order of the table.

        Rows without current numbers say why; None where there is no problem that could be read.
        """
        if self._inputs is None or not self._results.cells:
            return None
        rows = self._results.every_row()
        return Comparison(self._inputs.reading.polynomial, self._inputs.point, rows)

    def _on_worksheet_changed(self, worksheet: Worksheet, changed: Fields) -> None:
        if changed & _SHOWS:
            self._refresh(worksheet)

    def _refresh(self, worksheet: Worksheet) -> None:
        self._generation += 1
        try:
            inputs = self._store.inputs()
        except EngineError as error:
            self._inputs, self._unreadable = None, _brief(error)
            if self._store.visiting != self._visiting:
                self._results = Results()  # those of another worksheet altogether
            self._results.outdate()
            self._local.start(self._generation, (), ())
            self._rest.stop()
            for lane in self._lanes.values():
                lane.request(self._generation, (), ())
            self._show()
            return
        self._inputs, self._partials = inputs, inputs.partials
        self._visiting = self._store.visiting
        self._where = _where(inputs)
        todo = self._results.want(plan(inputs, worksheet.methods), self._generation)
        self._keep_or_default_pick()
        self._compute_here()
        self._request([cell for cell in todo if cell.lane is not None])
        self._show()

    def _compute_here(self) -> None:
        todo = self._results.missing_here()
        seen = [c for c in todo if self._picked in {None, c.problem.partial}]
        self._local.start(self._generation, seen, [c for c in todo if c not in seen])
        self._rest.start()

    def _measure(self) -> None:
        self._local.measure(self._results.unmeasured())

    def _measure_what_came_late(self) -> None:
        if not self._rest.isActive():
            self._measure()

    def _request(self, cells: list[Cell]) -> None:
        for name, lane in self._lanes.items():
            own = [cell for cell in cells if cell.lane == name]
            tasks = [Task(name, compare_one, (cell.problem, cell.choice)) for cell in own]
            lane.request(self._generation, [cell.key for cell in own], tasks)

    def _on_arrived(self, generation: int, key: Key, row: ComparisonRow) -> None:
        cell = self._results.cells.get(key)
        loaded = cell is not None and self._loading.pop(cell.lane or "", None) is not None
        self._results.take(generation, key, row)
        if loaded or self._picked is None or self._picked.names == row.partial:
            self._show_soon()

    def _on_failed(self, generation: int, key: Key, error: Exception) -> None:
        self._results.fail(generation, key, _brief(user_error(error)))
        self._show_soon()

    def _on_cancelled(self, generation: int) -> None:
        for key, cell in self._results.cells.items():
            if key not in self._results.fresh and cell.lane is not None:
                self._results.fail(generation, key, _CANCELLED)
        self._show_soon()

    def _show_soon(self) -> None:
        if not self._redraw.isActive():
            self._redraw.start()

    def _pick(self, position: int) -> None:
        self._all_picked = position < 0
        self._picked = self._wished = None if position < 0 else self._partials[position]
        if self._inputs is not None:
            self._compute_here()  # what is seen now comes first
        self._show()

    def _pick_asked(self, partial: Partial) -> None:
        if partial in self._partials:
            self._pick(self._partials.index(partial))

    def _keep_or_default_pick(self) -> None:
        if self._all_picked:
            return
        first_order = (partial for partial in self._partials if partial.order == 1)
        usual = next(first_order, self._partials[0])
        self._wished = self._wished or usual
        self._picked = self._wished if self._wished in self._partials else usual

    def _looked_at(self) -> Partial | None:
        """Return the derivative that the other panels explain: where f is picked, the first."""
        derivatives = [partial for partial in self._partials if partial.order]
        if self._picked in derivatives:
            return self._picked
        return derivatives[0] if derivatives else None

    def _show(self) -> None:
        self._redraw.stop()
        if self._inputs is not None:
            self._selection.pick_partial(self._looked_at())
        again = self._inputs is not None and bool(self._results.failures)
        self._view.show_message(self._message(), again=again)
        picked = self._picked
        self._view.show_partials(
            [str(partial) for partial in self._partials],
            -1 if picked is None else self._partials.index(picked),
        )
        names = None if picked is None else picked.names
        self._view.show_rows(self._results.shown(names, self._loading), several=picked is None)
        if picked is None:
            self._view.show_heading(_how_many(self._partials), "", "", self._where, fresh=True)
            return
        exact = self._results.exact(picked.names)
        sign, shown = ("=", "") if exact is None else show_equal(exact)
        said = ["exactly"] if shown and sign == "=" else []
        where = ", ".join([*said, self._where] if self._where else said)
        fresh = self._inputs is not None
        self._view.show_heading(f"{picked} {sign}", shown, _all_digits(exact), where, fresh=fresh)

    def _message(self) -> str:
        if self._inputs is None and self._results.cells:
            return f"These rows belong to the last problem that could be read. {self._unreadable}"
        if self._inputs is None:
            return self._unreadable
        if not self._results.cells:
            return "No method is chosen: tick one."
        failures = self._results.failures.values()
        if not failures:
            return ""
        rows = f"{len(failures)} of {len(self._results.cells)} rows"
        return f"Cancelled: {rows} are left." if _CANCELLED in failures else f"{rows} are missing."


def _how_many(partials: tuple[Partial, ...]) -> str:
    """Return ``f and 5 derivatives``: what ``All`` shows."""
    derivatives = sum(1 for partial in partials if partial.order)
    parts = ["f"] if derivatives < len(partials) else []
    if derivatives:
        parts.append(f"{derivatives} derivative{'s' if derivatives > 1 else ''}")
    return " and ".join(parts)


def _where(inputs: Inputs) -> str:
    point = ((name_unicode(name), show_equal(x)) for name, x in inputs.point.items())
    text = ", ".join(f"{name} {sign} {value}" for name, (sign, value) in point)
    return f"at {text}" if text else ""


def _all_digits(exact: Fraction | None) -> str:
    if exact is None or _bits(exact) > 10_000:
        return ""
    return wrapped_tip(f"Exactly {write_number(exact)}")


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _brief(error: EngineError) -> str:
    return error.message if isinstance(error, ReadError) else str(error).splitlines()[0]
