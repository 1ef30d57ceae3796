"""Formulas as LaTeX: written through the dialog, or a reason why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.export.latex_export import FILTERS, LatexExport
from gui.session.settings import SettingsRepository

Answer = Callable[[Path, str], None]


@pytest.fixture
def export(window: QWidget, settings: SettingsRepository, said: list[str]) -> LatexExport:
    return LatexExport(window, settings, said.append)


def test_that_the_formulas_of_now_are_written(
    export: LatexExport, answer: Answer, said: list[str], tmp_path: Path
) -> None:
    export.ask("derivation", lambda: r"\alpha^{2} = α²")
    answer(tmp_path / "rules.tex", FILTERS[0])
    assert (tmp_path / "rules.tex").read_text(encoding="utf-8") == r"\alpha^{2} = α²"
    assert said == [f"Wrote the derivation to {tmp_path / 'rules.tex'}"]


def test_that_nothing_to_write_is_said(
    export: LatexExport, window: QWidget, said: list[str]
) -> None:
    export.ask("derivation", lambda: None)
    assert said == ["Nothing was exported: no derivation of the problem as it stands is shown."]
    assert window.findChild(QFileDialog) is None


def test_that_a_file_that_cannot_be_written_is_said_in_a_box(
    qtbot: QtBot, export: LatexExport, answer: Answer, window: QWidget, tmp_path: Path
) -> None:
    (tmp_path / "folder.tex").mkdir()
    export._write("derivation", "x", tmp_path / "folder.tex")
    qtbot.waitUntil(lambda: window.findChild(QMessageBox) is not None, timeout=5000)
    box = window.findChild(QMessageBox)
    assert "derivation" in box.windowTitle()
    box.close()
