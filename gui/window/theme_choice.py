"""The theme: the one that was chosen, or the desktop's, also when that changes."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gui.look import theme
from gui.panel.panel import ThemeSource
from gui.session.settings import SettingsRepository


class ThemeChoice(QObject):
    """Shows the chosen theme everywhere.

    Args:
        app: Its palette is that of the theme.
        settings: Remember the choice.
        parent: Owns it.

    Attributes:
        source: The theme that is shown; says when it changes.
    """

    def __init__(self, app: QApplication, settings: SettingsRepository, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._settings = app, settings
        self.source = ThemeSource(theme.chosen_theme(app, settings.settings.theme), self)
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)

    def choose(self, choice: str) -> None:
        """Show a theme from now on: ``"light"``, ``"dark"``, or the desktop's for ``"system"``."""
        self._settings.update(theme=choice)
        self._apply()

    def _on_system_scheme_changed(self) -> None:
        if self._settings.settings.theme == "system":
            self._apply()

    def _apply(self) -> None:
        chosen = theme.chosen_theme(self._app, self._settings.settings.theme)
        theme.apply(self._app, chosen)
        self.source.show(chosen)
