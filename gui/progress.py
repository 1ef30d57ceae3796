"""What is running, at the lower edge of the window: tasks done, and a button to give them up."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

DELAY_MILLISECONDS = 400
"""What is over sooner is not shown: a bar that flashes at every key says nothing."""


class ProgressBar(QWidget):
    """Tasks done out of all; hidden while nothing runs."""

    def __init__(self, cancel: QAction) -> None:
        super().__init__()
        self._label = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 10)
        self._bar.setAccessibleName("Calculations done")
        self.button = QToolButton()
        cancel.setIconText("Cancel")
        self.button.setDefaultAction(cancel)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._cancel = cancel
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        for widget in (self._label, self._bar, self.button):
            layout.addWidget(widget)
        self._patience = QTimer(self, singleShot=True, interval=DELAY_MILLISECONDS)
        self._patience.timeout.connect(self.show)
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is done; ``total`` is 0 when nothing runs."""
        self._cancel.setEnabled(total > 0)
        if total == 0:
            self._patience.stop()
            self.hide()
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._label.setText(f"Calculating: {done} of {total}")
        if self.isHidden() and not self._patience.isActive():
            self._patience.start()
