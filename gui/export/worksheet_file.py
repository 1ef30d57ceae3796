"""Worksheets as files: which one is open, whether it is saved, and what is written into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.errors import EngineError
from engine.export.files import replaced_file
from engine.worksheet import DEFAULT_COORDINATE, Worksheet
from engine.worksheet_reader import read_worksheet_file
from gui.export.file_dialog import (
    ask_for_file,
    ask_for_new_file,
    existing_folder,
    open_then,
    show_failure,
)
from gui.settings import SettingsRepository
from gui.worksheet_store import WorksheetStore

_FILTERS = ("trigrad worksheet (*.json)",)

_BUTTON = QMessageBox.StandardButton


class WorksheetFiles(QObject):
    """Opens worksheets and saves them, and knows what of the one that is open is not saved.

    A worksheet without a file is a calculation as on any calculator: nobody is asked about it.

    Args:
        window: The dialogs stand in front of it.
        store: Holds the worksheet.
        settings: Remember the folder.
        report: Shows a sentence to the user.
        path: The file that the worksheet was read from, if any.

    Signals:
        changed: Another file is open, or whether it is saved has changed.
    """

    changed = Signal()

    def __init__(
        self,
        window: QWidget,
        store: WorksheetStore,
        settings: SettingsRepository,
        report: Callable[[str], None],
        path: Path | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._store, self._settings = window, store, settings
        self._report = report
        self.path = path
        store.saved_changed.connect(self.changed)

    @property
    def unsaved(self) -> bool:
        """Whether a file is open that does not hold the worksheet as it is now."""
        return self.path is not None and not self._store.undo_stack.isClean()

    def new(self) -> None:
        """Start again from the example, in no file."""
        self.leave(self._start_again)

    def ask_to_open(self) -> None:
        """Ask which worksheet to open."""
        folder = existing_folder(self._settings.settings.worksheet_folder)
        open_then(ask_for_file(self._window, "Open a worksheet", folder, _FILTERS), self.open)

    def ask_to_save(self) -> None:
        """Save the worksheet in its file; ask where if it has none."""
        if self.path is None:
            self.ask_to_save_as()
        else:
            self.save(self.path)

    def ask_to_save_as(self) -> None:
        """Ask where to save the worksheet."""
        folder = existing_folder(self._settings.settings.worksheet_folder)
        dialog = ask_for_new_file(
            self._window, "Save the worksheet", self.path or folder / "worksheet.json", _FILTERS, 0
        )
        open_then(dialog, self.save)

    def open(self, path: Path) -> None:
        """Open the worksheet in a file, or say why not."""
        try:
            worksheet = read_worksheet_file(path)
        except EngineError as error:
            show_failure(self._window, "The worksheet was not opened", str(error))
            return
        self.leave(lambda: self._adopt(path, worksheet))

    def open_example(self, title: str, worksheet: Worksheet) -> None:
        """Open a worksheet that comes with the program; it is in no file of the user's."""

        def adopt() -> None:
            self._store.replace_all(f"open example {title}", worksheet)
            self._hold(None)

        self.leave(adopt)

    def save(self, path: Path) -> bool:
        """Save the worksheet in a file, or say why not; return whether it is saved."""
        try:
            with replaced_file(path) as file:
                file.write(_as_shown(self._store).to_json().encode("utf-8"))
        except EngineError as error:
            show_failure(self._window, "The worksheet was not saved", str(error))
            return False
        self._hold(path)
        self._report(f"The worksheet was saved to {path}")
        return True

    def leave(self, then: Callable[[], object]) -> None:
        """Call ``then``; ask before if it would lose what is not saved."""
        if not self.unsaved or self.path is None:
            then()
            return
        path = self.path
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "Save the worksheet?",
            f"{path.name} has changed since it was saved. Save it now?",
            _BUTTON.Save | _BUTTON.Discard | _BUTTON.Cancel,
            self._window,
        )
        box.setDefaultButton(_BUTTON.Save)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def answer(result: int) -> None:
            if result == _BUTTON.Discard:
                self._hold(None)
                then()
            elif result == _BUTTON.Save and self.save(path):
                then()

        box.finished.connect(answer)
        box.open()

    def _start_again(self) -> None:
        self._store.replace_all("new worksheet", Worksheet())
        self._hold(None)

    def _adopt(self, path: Path, worksheet: Worksheet) -> None:
        self._store.replace_all(f"open {path.name}", worksheet)
        self._hold(path)
        self._report(f"Opened {path}")

    def _hold(self, path: Path | None) -> None:
        self.path = path
        self._store.undo_stack.setClean()
        if path is not None:
            self._settings.update(worksheet_folder=str(path.parent))
        self.changed.emit()


def _as_shown(store: WorksheetStore) -> Worksheet:
    """Return the worksheet with the coordinates that its fields show, and no other."""
    worksheet = store.worksheet
    try:
        variables = store.readings.read(worksheet.text).polynomial.variables
    except EngineError:
        return worksheet  # which of them f has is not known before it can be read
    typed = dict(worksheet.coordinates)
    shown = tuple((name, typed.get(name, DEFAULT_COORDINATE)) for name in variables)
    return replace(worksheet, coordinates=shown)
