"""Exporting a plot as a picture: PNG for documents, SVG to be scaled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QObject, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsView, QWidget

from engine.errors import ExportError
from gui.export.file_dialog import ask_for_new_file, existing_folder, open_then, write_or_say
from gui.settings import SettingsRepository

FILTERS = ("PNG picture (*.png)", "SVG drawing (*.svg)")

Picture = QGraphicsView | QImage
"""A plot that can be drawn at any size, or one that is an image already."""

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
        plot = pictured()
        if plot is None:
            self._report(f"Nothing was exported: no {name} of the problem as it stands is shown.")
            return
        dialog = ask_for_new_file(
            self._window,
            f"Export the picture of the {name}",
            existing_folder(self._settings.settings.export_folder)
            / f"{name.replace(' ', '_')}.png",
            FILTERS if isinstance(plot, QGraphicsView) else FILTERS[:1],
            0,
        )
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("svg" if chosen == FILTERS[1] else "png")
        )
        open_then(dialog, lambda path: self._write(name, plot, path))

    def _write(self, name: str, plot: Picture, path: Path) -> None:
        self._settings.update(export_folder=str(path.parent))
        what = f"picture of the {name}"
        if write_or_say(self._window, path, lambda: _content(plot, path), what):
            self._report(f"Wrote the {what} to {path}")


def _content(plot: Picture, path: Path) -> bytes:
    ending = path.suffix.lower()
    if ending == ".png":
        return png_of(plot)
    if ending == ".svg" and isinstance(plot, QGraphicsView):
        return svg_of(plot)
    known = ".png or .svg" if isinstance(plot, QGraphicsView) else ".png"
    raise ExportError(f"{str(path)!r} was not written: let the name end in {known}.")


def png_of(plot: Picture) -> bytes:
    """Return the plot as a PNG file, :data:`SCALE` times as fine as on the screen.

    An image, such as a 3-D view gives it, stays as fine as it is.
    """
    image = plot if isinstance(plot, QImage) else _drawn(plot)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _drawn(plot: QGraphicsView) -> QImage:
    size = plot.viewport().size()
    image = QImage(size * SCALE, QImage.Format.Format_ARGB32)
    image.fill(plot.backgroundBrush().color())
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    plot.render(painter, QRectF(image.rect()), plot.viewport().rect())
    painter.end()
    return image


def svg_of(plot: QGraphicsView) -> bytes:
    """Return the plot as an SVG file of the size that it has on the screen."""
    size = plot.viewport().size()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(size))
    generator.setViewBox(plot.viewport().rect())
    generator.setTitle(plot.accessibleName())
    painter = QPainter(generator)
    painter.fillRect(plot.viewport().rect(), plot.backgroundBrush())
    plot.render(painter, QRectF(plot.viewport().rect()), plot.viewport().rect())
    painter.end()
    return bytes(buffer.data().data())
