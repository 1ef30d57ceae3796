"""Typesetting in the background: formulas that were drawn once are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from engine.explanation.typesetting import typeset
from gui.work.job_runner import JobRunner, Task
from gui.work.request_queue import RequestQueue

FORMULA_PIXELS = 13.0
"""Size of the letters of a derivation."""

INK = "#010203"
"""Colour of every line of a drawing; a view puts that of its theme in its place."""

_FORMULAS_A_TASK = 12
_MOST_KEPT = 3000


class Typesetter(QObject):
    """Has formulas typeset by a worker process, a few at a time.

    Signals:
        drawn: More of what was asked for is among the :attr:`drawings`.
    """

    drawn = Signal()

    def __init__(self, runner: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawings: dict[str, str] = {}
        self._queue = RequestQueue(runner, "how it works: typesetting", self)
        self._queue.arrived.connect(self._on_arrived)

    @property
    def drawings(self) -> Mapping[str, str]:
        """LaTeX to SVG, in the colour :data:`INK`."""
        return self._drawings

    def ask(self, formulas: Iterable[str]) -> None:
        """Have ``formulas``, in LaTeX, typeset; forget what was asked for before."""
        if len(self._drawings) > _MOST_KEPT:
            self._drawings.clear()
        missing = [one for one in dict.fromkeys(formulas) if one not in self._drawings]
        chunks = [
            tuple(missing[start : start + _FORMULAS_A_TASK])
            for start in range(0, len(missing), _FORMULAS_A_TASK)
        ]
        tasks = [Task("engine", typeset, (chunk, FORMULA_PIXELS, INK)) for chunk in chunks]
        self._queue.request(0, chunks, tasks)

    def _on_arrived(
        self, _generation: int, formulas: Sequence[str], drawings: Sequence[str]
    ) -> None:
        self._drawings.update(zip(formulas, drawings, strict=True))
        self.drawn.emit()
