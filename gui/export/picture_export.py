"""Exporting a plot as a picture: PNG for documents, SVG to be scaled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QGraphicsView, QWidget

from engine.errors import ExportError
from gui.export.file_dialog import ask_for_new_file, existing_folder, open_then, write_or_say
from gui.export.recorder import Recorder
from gui.export.svg_file import png_file, svg_file
from gui.panel.picture import Picture
from gui.session.settings import SettingsRepository

FILTERS = ("PNG picture (*.png)", "SVG drawing (*.svg)")

SCALE = 2
"""Pixels of a PNG for each of the screen's: sharp in print and on a projector."""


class PictureExport(QObject):
    """Asks for a file and writes a plot into it, as it is drawn now.

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

    def ask(self, name: str, pictured: Callable[[], Picture | None]) -> None:
        """Ask where to write what ``pictured`` returns; the file's ending says how."""
        picture = pictured()
        if picture is None:
            self._report(f"Nothing was exported: no {name} of the problem as it stands is shown.")
            return
        dialog = ask_for_new_file(
            self._window,
            f"Export the picture of the {name}",
            existing_folder(self._settings.settings.export_folder)
            / f"{name.replace(' ', '_')}.png",
            FILTERS if isinstance(picture.drawing, QGraphicsView) else FILTERS[:1],
            0,
        )
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("svg" if chosen == FILTERS[1] else "png")
        )
        open_then(dialog, lambda path: self._write(name, picture, path))

    def _write(self, name: str, picture: Picture, path: Path) -> None:
        self._settings.update(export_folder=str(path.parent))
        what = f"picture of the {name}"
        if write_or_say(self._window, path, lambda: _content(picture, path), what):
            self._report(f"Wrote the {what} to {path}")


def _content(picture: Picture, path: Path) -> bytes:
    scales = isinstance(picture.drawing, QGraphicsView)
    ending = path.suffix.lower()
    if ending == ".png":
        return png_of(picture)
    if ending == ".svg" and scales:
        return svg_of(picture)
    known = ".png or .svg" if scales else ".png"
    raise ExportError(f"{str(path)!r} was not written: let the name end in {known}.")


def png_of(picture: Picture) -> bytes:
    """Return the picture as a PNG file, a plot :data:`SCALE` times as fine as on the screen.

    An image, such as a 3-D view gives it, stays as fine as it is.
    """
    drawing = picture.drawing
    image = drawing if isinstance(drawing, QImage) else _drawn(picture, drawing)
    image.setText("Title", picture.title)
    image.setText("Description", picture.description)
    return png_file(image)


def _drawn(picture: Picture, plot: QGraphicsView) -> QImage:
    image = QImage(plot.viewport().size() * SCALE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    # By way of the SVG: there every width and size is known, while Qt draws pyqtgraph's lines
    # and markers in an image as many pixels wide as on the screen, however fine the image is.
    QSvgRenderer(svg_of(picture)).render(painter, QRectF(image.rect()))
    painter.end()
    pixels_a_metre = round(SCALE * plot.logicalDpiX() / 0.0254)
    image.setDotsPerMeterX(pixels_a_metre)
    image.setDotsPerMeterY(pixels_a_metre)
    return image


def svg_of(picture: Picture) -> bytes:
    """Return the plot as an SVG file of the size that it has on the screen."""
    plot = picture.drawing
    assert isinstance(plot, QGraphicsView)
    seen = plot.viewport().rect()
    recorder = Recorder(seen.size(), plot.logicalDpiX())
    painter = QPainter(recorder)
    with _as_shapes(plot):
        plot.render(painter, QRectF(seen), seen)
    painter.end()
    return svg_file(recorder, picture.title, picture.description)


@contextmanager
def _as_shapes(plot: QGraphicsView) -> Iterator[None]:
    """Let markers be drawn as shapes; on the screen they are copies of small images."""
    scatters = [item for item in plot.items() if isinstance(item, pg.ScatterPlotItem)]
    for item in scatters:
        item.setExportMode(True, {"antialias": True})
    try:
        yield
    finally:
        for item in scatters:
            item.setExportMode(False)
