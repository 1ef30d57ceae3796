"""How each method is drawn everywhere: colour, marker and dash, so that no two look alike."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt

from gui.look.theme import Theme


@dataclass(frozen=True, slots=True)
class MethodStyle:
    """How one method is drawn.

    Attributes:
        colour: ``#rrggbb``; at least 4.5 to 1 against the theme's base.
        symbol: Of its markers, as pyqtgraph names it.
        sign: The marker as a character, for legends in text.
        dash: Of its lines.
    """

    colour: str
    symbol: str
    sign: str
    dash: Qt.PenStyle


_SOLID, _DASH = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
_DOT, _DASH_DOT = Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine

_STYLES = {
    # light, dark, symbol, sign, dash
    "forward": ("#b8400c", "#fb923c", "o", "●", _SOLID),
    "backward": ("#8a6100", "#facc15", "s", "■", _DASH),
    "central": ("#1d4ed8", "#60a5fa", "t1", "▲", _SOLID),
    "five_point": ("#0b6f87", "#22d3ee", "d", "◆", _DASH),
    "richardson": ("#157a3a", "#4ade80", "star", "★", _SOLID),
    "complex_step": ("#a21caf", "#e879f9", "t", "▼", _DASH_DOT),
    "rules": ("#1c2027", "#e8eaee", "+", "✚", _DOT),
    "sympy": ("#5b6472", "#a0a8b5", "x", "✖", _DASH),
    "autograd_reverse": ("#be123c", "#fb7185", "h", "⬢", _SOLID),
    "autograd_forward": ("#6d28d9", "#a78bfa", "p", "⬟", _DASH_DOT),
}
_OTHER = ("#5b6472", "#a0a8b5", "t3", "▶", _DOT)


def short_label(key: str) -> str:
    """Return a name that leaves room: ``five point``."""
    return key.replace("_", " ")


def method_style(key: str, theme: Theme) -> MethodStyle:
    """Return the style of a method; a new one is grey until it is given its own."""
    light, dark, symbol, sign, dash = _STYLES.get(key, _OTHER)
    return MethodStyle(dark if theme.dark else light, symbol, sign, dash)
