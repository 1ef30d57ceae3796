"""Rows that the window's process computes: what is seen at once, the rest in small slices."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from fractions import Fraction
from time import perf_counter

from PySide6.QtCore import QObject, Signal

from engine.comparison import compare_one, exact_value
from engine.differentiation.method import DerivativeProblem
from gui.panels.comparison.plan import Cell
from gui.work.turns import turns

SECONDS_AT_ONCE = 0.01
"""How long rows that are seen may hold up the window; the rest of them comes in slices."""

SECONDS_A_SLICE = 0.005
"""A slice ends with the row that passes this."""


class LocalWork(QObject):
    """Computes cells one after the other; between slices the window answers its user."""

    computed = Signal(int, object, object)
    """generation, key, ComparisonRow"""
    finished = Signal()
    """nothing is left"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = 0
        self._left: deque[tuple[Cell, bool]] = deque()
        self._latest: tuple[DerivativeProblem, Fraction] | None = None

    def start(self, generation: int, seen: Iterable[Cell], others: Iterable[Cell]) -> None:
        """Forget what is left; compute ``seen`` as far as time allows, then the rest in slices."""
        self._generation = generation
        seen = tuple(seen)
        self._left = deque((cell, False) for group in (seen, others) for cell in group)
        self._compute(len(seen), SECONDS_AT_ONCE)
        self._go_on()

    def measure(self, cells: Iterable[Cell]) -> None:
        """Compute ``cells`` again, in slices, and measure how long they take."""
        self._left.extend((cell, True) for cell in cells)
        self._go_on()

    def _slice(self) -> None:
        self._compute(len(self._left), SECONDS_A_SLICE)
        self._go_on()
        if not self._left:
            self.finished.emit()

    def _compute(self, most: int, seconds: float) -> None:
        started = perf_counter()
        for _ in range(most):
            if perf_counter() - started > seconds:
                return
            cell, timed = self._left.popleft()
            exact = self._exact_of(cell.problem)
            row = compare_one(cell.problem, cell.choice, timed=timed, exact=exact)
            self.computed.emit(self._generation, cell.key, row)

    def _exact_of(self, problem: DerivativeProblem) -> Fraction:
        """Return the exact value, found once for all methods of a derivative."""
        if self._latest is None or self._latest[0] is not problem:
            self._latest = problem, exact_value(problem)
        return self._latest[1]

    def _go_on(self) -> None:
        if self._left:
            turns().ask(self, self._slice, seen=False)
