"""The buttons that play the computation: to its ends, a step either way, or by itself."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from gui.look.icons import icon
from gui.look.theme import Theme

STEP_MILLISECONDS = 900
"""Between two operations when it plays by itself: time to read a sentence."""

PAUSE_ICON = "pause"
"""Of the button "play" while it plays; each other button has an icon of its own name."""

BUTTONS = (
    ("first", "To the beginning: nothing is computed"),
    ("back", "One operation back"),
    ("play", "Play: one operation after the other"),
    ("forward", "One operation forward"),
    ("last", "To the end: every value and every adjoint"),
)


class Player(QWidget):
    """Asks for positions from 0 to the last; shows the one it is given.

    Signals:
        asked: The position that a person, or the clock, asks for.
    """

    asked = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.buttons: dict[str, QToolButton] = {}
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName("Operations done")
        self.slider.setMinimumWidth(70)
        self.slider.valueChanged.connect(self._on_moved)
        self._clock = QTimer(self, interval=STEP_MILLISECONDS)
        self._clock.timeout.connect(self._tick)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        for name, tip in BUTTONS:
            button = self.buttons[name] = QToolButton()
            button.setAutoRaise(True)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            layout.addWidget(button)
        layout.addWidget(self.slider, 1)
        self.buttons["first"].clicked.connect(lambda: self.slider.setValue(0))
        self.buttons["back"].clicked.connect(lambda: self._step(-1))
        self.buttons["forward"].clicked.connect(lambda: self._step(1))
        self.buttons["last"].clicked.connect(lambda: self.slider.setValue(self.slider.maximum()))
        self.buttons["play"].clicked.connect(self.play_or_pause)
        self.show_theme(theme)

    @property
    def playing(self) -> bool:
        """Whether it plays by itself."""
        return self._clock.isActive()

    def show_position(self, position: int, last: int) -> None:
        """Show where it stands, of how many operations."""
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, last)
            self.slider.setValue(position)
        self._show_ends()

    def play_or_pause(self) -> None:
        """Play, from the beginning if it stands at the end; or stop."""
        if self.playing:
            self.pause()
            return
        if self.slider.value() == self.slider.maximum():
            self.slider.setValue(0)
        self._clock.start()
        self._show_ends()

    def play_from_start(self) -> None:
        """Play, whatever was played before."""
        self._clock.stop()
        self.slider.setValue(0)
        self.play_or_pause()

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self._theme = theme
        for name, button in self.buttons.items():
            shown = PAUSE_ICON if name == "play" and self.playing else name
            button.setIcon(icon(shown, theme))

    def _step(self, by: int) -> None:
        self.pause()
        self.slider.setValue(self.slider.value() + by)

    def _tick(self) -> None:
        self.slider.setValue(self.slider.value() + 1)
        if self.slider.value() == self.slider.maximum():
            self.pause()

    def pause(self) -> None:
        """Stop where it stands."""
        self._clock.stop()
        self._show_ends()

    def _on_moved(self, position: int) -> None:
        self._show_ends()
        self.asked.emit(position)

    def _show_ends(self) -> None:
        position, last = self.slider.value(), self.slider.maximum()
        for name in ("first", "back"):
            self.buttons[name].setEnabled(position > 0)
        for name in ("forward", "last"):
            self.buttons[name].setEnabled(position < last)
        self.buttons["play"].setEnabled(last > 0)
        self.show_theme(self._theme)
