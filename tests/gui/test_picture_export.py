"""Plots as pictures: the real plots, written, and the files read back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QGraphicsView, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.export.export_kinds import KINDS, PICTURE_FORMATS
from gui.export.file_export import FileExport
from gui.export.picture_export import SCALE, png_of
from gui.panel.panel import Panel, PanelContext
from gui.panels import gradient_field, surface
from tests.gui.conftest import turn
from tests.gui.picture_reading import PixelPicture

Answer = Callable[[Path, str], None]
Ask = Callable[[str, Callable[[], object]], None]
PNG, SVG = (one.filter for one in PICTURE_FORMATS)


@pytest.fixture
def ask(file_export: FileExport) -> Ask:
    return partial(file_export.ask, KINDS["picture"])


def shown(qtbot: QtBot, panel: Panel) -> Panel:
    qtbot.addWidget(panel.widget)
    panel.widget.resize(420, 400)
    panel.widget.show()
    qtbot.waitExposed(panel.widget)
    return panel


@pytest.fixture
def field(qtbot: QtBot, panel_context: PanelContext) -> Panel:
    return shown(qtbot, gradient_field.build(panel_context))


@pytest.fixture
def surface_panel(qtbot: QtBot, panel_context: PanelContext) -> Panel:
    return shown(qtbot, surface.build(panel_context))


def colours(path: Path) -> int:
    """Return how many colours an image has."""
    pixels = PixelPicture.of(QImage(str(path))).pixels
    return len(np.unique(pixels.reshape(-1, 3), axis=0))


def test_that_a_plot_is_written_as_png_finer_than_on_the_screen(
    ask: Ask, answer: Answer, field: Panel, tmp_path: Path, said: list[str]
) -> None:
    ask("gradient field", field.exports["picture"])
    answer(tmp_path / "field.png", PNG)
    image = QImage(str(tmp_path / "field.png"))
    picture = field.exports["picture"]()
    assert picture is not None
    assert isinstance(picture.drawing, QGraphicsView)
    assert image.size() == picture.drawing.viewport().size() * SCALE
    assert colours(tmp_path / "field.png") > 500
    assert said == [f"Wrote the picture of the gradient field to {tmp_path / 'field.png'}"]


def test_that_a_png_tells_how_large_it_was_on_the_screen(field: Panel) -> None:
    picture = field.exports["picture"]()
    assert picture is not None
    image = QImage.fromData(png_of(picture))
    inches = image.width() / (image.dotsPerMeterX() * 0.0254)
    assert inches == pytest.approx(picture.drawing.width() / field.widget.logicalDpiX(), rel=0.01)


def test_that_a_surface_is_written_as_it_is_seen(
    ask: Ask, answer: Answer, surface_panel: Panel, tmp_path: Path, window: QWidget
) -> None:
    ask("surface", surface_panel.exports["picture"])
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.nameFilters() == [PNG]
    answer(tmp_path / "surface.png", PNG)
    assert colours(tmp_path / "surface.png") > 500


def test_that_the_ending_follows_the_chosen_kind(
    ask: Ask, answer: Answer, field: Panel, tmp_path: Path, window: QWidget
) -> None:
    ask("gradient field", field.exports["picture"])
    dialog = window.findChild(QFileDialog)
    assert dialog is not None
    dialog.filterSelected.emit(SVG)
    answer(tmp_path / "field", SVG)
    assert (tmp_path / "field.svg").read_bytes().startswith(b"<?xml")


def test_that_an_unknown_ending_is_refused_and_nothing_is_written(
    ask: Ask, answer: Answer, field: Panel, tmp_path: Path, window: QWidget
) -> None:
    ask("gradient field", field.exports["picture"])
    answer(tmp_path / "field.gif", PNG)
    box = window.findChild(QMessageBox)
    assert box is not None
    assert "let the name end in .png or .svg" in box.text()
    assert not (tmp_path / "field.gif").exists()


def test_that_a_sentence_is_no_picture(
    qtbot: QtBot, ask: Ask, panel_context: PanelContext, said: list[str]
) -> None:
    panel_context.store.edit("constant", text="5")
    turn()
    for build in (gradient_field.build, surface.build):
        ask("plot", shown(qtbot, build(panel_context)).exports["picture"])
    assert said == ["Nothing was exported: no plot of the problem as it stands is shown."] * 2


def test_that_the_picture_of_a_hidden_panel_is_that_of_the_problem_as_it_is(
    qtbot: QtBot, panel_context: PanelContext
) -> None:
    panels = [shown(qtbot, build(panel_context)) for build in (gradient_field.build, surface.build)]
    turn()
    for panel in panels:
        panel.widget.hide()
    panel_context.store.edit("text", text="x^3 - 3x")
    turn()
    for panel, title in zip(panels, ("Derivative", "Curve"), strict=True):
        picture = panel.exports["picture"]()
        assert picture is not None
        assert picture.title == f"{title} of f = x³ − 3x"
        assert isinstance(picture.drawing, QGraphicsView)


def test_that_the_picture_of_an_earlier_problem_is_not_written(
    qtbot: QtBot, panel_context: PanelContext
) -> None:
    panels = [shown(qtbot, build(panel_context)) for build in (gradient_field.build, surface.build)]
    turn()
    assert all(panel.exports["picture"]() is not None for panel in panels)
    panel_context.store.edit("text", text="ab + (")
    turn()
    assert [panel.exports["picture"]() for panel in panels] == [None, None]
