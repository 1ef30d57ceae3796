"""What can wait until the window has answered: one piece of work in each turn of the event loop.

Qt fires all timers that are due in one turn; between the turns here keys, the mouse and pictures
come first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid

Asked = tuple[QObject, Callable[[], object]]


class Turns(QObject):
    """Calls that wait, of which each turn makes the one that was asked for first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Asked] = deque()
        self._idle: deque[Asked] = deque()
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)

    def ask(self, owner: QObject, call: Callable[[], object], seen: bool = True) -> None:
        """Have ``call`` made in a later turn, once however often it is asked for until then.

        Args:
            owner: Where it no longer exists the call is not made.
            call: What is to be done, in a few milliseconds.
            seen: False for what changes nothing on the screen: everything else comes before it.
        """
        queue = self._waiting if seen else self._idle
        if (owner, call) not in queue:
            queue.append((owner, call))
        self._timer.start()

    def _next(self) -> None:
        owner, call = (self._waiting or self._idle).popleft()
        if not self._waiting and not self._idle:
            self._timer.stop()
        if isValid(owner):
            call()


@cache
def turns() -> Turns:
    """Return the turns of this program."""
    return Turns(QCoreApplication.instance())
