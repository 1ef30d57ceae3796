"""The column of the rules as it is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal

from engine.explanation.derivation_rows import Row
from engine.explanation.lock_step import LinePlace
from gui.look.theme import Theme
from gui.panels.explanation.column import Column
from gui.panels.explanation.rules_tree import RulesTree


class RulesColumn(Column):
    """Shows a derivation.

    Signals:
        line_pointed: (step, line) that is pointed at; None where there is none.
    """

    line_pointed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        self.tree = RulesTree(theme)
        super().__init__("Rules", self.tree, theme)
        self.tools.addStretch()
        self.tree.line_pointed.connect(self.line_pointed)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show a derivation; every fold is open."""
        self.tree.show_rows(rows)
        self.show_content()

    def show_drawings(self, drawings: Mapping[str, str]) -> None:
        """Show formulas typeset: LaTeX to SVG; what is not among them stays plain text."""
        self.tree.show_drawings(drawings)

    def show_marks(self, marked: frozenset[LinePlace], lit: frozenset[LinePlace] | None) -> None:
        """Mark lines; fade those not ``lit``, unless that is None."""
        self.tree.show_marks(marked, lit)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        super().show_theme(theme)
        self.tree.show_theme(theme)
