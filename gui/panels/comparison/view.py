"""The comparison panel as it is seen: derivative, exact value, table, and what is waited for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import Theme
from gui.panels.comparison.selector import PartialSelector
from gui.panels.comparison.shown_row import ShownRow
from gui.panels.comparison.style import style_sheet
from gui.panels.comparison.table import ComparisonTable
from gui.widgets.island import Island


class ComparisonView(QWidget):
    """Shows what it is given; asks for the derivative that a person picks."""

    partial_picked = Signal(int)
    """position among the derivatives; -1 for all"""
    again_requested = Signal()
    """what was cancelled is wanted after all"""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selector = PartialSelector()
        self.selector.picked.connect(self.partial_picked)
        self.heading = _label("heading")
        self.exact = _label("exact")
        self.exact.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.exact.setAccessibleName("Exact value")
        self.where = _label("where")
        self.message = _label("message")
        self.message.setWordWrap(True)
        self.again = QPushButton("Calculate again")
        self.again.setProperty("role", "link")
        self.again.setCursor(Qt.CursorShape.PointingHandCursor)
        self.again.clicked.connect(self.again_requested)
        self.notice = self._lay_out_notice()
        self.table = ComparisonTable(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 3)
        column.setSpacing(1)
        column.addWidget(self.selector)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(10)
        for label, stretch in ((self.heading, 0), (self.exact, 0), (self.where, 1)):
            row.addWidget(label, stretch, Qt.AlignmentFlag.AlignBaseline)
        column.addWidget(Island(line))
        column.addWidget(self.notice)
        column.addWidget(self.table, 1)
        self.show_theme(theme)

    def _lay_out_notice(self) -> QFrame:
        notice = QFrame()
        notice.setProperty("role", "notice")
        row = QHBoxLayout(notice)
        row.setContentsMargins(8, 3, 8, 3)
        row.addWidget(self.message, 1)
        row.addWidget(self.again)
        notice.hide()
        return notice

    def show_partials(self, names: Sequence[str], picked: int) -> None:
        """Show a tab for each derivative, with ``picked`` (-1 for all) in front."""
        self.selector.show_partials(names, picked)

    def show_heading(
        self, derivative: str, exact: str, full: str, where: str, *, fresh: bool
    ) -> None:
        """Show which derivative it is, its exact value, that with all digits, and the point.

        ``fresh`` says that they are up to date; otherwise they are dimmed.
        """
        self.heading.setText(derivative)
        self.exact.setText(exact)
        self.exact.setToolTip(full)
        self.exact.setEnabled(fresh)
        self.where.setText(where)
        self.where.setToolTip(where)

    def show_rows(self, rows: Sequence[ShownRow], *, several: bool) -> None:
        """Show the table; ``several`` says that it holds more than one derivative."""
        self.table.show_rows(rows, several=several)

    def show_message(self, text: str, *, again: bool) -> None:
        """Say what the table waits for, or nothing; ``again`` offers to calculate once more."""
        self.message.setText(text)
        self.again.setVisible(again)
        self.notice.setVisible(bool(text))

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self.setStyleSheet(style_sheet(theme))
        self.table.comparison.show_theme(theme)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if role in {"where", "message"}:
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
