"""An error study against one call of numdifftools; and what importing the engine costs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.language.reader import read
from engine.partial import Partial
from engine.point import Point
from engine.studies.error_samples import ErrorStudy
from engine.studies.error_study import study_errors
from tests.benchmarks.race import OURS, Result, race

FIVE = ("forward", "backward", "central", "five_point", "richardson")


F = read("2ab^2 + 3a^2b").polynomial
POINT = Point({"a": 2, "b": 3})
STEPS = [float(step) for step in np.logspace(-16, 0, 300)]


def studied() -> tuple[ErrorStudy, ...]:
    return study_errors(F, POINT, Partial(("a",)), FIVE, STEPS, ("float64", "float32"))


def one_derivative() -> Callable[[], Any]:
    numdifftools = pytest.importorskip("numdifftools")
    derivative = numdifftools.Derivative(lambda a: 2 * a * 9 + 3 * a * a * 3)
    return lambda: derivative(2.0)


def test_error_study(record: Callable[[Result], None], benchmark: Any) -> None:
    def ours() -> Any:
        return [(study.values, study.errors) for study in studied()]

    numbers = np.array(ours())
    assert numbers.shape == (10, 2, 300)
    assert np.isfinite(numbers).all(axis=1).any(axis=-1).all()
    with_numdifftools = one_derivative()
    assert with_numdifftools() == pytest.approx(54)
    job = (
        "error study, 300 steps × 5 schemes × 2 types, values and total errors as floats, "
        "against one derivative"
    )
    result = race(job, {OURS: ours, "numdifftools": with_numdifftools}, goals={"numdifftools": 1.0})
    record(result)
    benchmark.pedantic(ours, rounds=3)


def test_exact_error_study(record: Callable[[Result], None], benchmark: Any) -> None:
    def ours() -> Any:
        return [study.samples for study in studied()]

    assert all(len(samples) == 300 for samples in ours())
    job = "the same with every error split exactly, as fractions, against one derivative"
    record(race(job, {OURS: ours, "numdifftools": one_derivative()}))
    benchmark.pedantic(ours, rounds=3)


def test_import(record: Callable[[Result], None], benchmark: Any) -> None:
    def importing(name: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, "-c", f"import {name}"], check=True)

    every_name = "trigrad, every public name"
    runs = {
        OURS: importing("engine"),
        "import numpy": importing("numpy"),
        every_name: importing("engine; from engine import *"),
    }
    result = race(
        "import engine, in a new process", runs, goals={"import numpy": 2.0},
        limits=frozenset({"import numpy"}),
    )  # fmt: skip
    record(result)
    benchmark.pedantic(runs[OURS], rounds=3)
