"""What is running, at the lower edge of the window: tasks done, and a button to cancel them."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

DELAY_MILLISECONDS = 400
"""Work that ends sooner is not shown: a bar that flashes at every key says nothing."""

REFRESH_MILLISECONDS = 100
"""How often the bar is updated: every change of it redraws the window."""


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
        self._done, self._total = 0, 0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._refresh)
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is done; ``total`` is 0 when nothing runs."""
        self._done, self._total = done, total
        self._cancel.setEnabled(total > 0)
        if total == 0:
            self._timer.stop()
            self.hide()
        elif not self._timer.isActive():
            self._timer.start(DELAY_MILLISECONDS)

    def _refresh(self) -> None:
        self._timer.setInterval(REFRESH_MILLISECONDS)
        # Qt's bar redraws the whole window at once whenever its value changes; this one waits.
        self._bar.setUpdatesEnabled(False)
        self._bar.setRange(0, self._total)
        self._bar.setValue(self._done)
        self._bar.setUpdatesEnabled(True)
        self._label.setText(f"Calculating: {self._done} of {self._total}")
        self.show()
