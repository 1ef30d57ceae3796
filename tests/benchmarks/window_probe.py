"""Measures the real window, in a process of its own, and prints what it found as JSON.

python -m tests.benchmarks.window_probe start|keys|drag|stalls|orbit|memory FOLDER
"""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

# As the program does, before NumPy is imported; this file imports no more than the program does.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

from gui.startup.plain_import import plain_import
from gui.startup.screen_check import why_no_window

with plain_import():  # as the program begins
    assert not why_no_window()

from PySide6.QtCore import (
    QEvent,
    QEventLoop,
    QObject,
    QPointF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from gui.panel.panel_slot import PANELS
from gui.session.settings import SettingsRepository
from gui.start import make_window

SIZE = 1280, 800
TICK_MILLISECONDS = 5
PATIENCE_SECONDS = 60
LEAST_STALL = 0.05
ORBITED = 200
"""Nodes along each axis of the surface that is turned."""
SEEN = {"problem", "comparison", "surface", "gradient_field"}
"""Panels that are in front when the program is new."""
LATE = {"autograd_reverse", "autograd_forward", "sympy"}
"""Methods of worker processes: their rows follow."""

Paints = dict[str, int]


class PaintCounter(QObject):
    """Counts how often each of the watched widgets was painted."""

    def __init__(self, watched: dict[str, QWidget]) -> None:
        super().__init__()
        self.counts: Paints = dict.fromkeys(watched, 0)
        self._names = {id(widget): name for name, widget in watched.items()}
        self._widgets = tuple(watched.values())
        for widget in self._widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.counts[self._names[id(watched)]] += 1
        return False

    def all_since(self, before: Paints) -> bool:
        """Return whether each was painted after ``before`` was noted."""
        return all(count > before[name] for name, count in self.counts.items())


class StallTimer(QTimer):
    """Notes by how much the event loop comes late to a timer of 5 ms."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent, interval=TICK_MILLISECONDS)
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.stalls: list[float] = []
        self._last = time.perf_counter()
        self.timeout.connect(self._tick)
        self.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.stalls.append(now - self._last - TICK_MILLISECONDS / 1000)
        self._last = now

    def take(self) -> list[float]:
        """Return what was noted, and begin anew."""
        taken, self.stalls = self.stalls, []
        return taken


class Probe:
    """The whole program on the default worksheet, at a fixed size."""

    def __init__(self, folder: Path) -> None:
        gc.disable()  # as in gui.start
        self.app = QApplication([])
        self.app.setApplicationName("trigrad")
        settings = SettingsRepository(folder / "settings.json")
        settings.update(theme="light", tour_offered=True)
        self.program: Any = None
        self.window = make_window(self.app, settings)
        self.window.resize(*SIZE)
        self._settings = settings
        self._awake = QTimer(self.app, interval=1)
        self._awake.start()
        self.painted = 0.0

    def _fill(self) -> None:
        self.painted = time.time()
        # As in gui.start, which nobody can look into.
        from engine.worksheet.worksheet import Worksheet
        from gui.app import Trigrad

        self.program = Trigrad(self.app, self._settings, Worksheet(), self.window)
        self.program.show()

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the event loop run until something holds."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not until():
            assert time.monotonic() < deadline, "the window did not get there"
            # The timer wakes it, so that the other core is left to the workers.
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def show(self) -> None:
        """Show the window and build every panel; autograd's rows need not have come."""
        self.window.when_painted(self._fill)
        self.window.show()
        self.wait(lambda: self.program is not None and "problem" in self.program.panels)
        problem = PaintCounter({"problem": self.program.panels["problem"].widget})
        self.program.panels["problem"].widget.update()
        self.wait(lambda: problem.counts["problem"] > 0)
        self.usable = time.time()
        self.wait(lambda: self.program.panels.keys() >= SEEN)
        self.wait(lambda: self.table_is_new({"sympy"}))
        self.paints = PaintCounter(self.watched())
        for widget in self.watched().values():
            widget.update()
        self.wait(lambda: all(self.paints.counts.values()))
        self.drawn = time.time()
        self.wait(lambda: len(self.program.panels) == len(PANELS))

    def watched(self) -> dict[str, QWidget]:
        """Return what is seen of the panels that follow the worksheet."""
        panels = self.program.panels
        comparison, surface = panels["comparison"].widget, panels["surface"].widget
        field = panels["gradient_field"].widget
        there: dict[str, Any] = {
            "table": comparison.table.viewport(),  # type: ignore[attr-defined]
            "surface": surface.canvas,  # type: ignore[attr-defined]
            "field": field.plot.viewport(),  # type: ignore[attr-defined]
        }

        return there

    def torch_is_ready(self) -> bool:
        """Return whether no row waits for PyTorch."""
        exported = self.program.panels["comparison"].exports["csv"]
        shown = exported()
        return shown is not None and not any(
            row.value is None and "order" not in (row.unavailable or "") for row in shown.rows
        )

    def settle(self, seconds: float) -> None:
        """Let the event loop run for a while."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() >= end)

    def until_drawn(self, act: Callable[[], object]) -> float:
        """Return the seconds from ``act`` to the numbers and pictures that follow from it."""
        before = dict(self.paints.counts)
        start = time.perf_counter()
        act()
        self.wait(lambda: self.paints.all_since(before) and self.table_is_new())
        return time.perf_counter() - start

    def table_is_new(self, also: frozenset[str] | set[str] = frozenset()) -> bool:
        """Return whether the rows that are seen have numbers of now, but for the late ones.

        Args:
            also: Late ones that are waited for all the same.
        """
        table: Any = self.program.panels["comparison"].widget
        rows = table.table.comparison.rows
        return bool(rows) and all(row.fresh for row in rows if row.entry.key not in LATE - also)

    def keys(self) -> Iterator[Callable[[], object]]:
        """Return keystrokes without end; after each the field holds another polynomial."""
        from PySide6.QtTest import QTest

        field = self.program.panels["problem"].widget.expression  # type: ignore[attr-defined]
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_End)
        letters: Iterator[Any] = cycle("4ab3")

        def type_next() -> None:
            QTest.keyClick(field, letter)

        def erase() -> None:
            QTest.keyClick(field, Qt.Key.Key_Backspace)

        for letter in letters:
            QTest.keyClick(field, Qt.Key.Key_Home if letter in "34" else Qt.Key.Key_End)
            yield type_next
            yield erase


def measure_start(probe: Probe) -> dict[str, Any]:
    stalls = StallTimer(probe.app)
    probe.show()
    return {
        "painted": probe.painted,
        "usable": probe.usable,
        "drawn": probe.drawn,
        "stalls": _long(stalls.take()),
    }


def measure_keys(probe: Probe) -> dict[str, Any]:
    probe.show()
    probe.wait(probe.torch_is_ready)
    probe.settle(1.0)
    keys = probe.keys()
    seconds = []
    for _ in range(120):
        seconds.append(probe.until_drawn(next(keys)))
        probe.settle(0.12)
    return {"seconds": seconds[20:]}


def measure_drag(probe: Probe) -> dict[str, Any]:
    probe.show()
    probe.wait(probe.torch_is_ready)
    probe.settle(1.0)
    import pyqtgraph

    pyqtgraph.setConfigOption("mouseRateLimit", -1)  # each move is one frame here
    plot = probe.program.panels["gradient_field"].widget.plot  # type: ignore[attr-defined]
    viewport = plot.viewport()

    def send(kind: QEvent.Type, place: QPointF, buttons: Qt.MouseButton) -> None:
        button = buttons if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
        at = viewport.mapToGlobal(place.toPoint())
        event = QMouseEvent(
            kind, place, QPointF(at), button, buttons, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(viewport, event)

    scale = plot.getViewBox()
    start = plot.mapFromScene(scale.mapViewToScene(QPointF(2, 3)))
    here = QPointF(start)
    send(QEvent.Type.MouseMove, here, Qt.MouseButton.NoButton)
    send(QEvent.Type.MouseButtonPress, here, Qt.MouseButton.LeftButton)
    here += QPointF(-12, 4)  # less is a click that trembles
    send(QEvent.Type.MouseMove, here, Qt.MouseButton.LeftButton)
    probe.settle(0.5)
    seconds = []
    for number in range(140):
        step = 1 if (number // 35) % 2 == 0 else -1
        here += QPointF(-3.0 * step, 1.0 * step)
        place = QPointF(here)
        seconds.append(
            probe.until_drawn(
                lambda place=place: send(  # type: ignore[misc]
                    QEvent.Type.MouseMove, place, Qt.MouseButton.LeftButton
                )
            )
        )
    send(QEvent.Type.MouseButtonRelease, here, Qt.MouseButton.LeftButton)
    return {"seconds": seconds[20:]}


def measure_stalls(probe: Probe) -> dict[str, Any]:
    stalls = StallTimer(probe.app)
    probe.show()
    building = _long(stalls.take())
    probe.wait(probe.torch_is_ready)
    probe.settle(1.0)
    loading = stalls.take()
    keys = probe.keys()
    editing = []
    for _ in range(200):
        next(keys)()
        probe.settle(0.1)
    editing = stalls.take()
    return {
        "building": building,
        "loading": _long(loading),
        "editing": _long(editing),
        "longest": max(loading + editing),
    }


def measure_orbit(probe: Probe) -> dict[str, Any]:
    from gui.panels.surface.opengl_check import opengl_problem

    # As in the program, before PyOpenGL is imported.
    assert not opengl_problem()
    import numpy as np
    import pyqtgraph.opengl as gl

    from engine.evaluation.field import RegularGrid, sample
    from engine.language.reader import read
    from engine.point import Point
    from gui.look.theme import LIGHT
    from gui.panels.surface.gl_canvas import GLCanvas
    from gui.panels.surface.scene import Scene, make_surface

    x = np.linspace(-5, 5, ORBITED)
    axis = (-5, 5, ORBITED)
    field = sample(
        read("2ab^2 + 3a^2b").polynomial, RegularGrid(("a", *axis), ("b", *axis)), Point({})
    )
    ours = GLCanvas(LIGHT)
    ours.show_scene(Scene(make_surface(field), None, None))
    plain = gl.GLViewWidget()
    heights = field.values / np.abs(field.values).max() * 5
    plain.addItem(gl.GLSurfacePlotItem(x=x, y=x, z=heights, shader="shaded"))

    def turn_ours() -> None:
        ours.orbit._show(ours.orbit.camera.turned(3, 0))

    turns = {"ours": (ours, turn_ours), "plain": (plain, lambda: plain.orbit(3, 0))}
    for widget, _ in turns.values():
        widget.resize(600, 450)
        widget.show()
    probe.settle(1.0)
    seconds: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(40):
        for name, (widget, turn) in turns.items():
            paints = PaintCounter({name: widget})
            start = time.perf_counter()
            turn()
            probe.wait(lambda paints=paints: all(paints.counts.values()))  # type: ignore[misc]
            seconds[name].append(time.perf_counter() - start)
            widget.removeEventFilter(paints)
    for widget, _ in turns.values():
        widget.close()
    from statistics import median

    return {name: median(taken) for name, taken in seconds.items()}


def measure_memory(probe: Probe) -> dict[str, Any]:
    probe.show()
    probe.wait(probe.torch_is_ready)
    keys = probe.keys()
    resident = {}
    for number in range(1, 10_001):
        next(keys)()
        for _ in range(4):
            probe.app.processEvents()
        if number in {100, 1_000, 3_000, 10_000}:
            probe.settle(1.0)
            resident[str(number)] = _resident()
    return {"bytes": resident}


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _long(stalls: list[float]) -> list[float]:
    return sorted((s for s in stalls if s > LEAST_STALL), reverse=True)


@contextmanager
def probe(folder: Path) -> Iterator[Probe]:
    """The window, closed at the end with every process of it; its settings are in ``folder``."""
    measured = Probe(folder)
    try:
        yield measured
    finally:
        measured.window.may_close = lambda: True  # nobody is asked about what was typed
        measured.window.close()


MEASUREMENTS = {
    "start": measure_start,
    "keys": measure_keys,
    "drag": measure_drag,
    "stalls": measure_stalls,
    "orbit": measure_orbit,
    "memory": measure_memory,
}


def main(what: str, folder: str) -> None:
    with probe(Path(folder)) as measured:
        found = MEASUREMENTS[what](measured)
    import json
    from statistics import median

    if "seconds" in found:
        found["median"] = median(found["seconds"])
        found["p95"] = sorted(found["seconds"])[int(0.95 * len(found["seconds"]))]
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
