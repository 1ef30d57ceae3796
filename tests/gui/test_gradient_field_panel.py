"""The gradient field panel: what it shows, and what mouse and keys write into the worksheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from engine.evaluation.field import GradientField
from engine.worksheet.worksheet import Worksheet
from gui.look.theme import DARK, LIGHT
from gui.panel.panel import Panel, PanelContext
from gui.panels.gradient_field import build
from gui.panels.gradient_field.view import GradientFieldView
from tests.gui.conftest import turn

Show = Callable[..., tuple[GradientFieldView, Panel]]


@pytest.fixture(autouse=True)
def every_mouse_move() -> Iterator[None]:
    before = pg.getConfigOption("mouseRateLimit")
    pg.setConfigOption("mouseRateLimit", -1)
    yield
    pg.setConfigOption("mouseRateLimit", before)


@pytest.fixture
def kept() -> Iterator[list[Panel]]:
    """Panels of this test; without an owner they could be collected while they are painted."""
    panels: list[Panel] = []
    yield panels
    for panel in panels:
        panel.widget.hide()


@pytest.fixture
def show(qtbot: QtBot, panel_context: PanelContext, kept: list[Panel]) -> Show:
    def show_worksheet(text: str = "2ab^2 + 3a^2b", **fields: object) -> tuple[object, Panel]:
        panel_context.store.open(Worksheet(text=text, **fields))  # type: ignore[arg-type]
        panel = build(panel_context)
        kept.append(panel)
        qtbot.addWidget(panel.widget)
        panel.widget.resize(520, 460)
        panel.widget.show()
        qtbot.waitExposed(panel.widget)
        return panel.widget, panel

    return show_worksheet  # type: ignore[return-value]


def pixel_of(view: GradientFieldView, x: float, y: float) -> QPoint:
    plot = view.plot
    return plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(x, y)))


def mouse(plot: object, kind: QEvent.Type, at: QPoint, held: Qt.MouseButton) -> None:
    viewport = plot.viewport()  # type: ignore[attr-defined]
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    place = QPointF(at)
    event = QMouseEvent(
        kind,
        place,
        QPointF(viewport.mapToGlobal(at)),
        button,
        held,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)


def drag(view: GradientFieldView, start: QPoint, *stops: QPoint, release: bool = True) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    mouse(view.plot, QEvent.Type.MouseMove, start, none)
    mouse(view.plot, QEvent.Type.MouseButtonPress, start, left)
    for stop in stops:
        mouse(view.plot, QEvent.Type.MouseMove, stop, left)
    if release:
        mouse(view.plot, QEvent.Type.MouseButtonRelease, stops[-1], none)


def pixel_size(view: GradientFieldView) -> float:
    scale = view.plot.scale()
    return max(scale.unit_x, scale.unit_y)


def test_that_the_default_worksheet_is_drawn_with_its_gradient(show: Show) -> None:
    view, _ = show()
    assert view.caption.text() == "f(2, 3) = 72   ∇f = (54, 36)"
    assert view.field.point.label.toPlainText() == "∇f = (54, 36)"
    assert view.field.point.target.pos() == QPointF(2, 3)
    assert view.field.getViewBox().viewRange() == [[-5, 5], [-5, 5]]


def test_that_the_colour_at_a_place_is_the_colour_of_f_there(show: Show) -> None:
    view, _ = show("x")
    assert view.pages.currentWidget() is view.slope
    view, _ = show("x + 0y")
    image = view.field.heatmap.image
    scale = view.field.colour_scale
    assert scale is not None
    assert (scale.low, scale.high, scale.diverging) == (-5, 5, True)
    # x grows to the right: every row is the same, columns go from blue to red.
    assert (image == image[:1]).all()
    assert image[0, 0, 2] > image[0, 0, 0]
    assert image[0, -1, 0] > image[0, -1, 2]


def test_that_arrows_point_along_the_gradient(show: Show) -> None:
    view, _ = show("x^2 + y^2")
    for curve in view.field.arrows.curves:
        x, y = curve.getData()
        tails = np.column_stack([x[::6], y[::6]])
        tips = np.column_stack([x[1::6], y[1::6]])
        outward = ((tips - tails) * (tips + tails)).sum(axis=1)
        assert len(outward) > 20
        assert (outward > 0).all()


def test_that_longer_gradients_have_a_later_colour(show: Show) -> None:
    view, _ = show("x^2 + y^2")
    lengths = []
    for curve in view.field.arrows.curves:
        x, y = curve.getData()
        middles = np.column_stack([x[::6] + x[1::6], y[::6] + y[1::6]]) / 2
        lengths.append(2 * np.linalg.norm(middles, axis=1))
    bounds = (0.0, *view.field.arrows.bounds, np.inf)
    for found, low, high in zip(lengths, bounds[:-1], bounds[1:], strict=True):
        assert (found >= low - 1e-9).all()
        assert (found <= high + 1e-9).all()


def test_that_a_drag_moves_the_point_in_the_worksheet_and_undo_takes_it_back(
    show: Show, panel_context: PanelContext
) -> None:
    view, _ = show()
    store = panel_context.store
    before = store.worksheet
    drag(view, pixel_of(view, 2, 3), pixel_of(view, 0, 1), pixel_of(view, -1, -2))
    turn()
    moved = dict(store.worksheet.coordinates)
    assert float(moved["a"]) == pytest.approx(-1, abs=1.1 * pixel_size(view))
    assert float(moved["b"]) == pytest.approx(-2, abs=1.1 * pixel_size(view))
    assert max(len(text) for text in moved.values()) <= 6
    assert store.undo_stack.count() == 1
    store.undo_stack.undo()
    turn()
    assert store.worksheet == before
    assert view.field.point.target.pos() == QPointF(2, 3)


def test_that_two_drags_are_two_steps(show: Show, panel_context: PanelContext) -> None:
    view, _ = show()
    drag(view, pixel_of(view, 2, 3), pixel_of(view, 1, 1))
    turn()
    at = view.field.point.target.pos()
    drag(view, pixel_of(view, at.x(), at.y()), pixel_of(view, -3, 2))
    turn()
    assert panel_context.store.undo_stack.count() == 2


def test_that_a_drag_beyond_the_edge_stops_there_and_the_range_stands_still(
    show: Show, panel_context: PanelContext
) -> None:
    view, _ = show()
    drag(view, pixel_of(view, 2, 3), pixel_of(view, 4.5, 3), pixel_of(view, 9, 3))
    turn()
    assert dict(panel_context.store.worksheet.coordinates)["a"] == "5"
    assert panel_context.store.worksheet.intervals == (("a", -5.0, 5.0), ("b", -5.0, 5.0))


def test_that_nothing_is_sampled_while_only_the_point_moves(
    show: Show, panel_context: PanelContext
) -> None:
    view, panel = show()
    field = panel.exports["csv"]()
    drag(view, pixel_of(view, 2, 3), pixel_of(view, 1, 1))
    panel_context.store.edit("type", coordinates=(("a", "1/3"), ("b", "-2")))
    turn()
    assert panel.exports["csv"]() is field
    assert view.field.point.target.pos() == QPointF(1 / 3, -2)


def test_that_arrow_keys_move_the_point_by_a_hundredth_of_the_view(
    qtbot: QtBot, show: Show, panel_context: PanelContext
) -> None:
    view, _ = show()
    qtbot.keyClick(view.field, Qt.Key.Key_Right)
    qtbot.keyClick(view.field, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    turn()
    assert dict(panel_context.store.worksheet.coordinates) == {"a": "2.1", "b": "2"}
    panel_context.store.undo_stack.undo()
    turn()
    assert dict(panel_context.store.worksheet.coordinates) == {"a": "2.1", "b": "3"}


def test_that_moving_the_view_samples_the_visible_range_and_reset_brings_the_usual_one_back(
    qtbot: QtBot, show: Show, panel_context: PanelContext
) -> None:
    view, panel = show()
    with qtbot.waitSignal(panel_context.store.worksheet_changed, timeout=5000):
        drag(view, pixel_of(view, -3, -3), pixel_of(view, -2, -3), pixel_of(view, -1, -3))
        turn()
    (name, low, high), (_, bottom, top) = panel_context.store.worksheet.intervals
    assert (name, bottom, top) == ("a", -5, 5)
    assert (low, high) == pytest.approx((-7, 3), abs=2 * pixel_size(view))
    field = panel.exports["csv"]()
    assert isinstance(field, GradientField)
    assert field.grid.x[1:3] == (low, high)
    qtbot.mouseClick(view.reset, Qt.MouseButton.LeftButton)
    turn()
    assert panel_context.store.worksheet.intervals == ()
    assert view.field.getViewBox().viewRange() == [[-5, 5], [-5, 5]]


def test_that_a_text_that_was_left_before_it_was_drawn_is_drawn_dimmed(
    show: Show, panel_context: PanelContext
) -> None:
    view, panel = show()
    panel_context.store.edit("type", text="a^2 + b^2")
    panel_context.store.edit("type", text="a^2 + b^2 + (")
    turn()
    assert view.waiting
    assert view.caption.text().startswith("f(2, 3) = 13 ")
    assert panel.exports["csv"]() is None
    drag(view, pixel_of(view, 2, 3), pixel_of(view, 0, 1))
    assert dict(panel_context.store.worksheet.coordinates) == {"a": "2", "b": "3"}
    panel_context.store.edit("type", text="a^2 + b^2")
    turn()
    assert not view.waiting
    assert panel.exports["csv"]() is not None


def test_that_a_slip_in_the_problem_dims_the_picture_and_keeps_it(
    show: Show, panel_context: PanelContext
) -> None:
    view, panel = show()
    panel_context.store.edit("type", text="2ab^")
    turn()
    assert view.waiting
    assert view.pages.currentWidget() is view.field
    assert panel.exports["csv"]() is None
    panel_context.store.edit("type", text="ab")
    turn()
    assert not view.waiting
    assert view.caption.text() == "f(2, 3) = 6   ∇f = (3, 2)"


def test_that_a_constant_is_a_sentence(show: Show) -> None:
    view, panel = show("5")
    assert view.pages.currentWidget() is view.sentence
    assert view.sentence.text() == "f = 5 is constant: there is nothing to plot."
    assert panel.exports["csv"]() is None


def test_that_one_variable_gives_the_slope_with_arrows_that_point_uphill(
    show: Show, panel_context: PanelContext
) -> None:
    view, _ = show("x^2", coordinates=(("x", "1"),))
    assert view.caption.text() == "f(1) = 1   df/dx = 2"
    x, _ = view.slope.arrows.getData()
    tails, tips = x[::6], x[1::6]
    assert (np.sign(tips - tails) == np.sign(tips + tails)).all()
    drag(view, pixel_of(view, 1, 2), pixel_of(view, -3, 4))
    turn()
    moved = float(dict(panel_context.store.worksheet.coordinates)["x"])
    assert moved == pytest.approx(-3, abs=1.1 * view.slope.scale().unit_x)
    assert view.slope.target.pos().y() == pytest.approx(2 * moved)


def test_that_two_of_three_variables_are_picked_and_the_third_is_held(
    show: Show, panel_context: PanelContext
) -> None:
    view, panel = show("x y z", coordinates=(("x", "2"), ("y", "3"), ("z", "1/2")))
    assert view.caption.text() == "f(2, 3, 0.5) = 3   ∂f/∂x = 1.5   ∂f/∂y = 1"
    first, _ = view.findChildren(QComboBox)
    assert first.isVisible()
    first.setCurrentIndex(2)
    first.activated.emit(2)
    turn()
    assert panel_context.store.worksheet.axes == ("z", "y")
    assert view.caption.text() == "f(2, 3, 0.5) = 3   ∂f/∂z = 6   ∂f/∂y = 1"
    field = panel.exports["csv"]()
    assert isinstance(field, GradientField)
    assert (field.grid.x[0], field.grid.y and field.grid.y[0]) == ("z", "y")


def test_that_picking_the_other_axis_twice_swaps_both(
    show: Show, panel_context: PanelContext
) -> None:
    view, _ = show("x y z")
    first, _ = view.findChildren(QComboBox)
    first.setCurrentIndex(1)
    first.activated.emit(1)
    turn()
    assert panel_context.store.worksheet.axes == ("y", "x")


def test_that_overflow_leaves_gaps_and_is_said(show: Show) -> None:
    view, _ = show(
        "x^300 y^200",
        intervals=(("x", -40.0, 40.0), ("y", -40.0, 40.0)),
        coordinates=(("x", "1"), ("y", "1")),
    )
    assert view.remark.text() == "Gaps: f is too large for a float there."
    assert view.field.heatmap.image[0, 0, 3] == 0
    assert view.field.heatmap.image[100, 100, 3] == 255


def test_that_a_range_with_no_finite_value_is_a_sentence(show: Show) -> None:
    view, _ = show("x^400 y^9", intervals=(("x", 1e9, 2e9), ("y", 1.0, 2.0)))
    assert view.pages.currentWidget() is view.sentence
    assert view.sentence.text().startswith("f is too large for a float everywhere")


def test_that_a_point_outside_the_range_is_not_drawn_and_how_to_see_it_is_said(
    qtbot: QtBot, show: Show
) -> None:
    view, _ = show(intervals=(("a", -1.0, 1.0),))
    assert view.remark.text() == (
        'The point lies outside the plotted range; "Reset view" at the gradient field shows it.'
    )
    assert not view.field.point.target.isVisible()
    qtbot.mouseClick(view.reset, Qt.MouseButton.LeftButton)
    turn()
    assert view.remark.text() == ""
    assert view.field.point.target.isVisible()


@pytest.mark.parametrize(
    ("fields", "sentence", "caption"),
    [
        (
            {"text": "10^400x^2 + y"},
            "A number of about 1e400 is too large for a float",
            "f(1, 1) ≈ 1e400   ∇f = (2e400, 1)",
        ),
        (
            {"coordinates": (("a", "-1e400"), ("b", "3"))},
            "The range of a, −1e300 to 1e300, is too wide to be drawn",
            "f(−1e400, 3) ≈ 9e800   ∇f ≈ (−1.8e401, 3e800)",
        ),
        (
            {"coordinates": (("a", "1e300"), ("b", "3"))},
            "The range of a, −1e300 to 1e300, is too wide to be drawn",
            "f(1e300, 3) ≈ 9e600   ∇f ≈ (1.8e301, 3e600)",
        ),
    ],
)
def test_that_numbers_beyond_floats_are_a_sentence_and_never_an_old_picture(
    show: Show,
    panel_context: PanelContext,
    fields: dict[str, object],
    sentence: str,
    caption: str,
) -> None:
    view, panel = show()
    panel_context.store.edit("type", **fields)
    turn()
    assert view.pages.currentWidget() is view.sentence
    assert view.sentence.text().startswith(sentence)
    assert view.caption.text() == caption
    assert not view.waiting
    assert panel.exports["csv"]() is None
    panel_context.store.undo_stack.undo()
    turn()
    assert view.pages.currentWidget() is view.field
    assert view.field.point.target.pos() == QPointF(2, 3)


def test_that_the_view_is_reset_although_there_is_no_picture(
    qtbot: QtBot, show: Show, panel_context: PanelContext
) -> None:
    view, _ = show("x^400 y^9", intervals=(("x", 1e9, 2e9), ("y", 1.0, 2.0)))
    qtbot.mouseClick(view.reset, Qt.MouseButton.LeftButton)
    turn()
    assert panel_context.store.worksheet.intervals == ()
    assert view.pages.currentWidget() is view.field


def axis_texts(view: GradientFieldView, side: str) -> list[str]:
    axis = view.plot.getAxis(side)
    size = axis.size().height() if side == "left" else axis.size().width()
    ((spacing, ticks),) = axis.tickValues(*axis.range, size)
    texts = axis.tickStrings(ticks, 1.0, spacing)
    shown = [float(text.replace("−", "-")) for text in texts]
    unit = axis.unit
    assert shown == pytest.approx([tick * unit for tick in ticks], abs=spacing * unit / 50)
    return texts


@pytest.mark.parametrize("half", [0.7, 2.25, 3.3, 40.0, 1234.5])
@pytest.mark.parametrize("text", ["x y", "x^2"])
def test_that_numbers_at_the_axes_are_those_of_the_ticks(
    show: Show, text: str, half: float
) -> None:
    view, _ = show(text, intervals=(("x", -half, half), ("y", -half, half)))
    for side in ("left", "bottom"):
        texts = axis_texts(view, side)
        assert 3 <= len(texts) == len(set(texts))
        assert not any(float(text.replace("−", "-")) == 0 and "−" in text for text in texts)


def test_that_a_small_plot_with_a_large_font_has_fewer_numbers(show: Show) -> None:
    view, _ = show()
    usual = axis_texts(view, "bottom")
    axis = view.plot.getAxis("bottom")
    font = view.font()
    font.setPointSizeF(3 * font.pointSizeF())
    axis.setTickFont(font)
    large = axis_texts(view, "bottom")
    assert len(large) < len(usual)
    widths = sum(map(QFontMetricsF(font).horizontalAdvance, large))
    assert widths < axis.size().width()


def test_that_a_slope_of_any_size_is_drawn(show: Show) -> None:
    view, _ = show("x^400")
    _, slopes = view.slope.curve.getData()
    unit = view.slope.getAxis("left").unit
    assert unit == 1e281
    # The curve of an odd function, point by point: 400 x^399.
    assert slopes == pytest.approx(-slopes[::-1])
    assert slopes[-1] == pytest.approx(400 * 5.0**399 / unit)
    assert np.abs(slopes).max() < 10
    tails, tips = (view.slope.arrows.getData()[0][start::6] for start in (0, 1))
    assert len(tails) == 16
    assert (np.sign(tips - tails) == np.sign(tips + tails)).all()


def test_that_numbers_at_an_axis_end_with_the_largest_float(show: Show) -> None:
    view, _ = show("10^307 x", intervals=(("x", -1.0, 1.0),))
    axis_texts(view, "left")
    view, _ = show("8*10^306 x^2 + 10^305x", intervals=(("x", -11.0, 11.0),))
    assert view.remark.text() == "Arrows on the axis point to where f grows. " + (
        "Gaps: f is too large for a float there."
    )
    assert axis_texts(view, "left")[-1] == "1.5e308"


@pytest.mark.parametrize("text", ["(a+b+c+d)^20", "(a-b)^20 + c"])
def test_that_rounding_errors_are_no_contours_and_have_no_sign(show: Show, text: str) -> None:
    view, panel = show(text)
    field = panel.exports["csv"]()
    assert isinstance(field, GradientField)
    assert field.values.min() < 0
    scale = view.field.colour_scale
    assert scale is not None
    assert (scale.low, scale.diverging) == (0, False)
    levels = view.field.contours.levels
    assert len(levels) >= 3
    assert min(levels) > -field.values.min()


def test_that_the_bar_of_one_length_has_its_number_and_names_what_it_is(show: Show) -> None:
    view, _ = show("x + y + z")
    assert "lengths of arrows from 1.414 to 1.414" in view.scales.accessibleName()
    assert "|(∂f/∂x, ∂f/∂y)|" in view.scales.toolTip()


def test_that_a_readout_without_room_ends_in_dots(show: Show) -> None:
    view, _ = show("10^7 a^2 + a b c d")
    assert view.caption.shown == view.caption.text()
    view.resize(250, 460)
    assert view.caption.shown.endswith("…")
    assert view.caption.text().startswith(view.caption.shown[:-1])
    assert view.caption.toolTip() == view.caption.text()


def test_that_the_theme_reaches_what_is_drawn(show: Show, panel_context: PanelContext) -> None:
    view, _ = show()
    light = view.field.heatmap.image.copy()
    panel_context.theme.show(DARK)
    assert view.field.backgroundBrush().color().name() == DARK.base
    assert view.field.getAxis("left").textPen().color().name() == DARK.muted
    assert (view.field.heatmap.image != light).any()
    panel_context.theme.show(LIGHT)
    assert (view.field.heatmap.image == light).all()


def test_that_a_hidden_panel_catches_up_when_it_is_shown(
    show: Show, panel_context: PanelContext
) -> None:
    view, _ = show()
    view.hide()
    panel_context.store.edit("type", text="a - b")
    turn()
    assert view.caption.text() == "f(2, 3) = 72   ∇f = (54, 36)"
    view.show()
    assert view.caption.text() == "f(2, 3) = −1   ∇f = (1, −1)"


def test_that_numbers_at_contours_do_not_overlap(show: Show) -> None:
    view, _ = show("(x^2+y-11)^2+(x+y^2-7)^2")
    label = view.field.point.label
    at_point = label.mapRectToDevice(label.boundingRect())
    numbers = view.field.contours.numbers.boxes
    # Both in pixels of the plot, counted downwards.
    height = view.field.scale().height
    corner = view.field.getViewBox().mapToScene(QPointF(0, 0))
    boxes = [at_point] + [
        QRectF(box.left(), height - box.bottom(), box.width(), box.height()).translated(corner)
        for box in numbers
    ]
    assert len(boxes) >= 6
    for index, box in enumerate(boxes):
        inner = box.adjusted(1, 1, -1, -1)
        assert not any(inner.intersects(other) for other in boxes[index + 1 :])
