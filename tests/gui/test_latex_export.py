"""Formulas as LaTeX: written through the dialog, or a reason why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.export.export_kinds import KINDS
from gui.export.file_export import FileExport

Answer = Callable[[Path, str], None]
Ask = Callable[[str, Callable[[], str | None]], None]


@pytest.fixture
def ask(file_export: FileExport) -> Ask:
    return partial(file_export.ask, KINDS["latex"])


def test_that_the_formulas_that_are_shown_are_written(
    ask: Ask, answer: Answer, said: list[str], tmp_path: Path
) -> None:
    ask("derivation", lambda: r"\alpha^{2} = α²")
    answer(tmp_path / "rules.tex", "LaTeX (*.tex)")
    assert (tmp_path / "rules.tex").read_text(encoding="utf-8") == r"\alpha^{2} = α²"
    assert said == [f"Wrote the derivation to {tmp_path / 'rules.tex'}"]


def test_that_nothing_to_write_is_said(ask: Ask, window: QWidget, said: list[str]) -> None:
    ask("derivation", lambda: None)
    assert said == ["Nothing was exported: no derivation of the problem as it stands is shown."]
    assert window.findChild(QFileDialog) is None


def test_that_a_file_that_cannot_be_written_is_said_in_a_box(
    qtbot: QtBot, ask: Ask, answer: Answer, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "folder.tex").mkdir()
    ask("derivation", lambda: "x")
    # Qt's own dialog would go into the folder.
    window.findChild(QFileDialog).fileSelected.emit(str(tmp_path / "folder.tex"))
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=5000)
    box = window.findChild(QMessageBox)
    assert "derivation" in box.windowTitle()
    box.close()
