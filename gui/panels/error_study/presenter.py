"""What the error study shows of the worksheet, and what a drag of its cursor does to it."""

from __future__ import annotations

import math
from collections.abc import Container

from PySide6.QtCore import QObject

from engine.differentiation import registry
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.step import AUTO, read_step
from engine.errors import EngineError, NumberRangeError
from engine.exact import nearest_float
from engine.studies.error_samples import ErrorStudy
from engine.studies.error_study import studies_to_send
from engine.studies.error_words import EXAMPLE_WITH_V
from engine.studies.study_steps import current_step, steps_around
from engine.worksheet.worksheet import Fields
from gui.look.number_format import show_set
from gui.panel.followed_worksheet import FollowedWorksheet
from gui.panel.picture import Picture, formula
from gui.panels.error_study.shown import ErrorParts
from gui.panels.error_study.sweep import (
    Swept,
    curve_of,
    parts_of,
    theory_of,
    words_on,
)
from gui.panels.error_study.view import ErrorStudyView
from gui.session.difference_schemes import difference_choices, looked_at, why_none
from gui.session.selection import Selection
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner, Task
from gui.work.request_queue import RequestQueue
from gui.work.user_error import user_error

_SHOWS = Fields.text | Fields.coordinates | Fields.partials | Fields.methods
_CURVES, _CURSOR = "curves", "cursor"


class ErrorStudyPresenter(QObject):
    """Keeps the study in step with the worksheet, and the worksheet with the dragged step.

    A study in a hidden tab costs nothing until it is shown.
    """

    def __init__(
        self, view: ErrorStudyView, store: WorksheetStore, runner: JobRunner, selection: Selection
    ) -> None:
        super().__init__(view)
        self._view, self._store, self._selection = view, store, selection
        self._dtype = "float64"
        self._followed = FollowedWorksheet(view, store, _SHOWS, self._refresh)
        self._step_said = ""
        self._wanted: Swept | None = None
        self._swept: Swept | None = None
        self._studies: dict[str, ErrorStudy] = {}
        self._choices: tuple[MethodChoice, ...] = ()
        self._queue = RequestQueue(runner, "error study", self)
        self._queue.arrived.connect(self._on_arrived)
        self._queue.failed.connect(self._on_failed)
        self._queue.cancelled.connect(self._on_cancelled)
        selection.changed.connect(self._followed.outdate)
        view.scheme_picked.connect(selection.pick_scheme)
        view.dtype_picked.connect(self._pick_dtype)
        view.step_dragged.connect(self._set_step)
        view.drag_ended.connect(store.end_merge)
        view.defaults_requested.connect(self._reset_steps)
        view.example_requested.connect(self._try_example)

    def studies(self) -> tuple[ErrorStudy, ...] | None:
        """Return the studies that are drawn; None while they are out of date."""
        if not self._followed.fresh or self._swept is None or not self._swept.same_as(self._wanted):
            return None
        return tuple(self._studies.values())

    def picture(self) -> Picture | None:
        """Return the plot with what it shows in words; None while it is out of date."""
        studies = self.studies()
        if not studies:
            return None
        study = studies[0]
        names = ", ".join(registry.find(one.scheme).short_label for one in studies)
        title = f"Error of {study.partial} against the step h, {formula(study.polynomial)}"
        words = f"at {study.point}; {names}; {study.dtype}; upright line: {self._step_said}"
        return Picture(self._view.plot, title, words)

    def _pick_dtype(self, dtype: str) -> None:
        self._dtype = dtype
        self._refresh()

    @property
    def _scheme(self) -> MethodChoice | None:
        """The scheme that the cursor belongs to: the one picked, or the first."""
        return looked_at(self._choices, self._selection.scheme)

    def _refresh(self) -> None:
        inputs = self._followed.inputs()
        self._view.let_drag(self._followed.current)
        if inputs is None:
            self._queue.ask({})
            self._view.show_waiting(True)
            return
        f, partial = inputs.reading.polynomial, self._selection.partial
        order = 0 if partial is None else partial.order
        self._choices = difference_choices(self._store.worksheet.methods, order)
        self._view.show_choices(self._choices, self._scheme, self._dtype)
        sentence = why_none(f, partial, self._choices)
        if sentence or partial is None:
            self._show_nothing(sentence)
            return
        self._view.show_derivative(str(partial))
        self._request(DerivativeProblem(inputs.reading.expression, f, partial, inputs.point))

    def _request(self, problem: DerivativeProblem) -> None:
        scheme = self._scheme
        assert scheme is not None
        self._here = {choice.key: current_step(problem, choice) for choice in self._choices}
        schemes = tuple(_without_step(choice) for choice in self._choices)
        steps = steps_around(problem, self._here)
        before, self._wanted = self._wanted, Swept(problem, schemes, self._dtype, steps)
        tasks = {}
        step = self._here[scheme.key]
        arguments = (problem.polynomial, problem.point, problem.partial)
        if math.isfinite(step):
            at_cursor = (*arguments, (scheme,), (step,), (self._dtype,))
            tasks[_CURSOR] = Task("engine", studies_to_send, at_cursor)
        if not self._wanted.same_as(self._swept):
            swept = (*arguments, schemes, steps, (self._dtype,))
            tasks[_CURVES] = Task("engine", studies_to_send, swept)
        elif self._studies:
            self._show_curves()
        late = not self._wanted.same_as(self._swept) and before is not None
        self._view.show_waiting(late or not self._followed.current)
        self._queue.ask(tasks)
        if not math.isfinite(step):
            self._show_refused(scheme)

    def _show_refused(self, scheme: MethodChoice) -> None:
        """Leave the cursor at a step that the scheme refuses, for it to be dragged back."""
        chosen = dict(scheme.parameters).get("step", AUTO)
        step = nearest_float(read_step(chosen) or math.nan)
        if math.isfinite(step):
            self._show_cursor(math.log10(step), f"h {show_set(step)}", None)
        else:
            self._show_cursor(math.nan, "no h", None)

    def _on_arrived(self, generation: int, key: str, studies: tuple[ErrorStudy, ...]) -> None:
        if key == _CURSOR:
            (sample,) = studies[0].samples
            text = f"h {show_set(sample.step)}"
            self._show_cursor(math.log10(sample.step), text, parts_of(sample))
        elif self._wanted is not None:
            self._studies = {study.scheme: study for study in studies}
            if generation == self._queue.newest:
                self._swept = self._wanted
                self._view.show_waiting(not self._followed.current)
            self._show_curves()

    def _on_failed(self, generation: int, key: str, error: Exception) -> None:
        if generation == self._queue.newest and key == _CURVES:
            text = str(user_error(error))
            if isinstance(error, NumberRangeError) and self._dtype == "float32":
                text = f"{text.partition(';')[0]}; pick float64 above."
            self._show_nothing(text)

    def _on_cancelled(self, generation: int) -> None:
        if generation == self._queue.newest and not self._studies:
            self._show_nothing("Cancelled before the errors were studied; change something.")

    def _show_curves(self) -> None:
        scheme = self._scheme
        if scheme is None or scheme.key not in self._studies:
            return
        curves = [
            curve_of(study, self._here.get(key, math.nan)) for key, study in self._studies.items()
        ]
        study = self._studies[scheme.key]
        words = words_on(study)
        compared = dict(scheme.parameters).get("dtype", "float64")
        if compared != study.dtype:
            words += f" This study is in {study.dtype}; the comparison has this row in {compared}."
        self._view.show_study(curves, scheme.key, theory_of(study), words)

    def _show_cursor(self, log: float, text: str, parts: ErrorParts | None) -> None:
        self._step_said = text
        self._view.show_cursor(log, text, parts)

    def _show_nothing(self, text: str) -> None:
        self._queue.ask({})
        self._wanted = self._swept = None
        self._studies = {}
        self._view.show_waiting(False)
        self._view.show_nothing(text)

    def _set_step(self, log: float) -> None:
        """Give the scheme that is looked at another step, and no other scheme."""
        scheme = self._scheme
        if scheme is None or not self._is_readable():
            return
        # Two digits: a place on the axis is not known any better.
        step = float(f"{10.0 ** min(max(log, -300.0), 300.0):.1e}")
        self._give_step("drag the step", {scheme.key}, step, merge=f"step {scheme.key}")

    def _is_readable(self) -> bool:
        try:
            return self._store.newest_inputs()[1]
        except EngineError:
            return False

    def _reset_steps(self) -> None:
        self._store.end_merge()
        self._give_step("default steps", {choice.key for choice in self._choices}, None)

    def _try_example(self) -> None:
        self._store.end_merge()
        self._store.edit("try the example", text=EXAMPLE_WITH_V)

    def _give_step(
        self, label: str, given: Container[str], value: float | None, merge: str = ""
    ) -> None:
        """Give schemes a step; their default for None."""
        after = []
        for choice in self._store.worksheet.methods:
            if choice.key in given:
                parameters = registry.find(choice.key).traits.parameters
                step = next(parameter for parameter in parameters if parameter.name == "step")
                after.append(choice.with_value(step, step.default if value is None else value))
            else:
                after.append(choice)
        self._store.edit(label, merge=merge, methods=tuple(after))


def _without_step(choice: MethodChoice) -> MethodChoice:
    kept = tuple((name, v) for name, v in choice.parameters if name not in {"step", "dtype"})
    return MethodChoice(choice.key, kept)
