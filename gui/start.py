"""The start of the program: the window is on the screen before anything slow is imported.

Loaded before the window is first drawn: of the engine it imports no more than how files are read.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox

from gui.look import theme
from gui.panel.panel_slot import PANELS, PanelSlot
from gui.session.settings import SettingsRepository
from gui.startup import crash_report, places
from gui.startup.failed_start import advice_on, failed_import
from gui.startup.no_unpickling import refuse_to_unpickle
from gui.widgets.plain_box import plain_box
from gui.window.main_window import MainWindow

if TYPE_CHECKING:
    from engine.worksheet.worksheet import Worksheet

logger = logging.getLogger(__name__)


def run(first: Callable[[], Worksheet], path: Path | None = None) -> int:
    """Open the window, and return the exit status once it was closed.

    Args:
        first: Returns the worksheet that is shown first; called when the window has been drawn.
        path: The file that it was read from, if any.
    """
    # Nothing made before the panels are built is ever discarded: there is nothing to collect.
    gc.disable()
    refuse_to_unpickle()
    app = QApplication([])
    app.setApplicationDisplayName("trigrad")
    app.setDesktopFileName("trigrad")
    log_path = crash_report.log_to_file(places.log_folder())
    settings = SettingsRepository(places.settings_file(), places.old_settings_file())
    window = make_window(app, settings)
    crash_report.install(partial(_show_error, window, "Internal error"), log_path)

    def fill() -> None:
        error = failed_import("gui.app")
        if error is not None:
            _give_up(app, window, error, log_path)
            return
        from gui.app import Trigrad

        Trigrad(app, settings, first(), window, path).show()

    window.when_painted(fill)
    window.show()
    return app.exec()


def make_window(
    app: QApplication, settings: SettingsRepository, slots: Sequence[PanelSlot] = PANELS
) -> MainWindow:
    """Return the window with room for its panels, in the colours that were chosen."""
    choice = settings.settings.theme
    chosen = theme.chosen_theme(app, choice)
    theme.apply(app, chosen)
    window = MainWindow(slots, settings.settings)
    window.commands[f"theme_{choice}"].setChecked(True)
    window.show_theme(chosen)
    return window


def _give_up(
    app: QApplication, window: MainWindow, error: Exception, log_path: Path | None
) -> None:
    """Say what keeps the program from working, and end it once the user has read that."""
    advice = advice_on(error)
    logger.critical(advice, exc_info=error)
    text = f"{advice}\n\n{crash_report.place_of_details(log_path)}."
    box = _show_error(window, "trigrad cannot start", text)
    box.finished.connect(lambda: app.exit(1))


def _show_error(window: MainWindow, title: str, text: str) -> QMessageBox:
    box = plain_box(window, QMessageBox.Icon.Critical, title, text)
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.open()
    return box
