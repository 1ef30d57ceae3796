"""The one way to the icons: SVG files of the resources, in the colour of the theme's text."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.theme import Theme

APP_ICON = "trigrad"

_PLACEHOLDER = "currentColor"


@lru_cache(maxsize=256)
def icon(name: str, theme: Theme) -> QIcon:
    """Return an icon in the colours of ``theme``, paler where what it stands for is disabled.

    Raises:
        FileNotFoundError: There is no such icon.
    """
    return QIcon(_SvgEngine(_svg(name), theme.text, theme.border))


@lru_cache(maxsize=1)
def app_icon() -> QIcon:
    """Return the program's own icon, which has its own colours."""
    return QIcon(_SvgEngine(_svg(APP_ICON), "", ""))


def _svg(name: str) -> str:
    return (files("resources") / "icons" / f"{name}.svg").read_text(encoding="utf-8")


class _SvgEngine(QIconEngine):
    """Draws an icon when it is first seen, at the size that is asked for: most never are."""

    def __init__(self, svg: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._svg, self._colour, self._disabled = svg, colour, disabled
        self._drawn: dict[tuple[int, int, bool], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = self._disabled if mode == QIcon.Mode.Disabled else self._colour
        renderer = QSvgRenderer(QByteArray(self._svg.replace(_PLACEHOLDER, colour).encode()))
        renderer.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        key = size.width(), size.height(), mode == QIcon.Mode.Disabled
        if key not in self._drawn:
            pixmap = QPixmap(size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
            painter.end()
            self._drawn[key] = pixmap
        return self._drawn[key]

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._svg, self._colour, self._disabled)
