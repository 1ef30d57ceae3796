"""A text in a box, for where there is neither a console, as on Windows, nor another window."""

from __future__ import annotations

from gui.startup.plain_import import plain_import
from gui.startup.screen_check import why_no_window

_COLUMNS, _MOST_LINES = 100, 30


def show_in_box(text: str) -> None:
    """Show a text until it is closed; where no box can be opened, do nothing."""
    with plain_import():
        if why_no_window():
            return
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import (
        QApplication,
        QDialog,
        QDialogButtonBox,
        QPlainTextEdit,
        QVBoxLayout,
    )

    app = QApplication([])
    app.setApplicationDisplayName("trigrad")
    box = QDialog()
    # QMessageBox would wrap the columns of the help, and the mark below a place in a polynomial.
    shown = QPlainTextEdit(text.rstrip(), readOnly=True)
    shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    metrics = shown.fontMetrics()
    lines = min(_MOST_LINES, 3 + text.count("\n"))
    shown.setMinimumSize(_COLUMNS * metrics.averageCharWidth(), lines * metrics.lineSpacing())
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
    buttons.accepted.connect(box.accept)
    layout = QVBoxLayout(box)
    layout.addWidget(shown)
    layout.addWidget(buttons)
    buttons.button(QDialogButtonBox.StandardButton.Ok).setFocus()
    box.exec()
