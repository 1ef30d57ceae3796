"""The surface panel, drawn for real: OpenGL on the X server, and the stand-in without it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from engine.worksheet.worksheet import Worksheet
from gui.look.theme import DARK, LIGHT, Theme
from gui.panel.panel import Panel, PanelContext
from gui.panels.surface import build
from gui.panels.surface.axis_texts import axis_font, place_texts
from gui.panels.surface.box_axes import box_axes
from gui.panels.surface.camera import Camera
from gui.panels.surface.opengl_check import SWITCH, opengl_problem
from gui.panels.surface.painter_canvas import PainterCanvas
from gui.panels.surface.view import SurfaceView
from gui.plots.plot_colours import plot_colours
from gui.session.plotted import plotted_of
from tests.gui.conftest import turn

Show = Callable[..., SurfaceView]

CANVASES = ("opengl", "painter")


@pytest.fixture
def kept() -> Iterator[list[Panel]]:
    """Panels of this test; without an owner they could be collected while they are painted."""
    panels: list[Panel] = []
    yield panels
    for panel in panels:
        panel.widget.hide()


@pytest.fixture
def open_panel(qtbot: QtBot, panel_context: PanelContext, kept: list[Panel]) -> Show:
    def open_worksheet(text: str = "2ab^2 + 3a^2b", **fields: object) -> SurfaceView:
        worksheet = Worksheet(text=text, **fields)  # type: ignore[arg-type]
        panel_context.store.open(worksheet)
        kept.append(build(panel_context))
        view = kept[-1].widget
        assert isinstance(view, SurfaceView)
        qtbot.addWidget(view)
        view.resize(420, 400)
        view.show()
        qtbot.waitExposed(view)
        return view

    return open_worksheet


@pytest.fixture(params=CANVASES)
def show(request: pytest.FixtureRequest, open_panel: Show, monkeypatch: pytest.MonkeyPatch) -> Show:
    if request.param == "painter":
        monkeypatch.setenv(SWITCH, "0")

    def show_worksheet(text: str = "2ab^2 + 3a^2b", **fields: object) -> SurfaceView:
        view = open_panel(text, **fields)
        assert isinstance(view.canvas, PainterCanvas) == (request.param == "painter")
        return view

    return show_worksheet


def pixels(image: QImage) -> NDArray[np.int_]:
    """Return red, green, blue; shape ``(height, width, 3)``."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), -1)
    return rows[:, : 3 * plain.width()].reshape(plain.height(), -1, 3).astype(int)


def share_near(image: QImage, colours: NDArray[np.int_], within: int = 12) -> float:
    """Return the share of the picture whose hue is that of one of ``colours``, in any light."""
    seen = pixels(image).reshape(-1, 3)[::7].astype(float)
    brightness = seen.max(axis=1, keepdims=True)
    bright = brightness[:, 0] > 40
    seen = 255 * seen[bright] / brightness[bright]
    wanted = 255 * colours / colours.max(axis=1, keepdims=True)
    nearest = np.abs(seen[:, None] - wanted[None]).max(axis=2).min(axis=1)
    return float((nearest < within).sum() / len(bright))


def surface_colours(theme: Theme) -> NDArray[np.int_]:
    return plot_colours(theme).height[40:220:4, :3].astype(int)


def drag(qtbot: QtBot, canvas: object, step: QPoint) -> None:
    start = QPoint(150, 120)
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(canvas, left, pos=start)
    qtbot.mouseMove(canvas, start + step / 2)
    qtbot.mouseMove(canvas, start + step)
    qtbot.mouseRelease(canvas, left, pos=start + step)


def test_that_opengl_is_found_on_this_server(qtbot: QtBot) -> None:
    assert opengl_problem() == ""


@pytest.mark.parametrize(
    ("platform", "problem"),
    [("offscreen", "the Qt platform 'offscreen' has none"), ("xcb", "")],
)
def test_that_the_check_comes_before_any_import_of_pyopengl(platform: str, problem: str) -> None:
    script = (
        "import sys\n"
        "import gui.panels.gradient_field, gui.panels.surface\n"
        "assert 'OpenGL' not in sys.modules\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from gui.panels.surface.opengl_check import opengl_problem\n"
        "app = QApplication([])\n"
        "print(opengl_problem())\n"
        f"assert ('OpenGL' in sys.modules) is {not problem}\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": platform}
    environment.pop("PYOPENGL_PLATFORM", None)
    result = subprocess.run(
        [sys.executable, "-c", script],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stdout.strip()) == (0, problem), result.stderr


def test_that_the_surface_is_drawn_in_the_colours_of_its_heights(show: Show) -> None:
    view = show()
    picture = view.canvas.picture()
    assert share_near(picture, surface_colours(LIGHT)) > 0.09
    assert (pixels(picture)[:3, :3] == 255).all()


def test_that_the_point_and_the_arrow_are_drawn_on_top(show: Show) -> None:
    view = show()
    mark = np.array([[0xD6, 0x00, 0x6C]])
    with_marks = share_near(view.canvas.picture(), mark)
    assert with_marks > 0.001
    view = show(intervals=(("a", -1.0, 1.0), ("b", -1.0, 1.0)))
    assert share_near(view.canvas.picture(), mark) == 0
    assert view.remark.text().startswith("The point lies outside the plotted range; ")


def test_that_moving_the_point_gives_the_picture_that_is_drawn_anew(
    show: Show, panel_context: PanelContext, caplog: pytest.LogCaptureFixture
) -> None:
    view = show()
    turn()  # to its size
    first = pixels(view.canvas.picture())
    for a in ("3", "-1"):
        panel_context.store.edit("move point", coordinates=(("a", a), ("b", "3")))
        turn()
        moved = pixels(view.canvas.picture())
    assert (moved != first).any()
    view.show_theme(DARK)
    view.show_theme(LIGHT)
    assert (pixels(view.canvas.picture()) == moved).all()
    assert "OpenGL reported" not in caplog.text


def test_that_a_drag_turns_the_box_and_a_double_click_turns_it_back(
    qtbot: QtBot, show: Show
) -> None:
    view = show()
    canvas = view.canvas
    before = pixels(canvas.picture())
    drag(qtbot, canvas, QPoint(60, 20))
    assert canvas.orbit.camera != Camera()
    turned = pixels(canvas.picture())
    assert (turned != before).any(axis=2).mean() > 0.05
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(150, 120))
    assert canvas.orbit.camera == Camera()
    assert (pixels(canvas.picture()) == before).all()


def test_that_the_wheel_zooms_and_the_button_resets(qtbot: QtBot, show: Show) -> None:
    view = show()
    canvas = view.canvas
    wheel = QWheelEvent(
        QPointF(100, 100),
        QPointF(canvas.mapToGlobal(QPoint(100, 100))),  # type: ignore[attr-defined]
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, wheel)  # type: ignore[arg-type]
    assert canvas.orbit.camera.zoom > 1.1
    qtbot.mouseClick(view.reset, Qt.MouseButton.LeftButton)
    turn()
    assert canvas.orbit.camera == Camera()


def test_that_arrow_keys_turn_the_box(qtbot: QtBot, show: Show) -> None:
    view = show()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Up)
    assert view.canvas.orbit.camera.elevation == Camera().elevation + 5


def test_that_numbers_stand_at_the_axes(show: Show) -> None:
    view = show()
    picture = pixels(view.canvas.picture())
    # Left of the box there is nothing but the numbers and the name of the upright axis.
    left = picture[:, : picture.shape[1] // 9]
    assert ((left.max(axis=2) < 200) & (np.ptp(left, axis=2) < 40)).sum() > 30


def test_that_the_theme_reaches_the_picture(show: Show, panel_context: PanelContext) -> None:
    view = show()
    panel_context.theme.show(DARK)
    picture = view.canvas.picture()
    assert pixels(picture)[2, 2].tolist() == [0x14, 0x16, 0x1A]
    assert share_near(picture, surface_colours(DARK)) > 0.09


def test_that_the_surface_stays_while_only_the_point_moves(
    show: Show, panel_context: PanelContext
) -> None:
    view = show()
    first = view.canvas.scene
    assert first is not None
    panel_context.store.edit("move point", coordinates=(("a", "-1"), ("b", "4")))
    turn()
    moved = view.canvas.scene
    assert moved is not None
    assert moved.surface is first.surface
    assert moved.marks is not first.marks
    panel_context.store.edit("type", text="a b")
    turn()
    assert view.canvas.scene is not None
    assert view.canvas.scene.surface is not first.surface


def test_that_a_slip_in_the_problem_dims_the_picture_and_keeps_it(
    show: Show, panel_context: PanelContext
) -> None:
    view = show()
    scene = view.canvas.scene
    panel_context.store.edit("type", text="2ab^")
    turn()
    assert view.waiting
    assert view.canvas.scene is scene
    panel_context.store.edit("type", text="2ab^2")
    turn()
    assert not view.waiting


def test_that_a_text_that_was_left_before_it_was_drawn_is_drawn_dimmed(
    show: Show, panel_context: PanelContext
) -> None:
    view = show()
    panel_context.store.edit("type", text="a^2 + b^2")
    panel_context.store.edit("type", text="a^2 + b^2 + (")
    turn()
    assert view.waiting
    assert view.caption.text().startswith("f(2, 3) = 13 ")
    panel_context.store.edit("type", text="a^2 + b^2")
    turn()
    assert not view.waiting


def test_that_a_slip_in_the_list_of_derivatives_does_not_dim_it(
    show: Show, panel_context: PanelContext
) -> None:
    view = show()
    panel_context.store.edit("type", partials="q")
    turn()
    assert not view.waiting


def test_that_a_level_surface_is_drawn_in_the_middle(show: Show) -> None:
    view = show("0x + 0y + 5")
    scene = view.canvas.scene
    assert scene is not None
    assert (scene.surface.positions[..., 2] == 0).all()
    assert scene.surface.interval == (4, 6)
    assert share_near(view.canvas.picture(), surface_colours(LIGHT)) > 0.05


def test_that_overflow_leaves_gaps_and_is_said(show: Show) -> None:
    view = show(
        "x^300 + y^2",
        intervals=(("x", -12.0, 12.0), ("y", -5.0, 5.0)),
        coordinates=(("x", "1"), ("y", "1")),
    )
    assert "Gaps: f is too large for a float there." in view.remark.text()
    scene = view.canvas.scene
    assert scene is not None
    assert np.isnan(scene.surface.positions[0, 0, 2])
    lowest = plot_colours(LIGHT).height[:1, :3].astype(int)
    assert share_near(view.canvas.picture(), lowest, within=25) > 0.02


def test_that_the_stand_in_says_what_it_is_and_why(
    open_panel: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SWITCH, "0")
    view = open_panel()
    assert view.remark.text() == "2-D stand-in, without OpenGL: switched off by TRIGRAD_OPENGL=0."


def test_that_a_second_view_draws_as_well(open_panel: Show) -> None:
    first = open_panel()
    second = open_panel()
    for view in (first, second):
        assert share_near(view.canvas.picture(), surface_colours(LIGHT)) > 0.09


def test_that_one_variable_gives_a_curve_with_its_tangent(open_panel: Show) -> None:
    view = open_panel("x^3", coordinates=(("x", "2"),))
    assert view.pages.currentWidget() is view.curve
    assert view.caption.text() == "f(2) = 8   df/dx = 12"
    x, values = view.curve.curve.getData()
    assert values == pytest.approx(x**3)
    ends, heights = view.curve.tangent.getData()
    assert heights == pytest.approx(8 + 12 * (ends - 2))


def test_that_a_curve_of_any_size_is_drawn(open_panel: Show) -> None:
    view = open_panel("10^300x^8")
    _, values = view.curve.curve.getData()
    axis = view.curve.getAxis("left")
    assert axis.unit == 1e305
    assert values[0] == values[-1] == pytest.approx(5.0**8 / 1e5)
    assert values.max() < 10
    ((spacing, ticks),) = axis.tickValues(*axis.range, axis.size().height())
    assert "3e305" in axis.tickStrings(ticks, 1.0, spacing)


def test_that_the_name_of_an_upright_axis_stands_beside_its_numbers(open_panel: Show) -> None:
    view = open_panel("10^300x^8 + 1/3")
    axis = view.curve.getAxis("left")
    picture = pixels(view.curve.grab().toImage())
    strip = picture[:, : round(axis.size().width()) - 6]
    used = (strip.min(axis=(0, 2)) < 200).astype(int)
    # From the left: the name, a gap, the numbers.
    assert np.count_nonzero(np.diff(used[np.argmax(used) :]) == -1) >= 1


@pytest.mark.parametrize(
    "fields", [{"text": "10^400x^2 + y"}, {"coordinates": (("a", "1e400"), ("b", "3"))}]
)
def test_that_numbers_beyond_floats_are_a_sentence_and_never_an_old_picture(
    open_panel: Show, panel_context: PanelContext, fields: dict[str, object]
) -> None:
    view = open_panel()
    panel_context.store.edit("type", **fields)
    turn()
    assert view.pages.currentWidget() is view.sentence
    assert " is too " in view.sentence.text()
    assert not view.waiting
    panel_context.store.undo_stack.undo()
    turn()
    assert view.pages.currentWidget() is view.canvas


def test_that_the_floor_does_not_shine_through_the_surface(show: Show) -> None:
    view = show("(x^2 + y^2)^8", coordinates=(("x", "4"), ("y", "4")))
    canvas = view.canvas
    canvas.orbit._show(Camera(elevation=50))
    picture = pixels(canvas.picture())
    rows, columns = picture.shape[0] // 2, picture.shape[1] // 2
    middle = picture[rows : rows + 60, columns - 50 : columns + 50]
    assert (middle.min(axis=2) < 150).all()


def test_that_numbers_can_be_read_where_they_lie_on_the_surface(show: Show) -> None:
    view = show()
    canvas = view.canvas
    canvas.orbit._show(Camera(elevation=90))
    picture = pixels(canvas.picture())
    camera, size = canvas.orbit.camera, (float(canvas.width()), float(canvas.height()))
    assert canvas.scene is not None
    axes = box_axes(canvas.scene.surface.axes, camera)
    texts = place_texts(axes, camera, *size, axis_font(canvas.font()))
    assert len(texts) > 8
    for placed in texts:
        left, top, right, bottom = placed.box.toRect().getCoords()
        ground = picture[top + 1 : bottom, left + 1 : right].max(axis=2)
        assert np.quantile(ground, 0.75) > 180, placed.text


def test_that_a_constant_is_a_sentence(open_panel: Show) -> None:
    view = open_panel("5")
    assert view.sentence.text() == "f = 5 is constant: there is nothing to plot."
    assert view.pages.currentWidget() is view.sentence


def test_that_a_sentence_makes_no_panel_wider(open_panel: Show) -> None:
    view = open_panel("10^300 + 1")
    assert view.sentence.text() == "f ≈ 1e300 is constant: there is nothing to plot."
    narrow = view.minimumSizeHint().width()
    view.show_nothing("x" * 300, plotted_of(Worksheet(text="5")))
    assert view.minimumSizeHint().width() == narrow < 400


def test_that_two_of_three_variables_are_picked(
    open_panel: Show, panel_context: PanelContext
) -> None:
    view = open_panel("x y z", coordinates=(("x", "2"), ("y", "3"), ("z", "1/2")))
    _, second = view.findChildren(QComboBox)
    second.setCurrentIndex(2)
    second.activated.emit(2)
    turn()
    assert panel_context.store.worksheet.axes == ("x", "z")
    assert view.caption.text() == "f(2, 3, 0.5) = 3   ∂f/∂x = 1.5   ∂f/∂z = 6"
    scene = view.canvas.scene
    assert scene is not None
    assert [axis.name for axis in scene.surface.axes] == ["x", "z", "f"]
