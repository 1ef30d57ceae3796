"""Pictures are read as a person reads them: values off the axes, in the files that were written."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from gui.export.picture_export import SCALE
from gui.look.method_styles import method_style
from gui.look.theme import DARK, LIGHT, Theme
from gui.plots.plot_colours import plot_colours
from tests.gui.picture_reading import Axis, Floats, PixelPicture, SvgPicture, height_on

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]

SCREENS: dict[str, tuple[Theme, dict[str, str]]] = {
    "96 dpi": (LIGHT, {}),
    "144 dpi": (DARK, {"QT_FONT_DPI": "144", "QT_ENABLE_HIGHDPI_SCALING": "0"}),
}

POINTS = {
    "gradient_field": (2, 3),
    "far_away": (1000002, 3),
    "slope": (2, 9),
    "curve": (2, 2),
}
"""What is to be read off each picture at the point."""

SVG = (*POINTS, "zoomed", "error_study", "explanation")
PLOTS = (*POINTS, "zoomed", "error_study")

TICK = 5 * SCALE
"""Pixels of a tick mark."""

DISC = 13
"""Pixels in a square that only the point's disc has room for."""

CURVE_AT = np.linspace(-3.5, 0.5, 41)
"""log10 of the steps at which the curve of the forward difference is a line without noise."""


@dataclass(frozen=True)
class Written:
    """The files of one run of the program."""

    folder: Path
    theme: Theme

    def svg(self, name: str) -> SvgPicture:
        """Return an SVG file's elements."""
        return SvgPicture(self.folder / f"{name}.svg")

    def png(self, name: str) -> PixelPicture:
        """Return a PNG file's pixels."""
        return PixelPicture.of(QImage(str(self.folder / f"{name}.png")))

    def axes(self, name: str) -> tuple[Axis, Axis]:
        """Return the axes of an SVG file, below and to the left."""
        svg, log = self.svg(name), name == "error_study"
        below, left = (
            svg.axis(side, self.theme.border, self.theme.muted, log=log)
            for side in ("bottom", "left")
        )
        return below, left

    @property
    def mark(self) -> str:
        """The colour of the point."""
        return plot_colours(self.theme).mark

    @property
    def forward(self) -> str:
        """The colour of the forward difference."""
        return method_style("forward", self.theme).colour


@pytest.fixture(scope="module", params=SCREENS)
def written(
    request: pytest.FixtureRequest, qapp: QApplication, tmp_path_factory: pytest.TempPathFactory
) -> Written:
    """What the program writes on a screen."""
    theme, screen = SCREENS[request.param]
    folder = tmp_path_factory.mktemp("pictures")
    subprocess.run(
        [sys.executable, "-m", "tests.gui.picture_exporter", str(folder), theme.name],
        cwd=ROOT, env={**os.environ, **screen}, check=True, timeout=100,
    )  # fmt: skip
    return Written(folder, theme)


def found(axis: Axis, ticks: Floats) -> Axis:
    """Return an axis of a file as the tick marks that were found in its picture."""
    nearest = np.array([min(ticks, key=lambda tick: abs(tick - at)) for at in axis.places * SCALE])
    assert np.abs(nearest - axis.places * SCALE).max() <= 1
    return Axis(nearest, axis.values)


def axes_in(picture: PixelPicture, axes: tuple[Axis, Axis], theme: Theme) -> tuple[Axis, Axis]:
    """Return the axes as they stand in the pixels."""
    below, left = axes
    return (
        found(below, picture.ticks("bottom", theme.border, TICK)),
        found(left, picture.ticks("left", theme.border, TICK)),
    )


def by_qt(path: Path) -> PixelPicture:
    """Return the picture that Qt makes of an SVG file, as fine as the PNG."""
    image = QImage(QImage(str(path.with_suffix(".png"))).size(), QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(path)).render(painter, QRectF(image.rect()))
    painter.end()
    return PixelPicture.of(image)


def by_librsvg(path: Path, folder: Path) -> PixelPicture:
    """Return the picture that librsvg makes of an SVG file, as fine as the PNG."""
    size = QImage(str(path.with_suffix(".png"))).size()
    drawn = folder / "drawn.png"
    width, height = str(size.width()), str(size.height())
    command = ["rsvg-convert", "--width", width, "--height", height, "--output", str(drawn)]
    subprocess.run([*command, str(path)], check=True, timeout=60)
    return PixelPicture.of(QImage(str(drawn)))


@pytest.mark.parametrize("name", POINTS)
def test_that_the_point_is_read_off_the_svg_where_it_is(written: Written, name: str) -> None:
    below, left = written.axes(name)
    (point,) = written.svg(name).filled(written.mark)
    x, y = point.middle
    spans = [float(np.ptp(axis.values)) for axis in (below, left)]
    assert below.read(x) == pytest.approx(POINTS[name][0], abs=spans[0] / 1000)
    assert left.read(y) == pytest.approx(POINTS[name][1], abs=spans[1] / 500)


@pytest.mark.parametrize("name", POINTS)
def test_that_the_point_is_read_off_the_png_where_it_is(written: Written, name: str) -> None:
    picture = written.png(name)
    below, left = axes_in(picture, written.axes(name), written.theme)
    x, y = picture.disc(written.mark, DISC)
    spans = [float(np.ptp(axis.values)) for axis in (below, left)]
    assert below.read(x) == pytest.approx(POINTS[name][0], abs=spans[0] / 400)
    assert left.read(y) == pytest.approx(POINTS[name][1], abs=spans[1] / 400)


def test_that_the_error_study_is_read_off_the_svg(written: Written) -> None:
    svg = written.svg("error_study")
    below, left = written.axes("error_study")
    (cursor,) = svg.stroked(written.theme.accent)
    assert below.read(cursor.middle[0]) == pytest.approx(-4, abs=0.01)
    (curve,) = svg.stroked(written.forward)
    (line,) = curve.lines
    for log_step in (-4, -2, 0):
        x = np.interp(log_step, below.values, below.places)
        # 2ab² + 3a²b at (2, 3): the truncation error of the forward difference is 9h.
        truth = math.log10(9 * 10.0**log_step)
        assert left.read(height_on(line, x)) == pytest.approx(truth, abs=0.02)


def test_that_the_error_study_is_read_off_the_png(written: Written) -> None:
    picture = written.png("error_study")
    below, left = axes_in(picture, written.axes("error_study"), written.theme)
    columns = np.flatnonzero(picture.near(written.theme.accent).mean(axis=0) > 0.6)
    assert below.read(columns.mean() + 0.5) == pytest.approx(-4, abs=0.05)
    columns = curve_columns(below)
    errors = [
        left.read(height) - math.log10(9) - below.read(column + 0.5)
        for column, height in zip(columns, curve_heights(picture, written, columns), strict=True)
        if math.isfinite(height)
    ]
    assert len(errors) > 10
    assert np.abs(errors).max() < 0.15


def curve_columns(below: Axis) -> list[int]:
    """Return columns in which the curve of the forward difference is a line."""
    return [round(float(np.interp(log, below.values, below.places))) for log in CURVE_AT]


def curve_heights(picture: PixelPicture, written: Written, columns: list[int]) -> list[float]:
    """Return where the curve stands in each column; nan where something lies over it."""
    return [picture.height_in(written.forward, column) for column in columns]


def test_that_costs_are_read_off_the_picture_of_the_panel(written: Written) -> None:
    known = json.loads((written.folder / "cost.json").read_text())
    sharp = known["sharp"]
    picture = written.png("cost").part(*(sharp * one for one in known["plot"]))
    # The first and the last are the sides of the frame.
    ticks = [
        picture.ticks(side, written.theme.border, round(5 * sharp))[1:-1]
        for side in ("bottom", "left")
    ]
    below = Axis(ticks[0], np.array(known["bottom"]))
    left = Axis(ticks[1], np.array(known["left"])[::-1])
    colour = method_style("central", written.theme).colour
    for order, evaluations in ((3, 6), (4, 9), (5, 12)):
        column = int(np.interp(order, below.values, below.places))
        read = left.read(picture.height_in(colour, column))
        assert 10**read == pytest.approx(evaluations, rel=0.1)


@pytest.mark.parametrize("name", PLOTS)
def test_that_nothing_is_drawn_outside_the_frame(written: Written, name: str) -> None:
    svg = written.svg(name)
    low, high = svg.frame(written.theme.border)
    background, *others = svg.elements
    assert background.points.max() == max(svg.size)
    drawn = [
        element
        for element in others
        if element.tag != "text" and element.look.get("stroke") != written.theme.border
    ]
    assert drawn
    for element in drawn:
        assert (element.points >= low).all(), element
        assert (element.points <= high).all(), element


@pytest.mark.parametrize("name", ["gradient_field", "far_away", "zoomed"])
def test_that_the_colours_fill_the_frame(written: Written, name: str) -> None:
    svg = written.svg(name)
    low, high = svg.frame(written.theme.border)
    (image,) = [element for element in svg.elements if element.tag == "image"]
    assert np.abs(image.points - [low, high]).max() <= 1


@pytest.mark.parametrize("name", PLOTS)
def test_that_librsvg_and_qt_show_the_same_as_the_png(
    written: Written, name: str, tmp_path: Path
) -> None:
    path = written.folder / f"{name}.svg"
    axes = written.axes(name)
    pictures = (written.png(name), by_qt(path), by_librsvg(path, tmp_path))
    ticks = [axes_in(picture, axes, written.theme) for picture in pictures]
    for one in ticks:
        for axis, first in zip(one, ticks[0], strict=True):
            assert np.abs(axis.places - first.places).max() <= 1
    if name == "error_study":
        columns = curve_columns(ticks[0][0])
        seen = np.array([curve_heights(picture, written, columns) for picture in pictures])
        seen = seen[:, np.isfinite(seen).all(axis=0)]
        assert seen.shape[1] > 10
    else:
        size = DISC if name != "zoomed" else DISC - 4  # it is cut there
        seen = np.array([picture.disc(written.mark, size) for picture in pictures])
    assert np.ptp(seen, axis=0).max() <= 1


@pytest.mark.parametrize("name", SVG)
def test_that_lines_have_their_widths_in_the_units_of_the_file(written: Written, name: str) -> None:
    text = (written.folder / f"{name}.svg").read_text()
    assert not any(word in text for word in ("vector-effect", "clip", 'transform="matrix'))
    strokes = [
        one for one in written.svg(name).elements if one.look.get("stroke", "none") != "none"
    ]
    widths = {float(one.look["stroke-width"]) for one in strokes}
    assert widths
    assert max(widths) <= 6
    if name == "error_study":
        (curve,) = written.svg(name).stroked(written.forward)
        assert curve.look["stroke-width"] == "2.4"


def test_that_markers_are_shapes(written: Written) -> None:
    svg = written.svg("error_study")
    assert "image" not in {element.tag for element in svg.elements}
    assert len(svg.filled(written.forward)) > 10


@pytest.mark.parametrize("name", SVG)
def test_that_a_picture_says_what_it_shows(written: Written, name: str) -> None:
    svg = written.svg(name)
    formulas = {
        "far_away": "a² + b² − 2000000a + 1000000000000", "slope": "x³ − 3x", "curve": "x³ − 3x"
    }  # fmt: skip
    assert svg.title.endswith(f"f = {formulas.get(name, '3a²b + 2ab²')}")
    points = {"far_away": "a=1000002, b=3", "slope": "x=2", "curve": "x=2"}
    assert f"at {points.get(name, 'a=2, b=3')}" in svg.description
    image = QImage(str(written.folder / f"{name}.png"))
    assert (image.text("Title"), image.text("Description")) == (svg.title, svg.description)
    if name == "gradient_field":
        assert svg.description == (
            "a from −5 to 5, b from −5 to 5; at a=2, b=3: f = 72, ∇f = (54, 36)"
        )


@pytest.mark.parametrize("name", SVG)
def test_that_letters_have_a_family_that_every_machine_has(written: Written, name: str) -> None:
    texts = [element for element in written.svg(name).elements if element.tag == "text"]
    assert texts
    for text in texts:
        assert text.look["font-family"].endswith("sans-serif")
        assert text.look["text-anchor"] == "middle"


def test_that_the_graph_stands_whole_in_the_file(written: Written) -> None:
    svg = written.svg("explanation")
    boxes = [
        *svg.filled(written.theme.raised), *svg.filled(written.theme.window)
    ]  # fmt: skip
    assert len(boxes) == 9
    for box in boxes:
        assert (box.points >= 0).all()
        assert (box.points <= svg.size).all()
        inside = [
            text.text
            for text in svg.elements
            if text.tag == "text"
            and (text.points >= box.points.min(axis=0)).all()
            and (text.points <= box.points.max(axis=0)).all()
        ]
        assert {"value", "adjoint"} <= set(inside)
