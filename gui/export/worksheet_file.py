"""Worksheets as files: saved whole, opened as one step that undo takes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError
from engine.export.files import replaced_file
from gui.export.file_dialog import (
    ask_for_file,
    ask_for_new_file,
    existing_folder,
    open_then,
    show_failure,
)
from gui.settings import SettingsRepository
from gui.worksheet_reader import read_worksheet_file
from gui.worksheet_store import WorksheetStore

_FILTERS = ("trigrad worksheet (*.json)",)


class WorksheetFiles(QObject):
    """Asks for a file and saves the worksheet in it or opens the one that it holds.

    Args:
        window: The dialogs stand in front of it.
        store: Holds the worksheet.
        settings: Remember the folder.
        report: Shows a sentence to the user.
    """

    def __init__(
        self,
        window: QWidget,
        store: WorksheetStore,
        settings: SettingsRepository,
        report: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._settings = window, store, settings
        self._report = report

    def ask_to_open(self) -> None:
        """Ask which worksheet to open."""
        folder = existing_folder(self._settings.settings.worksheet_folder)
        open_then(ask_for_file(self._window, "Open a worksheet", folder, _FILTERS), self.open)

    def ask_to_save(self) -> None:
        """Ask where to save the worksheet."""
        folder = existing_folder(self._settings.settings.worksheet_folder)
        dialog = ask_for_new_file(
            self._window, "Save the worksheet", folder / "worksheet.json", _FILTERS, 0
        )
        open_then(dialog, self.save)

    def open(self, path: Path) -> None:
        """Open the worksheet in a file, or say why not."""
        try:
            worksheet = read_worksheet_file(path)
        except EngineError as error:
            show_failure(self._window, "The worksheet was not opened", str(error))
            return
        self._store.replace_all(f"open {path.name}", worksheet)
        self._settings.update(worksheet_folder=str(path.parent))
        self._report(f"Opened {path}")

    def save(self, path: Path) -> None:
        """Save the worksheet in a file, or say why not."""
        try:
            with replaced_file(path) as file:
                file.write(self._store.worksheet.to_json().encode("utf-8"))
        except EngineError as error:
            show_failure(self._window, "The worksheet was not saved", str(error))
            return
        self._settings.update(worksheet_folder=str(path.parent))
        self._report(f"The worksheet was saved to {path}")
