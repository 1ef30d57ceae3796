"""The only way to the icons: SVG files of the resources, in the colour of the theme's text."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.look.theme import Theme

APP_ICON = "trigrad"

_SIZES = (16, 32, 48)
"""Edges in pixels: those of a menu on screens of one, two and three pixels a point."""

_APP_SIZES = (16, 24, 32, 48, 64, 128)
"""Edges in pixels: the desktop shows it larger. Qt takes the next one up and scales it down."""

_PLACEHOLDER = "currentColor"


@lru_cache(maxsize=256)
def icon(name: str, theme: Theme) -> QIcon:
    """Return an icon in the colours of ``theme``, paler where what it stands for is disabled.

    Raises:
        FileNotFoundError: There is no such icon.
        ValueError: The file is no SVG that Qt can draw.
    """
    made = QIcon()
    _add_pixmaps(made, name, _SIZES, theme.text, QIcon.Mode.Normal)
    _add_pixmaps(made, name, _SIZES, theme.border, QIcon.Mode.Disabled)
    return made


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """Return the program's own icon, which has its own colours."""
    made = QIcon()
    _add_pixmaps(made, APP_ICON, _APP_SIZES, "#000000", QIcon.Mode.Normal)
    return made


def _add_pixmaps(
    made: QIcon, name: str, sizes: tuple[int, ...], colour: str, mode: QIcon.Mode
) -> None:
    svg = (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace(_PLACEHOLDER, colour).encode()))
    if not renderer.isValid():
        raise ValueError(f"{name}.svg is no SVG that can be drawn")
    for size in sizes:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap, mode)
