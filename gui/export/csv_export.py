"""Exporting a result as CSV: which file, which dialect, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError
from gui.export.csv_work import write_csv_until_told
from gui.export.file_dialog import ask_for_new_file, existing_folder, open_then, show_failure
from gui.session.readings import StillReadingError
from gui.session.settings import SettingsRepository
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner, Task

FILTERS = {
    "standard": "CSV, decimal point, for programs (*.csv)",
    "semicolon": "CSV, decimal comma, for spreadsheets set to it (*.csv)",
}
"""Dialect to what the dialog calls it."""

LONGEST_SECONDS = 600.0
"""After which an export is given up: the largest file, on a slow disk."""


class CsvExport(QObject):
    """Asks for a file and has a worker process write a result into it.

    Args:
        window: The dialogs stand in front of it.
        store: Tells why there may be nothing to export.
        runner: Writes; what it is told to cancel leaves no file.
        settings: Remember folder and dialect.
        report: Shows a sentence to the user.
    """

    def __init__(
        self,
        window: QWidget,
        store: WorksheetStore,
        runner: JobRunner,
        settings: SettingsRepository,
        report: Callable[[str], None],
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._runner = window, store, runner
        self._settings, self._report = settings, report

    def ask(self, name: str, exported: Callable[[], object | None]) -> None:
        """Ask where to write what ``exported`` returns now; a later change does not reach it."""
        result = exported()
        if result is None:
            self._report(self._why_nothing(name))
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

    def _why_nothing(self, name: str) -> str:
        try:
            self._store.inputs()
        except StillReadingError as error:
            return str(error)
        except EngineError:
            return "The problem cannot be read at the moment; mend it, then export."
        return f"Nothing was exported: open the panel of the {name} first, and wait for it."

    def _write(self, name: str, result: object, path: Path, dialect: str) -> None:
        self._settings.update(export_folder=str(path.parent), dialect=dialect)
        self._report(f"Writing the {name}…")

        def fail(_ticket: int, _index: int, error: Exception) -> None:
            expected = isinstance(error, EngineError)
            reason = str(error) if expected else "Internal error; details are in the log."
            show_failure(self._window, f"Could not export the {name}", reason)

        def settle(_ticket: int, outcome: str) -> None:
            if outcome == "cancelled":
                self._report(f"The export of the {name} was cancelled; nothing was written")
            channel.deleteLater()

        # A channel each, for a second export is not to replace the first.
        channel = self._runner.channel(f"export {name}")
        channel.arrived.connect(lambda: self._report(f"Wrote the {name} to {path}"))
        channel.failed.connect(fail)
        channel.settled.connect(settle)
        arguments = (result, path, dialect)
        channel.start([Task("engine", write_csv_until_told, arguments, LONGEST_SECONDS)])
