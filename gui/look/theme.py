"""Light and dark: the colours of everything that is drawn, and the palette made from them."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QToolTip


class Theme(NamedTuple):
    """Colours as ``#rrggbb``.

    Attributes:
        name: ``"light"`` or ``"dark"``.
        window: Behind everything.
        base: Behind text fields, tables and plots.
        raised: Buttons, chips, headers.
        border: Lines between things.
        text: What is read.
        muted: What is read second: units, hints, axes.
        accent: The point, the focus, what is selected.
        on_accent: Text on the accent.
        good: Exact, or as good as the dtype allows.
        fair: Some digits lost.
        poor: Most digits lost.
        error: What is wrong; underlines and messages.
        note: What was read in one of several ways.
    """

    name: str
    window: str
    base: str
    raised: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    good: str
    fair: str
    poor: str
    error: str
    note: str

    @property
    def dark(self) -> bool:
        """Whether text is light on dark."""
        return self.name == "dark"

    def palette(self) -> QPalette:
        """Return the palette for Qt's Fusion style."""
        palette = QPalette()
        role = QPalette.ColorRole
        for roles, colour in (
            ((role.Window,), self.window),
            ((role.Base, role.ToolTipBase), self.base),
            ((role.Button, role.AlternateBase), self.raised),
            ((role.Mid, role.Dark, role.Light, role.Midlight), self.border),
            ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), self.text),
            ((role.PlaceholderText,), self.muted),
            ((role.Highlight, role.Link), self.accent),
            ((role.HighlightedText,), self.on_accent),
        ):
            for one in roles:
                palette.setColor(one, QColor(colour))
        for one in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(self.muted))
        return palette


LIGHT = Theme(
    name="light",
    window="#f4f5f7",
    base="#ffffff",
    raised="#e9ebef",
    border="#c9cdd4",
    text="#1c2027",
    muted="#5b6472",
    accent="#1f5fbf",
    on_accent="#ffffff",
    good="#1b7f3b",
    fair="#8a6100",
    poor="#b3261e",
    error="#b3261e",
    note="#6a4bb0",
)

DARK = Theme(
    name="dark",
    window="#1d2026",
    base="#14161a",
    raised="#2a2e36",
    border="#3f4550",
    text="#e8eaee",
    muted="#a0a8b5",
    accent="#6ea8ff",
    on_accent="#0d1420",
    good="#5fcf83",
    fair="#e6b84c",
    poor="#ff8a80",
    error="#ff8a80",
    note="#b79cff",
)


def system_theme(app: QApplication) -> Theme:
    """Return the theme that the desktop uses; light where it does not say."""
    return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def chosen_theme(app: QApplication, choice: str) -> Theme:
    """Return the theme of a setting: ``"light"``, ``"dark"``, or ``"system"`` for the desktop's."""
    return {"light": LIGHT, "dark": DARK}.get(choice) or system_theme(app)


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole program the colours of ``theme``; Fusion is the style that obeys a palette."""
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(theme.palette())
    # Tool tips keep a palette of their own.
    QToolTip.setPalette(theme.palette())
