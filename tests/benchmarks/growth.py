"""How the time of a job grows with its size: the slope of log time against log size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tests.benchmarks.race import medians


@dataclass(frozen=True)
class Expected:
    """How much work there is.

    Attributes:
        work: Size to an amount of work, in any unit.
        why: Where it comes from.
        at_most: Whether it is the worst case, which the job need not be.
    """

    work: Callable[[int], float]
    why: str
    at_most: bool = False


@dataclass(frozen=True)
class Growth:
    """What came of one job at several sizes; one row of a report.

    Attributes:
        varied: What the size counts: ``"points"``, ``"terms"``, ....
        job: What was done.
        seconds: Size to the median time of one run, by ascending size.
        expected: What was expected.
    """

    varied: str
    job: str
    seconds: Mapping[int, float]
    expected: Expected

    header: ClassVar[list[str]] = [
        "job", "varied", "milliseconds at each size", "slope", "expected", "because",
    ]  # fmt: skip

    @property
    def section(self) -> str:
        """The table that it belongs to."""
        return f"time against {self.varied}"

    @property
    def slope(self) -> float:
        """The exponent that the time grows with."""
        return slope(self.seconds)

    @property
    def expected_slope(self) -> float:
        """The same of the work that was expected, at the same sizes."""
        return slope({size: self.expected.work(size) for size in self.seconds})

    @property
    def rows(self) -> list[list[str]]:
        """What is printed, in the columns of the header."""
        times = ", ".join(f"{size:,}: {_short(t * 1e3)}" for size, t in self.seconds.items())
        bound = "at most " if self.expected.at_most else ""
        expected = f"{bound}{self.expected_slope:.2f}"
        return [[self.job, self.varied, times, f"{self.slope:.2f}", expected, self.expected.why]]


def slope(values: Mapping[int, float]) -> float:
    """Return the slope of log value against log size, by least squares over the upper half.

    At the lower sizes what every call costs, whatever its size, hides what grows.

    Args:
        values: Size to value, by ascending size; at least two, and all above 0.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), section 15.2.
    """
    upper = list(values.items())[len(values) // 2 :]
    x, y = np.log(np.array(upper, float)).T
    return float(((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum())


def grow(
    varied: str, job: str, runs: Mapping[int, Callable[[], object]], expected: Expected
) -> Growth:
    """Time a job at every size; the sizes take turns, five times."""
    return Growth(varied, job, medians(runs, rounds=5), expected)


def _short(value: float) -> str:
    return f"{value:.3g}" if value < 1000 else f"{value:.0f}"
