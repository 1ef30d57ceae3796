"""Island: keeps the changes inside it from the panels around it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class Island(QWidget):
    """Holds one line whose text changes at every key, in all the width that it is given.

    A label that shows another text makes Qt lay out everything around it, up to the whole window.
    Here that ends: the island has no layout, and never a need for another width.

    Args:
        inside: What it holds; as high as it wanted to be when it was put here.
    """

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        inside.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._inside.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._inside.resize(self.size())
