"""SchemePicker: which of the compared difference schemes is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox

from engine.differentiation import registry
from engine.differentiation.method import MethodChoice


class SchemePicker(QComboBox):
    """Offers difference methods by their labels.

    Args:
        name: What it picks, for a screen reader.
        short: Whether it leaves room for others.

    Signals:
        picked: Key of the scheme that a person picks.
    """

    picked = Signal(str)

    def __init__(self, name: str, *, short: bool = False) -> None:
        super().__init__()
        self._short = short
        self.setAccessibleName(name)
        self.activated.connect(lambda index: self.picked.emit(self.itemData(index)))

    def show_schemes(self, schemes: Sequence[MethodChoice], picked: MethodChoice | None) -> None:
        """Show what can be picked, and what is."""
        keys = [scheme.key for scheme in schemes]
        with QSignalBlocker(self):
            if [self.itemData(index) for index in range(self.count())] != keys:
                self.clear()
                for key in keys:
                    entry = registry.find(key)
                    self.addItem(entry.short_label if self._short else entry.label, key)
            self.setCurrentIndex(-1 if picked is None else keys.index(picked.key))
