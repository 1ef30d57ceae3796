"""python -m tests.gui.picture_exporter FOLDER THEME: the real program writes all of its pictures.

A process of its own, for Qt asks for the dots per inch of the screen once, when it starts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QPoint, QTimer
from PySide6.QtWidgets import QApplication, QGraphicsView

from engine.studies.cost_study import CostStudy
from engine.worksheet.worksheet import Worksheet
from gui.app import Trigrad
from gui.export.picture_export import png_of, svg_of
from gui.panel.panel_slot import PANELS
from gui.session.settings import SettingsRepository
from tests.gui.conftest import make_program

ONE_VARIABLE: dict[str, Any] = {"text": "x^3 - 3x", "coordinates": (("x", "2"),)}
FAR_AWAY: dict[str, Any] = {
    "text": "(a - 1000000)^2 + b^2",
    "coordinates": (("a", "1000002"), ("b", "3")),
    "intervals": (("a", 999999.0, 1000005.0), ("b", -1.0, 5.0)),
}


def wait_until(ready: Callable[[], Any]) -> None:
    """Let the program work until ``ready`` returns something."""
    loop = QEventLoop()
    timer = QTimer(interval=20)
    timer.timeout.connect(lambda: ready() and loop.quit())
    timer.start()
    loop.exec()
    QApplication.processEvents()  # axes are as wide as their numbers in the next turn


class Exporter:
    """Writes what panels show into a folder."""

    def __init__(self, program: Trigrad, folder: Path) -> None:
        self._program, self._folder = program, folder

    def write(self, key: str, name: str = "") -> None:
        """Write what the panel shows once it shows something."""
        panel = self._program.panels[key]
        pictured = panel.exports["picture"]
        self._program.window.raise_panel(key)
        wait_until(pictured)
        picture = pictured()
        assert picture is not None
        file = self._folder / (name or key)
        file.with_suffix(".png").write_bytes(png_of(picture))
        if isinstance(picture.drawing, QGraphicsView):
            file.with_suffix(".svg").write_bytes(svg_of(picture))

    def write_cost(self) -> None:
        """Write the costs once those of central differences are there, and what the ticks mean."""
        panel = self._program.panels["cost"]

        def is_there() -> bool:
            study = panel.exports["csv"]()
            found = study.samples if isinstance(study, CostStudy) else ()
            return sum(sample.method == "central" for sample in found) >= 5

        self._program.window.raise_panel("cost")
        wait_until(is_there)
        self.write("cost")
        plot = panel.widget.orders  # type: ignore[attr-defined]
        known = {
            "plot": (*plot.mapTo(panel.widget, QPoint()).toTuple(), *plot.size().toTuple()),
            "sharp": plot.devicePixelRatioF(),
        }
        for side, range_, size in zip(
            ("bottom", "left"), plot.viewRange(), plot.getViewBox().size().toTuple(), strict=True
        ):
            ((_, known[side]),) = plot.getAxis(side).tickValues(*range_, size)
        (self._folder / "cost.json").write_text(json.dumps(known))

    def show(self, changes: dict[str, Any]) -> None:
        """Change the worksheet, and wait until the plots follow."""
        self._program.store.edit("another problem", **changes)
        wait_until(lambda: not self._program.panels["gradient_field"].widget.waiting)  # type: ignore[attr-defined]


def main(folder: Path, theme: str) -> None:
    """Write the pictures of the default worksheet and of two others."""
    app = QApplication([])
    settings = SettingsRepository(folder / "settings.json")
    settings.update(theme=theme, tour_offered=True)
    program = make_program(app, settings, Worksheet())
    program.show()
    wait_until(lambda: len(program.panels) == len(PANELS))
    exporter = Exporter(program, folder)
    for key in ("gradient_field", "error_study", "explanation", "surface"):
        exporter.write(key)
    exporter.write_cost()
    program.window.raise_panel("gradient_field")
    # More than is seen is drawn, as while a person moves the range.
    program.panels["gradient_field"].widget.field.setRange(  # type: ignore[attr-defined]
        xRange=(0.1, 2.05), yRange=(-4.3, 3.02), padding=0
    )
    exporter.write("gradient_field", "zoomed")
    exporter.show(FAR_AWAY)
    exporter.write("gradient_field", "far_away")
    exporter.show(ONE_VARIABLE)
    exporter.write("gradient_field", "slope")
    exporter.write("surface", "curve")
    program.window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
