"""Picture: what a panel has drawn, with words for readers who have nothing but the file."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGraphicsView

from engine.polynomial import Polynomial

_LONGEST = 100
"""Characters of a formula in a title."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is written into a file.

    Attributes:
        drawing: A plot that can be drawn at any size, or one that is an image already.
        title: What is drawn, such as ``"Gradient field of f = 2ab² + 3a²b"``.
        description: Where: the point, the ranges.
    """

    drawing: QGraphicsView | QImage
    title: str
    description: str


def formula(f: Polynomial) -> str:
    """Return ``f = 2ab² + 3a²b``, short enough for a title."""
    text = f"f = {f.to_unicode()}"
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
