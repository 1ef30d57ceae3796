"""The icons of the window: its own, those of its menus and of its panels' buttons.

They are drawn once the window is on the screen: that takes longer than everything else in its
first frame, and no menu can be open before it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QDockWidget

from gui.look.icons import app_icon, icon
from gui.look.theme import Theme
from gui.window.actions import ACTIONS
from gui.window.main_window import MainWindow
from gui.work.turns import turns

EXPORT_ICON = "export"

PANELS_ICON = "panels"

THEME_ICON = "theme"

DOCK_ICONS = {"close": "close", "float": "float"}
"""Button in the title of a panel to icon."""


class WindowIcons(QObject):
    """Gives a window its icons, and restores those of its panels whenever Qt replaces them."""

    def __init__(self, window: MainWindow, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._theme = window, theme
        window.setWindowIcon(app_icon())
        for dock in window.docks.values():
            # Qt sets its own again when a dock floats, and when a whole layout is restored.
            dock.topLevelChanged.connect(lambda _floats, dock=dock: self._show_on(dock))
            dock.dockLocationChanged.connect(lambda _area, dock=dock: self._show_soon_on(dock))
        self.show(theme)

    def show(self, theme: Theme) -> None:
        """Show the icons in the colours of ``theme``."""
        self._theme = theme
        for spec in ACTIONS:
            if spec.icon:
                self._window.commands[spec.id].setIcon(icon(spec.icon, theme))
        for action in self._window.exports:
            action.setIcon(icon(EXPORT_ICON, theme))
        self._window.panels_menu.setIcon(icon(PANELS_ICON, theme))
        self._window.theme_menu.setIcon(icon(THEME_ICON, theme))
        for dock in self._window.docks.values():
            self._show_on(dock)

    def _show_soon_on(self, dock: QDockWidget) -> None:
        turns().ask(dock, partial(self._show_on, dock))

    def _show_on(self, dock: QDockWidget) -> None:
        # Qt's own are dark in every palette.
        for name, shown in DOCK_ICONS.items():
            for button in dock.findChildren(QAbstractButton, f"qt_dockwidget_{name}button"):
                button.setIcon(icon(shown, self._theme))
