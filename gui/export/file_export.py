"""Exporting: which file, in which format, and what came of it; the same for every kind of file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from engine.errors import EngineError
from engine.files import replaced_file
from gui.export.export_kinds import ExportKind, FileFormat
from gui.export.file_dialog import ask_for_new_file, existing_folder, open_then, show_failure
from gui.session.settings import SettingsRepository
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner, Task


class FileExport(QObject):
    """Asks for a file and writes into it what a panel shows.

    Args:
        window: The dialogs stand in front of it.
        store: Tells why there may be nothing to export.
        runner: Writes what takes long; an export that it is told to cancel leaves no file.
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

    def ask(self, kind: ExportKind, name: str, shown: Callable[[], object | None]) -> None:
        """Ask where to write what ``shown`` returns now; a later change does not reach it."""
        result = shown()
        if result is None:
            self._report(kind.why_nothing(name, self._store))
            return
        settings = self._settings.settings
        formats = {one.filter: one for one in kind.formats(result)}
        dialects = [one.dialect for one in formats.values()]
        usual = dialects.index(settings.dialect) if settings.dialect in dialects else 0
        title = kind.title.format(name)
        ending = list(formats.values())[usual].ending
        dialog = ask_for_new_file(
            self._window,
            f"Export the {title}",
            existing_folder(settings.export_folder) / f"{name.replace(' ', '_')}{ending}",
            tuple(formats),
            usual,
        )
        dialog.filterSelected.connect(lambda text: dialog.setDefaultSuffix(formats[text].ending))

        def write(path: Path) -> None:
            chosen = formats[dialog.selectedNameFilter()]
            self._remember(path, chosen)
            self._write(title, path, lambda: kind.make(result, path, chosen))

        open_then(dialog, write)

    def _remember(self, path: Path, chosen: FileFormat) -> None:
        self._settings.update(export_folder=str(path.parent))
        if chosen.dialect:
            self._settings.update(dialect=chosen.dialect)

    def _write(self, title: str, path: Path, make: Callable[[], bytes | Task]) -> None:
        try:
            made = make()
            if isinstance(made, Task):
                self._start(title, path, made)
                return
            with replaced_file(path) as file:
                file.write(made)
        except EngineError as error:
            self._say_failed(title, str(error))
        else:
            self._report(f"Wrote the {title} to {path}")

    def _start(self, title: str, path: Path, task: Task) -> None:
        """Have a worker process write the file."""
        self._report(f"Writing the {title}…")

        def fail(_ticket: int, _index: int, error: Exception) -> None:
            expected = isinstance(error, EngineError)
            self._say_failed(
                title, str(error) if expected else "Internal error; details are in the log."
            )

        def settle(_ticket: int, outcome: str) -> None:
            if outcome == "cancelled":
                self._report(f"The export of the {title} was cancelled; nothing was written")
            channel.deleteLater()

        # A channel for each export: a second one must not replace the first.
        channel = self._runner.channel(f"export {title}")
        channel.arrived.connect(lambda: self._report(f"Wrote the {title} to {path}"))
        channel.failed.connect(fail)
        channel.settled.connect(settle)
        channel.start([task])

    def _say_failed(self, title: str, reason: str) -> None:
        show_failure(self._window, f"Could not export the {title}", reason)
