"""Interleaved runs of several ways to do one job, and the table of their ratios."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

OURS = "trigrad"

SHORTEST_SECONDS = 0.02
"""A run is repeated until it takes as long, so that the clock counts for nothing."""


@dataclass(frozen=True)
class Result:
    """What came of one job.

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
    repeats, counts = {}, {}
    for name, run in contestants.items():
        run()
        start = time.perf_counter()
        run()
        took = time.perf_counter() - start
        repeats[name] = max(1, round(SHORTEST_SECONDS / max(took, 1e-9)))
        counts[name] = rounds if took < 1 else 3
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name, run in contestants.items():
            if number < counts[name]:
                start = time.perf_counter()
                for _ in range(repeats[name]):
                    run()
                times[name].append((time.perf_counter() - start) / repeats[name])
    medians = {name: statistics.median(measured) for name, measured in times.items()}
    return Result(job, medians, goals or {}, limits)


def table(results: list[Result]) -> list[list[str]]:
    """Return the rows of a table: job, against, ours, theirs, ratio, goal."""
    rows = []
    for result in results:
        for name in result.seconds:
            if name == OURS:
                continue
            limit = name in result.limits
            goal = result.goals.get(name)
            wanted = "" if goal is None else f"{'at most' if limit else 'at least'} {goal:g}"
            reached = {True: "yes", False: "**no**", None: ""}[result.reached(name)]
            ratio = result.ratio(name)
            rows.append(
                [
                    result.job,
                    name + (" (limit)" if limit else ""),
                    result.shown(OURS),
                    result.shown(name),
                    f"{ratio:.3g}",
                    wanted,
                    reached,
                ]
            )
    return rows


HEADER = ["job", "against", "trigrad", "they", "ratio", "goal", "reached"]


def markdown(results: list[Result], about: str, notes: list[str]) -> str:
    """Return the table in Markdown, with versions and machine before it and notes after it."""
    lines = [about, "", f"| {' | '.join(HEADER)} |", "|---" * len(HEADER) + "|"]
    lines += [f"| {' | '.join(row)} |" for row in table(results)]
    lines += ["", *(f"- {note}" for note in notes)] if notes else []
    return "\n".join(lines) + "\n"
