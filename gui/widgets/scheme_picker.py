"""SchemePicker: which of the compared difference schemes is looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox


class SchemePicker(QComboBox):
    """Offers schemes by name.

    Args:
        name: What it picks, for a screen reader.

    Signals:
        picked: Key of the scheme that a person picks.
    """

    picked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.activated.connect(lambda index: self.picked.emit(self.itemData(index)))

    def show_schemes(self, schemes: Sequence[tuple[str, str]], picked: str) -> None:
        """Show the keys and labels that can be picked, and what is."""
        with QSignalBlocker(self):
            shown = [(self.itemData(i), self.itemText(i)) for i in range(self.count())]
            if shown != list(schemes):
                self.clear()
                for key, label in schemes:
                    self.addItem(label, key)
            self.setCurrentIndex(self.findData(picked))
