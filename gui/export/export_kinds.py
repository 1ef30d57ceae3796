"""The kinds of file that panels can write: a new one is one entry in :data:`KINDS`.

A kind says what the menu and the dialog call it and how its file is made;
:class:`gui.export.file_export.FileExport` does everything else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from engine.errors import EngineError
from gui.export.csv_work import write_csv_until_told
from gui.export.picture_export import can_be_scaled, picture_file
from gui.session.readings import StillReadingError
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import Task

LONGEST_SECONDS = 600.0
"""After which an export is given up: the largest file, on a slow disk."""


class FileFormat(NamedTuple):
    """One line of the file dialog.

    Attributes:
        text: What the dialog calls it.
        ending: Of the file's name.
        dialect: Of a CSV file; the settings remember it.
    """

    text: str
    ending: str
    dialect: str = ""

    @property
    def filter(self) -> str:
        """The line as Qt reads it."""
        return f"{self.text} (*{self.ending})"


@dataclass(frozen=True, slots=True)
class ExportKind:
    """How one kind of file is offered and made; ``{}`` in a text is the name of the export.

    Attributes:
        line: What the File menu calls it.
        action: The name of the menu's action.
        tip: What the status bar says about it.
        title: What the dialog and the messages call it.
        formats: Returns the formats that a result can be written in, the usual one first.
        make: Returns the content of the file, given the result, the path and the chosen format, or
            the task of a worker process that writes it. It may raise an EngineError.
        why_nothing: Says why there is nothing to write at the moment.
    """

    line: str
    action: str
    tip: str
    title: str
    formats: Callable[[Any], tuple[FileFormat, ...]]
    make: Callable[[Any, Path, FileFormat], bytes | Task]
    why_nothing: Callable[[str, WorksheetStore], str]


CSV_FORMATS = (
    FileFormat("CSV, decimal point, for programs", ".csv", "standard"),
    FileFormat("CSV, decimal comma, for spreadsheets set to it", ".csv", "semicolon"),
)

PICTURE_FORMATS = (FileFormat("PNG picture", ".png"), FileFormat("SVG drawing", ".svg"))

LATEX_FORMATS = (FileFormat("LaTeX", ".tex"),)


def _csv_task(result: object, path: Path, chosen: FileFormat) -> Task:
    arguments = (result, path, chosen.dialect)
    return Task("engine", write_csv_until_told, arguments, LONGEST_SECONDS)


def _why_no_result(name: str, store: WorksheetStore) -> str:
    try:
        store.inputs()
    except StillReadingError as error:
        return str(error)
    except EngineError:
        return "The problem cannot be read at the moment; mend it, then export."
    return f"Nothing was exported: open the panel of the {name} first, and wait for it."


def _why_not_shown(name: str, _store: WorksheetStore) -> str:
    return f"Nothing was exported: no {name} of the problem as it stands is shown."


KINDS = {
    # What engine.write_csv writes: a Comparison, a GradientField, ...
    "csv": ExportKind(
        line="{} as CSV",
        action="{}",
        tip="Write the {} to a file, for a spreadsheet or a program",
        title="{}",
        formats=lambda _result: CSV_FORMATS,
        make=_csv_task,
        why_nothing=_why_no_result,
    ),
    # A gui.panel.picture.Picture.
    "picture": ExportKind(
        line="picture of {}",
        action="picture_of_{}",
        tip="Write the plot of the {} to a file, as it is drawn now",
        title="picture of the {}",
        formats=lambda picture: PICTURE_FORMATS if can_be_scaled(picture) else PICTURE_FORMATS[:1],
        make=lambda picture, path, _chosen: picture_file(picture, path),
        why_nothing=_why_not_shown,
    ),
    # Text that a document takes in as it is.
    "latex": ExportKind(
        line="{} as LaTeX",
        action="{}_as_LaTeX",
        tip="Write the {} to a file, for a document",
        title="{}",
        formats=lambda _text: LATEX_FORMATS,
        make=lambda text, _path, _chosen: str(text).encode("utf-8"),
        why_nothing=_why_not_shown,
    ),
}
"""By the word that an :class:`gui.panel.panel_slot.Export` names them with."""
