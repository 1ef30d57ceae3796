"""What texts were read as: a short one at once, a long one by a worker process."""

from __future__ import annotations

from collections import OrderedDict
from typing import NoReturn

from PySide6.QtCore import QObject, Signal

from engine.errors import EngineError
from engine.language.reader import Reading, read
from gui.work.job_runner import JobRunner, Task
from gui.work.user_error import user_error

LONGEST_AT_ONCE = 2000
"""Characters of a text that is read in the window's process: 30 ms at worst."""

_REMEMBERED = 8
"""How many outcomes are kept: every panel asks for the same text, and undo for the last few."""


class StillReadingError(EngineError):
    """What the text says is not known yet; :attr:`Readings.known` is emitted once it is."""


class Readings(QObject):
    """Reads texts, each once; of the long ones only the newest is waited for."""

    known = Signal(str)
    """a text that was still being read: :meth:`read` has its outcome now"""

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outcomes: OrderedDict[str, Reading | EngineError] = OrderedDict()
        self._awaited: str | None = None
        self._given_up: str | None = None
        self._ticket = 0
        self._channel = runner.channel("reading")
        self._channel.arrived.connect(self._on_arrived)
        self._channel.failed.connect(self._on_failed)
        self._channel.settled.connect(self._on_settled)

    def read(self, text: str) -> Reading:
        """Return what ``text`` was read as.

        Raises:
            StillReadingError: It is long and was not read before; a worker process reads it now.
            EngineError: It cannot be read (mostly a ReadError), or reading it was given up.
        """
        if text != self._given_up:
            self._given_up = None
        outcome = self._outcomes.get(text)
        if outcome is None:
            outcome = self._read_short(text) if len(text) <= LONGEST_AT_ONCE else self._await(text)
        self._remember(text, outcome)
        if isinstance(outcome, EngineError):
            raise outcome
        return outcome

    def _read_short(self, text: str) -> Reading | EngineError:
        try:
            return read(text)
        except EngineError as error:
            return error

    def _await(self, text: str) -> NoReturn:
        if text == self._given_up:
            raise EngineError("Reading was cancelled; change the text to have it read again.")
        if text != self._awaited:
            self._awaited = text
            self._ticket = self._channel.start([Task("engine", read, (text,))])
        raise StillReadingError("The new polynomial is being read…")

    def _remember(self, text: str, outcome: Reading | EngineError) -> None:
        self._outcomes[text] = outcome
        self._outcomes.move_to_end(text)
        while len(self._outcomes) > _REMEMBERED:
            self._outcomes.popitem(last=False)

    def _on_arrived(self, ticket: int, _index: int, reading: Reading) -> None:
        self._take(ticket, reading)

    def _on_failed(self, ticket: int, _index: int, error: Exception) -> None:
        self._take(ticket, user_error(error))

    def _on_settled(self, ticket: int, how: str) -> None:
        if how == "cancelled":
            self._take(ticket, None)

    def _take(self, ticket: int, outcome: Reading | EngineError | None) -> None:
        """Take the outcome of the awaited text; None if it was given up."""
        text = self._awaited
        if ticket != self._ticket or text is None:
            return
        self._awaited = None
        if outcome is None:
            self._given_up = text
        else:
            self._remember(text, outcome)
        self.known.emit(text)
