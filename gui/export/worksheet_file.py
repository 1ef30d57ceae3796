"""Worksheets as files: which one is open, whether it is saved, and what is written into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.errors import EngineError
from engine.files import replaced_file
from engine.worksheet.worksheet import Worksheet
from engine.worksheet.worksheet_reader import read_worksheet_file
from gui.export.file_dialog import (
    ask_for_file,
    ask_for_new_file,
    existing_folder,
    open_then,
    show_failure,
)
from gui.session.settings import SettingsRepository
from gui.session.worksheet_store import WorksheetStore
from gui.widgets.plain_box import plain_box

_FILTERS = ("trigrad worksheet (*.json)",)

_BUTTON = QMessageBox.StandardButton


class WorksheetFiles(QObject):
    """Opens worksheets and saves them, and knows whether the one that is open is saved.

    A worksheet that is as it was opened needs no saving, whether from a file or as an example.

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
        self._saved = store.own
        self._told = False
        self._question: QMessageBox | None = None
        store.worksheet_changed.connect(self._tell)

    @property
    def unsaved(self) -> bool:
        """Whether the user's worksheet differs from what was opened or saved."""
        now, before = self._store.own, self._saved
        if now == before:
            return False
        if replace(now, coordinates=()) != replace(before, coordinates=()):
            return True
        return self._as_shown(now) != self._as_shown(before)

    def new(self) -> None:
        """Start again from the example, in no file."""
        self.leave(lambda: self._adopt(Worksheet(), None))

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

    def ask_to_save_as(self, then: Callable[[], object] = lambda: None) -> None:
        """Ask where to save the worksheet; call ``then`` once it is saved."""
        folder = existing_folder(self._settings.settings.worksheet_folder)
        dialog = ask_for_new_file(
            self._window, "Save the worksheet", self.path or folder / "worksheet.json", _FILTERS, 0
        )
        open_then(dialog, lambda path: self.save(path) and then())

    def open(self, path: Path) -> None:
        """Open the worksheet in a file, or say why not."""
        try:
            worksheet = read_worksheet_file(path)
        except EngineError as error:
            show_failure(self._window, "The worksheet was not opened", str(error))
            return

        def adopt() -> None:
            self._adopt(worksheet, path)
            self._report(f"Opened {path}")

        self.leave(adopt)

    def open_example(self, worksheet: Worksheet) -> None:
        """Open a worksheet that comes with the program; it is in no file of the user's."""
        self.leave(lambda: self._adopt(worksheet, None))

    def save(self, path: Path) -> bool:
        """Save the worksheet in a file, or say why not; return whether it is saved."""
        own = self._store.own
        try:
            content = self._as_shown(own).to_json().encode("utf-8")
            with replaced_file(path) as file:
                file.write(content)
        except EngineError as error:
            show_failure(self._window, "The worksheet was not saved", str(error))
            return False
        self._store.end_merge()
        self._hold(own, path)
        self._report(f"The worksheet was saved to {path}")
        return True

    def leave(self, then: Callable[[], object]) -> None:
        """Call ``then``, after which the worksheet is gone; if it is not saved, ask first."""
        if not self.unsaved:
            then()
            return
        if self._question is not None:
            return  # one answer at a time
        path = self.path
        said = f"{path.name} has changed since it was" if path else "This worksheet has not been"
        box = plain_box(
            self._window,
            QMessageBox.Icon.Question,
            "Save the worksheet?",
            f"{said} saved. Save it now?",
            _BUTTON.Save | _BUTTON.Discard | _BUTTON.Cancel,
        )
        box.setDefaultButton(_BUTTON.Save)

        def answer(result: int) -> None:
            self._question = None
            if result == _BUTTON.Discard:
                self._hold(self._store.own, path)  # so that nobody asks again
                then()
            elif result == _BUTTON.Save and path is None:
                self.ask_to_save_as(then)
            elif result == _BUTTON.Save and path is not None and self.save(path):
                then()

        box.finished.connect(answer)
        self._question = box
        box.open()

    def _adopt(self, worksheet: Worksheet, path: Path | None) -> None:
        self._saved = worksheet  # first: it must not be compared with the one before
        self._store.open(worksheet)
        self._hold(worksheet, path)

    def _hold(self, saved: Worksheet, path: Path | None) -> None:
        self._saved, self.path = saved, path
        if path is not None:
            self._settings.update(worksheet_folder=str(path.parent))
        self._told = self.unsaved
        self.changed.emit()

    def _tell(self) -> None:
        if self.unsaved is not self._told:
            self._told = not self._told
            self.changed.emit()

    def _as_shown(self, worksheet: Worksheet) -> Worksheet:
        """Return a worksheet with the coordinates that its fields show, and no other."""
        try:
            variables = self._store.readings.read(worksheet.text).polynomial.variables
        except EngineError:
            return worksheet  # which variables f has is unknown until it can be read
        return replace(worksheet, coordinates=worksheet.coordinates_of(variables))
