"""Which derivative and which scheme the panels look at together."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.partial import Partial


class Selection(QObject):
    """What is looked at, not what is calculated: it is neither saved nor undone.

    Attributes:
        partial: The derivative picked in the comparison; None while there is none.
        scheme: Key of the difference method whose stencil is shown.
    """

    changed = Signal()
    asked = Signal(object)
    """the Partial that the comparison should pick"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.partial: Partial | None = None
        self.scheme = "forward"

    def pick_partial(self, partial: Partial | None) -> None:
        """Look at another derivative."""
        if partial != self.partial:
            self.partial = partial
            self.changed.emit()

    def ask_for(self, partial: Partial) -> None:
        """Have the comparison pick a derivative, if it is among those compared."""
        self.asked.emit(partial)

    def pick_scheme(self, scheme: str) -> None:
        """Look at another scheme."""
        if scheme != self.scheme:
            self.scheme = scheme
            self.changed.emit()
