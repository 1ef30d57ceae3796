"""The lane of background work: what a drag needs of it, with real worker processes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from gui.work.job_runner import JobRunner, Task
from gui.work.request_queue import RequestQueue
from tests.gui.worker_tasks import refuse, sleep_then

Arrival = tuple[int, object, object]


@pytest.fixture
def lane(runner: JobRunner) -> RequestQueue:
    return RequestQueue(runner, "test")


def record(lane: RequestQueue) -> list[Arrival]:
    seen: list[Arrival] = []
    lane.arrived.connect(lambda *said: seen.append(said))
    return seen


def tasks(seconds: float, *values: object) -> list[Task]:
    return [Task("engine", sleep_then, (seconds, value)) for value in values]


def test_that_results_carry_their_generation_and_key(qtbot: QtBot, lane: RequestQueue) -> None:
    seen = record(lane)
    lane.request(7, ("one", "two"), tasks(0, 1, 2))
    qtbot.waitUntil(lambda: seen == [(7, "one", 1), (7, "two", 2)])


def test_that_under_a_drag_every_row_comes_and_the_newest_last(
    qtbot: QtBot, lane: RequestQueue
) -> None:
    with qtbot.waitSignal(lane.arrived):
        lane.request(0, ("start",), tasks(0, 0))  # the process takes its time to start
    seen = record(lane)
    drag = QTimer(interval=10)
    generations = iter(range(1, 60))

    def move() -> None:
        generation = next(generations, None)
        if generation is None:
            drag.stop()
        else:
            lane.request(generation, ("first", "last"), tasks(0.02, generation, generation))

    drag.timeout.connect(move)
    drag.start()
    qtbot.waitUntil(lambda: (59, "last", 59) in seen)
    last_rows = [generation for generation, key, _ in seen if key == "last"]
    assert len(last_rows) >= 3  # replaced at each move, only one would have come
    assert last_rows == sorted(last_rows)


def test_that_a_request_that_takes_too_long_is_replaced(qtbot: QtBot, lane: RequestQueue) -> None:
    seen = record(lane)
    lane.request(1, ("long",), tasks(30, "never"))
    lane.request(2, ("short",), tasks(0, "came"))
    qtbot.waitUntil(lambda: seen == [(2, "short", "came")], timeout=20_000)


def test_that_nothing_wanted_gives_up_what_is_left(qtbot: QtBot, lane: RequestQueue) -> None:
    seen = record(lane)
    lane.request(1, ("a", "b"), tasks(0.05, 1, 2))
    lane.request(2, (), ())
    lane.request(3, ("c",), tasks(0, 3))
    qtbot.waitUntil(lambda: (3, "c", 3) in seen)


def test_that_a_failure_carries_its_key(qtbot: QtBot, lane: RequestQueue) -> None:
    with qtbot.waitSignal(lane.failed) as failed:
        lane.request(4, ("key",), [Task("engine", refuse, ("too large",))])
    assert failed.args is not None
    generation, key, error = failed.args
    assert (generation, key, str(error)) == (4, "key", "too large")


def test_that_a_cancel_is_told_with_the_newest_generation(
    qtbot: QtBot, lane: RequestQueue, runner: JobRunner
) -> None:
    seen = record(lane)
    lane.request(1, ("a",), tasks(30, 1))
    lane.request(2, ("a",), tasks(0, 2))
    with qtbot.waitSignal(lane.cancelled) as cancelled:
        runner.cancel_all()
    assert cancelled.args == [2]
    lane.request(3, ("a",), tasks(0, 3))
    qtbot.waitUntil(lambda: seen == [(3, "a", 3)])
