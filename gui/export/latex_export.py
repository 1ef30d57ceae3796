"""Exporting formulas as LaTeX: a file that a document takes in as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from gui.export.file_dialog import ask_for_new_file, existing_folder, open_then, write_or_say
from gui.session.settings import SettingsRepository

FILTERS = ("LaTeX (*.tex)",)


class LatexExport(QObject):
    """Asks for a file and writes formulas into it, as they are shown now.

    Args:
        window: The dialogs stand in front of it.
        settings: Remember the folder.
        report: Shows a sentence to the user.
    """

    def __init__(
        self, window: QWidget, settings: SettingsRepository, report: Callable[[str], None]
    ) -> None:
        super().__init__(window)
        self._window, self._settings, self._report = window, settings, report

    def ask(self, name: str, written: Callable[[], str | None]) -> None:
        """Ask where to write what ``written`` returns now."""
        latex = written()
        if latex is None:
            self._report(f"Nothing was exported: no {name} of the problem as it stands is shown.")
            return
        folder = existing_folder(self._settings.settings.export_folder)
        dialog = ask_for_new_file(
            self._window, f"Export the {name}", folder / f"{name.replace(' ', '_')}.tex", FILTERS, 0
        )
        open_then(dialog, lambda path: self._write(name, latex, path))

    def _write(self, name: str, latex: str, path: Path) -> None:
        self._settings.update(export_folder=str(path.parent))
        if write_or_say(self._window, path, lambda: latex.encode("utf-8"), name):
            self._report(f"Wrote the {name} to {path}")
