"""Where one panel stands: a dock that says "Loading…" until the panel is put into it.

Loaded before the window is first drawn, so it imports nothing slow.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow

from gui.panel.panel_slot import PanelSlot
from gui.panel.seen import is_seen
from gui.work.turns import turns

if TYPE_CHECKING:  # what a panel is given must not be loaded before the window is drawn
    from gui.panel.panel import Panel


def make_dock(slot: PanelSlot, window: QMainWindow) -> QDockWidget:
    """Return the dock that is kept for a panel, without a place in the window yet."""
    dock = QDockWidget(slot.title, window)
    dock.setObjectName(slot.key)
    loading = QLabel("Loading…")
    loading.setAlignment(Qt.AlignmentFlag.AlignCenter)
    loading.setEnabled(False)  # paler
    dock.setWidget(loading)
    toggle = dock.toggleViewAction()
    toggle.setShortcut(slot.shortcut)
    toggle.setStatusTip(f"Show the panel {slot.title}, or hide it where it is in front")
    _raise_instead_of_hiding(dock)
    return dock


def show_failure(dock: QDockWidget, reason: str) -> None:
    """Say in a dock why its panel is missing."""
    label = dock.widget()
    if isinstance(label, QLabel):
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setText(reason)
        label.setWordWrap(True)
        label.setEnabled(True)


def fill(dock: QDockWidget, panel: Panel) -> None:
    """Show a panel in its dock."""
    empty = dock.widget()
    # So that a change in a panel does not repaint its dock behind it.
    panel.widget.setAutoFillBackground(True)
    # Not drawn before it is laid out and has filled itself, for which it needs turns.
    dock.setUpdatesEnabled(False)
    turns().ask(dock, lambda: dock.setUpdatesEnabled(True))
    dock.setWidget(panel.widget)
    if empty is not None:
        empty.deleteLater()
    if panel.shown is not None:
        _tell_when_seen(dock, panel.shown)


def _tell_when_seen(dock: QDockWidget, shown: Callable[[], object]) -> None:
    def tell(seen: bool = True) -> None:
        if seen:
            # In the next turn: the dock is at its place then.
            QTimer.singleShot(0, dock, lambda: is_seen(dock) and shown())

    dock.visibilityChanged.connect(tell)
    tell()


def _raise_instead_of_hiding(dock: QDockWidget) -> None:
    """Have the key of a panel that lies behind another tab bring it to the front."""
    toggle = dock.toggleViewAction()
    behind = False

    def note(_on: bool) -> None:  # before Qt hides the dock, and when a hidden one is shown
        nonlocal behind
        behind = not dock.isHidden() and not is_seen(dock)

    def bring_to_front(on: bool) -> None:
        if not on and behind:
            dock.show()
        if not dock.isHidden():
            dock.raise_()

    toggle.toggled.connect(note)
    toggle.triggered.connect(bring_to_front)
