"""How each method is drawn everywhere: colour, marker and dash, so that no two look alike."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from engine.differentiation.registry import methods
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

_CHOSEN = (
    # light, dark, symbol, sign, dash
    ("#b8400c", "#fb923c", "o", "●", _SOLID),
    ("#8a6100", "#facc15", "s", "■", _DASH),
    ("#1d4ed8", "#60a5fa", "t1", "▲", _SOLID),
    ("#0b6f87", "#22d3ee", "d", "◆", _DASH),
    ("#157a3a", "#4ade80", "star", "★", _SOLID),
    ("#a21caf", "#e879f9", "t", "▼", _DASH_DOT),
    ("#1c2027", "#e8eaee", "+", "✚", _DOT),
    ("#5b6472", "#a0a8b5", "x", "✖", _DASH),
    ("#be123c", "#fb7185", "h", "⬢", _SOLID),
    ("#6d28d9", "#a78bfa", "p", "⬟", _DASH_DOT),
)
"""Of the first methods of the registry; those of any further ones are made."""

_MARKERS = (("t2", "▶"), ("t3", "◀"), *((symbol, sign) for _, _, symbol, sign, _ in _CHOSEN))
_FREE = tuple(
    (*marker, dash)
    for dash, marker in product((_SOLID, _DASH, _DOT, _DASH_DOT), _MARKERS)
    if (*marker, dash) not in {chosen[2:] for chosen in _CHOSEN}
)
"""Markers with a dash that none of the chosen styles has."""

_FIRST_HUE, _GOLDEN_SECTION = 0.22, 0.618033988749895
"""A green between the chosen ones; steps of the golden section never meet a hue again."""

_SATURATION, _LIGHTNESS, _LIGHTNESS_IN_DARK = 0.8, 0.25, 0.72
"""With these every hue has enough contrast."""


def method_style(key: str, theme: Theme) -> MethodStyle:
    """Return the style of a method, which follows from its place in the registry."""
    place = [entry.key for entry in methods()].index(key)
    if place < len(_CHOSEN):
        light, dark, symbol, sign, dash = _CHOSEN[place]
        return MethodStyle(dark if theme.dark else light, symbol, sign, dash)
    further = place - len(_CHOSEN)
    hue = (_FIRST_HUE + further * _GOLDEN_SECTION) % 1
    lightness = _LIGHTNESS_IN_DARK if theme.dark else _LIGHTNESS
    colour = QColor.fromHslF(hue, _SATURATION, lightness).name()
    return MethodStyle(colour, *_FREE[further % len(_FREE)])
