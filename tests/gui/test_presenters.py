"""What presenters decide, with a view that only records it: real store, real worker processes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.explanation.terms import typed_terms
from engine.partial import Partial
from engine.worksheet.worksheet import all_methods
from gui.panels.answer.presenter import LONGEST_ANSWER, AnswerPresenter
from gui.panels.answer.view import AnswerView
from gui.panels.cost.presenter import CONSTANT, NO_METHOD, CostPresenter
from gui.panels.cost.view import CostView
from gui.panels.error_study.presenter import ErrorStudyPresenter
from gui.panels.error_study.view import ErrorStudyView
from gui.panels.explanation.column_work import ColumnWork
from gui.panels.explanation.differences_column import DifferencesColumn
from gui.panels.explanation.differences_presenter import DifferencesPresenter
from gui.panels.explanation.focus import Focus
from gui.panels.explanation.graph_column import GraphColumn
from gui.panels.explanation.graph_presenter import GraphPresenter
from gui.panels.explanation.rules_column import RulesColumn
from gui.panels.explanation.rules_presenter import RulesPresenter
from gui.panels.stencil.presenter import StencilPresenter
from gui.panels.stencil.view import StencilView
from gui.session.selection import Selection
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner, Task
from tests.gui.conftest import turn
from tests.gui.fake_view import fake_view
from tests.gui.worker_tasks import sleep_then

LONG_MS = 30_000


@pytest.fixture
def selection() -> Selection:
    """The first derivative by a is looked at."""
    selection = Selection()
    selection.pick_partial(Partial(("a",)))
    return selection


def come_to_be_seen(view: Any) -> None:
    view.shown.emit()


# Your answer


@pytest.fixture
def answer(store: WorksheetStore, selection: Selection) -> Any:
    view = fake_view(AnswerView)
    view.presenter = AnswerPresenter(view, store, selection)
    come_to_be_seen(view)
    return view


def verdict(view: Any) -> tuple[str, bool | None]:
    said = view.shown_as["show_verdict"]
    return said["verdict"], said["good"]


def test_that_an_answer_is_judged_at_every_key(answer: Any) -> None:
    assert "<b>∂f/∂a</b>" in answer.shown_as["show_question"]["html"]
    assert verdict(answer) == ("It is checked while you type.", None)
    answer.answer_edited.emit("2b^2 + 6ab")
    assert verdict(answer)[1] is True
    answer.answer_edited.emit("2b^2 + 6a")
    assert verdict(answer)[1] is False
    answer.answer_edited.emit("2b^2 + ")
    assert verdict(answer)[1] is None
    answer.answer_edited.emit("a" * (LONGEST_ANSWER + 1))
    assert verdict(answer) == ("An answer has up to 500 characters; collect its terms.", None)


def test_that_each_derivative_keeps_its_own_answer(answer: Any, selection: Selection) -> None:
    answer.answer_edited.emit("2b^2")
    selection.pick_partial(Partial(("b",)))
    turn()
    assert answer.shown_as["show_answer"] == {"text": "", "allowed": True}
    selection.pick_partial(Partial(("a",)))
    turn()
    assert answer.shown_as["show_answer"] == {"text": "2b^2", "allowed": True}


@pytest.mark.parametrize(
    ("text", "partial", "sentence"),
    [
        ("7", Partial(()), "f is constant: there is no derivative to find."),
        ("ab", Partial(()), "Ask for a derivative, and pick it in the comparison."),
        ("ab", Partial(("c",)), "Ask for a derivative, and pick it in the comparison."),
        ("ab +", Partial(("a",)), "The polynomial cannot be read at the moment."),
    ],
)
def test_that_no_answer_is_taken_where_none_is_asked_for(
    answer: Any, store: WorksheetStore, selection: Selection,
    text: str, partial: Partial, sentence: str,
) -> None:  # fmt: skip
    store.edit("edit", text=text)
    selection.pick_partial(partial if partial.order else None)
    turn()
    assert answer.shown_as["show_question"]["html"] == sentence
    assert answer.shown_as["show_answer"] == {"text": "", "allowed": False}
    assert verdict(answer) == ("", None)
    answer.answer_edited.emit("b")
    assert verdict(answer) == ("", None)


def test_that_what_cannot_be_seen_is_left_as_it_is(answer: Any, store: WorksheetStore) -> None:
    answer.seen = False
    answer.shown_as.clear()
    store.edit("edit", text="a^3")
    turn()
    answer.shown.emit()  # behind another tab
    assert answer.shown_as == {}
    answer.seen = True
    come_to_be_seen(answer)
    assert "<sup>3</sup>" in answer.shown_as["show_question"]["html"]


# Stencil


@pytest.fixture
def stencil(store: WorksheetStore, runner: JobRunner, selection: Selection) -> Any:
    view = fake_view(StencilView)
    view.presenter = StencilPresenter(view, store, runner, selection)
    come_to_be_seen(view)
    return view


def test_that_the_stencil_is_that_of_the_scheme_that_is_picked(
    qtbot: QtBot, stencil: Any, selection: Selection
) -> None:
    assert stencil.shown_as["show_waiting"] == {"waiting": True}
    assert stencil.presenter.tables() is None
    qtbot.waitUntil(lambda: stencil.presenter.tables() is not None, timeout=LONG_MS)
    assert stencil.shown_as["show_waiting"] == {"waiting": False}
    assert stencil.shown_as["show_schemes"]["picked"].key == "forward"
    stencil.scheme_picked.emit("five_point")
    assert selection.scheme == "five_point"
    turn()
    assert stencil.presenter.tables() is None  # of another scheme
    qtbot.waitUntil(lambda: stencil.presenter.tables() is not None, timeout=LONG_MS)
    (table,) = stencil.shown_as["show_tables"]["tables"]
    assert len(table.rows) == 4


def test_that_the_veil_lies_over_a_stencil_of_the_last_problem(
    qtbot: QtBot, stencil: Any, store: WorksheetStore
) -> None:
    qtbot.waitUntil(lambda: stencil.presenter.tables() is not None, timeout=LONG_MS)
    store.edit("slip", text="2ab^")
    turn()
    assert stencil.shown_as["show_veil"] == {"lies": True}
    stencil.shown_as.pop("show_tables")
    qtbot.waitUntil(lambda: "show_tables" in stencil.shown_as, timeout=LONG_MS)
    assert stencil.shown_as["show_waiting"] == {"waiting": True}
    assert stencil.presenter.tables() is None
    store.edit("back", text="2ab^2")
    turn()
    assert stencil.shown_as["show_veil"] == {"lies": False}


def test_that_a_scheme_that_refuses_is_quoted(
    qtbot: QtBot, stencil: Any, store: WorksheetStore
) -> None:
    store.edit("lost", methods=(MethodChoice("forward", (("step", 1e-30),)),))
    turn()
    qtbot.waitUntil(lambda: "show_sentence" in stencil.shown_as, timeout=LONG_MS)
    assert "vanishes next to a = 2" in stencil.shown_as["show_sentence"]["text"]
    assert stencil.presenter.tables() is None


# Cost


@pytest.fixture
def cost(store: WorksheetStore, runner: JobRunner) -> Any:
    store.edit("few", methods=(MethodChoice("forward"), MethodChoice("rules")))
    view = fake_view(CostView)
    view.presenter = CostPresenter(view, store, runner)
    come_to_be_seen(view)
    return view


def test_that_costs_are_shown_as_they_come(qtbot: QtBot, cost: Any) -> None:
    assert cost.presenter.study() is None
    qtbot.waitUntil(lambda: cost.presenter.study() is not None, timeout=LONG_MS)
    assert cost.shown_as["show_waiting"] == {"waiting": False}
    qtbot.waitUntil(
        lambda: (
            {s.method for s in cost.shown_as["show_samples"]["samples"]} == {"forward", "rules"}
        ),
        timeout=LONG_MS,
    )


@pytest.mark.parametrize(("text", "sentence"), [("7", CONSTANT), ("ab", NO_METHOD)])
def test_that_there_is_a_sentence_where_nothing_costs(
    cost: Any, store: WorksheetStore, text: str, sentence: str
) -> None:
    store.edit("edit", text=text, methods=())
    turn()
    assert cost.shown_as["show_nothing"] == {"text": sentence}
    assert cost.presenter.study() is None


def test_that_a_cancelled_study_says_so(qtbot: QtBot, cost: Any, runner: JobRunner) -> None:
    runner.cancel_all()
    qtbot.waitUntil(lambda: "show_nothing" in cost.shown_as, timeout=LONG_MS)
    assert cost.shown_as["show_nothing"]["text"].startswith("Cancelled before anything")


# Error study


@pytest.fixture
def errors(qtbot: QtBot, store: WorksheetStore, runner: JobRunner, selection: Selection) -> Any:
    store.edit("few", methods=(MethodChoice("forward"), MethodChoice("central")))
    view = fake_view(ErrorStudyView)
    view.presenter = ErrorStudyPresenter(view, store, runner, selection)
    come_to_be_seen(view)
    qtbot.waitUntil(lambda: view.presenter.studies() is not None, timeout=LONG_MS)
    return view


def steps(store: WorksheetStore) -> dict[str, object]:
    return {choice.key: dict(choice.parameters).get("step") for choice in store.worksheet.methods}


def test_that_a_dragged_step_is_that_of_one_scheme_with_two_digits(
    errors: Any, store: WorksheetStore
) -> None:
    before = steps(store)
    errors.step_dragged.emit(-3.33333)
    errors.step_dragged.emit(-2.22222)
    errors.drag_ended.emit()
    assert steps(store) == {**before, "forward": 0.006}
    store.undo_stack.undo()
    assert steps(store) == before
    errors.scheme_picked.emit("central")
    errors.step_dragged.emit(-1.0)
    assert steps(store) == {**before, "central": 0.1}
    errors.defaults_requested.emit()
    assert steps(store) == before


def test_that_no_step_is_dragged_while_the_text_cannot_be_read(
    errors: Any, store: WorksheetStore
) -> None:
    store.edit("slip", text="2ab^")
    turn()
    assert errors.shown_as["let_drag"] == {"allowed": False}
    assert errors.shown_as["show_veil"] == {"lies": True}
    before = steps(store)
    errors.step_dragged.emit(-3.0)
    assert steps(store) == before
    assert errors.presenter.studies() is None


def test_that_a_step_that_moves_leaves_the_curves_as_they_are(
    qtbot: QtBot, errors: Any, store: WorksheetStore
) -> None:
    studies = errors.presenter.studies()
    errors.shown_as.pop("show_cursor", None)
    errors.step_dragged.emit(-3.0)
    turn()
    assert errors.presenter.studies() == studies
    qtbot.waitUntil(lambda: "show_cursor" in errors.shown_as, timeout=LONG_MS)
    assert errors.shown_as["show_cursor"]["text"] == "h = 1e−3"


def test_that_an_overflow_in_float32_offers_float64(
    qtbot: QtBot, errors: Any, store: WorksheetStore
) -> None:
    errors.dtype_picked.emit("float32")
    store.edit("large", coordinates=(("a", "1e40"),))
    turn()
    qtbot.waitUntil(lambda: "show_nothing" in errors.shown_as, timeout=LONG_MS)
    assert errors.shown_as["show_nothing"]["text"].endswith("; pick float64 above.")


# How it works


class Owner(QObject):
    """What the presenters of columns belong to."""


@pytest.fixture
def owner() -> Owner:
    return Owner()


def problem(store: WorksheetStore, text: str = "2ab^2 + 3a^2b") -> DerivativeProblem:
    store.edit("edit", text=text)
    inputs = store.inputs()
    reading = inputs.reading
    return DerivativeProblem(reading.expression, reading.polynomial, Partial(("a",)), inputs.point)


def focus(of: DerivativeProblem, *lit: int) -> Focus:
    picked = lit[0] if len(lit) == 1 else None
    return Focus(typed_terms(of.expression), picked, frozenset(lit) if lit else None)


Wait = Callable[[Any], None]


@pytest.fixture
def wait(qtbot: QtBot) -> Wait:
    """Wait until a column has all that it asked for."""
    return lambda presenter: qtbot.waitUntil(lambda: not presenter.work.awaited, timeout=LONG_MS)


def test_that_a_derivation_is_not_worked_out_again_for_another_point(
    store: WorksheetStore, runner: JobRunner, owner: Owner, wait: Wait
) -> None:
    view = fake_view(RulesColumn)
    rules = RulesPresenter(view, runner, owner)
    asked = problem(store)
    rules.explain(asked)
    assert rules.derivation is None
    wait(rules)
    rules.show(focus(asked, 1), None)
    assert view.shown_as["show_marks"] == {"marked": frozenset(), "lit": {(0, 3), (0, 4)}}
    assert view.shown_as["show_sum"]["made_up"].total == 54
    store.edit("move", coordinates=(("a", "1"), ("b", "1")))
    rules.explain(problem(store))
    assert rules.derivation is not None
    assert rules.work.awaited == {"rule sum"}
    rules.explain(problem(store, "a^3"))
    assert rules.derivation is None


def test_that_a_line_points_at_its_terms(
    store: WorksheetStore, runner: JobRunner, owner: Owner, wait: Wait
) -> None:
    view = fake_view(RulesColumn)
    rules = RulesPresenter(view, runner, owner)
    rules.explain(problem(store))
    wait(rules)
    pointed: list[frozenset[int] | None] = []
    rules.pointed.connect(pointed.append)
    view.line_pointed.emit((0, 4))
    view.line_pointed.emit(None)
    assert pointed == [{1}, None]


def test_that_the_differences_follow_the_scheme_or_say_that_there_is_none(
    store: WorksheetStore, runner: JobRunner, selection: Selection, owner: Owner, wait: Wait
) -> None:
    view = fake_view(DifferencesColumn)
    differences = DifferencesPresenter(view, runner, selection, owner)
    asked = problem(store)
    view.scheme_picked.emit("central")
    differences.explain(asked, all_methods())
    assert view.shown_as["show_schemes"]["picked"].key == "central"
    differences.show(focus(asked))
    assert "show_stencil" not in view.shown_as  # not there yet
    wait(differences)
    differences.show(focus(asked))
    assert len(view.shown_as["show_stencil"]["stencil"].tables[0].rows) == 2
    differences.explain(asked, (MethodChoice("rules"),))
    assert "tick a difference" in view.shown_as["show_sentence"]["text"]
    view.shown_as.clear()
    differences.show(focus(asked))
    assert view.shown_as == {}


def test_that_a_graph_is_lit_by_terms_and_played_on_where_it_stood(
    store: WorksheetStore, runner: JobRunner, owner: Owner, wait: Wait
) -> None:
    view = fake_view(GraphColumn)
    graph = GraphPresenter(view, runner, owner)
    graph.explain(problem(store), all_methods())
    assert graph.graph is None
    wait(graph)
    graph.show(focus(problem(store), 1))
    shown = view.shown_as["show_playback"]
    assert shown["playback"].position == shown["playback"].last == 18
    lit = [shown["playback"].graph.nodes[number].meaning for number in sorted(shown["lit"])]
    assert lit == ["a", "b", "a²", "3a²", "3a²b", "3a²b + 2ab²"]
    pointed: list[frozenset[int] | None] = []
    graph.pointed.connect(pointed.append)
    view.node_pointed.emit(4)
    view.node_pointed.emit(None)
    assert pointed == [{1}, None]
    assert graph.playing is None
    view.position_asked.emit(4)
    assert graph.playing is not None
    store.edit("drag", coordinates=(("a", "5"), ("b", "3")))
    graph.explain(problem(store), all_methods())
    wait(graph)
    assert graph.playing is not None and graph.playing.position == 4
    graph.explain(problem(store, "a^3 b + a"), all_methods())
    wait(graph)
    assert graph.playing is None
    assert graph.graph is not None


def test_that_a_column_dims_what_is_late_and_says_what_was_cancelled(
    qtbot: QtBot, runner: JobRunner, owner: Owner
) -> None:
    view = fake_view(RulesColumn)
    work = ColumnWork(view, runner, "content", owner)
    work.ask({"content": Task("engine", sleep_then, (30.0, "late"))})
    assert view.shown_as == {}
    qtbot.waitUntil(lambda: view.shown_as.get("show_stale") == {"stale": True}, timeout=5000)
    with qtbot.waitSignal(work.lost, timeout=5000):
        runner.cancel_all()
    assert view.shown_as["show_sentence"]["text"].startswith("Cancelled before it was calculated")
    assert work.awaited == set()


def test_that_what_only_adds_to_a_column_takes_nothing_from_it(
    qtbot: QtBot, runner: JobRunner, owner: Owner
) -> None:
    view = fake_view(RulesColumn)
    work = ColumnWork(view, runner, "content", owner)
    work.ask({"sum": Task("engine", divmod, (1, 0))})
    qtbot.waitUntil(lambda: not work.awaited, timeout=LONG_MS)
    assert view.shown_as == {}
    work.ask({"content": Task("engine", divmod, (1, 0))})
    qtbot.waitUntil(lambda: not work.awaited, timeout=LONG_MS)
    assert view.shown_as["show_sentence"] == {"text": "Internal error; see the log."}
