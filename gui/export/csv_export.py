"""Exporting a result as CSV: which file, which dialect, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError
from engine.export.csv import write_csv
from gui.export.file_dialog import ask_for_new_file, existing_folder, open_then, show_failure
from gui.settings import SettingsRepository

FILTERS = {
    "standard": "CSV, decimal point, for programs (*.csv)",
    "semicolon": "CSV, decimal comma, for spreadsheets set to it (*.csv)",
}
"""Dialect to what the dialog calls it."""


class CsvExport(QObject):
    """Asks for a file and writes a result into it.

    Args:
        window: The dialogs stand in front of it.
        settings: Remember folder and dialect.
        report: Shows a sentence to the user.
    """

    def __init__(
        self, window: QWidget, settings: SettingsRepository, report: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._report = window, settings, report

    def ask(self, name: str, exported: Callable[[], object | None]) -> None:
        """Ask where to write what ``exported`` returns now; a later change does not reach it."""
        result = exported()
        if result is None:
            self._report(f"There is no {name} to export yet.")
            return
        settings = self._settings.settings
        dialog = ask_for_new_file(
            self._window,
            f"Export the {name}",
            existing_folder(settings.export_folder) / f"{name.replace(' ', '_')}.csv",
            tuple(FILTERS.values()),
            tuple(FILTERS).index(settings.dialect),
        )

        def write(path: Path) -> None:
            chosen = dialog.selectedNameFilter()
            dialect = next(key for key, text in FILTERS.items() if text == chosen)
            self._write(name, result, path, dialect)

        open_then(dialog, write)

    def _write(self, name: str, result: object, path: Path, dialect: str) -> None:
        self._settings.update(export_folder=str(path.parent), dialect=dialect)
        try:
            write_csv(result, path, dialect=dialect)  # type: ignore[arg-type]
        except EngineError as error:
            show_failure(self._window, f"The {name} was not exported", str(error))
        else:
            self._report(f"The {name} was written to {path}")
