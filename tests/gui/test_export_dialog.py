"""Exporting and worksheets as a person does it: menu, dialog, file, and the file read back."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

import engine
from engine.limits import LIMITS
from engine.worksheet.worksheet import Worksheet
from engine.worksheet.worksheet_reader import LARGEST_FILE, read_worksheet_file
from gui.export.export_kinds import CSV_FORMATS, KINDS
from gui.export.file_export import FileExport
from gui.export.worksheet_file import WorksheetFiles
from gui.session.settings import SettingsRepository
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner

Answer = Callable[[Path, str], None]

Ask = Callable[[str, Callable[[], object]], None]

Written = Callable[[Path], None]

POINT, COMMA = (one.filter for one in CSV_FORMATS)


@pytest.fixture
def ask(file_export: FileExport) -> Ask:
    return partial(file_export.ask, KINDS["csv"])


@pytest.fixture
def files(
    window: QWidget, store: WorksheetStore, settings: SettingsRepository, said: list[str]
) -> WorksheetFiles:
    return WorksheetFiles(window, store, settings, said.append)


@pytest.fixture
def written(qtbot: QtBot, said: list[str]) -> Callable[[Path], None]:
    """Wait until a file is said to be written."""

    def wait(path: Path) -> None:
        qtbot.waitUntil(
            lambda: any(
                text.startswith("Wrote the ") and text.endswith(f" to {path}") for text in said
            ),
            timeout=5000,
        )

    return wait


def warning(window: QWidget) -> str:
    return window.findChild(QMessageBox).text()


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"settings.json"}


def comparison() -> engine.Comparison:
    f = engine.read("2ab^2 + 3a^2b").polynomial
    point = engine.Point({"a": 2, "b": 3})
    return engine.compare(f, point, [("a",), ("a", "b")], methods=["forward", "rules"])


def test_that_a_comparison_is_exported_and_reads_back(
    ask: Ask, answer: Answer, written: Written, tmp_path: Path, said: list[str]
) -> None:
    path = tmp_path / "result.csv"
    ask("comparison", comparison)
    answer(path, POINT)
    written(path)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["partial"], row["method"], float(row["value"])) for row in rows] == [
        ("a", "forward", 54.00090000009072),
        ("a", "rules", 54.0),
        ("a*b", "forward", 24.000500786769408),
        ("a*b", "rules", 24.0),
    ]
    assert said == ["Writing the comparison…", f"Wrote the comparison to {path}"]


def test_that_samples_are_exported_for_a_spreadsheet_with_decimal_comma(
    ask: Ask,
    answer: Answer,
    written: Written,
    tmp_path: Path,
    settings: SettingsRepository,
) -> None:
    path = tmp_path / "field.csv"
    grid = engine.RegularGrid(x=("a", 0, 1, 3), y=("b", 0, 1, 3))
    f = engine.read("0.5a + b").polynomial
    ask("samples", lambda: engine.sample(f, grid, engine.Point({"a": 0, "b": 0})))
    answer(path, COMMA)
    written(path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 10
    assert ";0,5;" in lines[1]
    assert settings.settings.dialect == "semicolon"


def test_that_the_next_dialog_opens_in_the_same_folder_with_the_same_dialect(
    ask: Ask, answer: Answer, tmp_path: Path, window: QWidget
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    ask("comparison", comparison)
    answer(folder / "one.csv", COMMA)
    ask("comparison", comparison)
    dialog = window.findChild(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == folder
    assert dialog.selectedNameFilter() == COMMA
    assert [Path(name).name for name in dialog.selectedFiles()] == ["comparison.csv"]


def test_that_a_name_without_ending_gets_one(
    ask: Ask, answer: Answer, written: Written, tmp_path: Path
) -> None:
    ask("comparison", comparison)
    answer(tmp_path / "plain")
    written(tmp_path / "plain.csv")
    assert (tmp_path / "plain.csv").is_file()


def test_that_a_folder_that_cannot_be_written_is_said_with_the_reason(
    qtbot: QtBot, ask: Ask, tmp_path: Path, window: QWidget, said: list[str]
) -> None:
    ask("comparison", comparison)
    # The folder goes while the dialog is open.
    window.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "gone" / "result.csv"))
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=5000)
    assert "was not written: no such file or directory" in warning(window)
    assert said == ["Writing the comparison…"]


def test_that_a_cancelled_export_leaves_no_file_and_the_next_is_written(
    qtbot: QtBot, ask: Ask, answer: Answer, runner: JobRunner, tmp_path: Path, said: list[str]
) -> None:
    f = engine.read("(a+b)^7").polynomial
    grid = engine.RegularGrid(x=("a", -5, 5, 700), y=("b", -5, 5, 700))
    field = engine.sample(f, grid, engine.Point({"a": 0, "b": 0}))
    ask("samples", lambda: field)
    answer(tmp_path / "field.csv", POINT)
    qtbot.waitUntil(lambda: list(tmp_path.glob(".trigrad-*.part")) != [], timeout=5000)
    runner.cancel_all()
    qtbot.waitUntil(
        lambda: said[-1] == "The export of the samples was cancelled; nothing was written",
        timeout=5000,
    )
    qtbot.waitUntil(lambda: files_in(tmp_path) == set(), timeout=5000)
    ask("comparison", comparison)
    answer(tmp_path / "next.csv", POINT)
    qtbot.waitUntil(lambda: files_in(tmp_path) == {"next.csv"}, timeout=5000)


def test_that_two_exports_at_once_are_both_written(
    qtbot: QtBot, ask: Ask, window: QWidget, tmp_path: Path, said: list[str]
) -> None:
    paths = [tmp_path / "one.csv", tmp_path / "two.csv"]
    for path in paths:
        ask(path.stem, comparison)
    for dialog, path in zip(window.findChildren(QFileDialog), paths, strict=True):
        dialog.fileSelected.emit(str(path))
    qtbot.waitUntil(lambda: len(said) == 4, timeout=5000)
    assert files_in(tmp_path) == {"one.csv", "two.csv"}


def test_that_why_a_broken_problem_cannot_be_exported_is_said(
    ask: Ask, store: WorksheetStore, said: list[str]
) -> None:
    store.edit("edit", text="x^^2")
    ask("comparison", lambda: None)
    assert said == ["The problem cannot be read at the moment; mend it, then export."]


def test_that_nothing_to_export_is_said_and_no_dialog_opens(
    ask: Ask, window: QWidget, said: list[str]
) -> None:
    ask("comparison", lambda: None)
    assert said == [
        "Nothing was exported: open the panel of the comparison first, and wait for it."
    ]
    assert window.findChild(QFileDialog) is None


def test_that_what_was_shown_when_asked_is_written_even_if_it_changed_meanwhile(
    ask: Ask, answer: Answer, written: Written, tmp_path: Path
) -> None:
    results = [comparison()]
    ask("comparison", results.pop)
    answer(tmp_path / "result.csv")
    written(tmp_path / "result.csv")
    assert (tmp_path / "result.csv").read_text(encoding="utf-8").count("\n") == 5


def test_that_a_saved_worksheet_opens_again_and_undo_stays_in_it(
    files: WorksheetFiles, store: WorksheetStore, answer: Answer, tmp_path: Path
) -> None:
    mine = Worksheet(text="x^2 y", coordinates=(("x", "1/3"), ("y", "-2")), axes=("y", "x"))
    store.open(mine)
    files.ask_to_save()
    answer(tmp_path / "homework")
    files.new()
    assert store.worksheet == Worksheet()
    files.ask_to_open()
    answer(tmp_path / "homework.json")
    assert store.worksheet == mine
    assert not store.undo_stack.canUndo()


def test_that_undo_never_leads_from_one_file_into_another(
    files: WorksheetFiles, store: WorksheetStore, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_text(Worksheet(text=name).to_json(), encoding="utf-8")
    files.open(tmp_path / "a.json")
    store.edit("edit", text="a^2")
    files.save(tmp_path / "a.json")
    files.open(tmp_path / "b.json")
    store.undo_group.undo()
    store.undo_group.redo()
    files.ask_to_save()
    assert read_worksheet_file(tmp_path / "b.json").text == "b"
    assert read_worksheet_file(tmp_path / "a.json").text == "a^2"


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
    files: WorksheetFiles,
    store: WorksheetStore,
    window: QWidget,
    tmp_path: Path,
    content: bytes | None,
    reason: str,
) -> None:
    path = tmp_path / "file.json"
    if content is not None:
        path.write_bytes(content)
    files.open(path)
    assert reason in warning(window)
    assert store.worksheet == Worksheet()


def test_that_opening_a_pipe_does_not_wait_for_its_writer(
    files: WorksheetFiles, window: QWidget, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    files.open(tmp_path / "pipe.json")
    assert "it is a device or a pipe, not a file" in warning(window)


def test_that_a_worksheet_that_cannot_be_saved_is_said_with_the_reason(
    files: WorksheetFiles, window: QWidget, tmp_path: Path, said: list[str]
) -> None:
    files.save(tmp_path / "no" / "such" / "folder.json")
    assert "was not written" in warning(window)
    assert said == []


def test_that_the_coordinates_that_are_shown_are_saved_and_no_others(
    files: WorksheetFiles, store: WorksheetStore, tmp_path: Path
) -> None:
    store.edit("edit", text="y^2 + x", coordinates=(("a", "2"), ("x", "1/3")))
    files.save(tmp_path / "mine.json")
    saved = read_worksheet_file(tmp_path / "mine.json")
    assert saved.coordinates == (("y", "1"), ("x", "1/3"))
    assert store.worksheet.coordinates == (("a", "2"), ("x", "1/3"))


def test_that_a_text_that_cannot_be_read_is_saved_with_every_coordinate(
    files: WorksheetFiles, store: WorksheetStore, tmp_path: Path
) -> None:
    store.edit("edit", text="x^")
    files.save(tmp_path / "mine.json")
    assert read_worksheet_file(tmp_path / "mine.json") == store.worksheet


def test_that_a_worksheet_with_a_file_is_saved_there_without_a_question(
    files: WorksheetFiles, store: WorksheetStore, window: QWidget, tmp_path: Path
) -> None:
    path = tmp_path / "mine.json"
    files.save(path)
    store.edit("edit", text="x^2")
    files.ask_to_save()
    assert window.findChild(QFileDialog) is None
    assert read_worksheet_file(path).text == "x^2"
    files.ask_to_save_as()
    dialog = window.findChild(QFileDialog)
    assert [Path(name) for name in dialog.selectedFiles()] == [path]


def test_that_what_differs_from_what_was_saved_is_unsaved(
    qtbot: QtBot, files: WorksheetFiles, store: WorksheetStore, tmp_path: Path
) -> None:
    assert not files.unsaved
    with qtbot.waitSignal(files.changed, timeout=5000):
        store.edit("edit", text="x")
    assert files.unsaved
    files.save(tmp_path / "mine.json")
    assert not files.unsaved
    with qtbot.waitSignal(files.changed, timeout=5000):
        store.edit("edit", text="x^2")
    assert files.unsaved
    store.undo_stack.undo()
    assert not files.unsaved
    files.new()
    assert (files.path, files.unsaved) == (None, False)


def test_that_what_was_typed_back_to_what_was_saved_is_saved(
    files: WorksheetFiles, store: WorksheetStore
) -> None:
    store.edit("edit", text="x")
    store.edit("edit", text=Worksheet().text)
    assert store.undo_stack.canUndo()
    assert not files.unsaved
    store.edit("edit", coordinates=(("a", "7"), ("b", "3")))
    assert files.unsaved
    store.edit("edit", coordinates=(("b", "3"), ("a", "2"), ("c", "5")))
    assert not files.unsaved  # the file would be the same
    store.edit("edit", methods=Worksheet().methods[1:])
    assert files.unsaved


def test_that_an_example_is_as_good_as_saved_until_it_is_changed(
    files: WorksheetFiles, store: WorksheetStore, window: QWidget
) -> None:
    files.open_example(Worksheet(text="x^3", about="Look."))
    assert (files.path, files.unsaved) == (None, False)
    files.open_example(Worksheet(text="y^3"))
    assert store.worksheet.text == "y^3"
    assert window.findChild(QMessageBox) is None
    store.edit("edit", text="y^4")
    assert files.unsaved


def test_that_a_visit_is_not_what_is_to_be_saved(
    files: WorksheetFiles, store: WorksheetStore, tmp_path: Path
) -> None:
    store.visit(Worksheet(text="z"))
    assert not files.unsaved
    store.leave()
    store.edit("mine", text="x")
    store.visit(Worksheet(text="z"))
    store.edit("tried", text="z^2")
    assert files.unsaved
    files.save(tmp_path / "mine.json")
    assert read_worksheet_file(tmp_path / "mine.json").text == "x"
    store.leave()
    assert not files.unsaved


def test_that_keys_typed_after_saving_are_not_merged_into_what_is_saved(
    files: WorksheetFiles, store: WorksheetStore, tmp_path: Path
) -> None:
    store.edit("edit", merge="text", text="x")
    files.save(tmp_path / "mine.json")
    store.edit("edit", merge="text", text="xy")
    assert files.unsaved
    store.undo_stack.undo()
    assert (store.worksheet.text, files.unsaved) == ("x", False)


@pytest.mark.parametrize(
    ("button", "left", "saved"),
    [
        (QMessageBox.StandardButton.Save, True, "x^2"),
        (QMessageBox.StandardButton.Discard, True, "x"),
        (QMessageBox.StandardButton.Cancel, False, "x"),
    ],
    ids=["save", "discard", "cancel"],
)
def test_that_leaving_what_is_not_saved_asks_first(
    qtbot: QtBot,
    files: WorksheetFiles,
    store: WorksheetStore,
    window: QWidget,
    tmp_path: Path,
    button: QMessageBox.StandardButton,
    left: bool,
    saved: str,
) -> None:
    path = tmp_path / "mine.json"
    store.edit("edit", text="x")
    files.save(path)
    store.edit("edit", text="x^2")
    done: list[bool] = []
    files.leave(lambda: done.append(True))
    assert done == []
    box = window.findChild(QMessageBox)
    assert box.text() == "mine.json has changed since it was saved. Save it now?"
    qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)
    assert done == [True] * left
    assert read_worksheet_file(path).text == saved
    assert files.unsaved is not left


def test_that_a_worksheet_in_no_file_is_asked_about_and_saved_where_the_dialog_says(
    qtbot: QtBot,
    files: WorksheetFiles,
    store: WorksheetStore,
    window: QWidget,
    answer: Answer,
    tmp_path: Path,
) -> None:
    store.edit("edit", text="x^2")
    done: list[bool] = []
    for accepted in (False, True):
        files.leave(lambda: done.append(True))
        box = window.findChild(QMessageBox)
        assert box.text() == "This worksheet has not been saved. Save it now?"
        qtbot.mouseClick(box.button(QMessageBox.StandardButton.Save), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None, timeout=5000)
        dialog = window.findChild(QFileDialog)
        assert (done, files.unsaved) == ([], True)
        if accepted:
            answer(tmp_path / "mine.json")
        else:
            dialog.reject()
            qtbot.waitUntil(lambda: window.findChild(QFileDialog) is None, timeout=5000)
    assert (done, files.unsaved) == ([True], False)
    assert read_worksheet_file(tmp_path / "mine.json").text == "x^2"


def test_that_only_one_question_is_asked_at_a_time(
    qtbot: QtBot, files: WorksheetFiles, store: WorksheetStore, window: QWidget
) -> None:
    store.edit("edit", text="x^2")
    done: list[str] = []
    files.leave(lambda: done.append("first"))
    files.leave(lambda: done.append("second"))
    (box,) = window.findChildren(QMessageBox)
    box.reject()
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is None, timeout=5000)
    files.leave(lambda: done.append("third"))
    discard = window.findChild(QMessageBox).button(QMessageBox.StandardButton.Discard)
    qtbot.mouseClick(discard, Qt.MouseButton.LeftButton)
    assert done == ["third"]


def test_that_the_name_of_a_file_is_no_markup_in_the_question(
    files: WorksheetFiles, store: WorksheetStore, window: QWidget, tmp_path: Path
) -> None:
    files.save(tmp_path / "<h1>x<b>.json")
    store.edit("edit", text="x^2")
    files.leave(lambda: None)
    box = window.findChild(QMessageBox)
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert box.text().startswith("<h1>x<b>.json has changed")


def test_that_what_no_file_can_hold_is_not_saved_and_said(
    files: WorksheetFiles, store: WorksheetStore, window: QWidget, tmp_path: Path
) -> None:
    store.edit("edit", partials="a" * (LIMITS.partials + 1))
    assert not files.save(tmp_path / "mine.json")
    assert "partials: 2,001 characters are too many" in warning(window)
    assert (files_in(tmp_path), files.unsaved) == (set(), True)


def test_that_what_is_not_saved_is_asked_about_before_another_file_takes_its_place(
    qtbot: QtBot, files: WorksheetFiles, store: WorksheetStore, window: QWidget, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    other.write_text(Worksheet(text="t").to_json(), encoding="utf-8")
    files.save(tmp_path / "mine.json")
    store.edit("edit", text="x^2")
    files.open(other)
    assert store.worksheet.text == "x^2"
    discard = window.findChild(QMessageBox).button(QMessageBox.StandardButton.Discard)
    qtbot.mouseClick(discard, Qt.MouseButton.LeftButton)
    assert store.worksheet.text == "t"
    assert (files.path, files.unsaved) == (other, False)


def test_that_a_save_that_fails_leaves_nothing(
    qtbot: QtBot, files: WorksheetFiles, store: WorksheetStore, window: QWidget, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    files.save(folder / "mine.json")
    store.edit("edit", text="x^2")
    (folder / "mine.json").unlink()
    folder.rmdir()
    done: list[bool] = []
    files.leave(lambda: done.append(True))
    save = window.findChild(QMessageBox).button(QMessageBox.StandardButton.Save)
    qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    assert (done, files.unsaved) == ([], True)
