"""The rows computed so far, and for which state of the worksheet each of them holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from operator import ne

from engine.comparison import ComparisonRow
from gui.panels.comparison.plan import Cell, Key
from gui.panels.comparison.shown_row import ShownRow

NOT_YET = "Not calculated yet."


@dataclass(slots=True)
class Results:
    """Cells wanted now, the newest numbers of each, and which of them are up to date.

    Attributes:
        cells: What is wanted, in the order of the table.
        rows: The newest numbers of the same polynomial, also those of an earlier point.
        fresh: The keys whose numbers are up to date.
        failures: Why a row could not be computed.
        seconds: The time measured last, which hardly depends on the point.
    """

    cells: dict[Key, Cell] = field(default_factory=dict)
    rows: dict[Key, ComparisonRow] = field(default_factory=dict)
    fresh: set[Key] = field(default_factory=set)
    failures: dict[Key, str] = field(default_factory=dict)
    seconds: dict[Key, float] = field(default_factory=dict)
    _wanted_since: dict[Key, int] = field(default_factory=dict)
    _comparable_since: dict[Key, int] = field(default_factory=dict)

    def want(self, cells: Iterable[Cell], generation: int) -> list[Cell]:
        """Want ``cells`` from now on; return those that have to be computed."""
        before, self.cells = self.cells, {cell.key: cell for cell in cells}
        differ = cache(ne)  # all cells have the same polynomial, and had the same before
        todo = [
            cell
            for key, cell in self.cells.items()
            if key not in self.fresh or not cell.same_as(before.get(key))
        ]
        for cell in todo:
            self._wanted_since[cell.key] = generation
            self.failures.pop(cell.key, None)
            earlier = before.get(cell.key)
            if earlier is None or differ(earlier.problem.polynomial, cell.problem.polynomial):
                # Numbers of another polynomial say nothing about this one; of another point, much.
                self._comparable_since[cell.key] = generation
                self.rows.pop(cell.key, None)
                self.seconds.pop(cell.key, None)
        self.failures = {key: why for key, why in self.failures.items() if key in self.cells}
        self.fresh = self.fresh.intersection(self.cells) - {cell.key for cell in todo}
        self.rows = {key: row for key, row in self.rows.items() if key in self.cells}
        self.seconds = {key: time for key, time in self.seconds.items() if key in self.cells}
        return todo

    def outdate(self) -> None:
        """Keep the numbers, but say that they are of an earlier worksheet."""
        self.fresh.clear()

    def take(self, generation: int, key: Key, row: ComparisonRow) -> None:
        """Take numbers that were computed for ``generation``."""
        of_now = key in self.cells and generation >= self._wanted_since[key]
        if key not in self.cells or (key in self.fresh and not of_now):
            return
        if generation < self._comparable_since[key]:
            return
        self.rows[key] = row
        if row.seconds is not None:
            self.seconds[key] = row.seconds
        if of_now:
            self.fresh.add(key)

    def missing_here(self) -> list[Cell]:
        """Return the cells of this process whose value is missing or out of date."""
        return [
            cell for key, cell in self.cells.items() if cell.lane is None and key not in self.fresh
        ]

    def unmeasured(self) -> list[Cell]:
        """Return the cells of this process that have a value and no time yet."""
        return [
            cell
            for key, cell in self.cells.items()
            if cell.lane is None
            and key in self.fresh
            and self.rows[key].seconds is None
            and self.rows[key].unavailable is None
        ]

    def fail(self, generation: int, key: Key, reason: str) -> None:
        """Take the reason why there will be no numbers."""
        if key in self.cells and generation >= self._wanted_since[key]:
            self.failures[key] = reason
            self.rows.pop(key, None)

    def every_row(self) -> tuple[ComparisonRow, ...]:
        """Return a row for each cell, in the order of the table; only fresh ones have numbers.

        The others say in ``unavailable`` why they have none.
        """
        exact: dict[tuple[str, ...], Fraction] = {}
        for key in self.fresh:
            exact[key[0]] = self.rows[key].exact
        rows = []
        for key, cell in self.cells.items():
            if key in self.fresh:
                rows.append(self.rows[key])
                continue
            if key[0] not in exact:
                f, point = cell.problem.polynomial, cell.problem.point
                exact[key[0]] = f.partial(*key[0]).value(point)
            reason = self.failures.get(key, NOT_YET)
            rows.append(_without_value(cell, exact[key[0]], reason))
        return tuple(rows)

    def exact(self, partial: tuple[str, ...]) -> Fraction | None:
        """Return the exact value of a derivative, the current one if it is known."""
        keys = sorted((key for key in self.rows if key[0] == partial), key=self._is_outdated)
        return self.rows[keys[0]].exact if keys else None

    def _is_outdated(self, key: Key) -> bool:
        return key not in self.fresh

    def shown(self, partial: tuple[str, ...] | None, waiting: dict[str, str]) -> list[ShownRow]:
        """Return the rows of one derivative, or of all; ``waiting`` says what is awaited."""
        return [
            ShownRow(
                cell.entry,
                cell.problem.partial,
                self.rows.get(key),
                key in self.fresh,
                self.failures.get(key) or waiting.get(cell.lane or "", "…"),
                self.seconds.get(key),
            )
            for key, cell in self.cells.items()
            if partial is None or key[0] == partial
        ]


def _without_value(cell: Cell, exact: Fraction, reason: str) -> ComparisonRow:
    defaults = {parameter.name: parameter.default for parameter in cell.entry.traits.parameters}
    return ComparisonRow(
        method=cell.choice.key,
        partial=cell.problem.partial.names,
        exact=exact,
        parameters=defaults | dict(cell.choice.parameters),
        unavailable=reason,
    )
