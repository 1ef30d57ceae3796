"""A plot as the content of a file: PNG for documents, SVG to be scaled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QGraphicsView

from engine.errors import ExportError
from gui.export.recorder import Recorder
from gui.export.svg_file import png_file, svg_file
from gui.panel.picture import Picture

SCALE = 2
"""Pixels of a PNG for each of the screen's: sharp in print and on a projector."""


def can_be_scaled(picture: Picture) -> bool:
    """Return whether there is more than an image: a plot, which an SVG file can hold."""
    return isinstance(picture.drawing, QGraphicsView)


def picture_file(picture: Picture, path: Path) -> bytes:
    """Return the content of a file, of the kind that its ending says.

    Raises:
        ExportError: The picture cannot be written in a file with this ending.
    """
    ending = path.suffix.lower()
    if ending == ".png":
        return png_of(picture)
    if ending == ".svg" and can_be_scaled(picture):
        return svg_of(picture)
    known = ".png or .svg" if can_be_scaled(picture) else ".png"
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
    # By way of the SVG, in which every width and size is fixed: in an image, however fine, Qt draws
    # pyqtgraph's lines and markers as many pixels wide as on the screen.
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
