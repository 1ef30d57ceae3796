"""Garbage is collected, and in the window's thread."""

from __future__ import annotations

import gc
import threading

from pytestqt.qtbot import QtBot

from gui.startup.collector import Collector


class Loop:
    """Refers to itself, so that only the collector can destroy it."""

    def __init__(self, destroyed: list[int]) -> None:
        self.myself, self._destroyed = self, destroyed

    def __del__(self) -> None:
        self._destroyed.append(threading.get_ident())


def test_that_what_another_thread_leaves_is_destroyed_in_this_one(qtbot: QtBot) -> None:
    destroyed: list[int] = []

    def work() -> None:
        for _ in range(20_000):
            Loop(destroyed)

    collector = Collector()
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert destroyed == []
    qtbot.waitUntil(lambda: len(destroyed) == 20_000, timeout=10_000)
    assert set(destroyed) == {threading.get_ident()}
    assert not gc.isenabled()
    collector.deleteLater()
