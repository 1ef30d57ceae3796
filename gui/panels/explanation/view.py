"""The panel as it is seen: f with its terms, and three columns below it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from gui.look.theme import Theme
from gui.panel.followed_worksheet import StudyView
from gui.panels.explanation.differences_column import DifferencesColumn
from gui.panels.explanation.focus import Focus
from gui.panels.explanation.graph_column import GraphColumn
from gui.panels.explanation.rules_column import RulesColumn
from gui.panels.explanation.texts import formula_text
from gui.widgets.veil import Veil

_FORMULA_PIXELS = 16

_SHARES = (31, 26, 43)


class ExplanationView(StudyView):
    """Shows f and, in columns with presenters of their own, its derivative.

    Signals:
        term_pointed: Position of the term of f under the mouse; None where there is none.
        term_picked: Position of the term that was clicked.
    """

    term_pointed = Signal(object)
    term_picked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._focus: Focus | None = None
        self.formula = self._make_formula()
        self.rules = RulesColumn(theme)
        self.differences = DifferencesColumn(theme)
        self.graph = GraphColumn(theme)
        self._columns = (self.rules, self.differences, self.graph)
        self.sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._lay_out()
        self.show_theme(theme)

    def _make_formula(self) -> QLabel:
        formula = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        formula.setAccessibleName("f, term by term")
        font = formula.font()
        font.setPixelSize(_FORMULA_PIXELS)
        formula.setFont(font)
        flag = Qt.TextInteractionFlag
        formula.setTextInteractionFlags(
            flag.LinksAccessibleByMouse | flag.LinksAccessibleByKeyboard
        )
        formula.setToolTip(
            "Point at a term to see what it does in each column; click to keep it marked"
        )
        formula.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        formula.linkHovered.connect(
            lambda link: self.term_pointed.emit(int(link) if link else None)
        )
        formula.linkActivated.connect(lambda link: self.term_picked.emit(int(link)))
        return formula

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        for column, share in zip(self._columns, _SHARES, strict=True):
            column.setMinimumWidth(150)
            splitter.addWidget(column)
            splitter.setStretchFactor(splitter.count() - 1, share)
        splitter.setSizes([10 * share for share in _SHARES])
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.formula)
        layout.addWidget(splitter, 1)
        outer = QWidget()
        self._pages = QStackedLayout(outer)
        self._pages.addWidget(page)
        self._pages.addWidget(self.sentence)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 4, 8, 4)
        whole.addWidget(outer)
        self.veil = Veil(self, dims=False, aside=True)

    def show_columns(self) -> None:
        """Show the three columns."""
        self._pages.setCurrentIndex(0)

    def show_nothing(self, text: str) -> None:
        """Show a sentence in place of everything."""
        self.sentence.setText(text)
        self._pages.setCurrentIndex(1)

    def show_stale(self) -> None:
        """Dim the columns: they belong to an earlier problem."""
        for column in self._columns:
            column.show_stale(True)

    def show_formula(self, focus: Focus) -> None:
        """Show f, with the term that is picked."""
        self._focus = focus
        self.formula.setText(formula_text(focus.terms, focus.picked, self._theme))

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        self.veil.show_theme(theme)
        for column in self._columns:
            column.show_theme(theme)
        if self._focus is not None:
            self.show_formula(self._focus)

    def minimumSizeHint(self) -> QSize:
        # Otherwise the wrapped texts, at their narrowest, ask for more height than they need.
        return QSize(480, 180)
