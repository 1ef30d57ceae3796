"""The card of the tour: a strip above the panels with a step's text, and the keys through it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import Theme

_MARGIN, _PADDING, _SPACING = 12, 6, 16

_FORWARD_KEYS = frozenset({Qt.Key.Key_Right, Qt.Key.Key_PageDown})
_BACK_KEYS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_PageUp})

_NARROWEST = 100
"""Pixels that the words get, however narrow the window is."""


class TourCard(QToolBar):
    """Shows a step across the window, and signals which way the user wants to go.

    Signals:
        forward: To the next step, or to begin.
        back: To the step before.
        ended: To leave the tour, or to decline it.
    """

    forward = Signal()
    back = Signal()
    ended = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("Tour", parent)
        self.setObjectName("tour")
        self.setMovable(False)
        self.setFloatable(False)
        self.toggleViewAction().setVisible(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.title = QLabel(textFormat=Qt.TextFormat.RichText)
        self.words = QLabel(textFormat=Qt.TextFormat.MarkdownText, wordWrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.next_button = QPushButton()
        self.back_button = QPushButton("&Back")
        self.end_button = QPushButton()
        self.next_button.clicked.connect(self.forward)
        self.back_button.clicked.connect(self.back)
        self.end_button.clicked.connect(self.ended)
        self._page = self._make_page()
        self.addWidget(self._page)
        # Wherever the keyboard is: the step may have asked for a click in a plot.
        self._escape = QShortcut(QKeySequence("Escape"), self)
        self._escape.setContext(Qt.ShortcutContext.WindowShortcut)
        self._escape.activated.connect(self.ended)
        self.show_theme(theme)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the card as high as its words need beside the buttons, and no higher."""
        buttons = self._buttons.sizeHint().width()
        # As wide as the window, even before Qt has placed the card in it.
        width = self.window().width() - buttons - 3 * _MARGIN - _SPACING
        words = self.words.heightForWidth(max(_NARROWEST, width))
        height = self.title.sizeHint().height() + words + 2 * _PADDING
        self._page.setFixedHeight(max(height, self._buttons.sizeHint().height() + 2 * _PADDING))

    def _make_page(self) -> QWidget:
        page = QWidget()
        page.setObjectName("tour_page")
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.words)
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        for button in (self.back_button, self.next_button, self.end_button):
            button.setAutoDefault(True)
            button.installEventFilter(self)
            buttons.addWidget(button)
        layout = QHBoxLayout(page)
        layout.setContentsMargins(_MARGIN, _PADDING, _MARGIN, _PADDING)
        layout.setSpacing(_SPACING)
        layout.addLayout(texts, 1)
        layout.addWidget(self._buttons, alignment=Qt.AlignmentFlag.AlignVCenter)
        return page

    def show_offer(self) -> None:
        """Offer the tour to somebody who is here for the first time."""
        self._show(
            "<b>New here?</b>",
            "A tour of ten steps replays the classic lesson in this very window: derivatives by "
            "hand, by difference quotients, by rules and by PyTorch's graph. It leaves your own "
            "work alone, and Help offers it any time.",
            ("&Take the tour", "&Not now"),
            first=True,
            offer=True,
        )

    def show_step(self, title: str, text: str, number: int, count: int) -> None:
        """Show one step, with the keyboard focus on the button that goes on."""
        last = number == count - 1
        self._show(
            f"<b>{title}</b> &nbsp; step {number + 1} of {count}",
            text,
            ("&Finish" if last else "&Next", "&End tour (Esc)"),
            first=number == 0,
        )
        self.end_button.setHidden(last)
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self.setStyleSheet(
            f"QToolBar#tour {{ background: {theme.raised}; border: none; "
            f"border-bottom: 2px solid {theme.accent}; }}"
            "QWidget#tour_page { background: transparent; }"
        )

    def _show(
        self, title: str, text: str, buttons: tuple[str, str], *, first: bool, offer: bool = False
    ) -> None:
        self.title.setText(title)
        self.words.setText(text)
        self.words.setAccessibleName(text)
        self.next_button.setText(buttons[0])
        self.end_button.setText(buttons[1])
        self.end_button.show()
        self.back_button.setEnabled(not first)
        self.back_button.setHidden(offer)
        self._fit()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Otherwise the arrow keys would move the focus from button to button.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._takes(Qt.Key(event.key()))
        return super().eventFilter(watched, event)

    def _takes(self, key: Qt.Key) -> bool:
        """Go where a key leads; return whether it is one of the tour's."""
        if key in _FORWARD_KEYS:
            self.forward.emit()
        elif key in _BACK_KEYS:
            if self.back_button.isEnabled():
                self.back.emit()
        else:
            return False
        return True
