"""python -m tests.gui.picture_exporter FOLDER THEME: the real program writes all of its pictures.

A process of its own, for Qt reads the dots per inch (QT_FONT_DPI) once, when it starts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from engine.worksheet import Worksheet
from gui.app import Trigrad
from gui.export.picture_export import png_of, svg_of
from gui.panel_slot import PANELS
from gui.settings import SettingsRepository
from tests.gui.conftest import make_program

PANEL_KEYS = ("gradient_field", "error_study", "cost", "explanation", "surface")


def wait_until(ready: Callable[[], Any]) -> Any:
    """Let the program work until ``ready`` returns something, and return that."""
    loop = QEventLoop()
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: ready() and loop.quit())
    timer.start()
    loop.exec()
    return ready()


def write(program: Trigrad, key: str, folder: Path, name: str) -> dict[str, Any]:
    """Write what a panel shows; return what a reader of the file is told apart from it."""
    program.window.raise_panel(key)
    pictured = program.panels[key].pictured
    wait_until(lambda: pictured and pictured())
    QApplication.processEvents()  # the axes are as wide as their numbers in the next turn
    picture = pictured()
    (folder / f"{name}.png").write_bytes(png_of(picture))
    plot = picture.drawing
    if isinstance(plot, QImage):
        return {}
    (folder / f"{name}.svg").write_bytes(svg_of(picture))
    return {"dpi": plot.logicalDpiX(), "size": plot.viewport().size().toTuple()}


def main(folder: Path, theme: str) -> None:
    """Write the pictures of the default worksheet, and of one in a single variable."""
    app = QApplication([])
    settings = SettingsRepository(
        QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    )
    settings.update(theme=theme, tour_offered=True)
    program = make_program(app, settings, Worksheet())
    program.show()
    wait_until(lambda: len(program.panels) == len(PANELS))
    facts = {key: write(program, key, folder, key) for key in PANEL_KEYS}
    program.store.edit("one variable", text="x^3 - 3x", coordinates=(("x", "2"),))
    for key, name in (("gradient_field", "slope"), ("surface", "curve")):
        facts[name] = write(program, key, folder, name)
    (folder / "facts.json").write_text(json.dumps(facts))
    program.window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
