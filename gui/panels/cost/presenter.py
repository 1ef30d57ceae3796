"""What the cost panel studies of the worksheet, method by method, as the results come."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.differentiation import registry
from engine.differentiation.method import DerivativeProblem
from engine.partial import Partial
from engine.studies.cost_study import (
    CostSample,
    CostStudy,
    gradient_costs,
    order_costs,
    words_on_gradients,
    words_on_orders,
)
from engine.worksheet.worksheet import Fields
from gui.panel.followed_worksheet import FollowedWorksheet
from gui.panel.picture import Picture, formula
from gui.panels.cost.view import CostView
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner, Task, lane_of
from gui.work.request_queue import RequestQueue
from gui.work.user_error import user_error

_SHOWS = Fields.text | Fields.coordinates | Fields.methods
CONSTANT = "f has no variable, so there is no derivative that could cost anything."
NO_METHOD = "No method is chosen: tick one."


class CostPresenter(QObject):
    """Keeps the study in step with the worksheet; a hidden panel costs nothing."""

    def __init__(self, view: CostView, store: WorksheetStore, runner: JobRunner) -> None:
        super().__init__(view)
        self._view, self._store = view, store
        self._followed = FollowedWorksheet(view, store, _SHOWS, self._refresh)
        self._problem: DerivativeProblem | None = None
        self._wanted: tuple[object, ...] = ()
        self._found: dict[object, tuple[CostSample, ...]] = {}
        self._queue = RequestQueue(runner, "cost", self)
        self._queue.arrived.connect(self._on_arrived)
        self._queue.failed.connect(self._on_failed)
        self._queue.cancelled.connect(self._on_cancelled)

    def study(self) -> CostStudy | None:
        """Return what is known so far, for a file; None while nothing of it is current."""
        samples = self._samples()
        if not self._followed.fresh or self._problem is None or not samples:
            return None
        return CostStudy(self._problem.polynomial, self._problem.point, samples)

    def picture(self) -> Picture | None:
        """Return the panel with what it shows in words; None while there is no current study."""
        study = self.study()
        if study is None:
            return None
        title = f"Cost of the derivatives of {formula(study.polynomial)}"
        return Picture(self._view.grab().toImage(), title, f"at {study.point}")

    def _samples(self) -> tuple[CostSample, ...]:
        return tuple(s for key in self._wanted for s in self._found.get(key, ()))

    def _refresh(self) -> None:
        inputs = self._followed.inputs()
        if inputs is None:
            self._view.show_waiting(True)
            return
        f, choices = inputs.reading.polynomial, self._store.worksheet.methods
        before = self._problem
        self._problem = DerivativeProblem(inputs.reading.expression, f, Partial(()), inputs.point)
        if self._problem == before and not self._followed.current:
            self._view.show_waiting(True)
            return
        self._found = {}
        if not f.variables or not choices:
            self._queue.ask({})
            self._view.show_waiting(False)
            self._view.show_nothing(NO_METHOD if f.variables else CONSTANT)
            return
        self._view.show_waiting(True)
        tasks = {}
        for choice in choices:
            lane = lane_of(registry.find(choice.key).traits.requires)
            for function in (order_costs, gradient_costs):
                key = (choice.key, function.__name__)
                tasks[key] = Task(lane, function, (self._problem, choice))
        self._wanted = tuple(tasks)
        self._queue.ask(tasks)

    def _on_arrived(self, generation: int, key: object, samples: tuple[CostSample, ...]) -> None:
        if generation != self._queue.newest:
            return
        self._found[key] = samples
        known = self._samples()
        self._view.show_waiting(not self._followed.current)
        self._view.show_samples(
            known,
            words_on_orders(tuple(s for s in known if s.kind == "order")),
            words_on_gradients(tuple(s for s in known if s.kind == "gradient")),
        )

    def _on_failed(self, generation: int, _key: object, error: Exception) -> None:
        if generation == self._queue.newest and not self._found:
            self._view.show_nothing(str(user_error(error)))

    def _on_cancelled(self, generation: int) -> None:
        if generation == self._queue.newest and not self._found:
            self._view.show_nothing("Cancelled before anything was measured; change something.")
