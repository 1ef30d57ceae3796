"""Exporting and worksheets as a person does it: menu, dialog, file, and the file read back."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import engine
from engine.worksheet import Worksheet
from gui.export.csv_export import FILTERS, CsvExport
from gui.export.worksheet_file import WorksheetFiles
from gui.settings import SettingsRepository
from gui.worksheet_reader import LARGEST_FILE
from gui.worksheet_store import WorksheetStore

Answer = Callable[[Path, str], None]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def export(window: QWidget, settings: SettingsRepository, said: list[str]) -> CsvExport:
    return CsvExport(window, settings, said.append)


@pytest.fixture
def files(window: QWidget, settings: SettingsRepository, said: list[str]) -> WorksheetFiles:
    return WorksheetFiles(window, WorksheetStore(parent=window), settings, said.append)


@pytest.fixture
def answer(qtbot: QtBot, window: QWidget) -> Answer:
    """Type a path into the dialog that is open, choose a filter, and accept."""

    def type_and_accept(path: Path, name_filter: str = "") -> None:
        qtbot.waitUntil(lambda: window.findChild(QFileDialog) is not None, timeout=5000)
        dialog = window.findChild(QFileDialog)
        if name_filter:
            dialog.selectNameFilter(name_filter)
        dialog.findChild(QLineEdit, "fileNameEdit").setText(str(path))
        dialog.accept()
        qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None, timeout=5000)

    return type_and_accept


def warning(window: QWidget) -> str:
    return window.findChild(QMessageBox).text()


def comparison() -> engine.Comparison:
    f = engine.read("2ab^2 + 3a^2b").polynomial
    point = engine.Point({"a": 2, "b": 3})
    return engine.compare(f, point, [("a",), ("a", "b")], methods=["forward", "rules"])


def test_that_a_comparison_is_exported_and_reads_back(
    export: CsvExport, answer: Answer, tmp_path: Path, said: list[str]
) -> None:
    path = tmp_path / "result.csv"
    export.ask("comparison", comparison)
    answer(path, FILTERS["standard"])
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["partial"], row["method"], float(row["value"])) for row in rows] == [
        ("a", "forward", 54.00090000009072),
        ("a", "rules", 54.0),
        ("a*b", "forward", 24.000500786769408),
        ("a*b", "rules", 24.0),
    ]
    assert said == [f"The comparison was written to {path}"]


def test_that_samples_are_exported_for_a_spreadsheet_with_decimal_comma(
    export: CsvExport, answer: Answer, tmp_path: Path, settings: SettingsRepository
) -> None:
    path = tmp_path / "field.csv"
    grid = engine.RegularGrid(x=("a", 0, 1, 3), y=("b", 0, 1, 3))
    f = engine.read("0.5a + b").polynomial
    export.ask("samples", lambda: engine.sample(f, grid, engine.Point({"a": 0, "b": 0})))
    answer(path, FILTERS["semicolon"])
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 10
    assert ";0,5;" in lines[1]
    assert settings.settings.dialect == "semicolon"


def test_that_the_next_dialog_opens_in_the_same_folder_with_the_same_dialect(
    export: CsvExport, answer: Answer, tmp_path: Path, window: QWidget
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    export.ask("comparison", comparison)
    answer(folder / "one.csv", FILTERS["semicolon"])
    export.ask("comparison", comparison)
    dialog = window.findChild(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == folder
    assert dialog.selectedNameFilter() == FILTERS["semicolon"]
    assert [Path(name).name for name in dialog.selectedFiles()] == ["comparison.csv"]


def test_that_a_name_without_ending_gets_one(
    export: CsvExport, answer: Answer, tmp_path: Path
) -> None:
    export.ask("comparison", comparison)
    answer(tmp_path / "plain")
    assert (tmp_path / "plain.csv").is_file()


def test_that_a_folder_that_cannot_be_written_is_said_with_the_reason(
    export: CsvExport, tmp_path: Path, window: QWidget, said: list[str]
) -> None:
    export.ask("comparison", comparison)
    # The folder goes while the dialog is open.
    window.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "gone" / "result.csv"))
    assert "was not written: no such file or directory" in warning(window)
    assert said == []


def test_that_nothing_to_export_is_said_and_no_dialog_opens(
    export: CsvExport, window: QWidget, said: list[str]
) -> None:
    export.ask("comparison", lambda: None)
    assert said == ["There is no comparison to export yet."]
    assert window.findChild(QFileDialog) is None


def test_that_what_was_shown_when_asked_is_written_even_if_it_changed_meanwhile(
    export: CsvExport, answer: Answer, tmp_path: Path
) -> None:
    results = [comparison()]
    export.ask("comparison", results.pop)
    answer(tmp_path / "result.csv")
    assert (tmp_path / "result.csv").read_text(encoding="utf-8").count("\n") == 5


def test_that_a_saved_worksheet_opens_again_and_undo_takes_it_back(
    files: WorksheetFiles, answer: Answer, window: QWidget, tmp_path: Path
) -> None:
    store = window.findChild(WorksheetStore)
    mine = Worksheet(text="x^2 y", coordinates=(("x", "1/3"), ("y", "-2")), axes=("y", "x"))
    store.replace_all("mine", mine)
    files.ask_to_save()
    answer(tmp_path / "homework")
    store.undo_stack.undo()
    files.ask_to_open()
    answer(tmp_path / "homework.json")
    assert store.worksheet == mine
    store.undo_stack.undo()
    assert store.worksheet == Worksheet()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[1, 2]", "no trigrad worksheet"),
        (b"{", "no trigrad worksheet"),
        (b"\xff\xfe", "not UTF-8"),
        (b'{"schema_version": 99}', "version 99"),
        (b" " * (LARGEST_FILE + 1), "too large"),
        (None, "cannot be read: No such file or directory"),
    ],
    ids=["list", "broken", "bytes", "newer", "large", "missing"],
)
def test_that_a_file_that_is_no_worksheet_is_refused_with_the_reason(
    files: WorksheetFiles, window: QWidget, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "file.json"
    if content is not None:
        path.write_bytes(content)
    files.open(path)
    assert reason in warning(window)
    assert window.findChild(WorksheetStore).worksheet == Worksheet()


def test_that_a_worksheet_that_cannot_be_saved_is_said_with_the_reason(
    files: WorksheetFiles, window: QWidget, tmp_path: Path, said: list[str]
) -> None:
    files.save(tmp_path / "no" / "such" / "folder.json")
    assert "was not written" in warning(window)
    assert said == []
