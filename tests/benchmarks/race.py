"""Interleaved runs of several ways to do one job, and the ratios of their times."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

OURS = "trigrad"

T = TypeVar("T")

SHORTEST_SECONDS = 0.02
"""A run is repeated until it takes as long, so that the clock counts for nothing."""


@dataclass(frozen=True)
class Result:
    """What came of one job; a row of a report for each contestant but ours.

    Attributes:
        job: What was done.
        seconds: Contestant to the median time of one run.
        goals: Contestant to what the ratio is to reach: at least that many times as slow as
            ours; for a limit, which ours cannot beat, ours at most that many times as slow.
        limits: The contestants that are limits.
        unit: ``"s"``, or ``"B"`` where it is memory that is measured.
    """

    job: str
    seconds: Mapping[str, float]
    goals: Mapping[str, float] = field(default_factory=dict)
    limits: frozenset[str] = frozenset()
    unit: str = "s"

    header: ClassVar[list[str]] = ["job", "against", "trigrad", "they", "ratio", "goal", "reached"]

    @property
    def section(self) -> str:
        """The table that it belongs to."""
        return "ratios of medians"

    @property
    def rows(self) -> list[list[str]]:
        """What is printed, in the columns of the header."""
        return [self._row(name) for name in self.seconds if name != OURS]

    def _row(self, contestant: str) -> list[str]:
        limit = contestant in self.limits
        goal = self.goals.get(contestant)
        return [
            self.job,
            contestant + (" (limit)" if limit else ""),
            self.shown(OURS),
            self.shown(contestant),
            f"{self.ratio(contestant):.3g}",
            "" if goal is None else f"{'at most' if limit else 'at least'} {goal:g}",
            {True: "yes", False: "**no**", None: ""}[self.reached(contestant)],
        ]

    def ratio(self, contestant: str) -> float:
        """Return how many times as long as ours; for a limit, how many limits ours takes."""
        ours, theirs = self.seconds[OURS], self.seconds[contestant]
        return ours / theirs if contestant in self.limits else theirs / ours

    def shown(self, contestant: str) -> str:
        """Return what was measured, for reading."""
        measured = self.seconds[contestant]
        return f"{measured * 1e3:.3g} ms" if self.unit == "s" else f"{measured / 1e6:.4g} MB"

    def reached(self, contestant: str) -> bool | None:
        """Return whether the goal is reached; None where there is none."""
        goal = self.goals.get(contestant)
        if goal is None:
            return None
        ratio = self.ratio(contestant)
        return ratio <= goal if contestant in self.limits else ratio >= goal


def race(
    job: str,
    contestants: Mapping[str, Callable[[], object]],
    *,
    goals: Mapping[str, float] | None = None,
    limits: frozenset[str] = frozenset(),
    rounds: int = 7,
) -> Result:
    """Run every contestant in turn, ``rounds`` times, after one run each to warm up.

    A contestant that takes over a second is run three times only.
    """
    return Result(job, medians(contestants, rounds), goals or {}, limits)


def medians(runs: Mapping[T, Callable[[], object]], rounds: int) -> dict[T, float]:
    """Return the median seconds of each run; they take turns, as :func:`race` says."""
    repeats, counts = {}, {}
    for name, run in runs.items():
        run()
        start = time.perf_counter()
        run()
        took = time.perf_counter() - start
        repeats[name] = max(1, round(SHORTEST_SECONDS / max(took, 1e-9)))
        counts[name] = rounds if took < 1 else 3
    times: dict[T, list[float]] = {name: [] for name in runs}
    with own_garbage_only():
        for number in range(rounds):
            for name, run in runs.items():
                if number < counts[name]:
                    start = time.perf_counter()
                    for _ in range(repeats[name]):
                        run()
                    times[name].append((time.perf_counter() - start) / repeats[name])
    return {name: statistics.median(measured) for name, measured in times.items()}


@contextmanager
def own_garbage_only() -> Iterator[None]:
    """Spare the garbage collector what is there already: all that the contestants imported.

    Going through it again and again makes long runs up to twice as long, in a process that has
    PyTorch, JAX and SymPy in it, and in no other.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
