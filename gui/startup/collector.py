"""Collector: collects Python's garbage in the window's thread, and in no other.

Python collects in whichever thread happens to make the next object. Other threads listen to the
worker processes; a collection there might destroy a QObject, which belongs to the window's thread
and may have events on their way to it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MILLISECONDS = 500


class Collector(QObject):
    """Collects as Python itself would, by its own thresholds, twice a second at most."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=INTERVAL_MILLISECONDS)
        timer.timeout.connect(self._collect)
        timer.start()

    def _collect(self) -> None:
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, most) in enumerate(counts) if count > most]
        if due:
            gc.collect(max(due))
