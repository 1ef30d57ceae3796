"""Tabs that pick one derivative, or all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget


class PartialSelector(QTabBar):
    """``All`` and a tab for each derivative; ``picked`` is emitted only when a person picks one."""

    picked = Signal(int)
    """position among the derivatives; -1 for all"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Derivative shown")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self._names: tuple[str, ...] = ()
        self.currentChanged.connect(lambda index: self.picked.emit(index - 1))

    def show_partials(self, names: Sequence[str], picked: int) -> None:
        """Show a tab for each of ``names``, with ``picked`` (-1 for all) in front."""
        self.blockSignals(True)
        if tuple(names) != self._names:
            self._names = tuple(names)
            while self.count():
                self.removeTab(self.count() - 1)
            for name in ("All", *names):
                self.addTab(name)
        self.setCurrentIndex(picked + 1)
        self.blockSignals(False)
