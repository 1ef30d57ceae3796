"""However many methods there are, each is drawn in a way of its own, and can be seen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from engine.differentiation.registry import methods
from engine.differentiation.rules import SymbolicRules
from gui.look.method_styles import method_style
from gui.look.theme import DARK, LIGHT, Theme
from tests.conftest import Register

MANY = 60


@pytest.fixture
def many(register: Register) -> list[str]:
    """The keys of the registry, with many more methods in it."""
    for number in range(MANY):
        register(type(f"Method{number}", (SymbolicRules,), {"key": f"method_{number}"}))
    return [entry.key for entry in methods()]


def luminance(colour: QColor) -> float:
    """WCAG 2.2, definition of relative luminance."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_that_any_number_of_methods_are_told_apart_and_seen(many: list[str], theme: Theme) -> None:
    styles = [method_style(key, theme) for key in many]
    assert len({style.colour for style in styles}) == len(many) > MANY
    drawn = [(style.symbol, style.dash) for style in styles[:48]]  # 12 markers, 4 dashes
    assert len(set(drawn)) == len(drawn)
    assert len({(style.symbol, style.sign) for style in styles}) == 12
    for style in styles:
        darker, lighter = sorted(map(luminance, (QColor(style.colour), QColor(theme.base))))
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_that_further_methods_do_not_change_the_first(many: list[str]) -> None:
    solid, dash = Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine
    dot, dash_dot = Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine
    drawn = [
        ("#b8400c", "#fb923c", "o", "●", solid),
        ("#8a6100", "#facc15", "s", "■", dash),
        ("#1d4ed8", "#60a5fa", "t1", "▲", solid),
        ("#0b6f87", "#22d3ee", "d", "◆", dash),
        ("#157a3a", "#4ade80", "star", "★", solid),
        ("#a21caf", "#e879f9", "t", "▼", dash_dot),
        ("#1c2027", "#e8eaee", "+", "✚", dot),
        ("#5b6472", "#a0a8b5", "x", "✖", dash),
        ("#be123c", "#fb7185", "h", "⬢", solid),
        ("#6d28d9", "#a78bfa", "p", "⬟", dash_dot),
    ]
    for key, (light, dark, *marker) in zip(many, drawn, strict=False):
        style = method_style(key, LIGHT)
        assert (style.colour, method_style(key, DARK).colour) == (light, dark)
        assert [style.symbol, style.sign, style.dash] == marker
