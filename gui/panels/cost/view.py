"""The cost panel as it is seen: two plots, what they count, a legend, and what is to be seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from engine.differentiation import registry
from engine.studies.cost_study import CostSample
from gui.look.method_styles import method_style
from gui.look.theme import Theme
from gui.panel.followed_worksheet import StudyView
from gui.panels.cost.cost_plot import CostPlot
from gui.widgets.legend import LegendEntry, legend_text
from gui.widgets.veil import Veil


class CostView(StudyView):
    """Shows what it is given, as counts or as times, whichever a person picks."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._samples: tuple[CostSample, ...] = ()
        self.orders = CostPlot(theme, "order of the derivative")
        self.gradients = CostPlot(theme, "variables of the gradient")
        self.order_words, self.gradient_words = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.legend = QLabel(wordWrap=True, textFormat=Qt.TextFormat.RichText)
        self.counts, self.times = QRadioButton("Count"), QRadioButton("Time")
        self.sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.pages = QStackedWidget()
        self.veil = Veil(self.orders, dims=False)
        self._lay_out()
        self.show_theme(theme)

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        for button in (self.counts, self.times):
            group.addButton(button)
        self.counts.setChecked(True)
        self.counts.toggled.connect(self._draw)
        for label in (self.order_words, self.gradient_words, self.legend):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        plots = QHBoxLayout()
        for plot, words in (
            (self.orders, self.order_words), (self.gradients, self.gradient_words)
        ):  # fmt: skip
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(plot, 1)
            column.addWidget(words)
            plots.addLayout(column, 1)
        row = QHBoxLayout()
        row.addWidget(self.legend, 1)
        row.addWidget(self.counts)
        row.addWidget(self.times)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(row)
        layout.addLayout(plots, 1)
        self.pages.addWidget(page)
        self.pages.addWidget(self.sentence)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(8, 3, 8, 3)
        outer.addWidget(self.pages)

    def show_samples(
        self, samples: Sequence[CostSample], order_words: str, gradient_words: str
    ) -> None:
        """Show what is known so far."""
        self._samples = tuple(samples)
        self.order_words.setText(order_words)
        self.gradient_words.setText(gradient_words)
        self.pages.setCurrentIndex(0)
        self._draw()

    def show_waiting(self, waiting: bool) -> None:
        """Dim what belongs to an earlier problem."""
        for plot in (self.orders, self.gradients):
            plot.getPlotItem().setOpacity(0.45 if waiting else 1.0)

    def show_nothing(self, text: str) -> None:
        """Show a sentence in place of the plots."""
        self.sentence.setText(text)
        self.pages.setCurrentIndex(1)

    def _draw(self) -> None:
        for kind, plot in (("order", self.orders), ("gradient", self.gradients)):
            own = [sample for sample in self._samples if sample.kind == kind]
            plot.show_samples(own, times=self.times.isChecked())
        self._show_legend()

    def _show_legend(self) -> None:
        groups: dict[str, list[LegendEntry]] = {}
        for key in {**self.orders.curves, **self.gradients.curves}:
            unit = registry.find(key).traits.cost or ""
            style = method_style(key, self._theme)
            entry = (style.colour, style.sign, registry.find(key).short_label)
            groups.setdefault("" if self.times.isChecked() else unit, []).append(entry)
        parts = [
            (f"<b>{unit}:</b> " if unit else "") + legend_text(entries, self._theme, gap=" ")
            for unit, entries in groups.items()
        ]
        self.legend.setText(
            f'<span style="color:{self._theme.muted}">{"&nbsp;&nbsp; ".join(parts)}</span>'
        )

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        self.veil.show_theme(theme)
        for plot in (self.orders, self.gradients):
            plot.show_theme(theme)
        for label in (self.order_words, self.gradient_words):
            label.setStyleSheet(f"color: {theme.muted}")
        self._show_legend()

    def minimumSizeHint(self) -> QSize:
        # Otherwise the wrapped texts, at their narrowest, ask for more height than they need.
        return QSize(260, 150)
