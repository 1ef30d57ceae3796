"""What can wait until the window has answered: one piece of work in each turn of the event loop.

Qt fires all timers that are due in one turn; between the turns here keys, the mouse and pictures
come first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import cache
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from shiboken6 import isValid

PATIENCE_SECONDS = 0.1
"""After which even what nobody sees has its turn: a drag may go on for minutes."""

Asked = tuple[QObject, Callable[[], object]]


class Turns(QObject):
    """Calls that wait; each turn of the event loop makes the oldest."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seen: deque[Asked] = deque()
        self._unseen: deque[Asked] = deque()
        self._put_off_since = 0.0
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._next)

    def ask(self, owner: QObject, call: Callable[[], object], seen: bool = True) -> None:
        """Have ``call`` made in a later turn; duplicates are merged.

        Args:
            owner: If it no longer exists, the call is not made.
            call: What is to be done, in a few milliseconds.
            seen: False for what changes nothing on the screen at once: everything else comes
                before it, but not for longer than :data:`PATIENCE_SECONDS`.
        """
        queue = self._seen if seen else self._unseen
        if not seen and not queue:
            self._put_off_since = monotonic()
        if (owner, call) not in queue:
            queue.append((owner, call))
        self._timer.start()

    def _next(self) -> None:
        put_off = self._unseen and monotonic() - self._put_off_since > PATIENCE_SECONDS
        if self._seen and not put_off:
            owner, call = self._seen.popleft()
        else:
            owner, call = self._unseen.popleft()
            self._put_off_since = monotonic()
        if not self._seen and not self._unseen:
            self._timer.stop()
        if isValid(owner):
            call()


@cache
def turns() -> Turns:
    """Return the turns of this program."""
    return Turns(QCoreApplication.instance())
