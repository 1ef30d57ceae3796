"""Tickets, replacement, cancelling, crashes and time limits, with real worker processes."""

from __future__ import annotations

import logging
import multiprocessing
import operator
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.errors import EngineError
from gui.work import worker_lane
from gui.work.job_runner import Channel, JobRunner, Lane, Task
from gui.work.worker_lane import WorkLostError
from tests.gui import worker_tasks as work

Outcome = tuple[int, str]


class Record:
    """Everything that one channel said, in order."""

    def __init__(self, channel: Channel) -> None:
        self.results: list[tuple[int, int, object]] = []
        self.failures: list[tuple[int, int, Exception]] = []
        self.outcomes: list[Outcome] = []
        channel.arrived.connect(lambda *said: self.results.append(said))
        channel.failed.connect(lambda *said: self.failures.append(said))
        channel.settled.connect(lambda *said: self.outcomes.append(said))


@pytest.fixture
def channel(runner: JobRunner) -> Channel:
    return runner.channel("test")


@pytest.fixture
def record(channel: Channel) -> Record:
    return Record(channel)


@pytest.fixture
def settle(qtbot: QtBot) -> Callable[[Record, int], None]:
    """Wait until a channel has settled that many requests."""

    def wait(record: Record, number: int) -> None:
        qtbot.waitUntil(lambda: len(record.outcomes) >= number, timeout=5000)

    return wait


Settle = Callable[[Record, int], None]


def add(lane: Lane, left: object, right: object) -> Task:
    return Task(lane, operator.add, (left, right))


def test_that_results_arrive_one_by_one_and_then_done(
    channel: Channel, record: Record, settle: Settle
) -> None:
    ticket = channel.start([add("engine", 1, 2), add("engine", "x", "y"), add("engine", 3, 4)])
    assert record.results == []
    settle(record, 1)
    assert record.results == [(ticket, 0, 3), (ticket, 1, "xy"), (ticket, 2, 7)]
    assert record.outcomes == [(ticket, "done")]


def test_that_a_request_without_tasks_is_done_after_its_ticket_was_returned(
    channel: Channel, record: Record, settle: Settle
) -> None:
    ticket = channel.start([])
    assert record.outcomes == []
    settle(record, 1)
    assert record.outcomes == [(ticket, "done")]


def test_that_tasks_of_one_request_may_run_in_several_processes(
    channel: Channel, record: Record, settle: Settle
) -> None:
    channel.start([Task("engine", os.getpid, ()), Task("sympy", os.getpid, ())])
    settle(record, 1)
    pids = {result for _, _, result in record.results}
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_that_only_the_newest_of_many_requests_delivers(
    channel: Channel, record: Record, settle: Settle, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    tickets = [
        channel.start([Task("engine", work.write_when_called, (str(trace), n))]) for n in range(50)
    ]
    settle(record, 50)
    assert record.results == [(tickets[-1], 0, 49)]
    assert record.outcomes == [*((t, "replaced") for t in tickets[:-1]), (tickets[-1], "done")]
    # The process was still coming up: nothing piled up in front of it.
    assert trace.read_text(encoding="utf-8") == "49\n"


def test_that_a_short_task_of_a_replaced_request_keeps_its_process(
    qtbot: QtBot,
    channel: Channel,
    record: Record,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # On a busy machine even a short task may take half a second.
    monkeypatch.setattr(worker_lane, "SHORTEST_PATIENCE", 30.0)
    begun = tmp_path / "begun"
    channel.start([Task("engine", work.write_then_sleep, (str(begun), 0.1))])
    qtbot.waitUntil(begun.exists, timeout=5000)
    newest = channel.start([Task("engine", os.getpid, ())])
    settle(record, 2)
    assert record.results == [(newest, 0, int(begun.read_text(encoding="utf-8")))]


def test_that_a_long_task_of_a_replaced_request_is_given_up(
    qtbot: QtBot, channel: Channel, record: Record, settle: Settle, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    old = channel.start([Task("engine", work.write_then_sleep, (str(begun), 60.0))])
    qtbot.waitUntil(begun.exists, timeout=5000)
    newest = channel.start([add("engine", 1, 1)])
    settle(record, 2)
    assert record.outcomes == [(old, "replaced"), (newest, "done")]
    assert record.results == [(newest, 0, 2)]


def test_that_cancel_gives_up_a_running_task_even_where_it_ignores_signals(
    qtbot: QtBot, channel: Channel, record: Record, settle: Settle, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    ticket = channel.start([Task("engine", work.ignore_the_signal_then_sleep, (str(begun), 60.0))])
    qtbot.waitUntil(begun.exists, timeout=5000)
    pid = begun.read_text(encoding="utf-8")
    channel.cancel()
    settle(record, 1)
    assert record.outcomes == [(ticket, "cancelled")]
    qtbot.waitUntil(lambda: not Path("/proc", pid).exists(), timeout=2000)
    again = channel.start([add("engine", 1, 1)])
    settle(record, 2)
    assert record.results == [(again, 0, 2)]


def test_that_cancelling_one_channel_leaves_the_others_alone(
    runner: JobRunner, settle: Settle
) -> None:
    first, second = runner.channel("first"), runner.channel("second")
    of_first, of_second = Record(first), Record(second)
    first.start([Task("engine", work.sleep_then, (60.0, None))])
    ticket = second.start([add("engine", 1, 1)])
    first.cancel()
    settle(of_second, 1)
    assert of_second.results == [(ticket, 0, 2)]
    assert of_first.results == []


def test_that_channels_take_turns_in_one_process(
    runner: JobRunner, settle: Settle, tmp_path: Path
) -> None:
    trace = str(tmp_path / "trace")
    first, second = runner.channel("first"), runner.channel("second")
    records = Record(first), Record(second)
    for channel, name in ((first, "a"), (second, "b")):
        channel.start([Task("engine", work.write_when_called, (trace, name)) for _ in range(3)])
    for record in records:
        settle(record, 1)
    assert Path(trace).read_text(encoding="utf-8").split() == ["a", "b"] * 3


def test_that_an_expected_failure_is_reported_and_the_other_tasks_go_on(
    channel: Channel, record: Record, settle: Settle
) -> None:
    ticket = channel.start([Task("engine", work.refuse, ("too large",)), add("engine", 1, 1)])
    settle(record, 1)
    ((of, index, error),) = record.failures
    assert (of, index, type(error), str(error)) == (ticket, 0, EngineError, "too large")
    assert record.results == [(ticket, 1, 2)]
    assert record.outcomes == [(ticket, "done")]


def test_that_a_bug_is_logged_with_its_traceback_and_reported(
    channel: Channel, record: Record, settle: Settle, caplog: pytest.LogCaptureFixture
) -> None:
    channel.start([Task("engine", work.divide, (1, 0))])
    settle(record, 1)
    assert type(record.failures[0][2]) is ZeroDivisionError
    (logged,) = [r for r in caplog.records if r.levelno == logging.ERROR]
    assert logged.getMessage() == "task 0 of channel test failed"
    assert "in divide" in str(logged.exc_info and logged.exc_info[1].__cause__)


def test_that_a_task_over_its_time_fails_with_a_clear_text_and_the_next_runs(
    channel: Channel, record: Record, settle: Settle
) -> None:
    slow = Task("engine", work.sleep_then, (60.0, None), timeout=0.2)
    ticket = channel.start([slow, add("engine", 1, 1)])
    settle(record, 1)
    error = record.failures[0][2]
    assert isinstance(error, WorkLostError)
    assert str(error) == (
        "This was given up after 0.2 s. Try a smaller polynomial or fewer methods."
    )
    assert record.results == [(ticket, 1, 2)]


def test_that_a_crash_is_an_error_and_the_next_task_runs(
    channel: Channel, record: Record, settle: Settle
) -> None:
    ticket = channel.start([Task("engine", work.die, (3,)), add("engine", 1, 1)])
    settle(record, 1)
    error = record.failures[0][2]
    assert isinstance(error, WorkLostError)
    assert "ended unexpectedly (exit code 3)" in str(error)
    assert record.results == [(ticket, 1, 2)]


def test_that_a_process_that_died_while_idle_is_replaced_without_a_failure(
    channel: Channel, record: Record, settle: Settle
) -> None:
    channel.start([add("engine", 1, 1)])
    settle(record, 1)
    (process,) = multiprocessing.active_children()
    process.kill()
    process.join()
    again = channel.start([add("engine", 2, 2)])
    settle(record, 2)
    assert record.failures == []
    assert record.results[-1] == (again, 0, 4)


def test_that_what_cannot_be_pickled_fails_and_the_next_task_runs(
    channel: Channel, record: Record, settle: Settle
) -> None:
    ticket = channel.start(
        [Task("engine", work.sleep_then, (0.0, lambda: None)), add("engine", 1, 1)]
    )
    settle(record, 1)
    assert [(t, index) for t, index, _ in record.failures] == [(ticket, 0)]
    assert "pickle" in str(record.failures[0][2])
    assert record.results == [(ticket, 1, 2)]


@pytest.mark.parametrize(
    ("function", "kind", "said"),
    [
        (work.return_a_function, AttributeError, "pickle"),
        (work.raise_unsendable, RuntimeError, "Unsendable"),
        (work.raise_unreadable, TypeError, "second"),
    ],
)
def test_that_what_cannot_be_sent_back_fails_with_its_reason_and_the_next_task_runs(
    channel: Channel,
    record: Record,
    settle: Settle,
    function: Callable[[], object],
    kind: type[Exception],
    said: str,
) -> None:
    ticket = channel.start([Task("engine", function, ()), add("engine", 1, 1)])
    settle(record, 1)
    ((_, index, error),) = record.failures
    assert (index, type(error)) == (0, kind)
    assert said in str(error)
    assert record.results == [(ticket, 1, 2)]


def test_that_ctrl_c_in_the_terminal_leaves_a_task_alone(
    channel: Channel, record: Record, settle: Settle
) -> None:
    ticket = channel.start([Task("engine", work.interrupt_itself, ())])
    settle(record, 1)
    assert record.results == [(ticket, 0, "still here")]


def test_that_a_process_that_cannot_be_started_is_an_error_and_is_tried_again(
    channel: Channel, record: Record, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(process: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    with monkeypatch.context() as context:
        context.setattr(multiprocessing.get_context("spawn").Process, "start", refuse)
        channel.start([add("engine", 1, 1)])
        settle(record, 1)
    ((_, _, error),) = record.failures
    assert isinstance(error, WorkLostError)
    assert "Resource temporarily unavailable" in str(error)
    again = channel.start([add("engine", 1, 1)])
    settle(record, 2)
    assert record.results == [(again, 0, 2)]


def test_that_a_process_that_ends_before_it_is_up_is_an_error(
    runner: JobRunner, channel: Channel, record: Record, settle: Settle
) -> None:
    runner.warm("engine", work.die, 5)
    channel.start([add("engine", 1, 1)])
    settle(record, 1)
    ((_, _, error),) = record.failures
    assert isinstance(error, WorkLostError)
    assert "exit code 5" in str(error)


def test_that_a_warm_process_calls_its_function_first_and_again_after_it_was_lost(
    qtbot: QtBot, runner: JobRunner, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    runner.warm("torch", work.write_when_called, str(trace), "warm")
    qtbot.waitUntil(trace.exists, timeout=5000)
    channel = runner.channel("test")
    record = Record(channel)
    channel.start([Task("torch", work.die, (1,))])
    qtbot.waitUntil(lambda: trace.read_text(encoding="utf-8") == "warm\nwarm\n", timeout=5000)
    assert len(record.failures) == 1


def test_that_requests_of_a_lane_that_is_put_off_wait_until_it_is_to_get_warm(
    qtbot: QtBot, runner: JobRunner, channel: Channel, record: Record, settle: Settle
) -> None:
    runner.put_off("torch")
    channel.start([Task("sympy", operator.add, (1, 2)), Task("torch", operator.add, (3, 4))])
    qtbot.waitUntil(lambda: len(record.results) == 1, timeout=5000)
    assert record.results[0][2] == 3
    assert len(multiprocessing.active_children()) == 1

    runner.warm("torch", operator.add, 0, 0)
    settle(record, 1)
    assert [result for *_, result in record.results] == [3, 7]


def test_that_a_request_waits_for_a_process_that_is_getting_warm_and_does_not_kill_it(
    runner: JobRunner, settle: Settle, tmp_path: Path
) -> None:
    trace = tmp_path / "trace"
    runner.warm("torch", work.write_then_sleep, str(trace), 0.3)
    channel = runner.channel("test")
    record = Record(channel)
    channel.start([Task("torch", os.getpid, ())])
    channel.cancel()
    newest = channel.start([Task("torch", os.getpid, ())])
    settle(record, 2)
    assert record.results == [(newest, 0, int(trace.read_text(encoding="utf-8")))]


def test_that_a_worker_loads_neither_qt_nor_what_its_tasks_do_not_need(
    channel: Channel, record: Record, settle: Settle
) -> None:
    channel.start(
        [
            Task("engine", work.loaded_modules, ()),
            Task("engine", work.environment, ("OMP_WAIT_POLICY",)),
        ]
    )
    settle(record, 1)
    loaded = record.results[0][2]
    assert isinstance(loaded, frozenset)
    assert loaded.isdisjoint({"PySide6", "shiboken6", "pyqtgraph", "torch", "sympy"})
    assert record.results[1][2] == "passive"


def test_that_progress_over_all_channels_grows_and_ends_at_nothing(
    qtbot: QtBot, runner: JobRunner
) -> None:
    seen: list[tuple[int, int]] = []
    runner.progress_changed.connect(lambda *said: seen.append(said))
    runner.channel("first").start([add("engine", 1, 1), add("engine", 1, 1)])
    runner.channel("second").start([add("engine", 1, 1)])
    qtbot.waitUntil(lambda: seen[-1] == (0, 0), timeout=5000)
    assert seen == [(0, 2), (0, 3), (1, 3), (2, 3), (0, 0)]


def test_that_shutdown_ends_busy_processes_within_two_seconds_and_settles_their_requests(
    qtbot: QtBot, tmp_path: Path
) -> None:
    runner = JobRunner()
    channel = runner.channel("test")
    record = Record(channel)
    begun = [tmp_path / name for name in ("torch", "sympy", "engine")]
    lanes: tuple[Lane, ...] = ("torch", "sympy", "engine")
    tasks = [
        Task(lane, work.ignore_the_signal_then_sleep, (str(path), 60.0))
        for lane, path in zip(lanes, begun, strict=True)
    ]
    ticket = channel.start(tasks)
    qtbot.waitUntil(lambda: all(path.exists() for path in begun), timeout=5000)
    started = time.monotonic()
    runner.shutdown()
    assert time.monotonic() - started < 2
    assert multiprocessing.active_children() == []
    late = channel.start([add("engine", 1, 1)])
    qtbot.waitUntil(
        lambda: record.outcomes == [(ticket, "cancelled"), (late, "cancelled")], timeout=2000
    )
    assert multiprocessing.active_children() == []
