"""How a file is asked for: in the folder used last, without stopping the program."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from gui.widgets.plain_box import plain_box


def ask_for_new_file(
    parent: QWidget, title: str, suggestion: Path, filters: tuple[str, ...], chosen_filter: int
) -> QFileDialog:
    """Return a dialog that asks where to write; asks before it replaces a file."""
    dialog = _dialog(parent, title, suggestion.parent, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suggestion.suffix.removeprefix("."))
    dialog.selectNameFilter(filters[chosen_filter])
    dialog.selectFile(suggestion.name)
    return dialog


def ask_for_file(
    parent: QWidget, title: str, folder: Path, filters: tuple[str, ...]
) -> QFileDialog:
    """Return a dialog that asks which file to read."""
    dialog = _dialog(parent, title, folder, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def open_then(dialog: QFileDialog, use: Callable[[Path], object]) -> None:
    """Show the dialog; call ``use`` with the file once one is chosen."""
    dialog.fileSelected.connect(lambda name: use(Path(name)))
    dialog.open()


def existing_folder(remembered: str) -> Path:
    """Return the folder used last, or the user's own where that one is gone."""
    folder = Path(remembered)
    with suppress(OSError):  # raised for a name that is too long
        if remembered and folder.is_dir():
            return folder
    return Path.home()


def show_failure(parent: QWidget, title: str, reason: str) -> None:
    """Say in a box what did not work and why; the program goes on meanwhile."""
    plain_box(parent, QMessageBox.Icon.Warning, title, reason).open()


def _dialog(parent: QWidget, title: str, folder: Path, filters: tuple[str, ...]) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setNameFilters(filters)
    return dialog
