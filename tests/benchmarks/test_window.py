"""The real window, in processes of its own: start, keys, drags, stalls, orbit and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.race import OURS, Result

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: (print(time.time()), app.quit()))
app = QApplication([])
window = Window()
window.setCentralWidget(QLineEdit())
window.resize(1280, 800)
window.show()
app.exec()
"""
pytestmark = pytest.mark.timeout(3600)

STARTS = 5
FRAME = 1 / 25
KEY, KEY_95, STALL, GROWTH = 0.05, 0.1, 0.05, 1.05

Record = Callable[[Result], None]


@pytest.fixture(autouse=True)
def all_cores() -> Any:
    """Let the window have every core: that is what a person has."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    yield
    os.sched_setaffinity(0, before)


def started(*arguments: str) -> tuple[float, str]:
    """Run a program; return when it was started, and what it printed last."""
    environment = os.environ | {"LIBGL_ALWAYS_SOFTWARE": "1", "QT_QPA_PLATFORM": "xcb"}
    threads = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    # An installed program is compiled: with the last one Python would do it anew at each start.
    for name in (*threads, "PYTHONDONTWRITEBYTECODE"):
        environment.pop(name, None)
    start = time.time()
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True, text=True, check=False, timeout=3000, env=environment,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return start, done.stdout.splitlines()[-1]


def probe(what: str) -> tuple[float, dict[str, Any]]:
    # Worker processes load the main file again; that of the program imports nothing either.
    with tempfile.TemporaryDirectory() as folder:
        script = "import sys; from tests.benchmarks.window_probe import main; main(*sys.argv[1:])"
        start, said = started("-c", script, what, folder)
    return start, json.loads(said)


def note_stalls(remark: Callable[[str], None], stalls: dict[str, list[float]]) -> None:
    for when, seconds in stalls.items():
        texts = ", ".join(f"{s * 1e3:.0f}" for s in seconds[:12])
        remark(f"Stalls above 50 ms, {when}: {len(seconds)}; longest, in ms: {texts or 'none'}.")


def test_start(record: Record, remark: Callable[[str], None]) -> None:
    times: dict[str, list[float]] = {"bare": [], "painted": [], "usable": [], "drawn": []}
    stalls: list[float] = []
    probe("start")  # compiles what was not yet
    for _ in range(STARTS):
        start, said = started("-c", BARE)
        times["bare"].append(float(said) - start)
        start, found = probe("start")
        for name in ("painted", "usable", "drawn"):
            times[name].append(found[name] - start)
        stalls = found["stalls"]
    middle = {name: sorted(seconds)[STARTS // 2] for name, seconds in times.items()}
    note_stalls(remark, {"building the panels": stalls})
    for job, name, goal in (
        ("first paint of the window", "painted", 1.5),
        ("a polynomial can be typed", "usable", None),
        ("everything drawn but autograd", "drawn", 5.0),
    ):
        bare = "a bare window with a line edit"
        seconds = {OURS: middle[name], bare: middle["bare"]}
        goals = {} if goal is None else {bare: goal}
        record(Result(job, seconds, goals, frozenset({bare})))


def test_keys(record: Record) -> None:
    _, found = probe("keys")
    for name, goal in (("median", KEY), ("p95", KEY_95)):
        limit = f"{goal * 1e3:.0f} ms"
        seconds = {OURS: found[name], limit: goal}
        job = f"key stroke to new table and plots, {name}"
        record(Result(job, seconds, {limit: 1.0}, frozenset({limit})))


def test_drag(record: Record) -> None:
    _, found = probe("drag")
    seconds = {OURS: found["median"], "25 frames a second": FRAME}
    job = "a frame of a drag, every panel following, median"
    limit = frozenset({"25 frames a second"})
    record(Result(job, seconds, {"25 frames a second": 1.0}, limit))


def test_stalls(record: Record, remark: Callable[[str], None]) -> None:
    _, found = probe("stalls")
    note_stalls(
        remark,
        {
            "building the panels": found["building"],
            "until PyTorch is ready": found["loading"],
            "in 200 edits": found["editing"],
        },
    )
    seconds = {OURS: found["longest"], "50 ms": STALL}
    job = "longest stall of the event loop, all drawn"
    record(Result(job, seconds, {"50 ms": 1.0}, frozenset({"50 ms"})))


def test_orbit(record: Record) -> None:
    _, found = probe("orbit")
    plain = "GLSurfacePlotItem"
    seconds = {OURS: found["ours"], plain: found["plain"]}
    record(Result("a frame of orbiting a 200×200 surface", seconds, {plain: 1.0}))


def test_memory(record: Record) -> None:
    _, found = probe("memory")
    sizes = {OURS: found["bytes"]["10000"], "after 100 edits": found["bytes"]["100"]}
    job, limit = "memory after 10,000 edits", frozenset({"after 100 edits"})
    record(Result(job, sizes, {"after 100 edits": GROWTH}, limit, unit="B"))
