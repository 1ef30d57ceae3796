"""The panel as it is seen: f with its terms, three columns, and the player of the graph."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QSizePolicy,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.differentiation.method import MethodChoice
from gui.look.icons import icon
from gui.look.theme import Theme
from gui.panel.seen import SeenWidget
from gui.panels.explanation.column import Column
from gui.panels.explanation.graph_view import GraphView
from gui.panels.explanation.player import Player
from gui.panels.explanation.rules_tree import RulesTree
from gui.panels.explanation.trace_table import TraceTable
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.scheme_picker import SchemePicker
from gui.widgets.text_page import TextPage
from gui.widgets.veil import Veil

FIT_ICON = "fit"

_FORMULA_PIXELS = 16

_SHARES = (31, 26, 43)


class ExplanationView(SeenWidget):
    """Shows what it is told; says what is pointed at and what is picked.

    Signals:
        term_pointed: Position of the term of f under the mouse; None where there is none.
        term_picked: Position of the term that was clicked.
        scheme_picked: Key of the scheme whose stencil is to be shown.
        theme_shown: The colours have changed; what was written in the old ones is to be again.
    """

    term_pointed = Signal(object)
    term_picked = Signal(int)
    scheme_picked = Signal(str)
    theme_shown = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.formula = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self.formula.setAccessibleName("f, term by term")
        font = self.formula.font()
        font.setPixelSize(_FORMULA_PIXELS)
        self.formula.setFont(font)
        flag = Qt.TextInteractionFlag
        self.formula.setTextInteractionFlags(
            flag.LinksAccessibleByMouse | flag.LinksAccessibleByKeyboard
        )
        self.formula.setToolTip(
            "Point at a term to see what it does in each column; click to keep it marked"
        )
        self.formula.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.formula.linkHovered.connect(
            lambda link: self.term_pointed.emit(int(link) if link else None)
        )
        self.formula.linkActivated.connect(lambda link: self.term_picked.emit(int(link)))
        self.tree, self.picture = RulesTree(theme), GraphView(theme)
        self.stencil = TextPage("Stencil and the shares of the terms")
        self.rules = Column("Rules", self.tree)
        self.differences = Column("Differences", self.stencil)
        self.trace = TraceTable(theme)
        self._forms = QStackedWidget()
        self._forms.addWidget(self.picture)
        self._forms.addWidget(self.trace)
        self.graph = Column("PyTorch's graph", self._forms)
        self.player = Player(theme)
        self.schemes = SchemePicker("Scheme whose stencil is shown")
        self.schemes.picked.connect(self.scheme_picked)
        self.fit = QToolButton(autoRaise=True)
        self.fit.setToolTip("Show the whole graph (0); zoom with the wheel or + and −")
        self.fit.setAccessibleName("Show the whole graph")
        self.as_table = QToolButton()
        self.as_table.setText("Table")
        self.as_table.setCheckable(True)
        self.as_table.setToolTip("The same graph as a table, with every digit")
        self.as_table.toggled.connect(self._forms.setCurrentIndex)
        self.said = ElidedLabel()
        self.said.setAccessibleName("What the last operation did")
        self.sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._lay_out()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        self.fit.clicked.connect(self.picture.fit)
        self.differences.tools.addWidget(self.schemes, 1)
        self.rules.tools.addStretch()
        self.graph.tools.addWidget(self.player, 1)
        self.graph.tools.addWidget(self.fit)
        self.graph.tools.addWidget(self.as_table)
        self.graph.layout().insertWidget(2, self.said)  # type: ignore[union-attr]
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        for column, share in zip((self.rules, self.differences, self.graph), _SHARES, strict=True):
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

    def show_stencil(self, html: str) -> None:
        """Show the differences; the place that is read stays."""
        self.stencil.show_text(html)

    def show_schemes(self, schemes: Sequence[MethodChoice], picked: MethodChoice | None) -> None:
        """Show what can be picked, and what is."""
        self.schemes.show_schemes(schemes, picked)

    def set_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self.theme = theme
        self.veil.show_colours(theme)
        self.tree.set_theme(theme)
        self.picture.set_theme(theme)
        self.trace.theme = theme
        self.player.set_theme(theme)
        self.fit.setIcon(icon(FIT_ICON, theme))
        self.said.setStyleSheet(f"color: {theme.muted}")
        self.theme_shown.emit()

    def minimumSizeHint(self) -> QSize:
        # Otherwise the wrapped texts, at their narrowest, ask for more height than they need.
        return QSize(480, 180)
