"""The error study as it is seen: plot, legend, the parts of the error under the cursor, words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.differentiation.method import MethodChoice
from gui.look.method_styles import method_style
from gui.look.theme import Theme
from gui.panel.followed_worksheet import StudyView
from gui.panels.error_study.error_plot import ErrorPlot
from gui.panels.error_study.parts_bars import PartsBars
from gui.panels.error_study.shown import ErrorParts, SchemeCurve, Theory
from gui.widgets.legend import LegendEntry, legend_text
from gui.widgets.scheme_picker import SchemePicker
from gui.widgets.veil import Veil

_LEAST_PLOT = 140
"""Pixels in height."""


class ErrorStudyView(StudyView):
    """Shows what it is given; reports what a person asks for."""

    scheme_picked = Signal(str)
    dtype_picked = Signal(str)
    step_dragged = Signal(float)
    """log10 of h"""
    drag_ended = Signal()
    defaults_requested = Signal()
    example_requested = Signal()
    """a polynomial whose study has a V"""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._curves: tuple[SchemeCurve, ...] = ()
        self._theory: Theory | None = None
        self.schemes = SchemePicker("Scheme whose error is split", short=True)
        self.dtypes = QComboBox()
        self.step = QLabel()
        self.defaults = QPushButton("Defaults")
        self.plot = ErrorPlot(theme)
        self.legend = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self.parts = PartsBars(theme)
        self.words = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self.sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.pages = QStackedWidget()
        self.veil = Veil(self.plot, dims=False)
        self._lay_out()
        self._connect()
        self.show_theme(theme)

    def _lay_out(self) -> None:
        self.schemes.setToolTip("Whose error is split, and whose step the line is")
        self.dtypes.setAccessibleName("Number type of the study")
        self.defaults.setToolTip("Give every difference method the step that it has by itself")
        self.dtypes.addItems(["float64", "float32"])
        controls = QHBoxLayout()
        controls.addWidget(self.schemes, 1)
        controls.addWidget(self.dtypes)
        controls.addWidget(self.step)
        controls.addWidget(self.defaults)
        for label in (self.legend, self.words):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.plot, 1)
        for widget in (self.legend, self.parts, self.words):
            column.addWidget(widget)
        self.plot.setMinimumHeight(_LEAST_PLOT)
        # Where there is no room for everything below the plot, the page scrolls.
        scrolled = QScrollArea(widgetResizable=True)
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setWidget(page)
        self.pages.addWidget(scrolled)
        self.pages.addWidget(self.sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(3)
        layout.addLayout(controls)
        layout.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.schemes.picked.connect(self.scheme_picked)
        self.dtypes.textActivated.connect(self.dtype_picked)
        self.defaults.clicked.connect(self.defaults_requested)
        self.plot.step_dragged.connect(self.step_dragged)
        self.plot.drag_ended.connect(self.drag_ended)
        self.words.linkActivated.connect(self.example_requested)

    def show_derivative(self, text: str) -> None:
        """Show which derivative it is."""
        self.plot.show_derivative(text)

    def show_choices(
        self, schemes: Sequence[MethodChoice], picked: MethodChoice | None, dtype: str
    ) -> None:
        """Show the schemes that can be picked, which one is, and the number type."""
        self.schemes.show_schemes(schemes, picked)
        with QSignalBlocker(self.dtypes):
            self.dtypes.setCurrentText(dtype)

    def show_study(
        self, curves: Sequence[SchemeCurve], scheme: str, theory: Theory, words: str
    ) -> None:
        """Show the sweep of every scheme, the theory of one, and what it says in words."""
        self._curves, self._theory = tuple(curves), theory
        self.plot.show_curves(curves, scheme, theory)
        self.words.setText(words)
        self._show_legend()
        self.pages.setCurrentIndex(0)

    def show_cursor(self, step: float, text: str, parts: ErrorParts | None) -> None:
        """Show the cursor at log10 of the step, and the error there split."""
        self.plot.show_cursor(step)
        self.step.setText(text)
        self.parts.show_parts(parts)

    def let_drag(self, allowed: bool) -> None:
        """Let the cursor be moved, or hold it where it is."""
        self.plot.let_drag(allowed)

    def show_waiting(self, waiting: bool) -> None:
        """Dim what belongs to an earlier problem."""
        # Not disabled: the keys would leave the plot in the middle of a move.
        self.plot.getPlotItem().setOpacity(0.45 if waiting else 1.0)

    def show_nothing(self, text: str) -> None:
        """Show a sentence in place of a picture."""
        self.sentence.setText(text)
        self.pages.setCurrentIndex(1)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        self.veil.show_theme(theme)
        self.plot.show_theme(theme)
        self.parts.show_theme(theme)
        self.words.setStyleSheet(f"color: {theme.muted}")
        self._show_legend()

    def _show_legend(self) -> None:
        theme, theory = self._theme, self._theory
        entries: list[LegendEntry] = []
        for curve in self._curves:
            style = method_style(curve.key, theme)
            entries.append((style.colour, style.sign, curve.label))
        if theory is not None:
            if theory.leading is not None:
                entries.append((theme.text, "╌╌", "truncation"))
            entries.append((theme.muted, "┈┈", "rounding bound"))
            if theory.predicted is not None:
                entries.append((theme.good, "┆", "best predicted"))
            if theory.observed is not None:
                entries.append((theme.good, "○", "best found"))
        self.legend.setText(legend_text(entries, theme, gap="&nbsp; "))

    def minimumSizeHint(self) -> QSize:
        # Otherwise the wrapped texts, at their narrowest, ask for more height than they need.
        return QSize(260, 190)
