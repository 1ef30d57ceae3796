"""PlotFrame: what surrounds a picture: the axis pickers, the reset button, the caption, a veil."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.writing.writer import name_unicode
from gui.look.theme import Theme
from gui.panel.seen import SeenWidget
from gui.session.plotted import Plotted, held_text
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.island import Island
from gui.widgets.veil import Veil


class PlotFrame(SeenWidget):
    """A picture with its controls; signals say what the user asks for.

    ``axes_chosen`` carries the names of the two variables that are to be plotted. A subclass adds
    its pictures to :attr:`pages`, and calls :meth:`show_theme` when it has them all.
    """

    axes_chosen = Signal(tuple)
    reset_requested = Signal()

    def __init__(self, theme: Theme, reset_hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.pages = QStackedWidget()
        self.sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self.pages.addWidget(self.sentence)
        self.caption = ElidedLabel()
        self.caption.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.remark = QLabel(wordWrap=True)
        self._pickers = (QComboBox(), QComboBox())
        self._offered: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._held = ElidedLabel()
        self.reset = QToolButton()
        self.reset.setText("Reset view")
        self.reset.hide()
        self.reset.setToolTip(reset_hint)
        self.reset.clicked.connect(self.reset_requested)
        self._picker_row = self._make_picker_row()
        self._veil = Veil(self.pages)
        # A long text wraps, but a long word never makes the panel wider.
        self.remark.setSizePolicy(
            QSizePolicy.Policy.Ignored, self.remark.sizePolicy().verticalPolicy()
        )
        below = QHBoxLayout()
        self._caption_line = Island(self.caption)
        below.addWidget(self._caption_line, 1)
        below.addWidget(self.reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(3)
        layout.addWidget(self._picker_row)
        layout.addWidget(self.pages, 1)
        self.footer = QVBoxLayout()
        layout.addLayout(self.footer)
        layout.addLayout(below)
        layout.addWidget(self.remark)
        self.remark.hide()

    def _make_picker_row(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        for text, picker, name in zip(
            ("Plot over", "and"), self._pickers, ("First axis", "Second axis"), strict=True
        ):
            layout.addWidget(QLabel(text))
            layout.addWidget(picker)
            picker.setAccessibleName(name)
            picker.activated.connect(self._on_picked)
        layout.addWidget(self._held, 1)
        row.hide()
        return row

    def _on_picked(self) -> None:
        first, second = self._pickers
        chosen = [str(picker.currentData()) for picker in self._pickers]
        if chosen[0] == chosen[1]:
            # The one that was not touched gives way to what the touched one showed before.
            other = second if self.sender() is first else first
            chosen[self._pickers.index(other)] = self._shown[self._pickers.index(other) ^ 1]
        self.axes_chosen.emit(tuple(chosen))

    def show_axes(self, plotted: Plotted) -> None:
        """Show which variables are plotted; nothing to pick with two or fewer."""
        self._shown = plotted.axes
        self._picker_row.setVisible(len(plotted.polynomial.variables) > 2)
        self.reset.setVisible(bool(plotted.axes))
        self._caption_line.setVisible(bool(plotted.axes))
        self._held.show_text(held_text(plotted))
        offered = (plotted.polynomial.variables, plotted.axes)
        if offered == self._offered:
            return
        self._offered = offered
        for picker, shown in zip(self._pickers, plotted.axes, strict=False):
            picker.clear()
            for name in plotted.polynomial.variables:
                picker.addItem(name_unicode(name), name)
            picker.setCurrentIndex(plotted.polynomial.variables.index(shown))

    def show_caption(self, text: str) -> None:
        """Show the numbers at the point."""
        self.caption.show_text(text)

    def show_remark(self, text: str) -> None:
        """Show one line about the picture itself; none for an empty text."""
        self.remark.setText(text)
        self.remark.setVisible(bool(text))

    def show_nothing(self, text: str, plotted: Plotted) -> None:
        """Show a sentence in place of a picture."""
        self.show_axes(plotted)
        self.show_caption(plotted.caption() if plotted.axes else "")
        self.show_remark("")
        self.sentence.setText(text)
        self.pages.setCurrentWidget(self.sentence)

    @property
    def waiting(self) -> bool:
        """Whether the picture is that of an earlier problem."""
        return self._veil.isVisible()

    def show_waiting(self, waiting: bool) -> None:
        """Dim the picture, which is that of an earlier problem, and say so."""
        self._veil.lie_over(waiting)

    def show_theme(self, theme: Theme) -> None:
        """Restyle."""
        self._theme = theme
        self._veil.show_theme(theme)
        for label in (self.remark, self._held):
            label.setStyleSheet(f"color: {theme.muted}")
