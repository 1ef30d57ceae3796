"""Long texts are read in a worker process; whatever asks meanwhile is told so."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from time import perf_counter

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from engine.errors import EngineError, ReadError
from engine.language.reader import read
from engine.worksheet.worksheet import Fields
from gui.session.readings import LONGEST_AT_ONCE, Readings, StillReadingError
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner

LONG = "+".join(f"{n}x^{n}" for n in range(1, 400))
LONGEST = "+".join(f"{n}x^{n % 90}y^{n % 7}" for n in range(1, 5000))
"""Takes the reader most of a second."""


@pytest.fixture
def readings(store: WorksheetStore) -> Readings:
    return store.readings


def wait_for(qtbot: QtBot, readings: Readings, text: str) -> None:
    with (
        qtbot.waitSignal(readings.known, timeout=20_000, check_params_cb=lambda t: t == text),
        pytest.raises(StillReadingError),
    ):
        readings.read(text)


def test_that_a_short_text_is_read_at_once_and_once(readings: Readings) -> None:
    assert readings.read("2ab").polynomial == read("2ab").polynomial
    assert readings.read("2ab") is readings.read("2ab")
    with pytest.raises(ReadError):
        readings.read("2ab^")


def test_that_a_long_text_is_known_once_a_process_has_read_it(
    qtbot: QtBot, readings: Readings
) -> None:
    assert len(LONG) > LONGEST_AT_ONCE
    wait_for(qtbot, readings, LONG)
    reading = readings.read(LONG)
    assert reading == read(LONG)
    assert readings.read(LONG) is reading


def test_that_a_long_text_that_is_wrong_is_refused_at_its_place(
    qtbot: QtBot, readings: Readings
) -> None:
    wait_for(qtbot, readings, LONG + "^^2")
    with pytest.raises(ReadError) as refused:
        readings.read(LONG + "^^2")
    with pytest.raises(ReadError) as expected:
        read(LONG + "^^2")
    assert refused.value.span == expected.value.span
    assert str(refused.value) == str(expected.value)


def test_that_only_the_newest_text_is_waited_for(qtbot: QtBot, readings: Readings) -> None:
    known: list[str] = []
    readings.known.connect(known.append)
    with pytest.raises(StillReadingError):
        readings.read(LONG + "+y")
    wait_for(qtbot, readings, LONG)
    assert known == [LONG]


def test_that_a_text_that_was_given_up_says_so_until_another_is_read(
    qtbot: QtBot, readings: Readings, runner: JobRunner
) -> None:
    with qtbot.waitSignal(readings.known, timeout=20_000):
        with pytest.raises(StillReadingError):
            readings.read(LONGEST)
        runner.cancel_all()
    with pytest.raises(EngineError, match="cancelled; change the text"):
        readings.read(LONGEST)
    readings.read("x")
    with pytest.raises(StillReadingError):
        readings.read(LONGEST)


def test_that_the_store_tells_everybody_when_its_text_is_known(
    qtbot: QtBot, store: WorksheetStore
) -> None:
    seen: list[Fields] = []
    store.edit("paste", text=LONG)
    store.worksheet_changed.connect(lambda _worksheet, changed: seen.append(changed))
    with pytest.raises(StillReadingError):
        store.inputs()
    qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    assert seen == [Fields.text]
    assert store.inputs().reading == read(LONG)
    store.undo_stack.undo()
    assert store.inputs().reading.text == "2ab^2 + 3a^2b"
    store.undo_stack.redo()
    assert store.inputs().reading.text == LONG  # known still: nothing is read again


@pytest.fixture
def as_in_a_new_process() -> Iterator[None]:
    """Keep what earlier tests have left out of the collector's rounds, which would stop us all."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("as_in_a_new_process")
def test_that_the_window_does_not_stand_still_meanwhile(qtbot: QtBot, readings: Readings) -> None:
    wait_for(qtbot, readings, LONG)  # the process is up
    before = perf_counter()
    read(LONGEST)
    at_once = perf_counter() - before
    gaps: list[float] = []
    last = perf_counter()

    def tick() -> None:
        nonlocal last
        gaps.append(perf_counter() - last)
        last = perf_counter()

    timer = QTimer(interval=5)
    timer.timeout.connect(tick)
    timer.start()
    last = perf_counter()
    wait_for(qtbot, readings, LONGEST)
    timer.stop()
    assert len(gaps) > 10
    assert max(gaps) < at_once / 3
