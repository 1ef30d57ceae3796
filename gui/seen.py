"""Whether a panel can be seen: what cannot be seen is not worked for."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def is_seen(widget: QWidget) -> bool:
    """Return whether any of ``widget`` is on the screen.

    Behind another tab Qt calls a docked widget visible: it only moves it out of the window.
    """
    return widget.isVisible() and not widget.visibleRegion().isEmpty()
