"""Turns: one call in each, in order, once, and none for what is gone."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from gui.work.turns import PATIENCE_SECONDS, Turns


def noting(log: list[str], what: str) -> Callable[[], None]:
    return lambda: log.append(what)


def test_that_other_work_comes_between_two_turns(qtbot: QtBot, qapp: QApplication) -> None:
    turns, log = Turns(qapp), list[str]()

    def first() -> None:
        log.append("first")
        QTimer.singleShot(0, noting(log, "a key"))

    turns.ask(qapp, first)
    turns.ask(qapp, noting(log, "second"))
    assert log == []
    qtbot.waitUntil(lambda: "second" in log, timeout=5000)
    assert log == ["first", "a key", "second"]


def test_that_what_is_asked_for_again_is_done_once_and_can_be_asked_for_while_it_is_done(
    qtbot: QtBot, qapp: QApplication
) -> None:
    turns, log = Turns(qapp), list[str]()

    def often() -> None:
        log.append("often")
        if "other" not in log:
            turns.ask(qapp, often)

    for _ in range(5):
        turns.ask(qapp, often)
    turns.ask(qapp, noting(log, "other"))
    qtbot.waitUntil(lambda: len(log) == 3, timeout=5000)
    qtbot.wait(20)
    assert log == ["often", "other", "often"]


def test_that_what_nobody_sees_comes_last(qtbot: QtBot, qapp: QApplication) -> None:
    turns, log = Turns(qapp), list[str]()
    turns.ask(qapp, noting(log, "unseen"), seen=False)

    def first() -> None:
        log.append("first")
        turns.ask(qapp, noting(log, "second"))

    turns.ask(qapp, first)
    qtbot.waitUntil(lambda: "unseen" in log, timeout=5000)
    assert log == ["first", "second", "unseen"]


def test_that_what_nobody_sees_is_not_put_off_for_ever(qtbot: QtBot, qapp: QApplication) -> None:
    turns, log = Turns(qapp), list[str]()
    started = monotonic()

    def again() -> None:
        log.append("seen")
        if monotonic() - started < 20 * PATIENCE_SECONDS:
            turns.ask(qapp, again)

    turns.ask(qapp, noting(log, "unseen"), seen=False)
    turns.ask(qapp, noting(log, "unseen too"), seen=False)
    turns.ask(qapp, again)
    qtbot.waitUntil(lambda: "unseen too" in log, timeout=5000)
    assert monotonic() - started < 10 * PATIENCE_SECONDS
    first, second = log.index("unseen"), log.index("unseen too")
    assert log[:2] == ["seen", "seen"]
    assert log[first + 1] == "seen"
    assert second > first


def test_that_nothing_is_called_for_what_is_gone(qtbot: QtBot, qapp: QApplication) -> None:
    turns, log = Turns(qapp), list[str]()
    gone = QObject()
    turns.ask(gone, noting(log, "gone"))
    delete(gone)
    turns.ask(qapp, noting(log, "there"))
    qtbot.waitUntil(lambda: log == ["there"], timeout=5000)


def test_that_one_that_fails_keeps_none_of_the_others_away(
    qtbot: QtBot, qapp: QApplication
) -> None:
    turns, log = Turns(qapp), list[str]()
    with qtbot.captureExceptions() as exceptions:
        turns.ask(qapp, lambda: 1 // 0)
        turns.ask(qapp, noting(log, "next"))
        qtbot.waitUntil(lambda: log == ["next"], timeout=5000)
    assert [kind for kind, _, _ in exceptions] == [ZeroDivisionError]
