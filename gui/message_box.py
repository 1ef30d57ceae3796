"""What is told where there is no console, as on Windows: a text in a box, and no window else."""

from __future__ import annotations

from gui.plain_import import plain_import
from gui.screen_check import why_no_window


def show_in_box(text: str, *, failed: bool) -> None:
    """Show a text until it is closed; where no box can be opened, do nothing."""
    with plain_import():
        if why_no_window():
            return
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import QApplication, QMessageBox

    app = QApplication([])
    icon = QMessageBox.Icon.Critical if failed else QMessageBox.Icon.Information
    box = QMessageBox(icon, "trigrad", text)
    box.setTextFormat(Qt.TextFormat.PlainText)
    # The text is set in columns, and a place in a polynomial is marked below it.
    box.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.exec()
    app.quit()
