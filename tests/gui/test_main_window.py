"""Where panels stand, how they come back, what the menus hold, and how running work is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QIcon
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QMenu, QMessageBox, QToolBar
from pytestqt.qtbot import QtBot

from gui.look.theme import DARK, LIGHT, Theme
from gui.panel.panel import Panel
from gui.panel.panel_slot import PanelSlot, Place
from gui.panel.seen import is_seen
from gui.session.settings import AppSettings
from gui.start import _show_error
from gui.window.actions import make_actions
from gui.window.main_window import MainWindow
from gui.window.progress import DELAY_MILLISECONDS, ProgressBar
from gui.window.window_icons import WindowIcons
from tests.gui.conftest import turn

SLOTS = (
    PanelSlot("problem", "Problem", "", Place.LEFT, "Ctrl+1"),
    PanelSlot("comparison", "Comparison", "", Place.TOP, "Ctrl+2"),
    PanelSlot("surface", "Surface", "", Place.BOTTOM, "Ctrl+3"),
    PanelSlot("field", "Gradient field", "", Place.BOTTOM, "Ctrl+4"),
    PanelSlot("study", "Error study", "", Place.BOTTOM, "Ctrl+5"),
)

DEFAULTS = AppSettings()

MakeWindow = Callable[..., MainWindow]


@pytest.fixture
def actions(qapp: QObject) -> dict[str, QAction]:
    return make_actions(qapp)


@pytest.fixture
def make_window(qtbot: QtBot) -> MakeWindow:
    def make(settings: AppSettings = DEFAULTS, slots: tuple[PanelSlot, ...] = SLOTS) -> MainWindow:
        window = MainWindow(slots, settings)
        window.show_theme(LIGHT)
        qtbot.addWidget(window)
        for slot in slots:
            window.place(slot.key, Panel(QLabel(slot.title), window))
        return window

    return make


def shown(qtbot: QtBot, window: MainWindow, width: int = 1024, height: int = 700) -> MainWindow:
    window.resize(width, height)
    with qtbot.waitSignal(window.painted, timeout=5000):
        window.show()
    return window


@pytest.mark.parametrize(("width", "height"), [(1024, 700), (1900, 1000)])
def test_that_the_problem_stands_left_the_comparison_above_two_equal_pictures(
    qtbot: QtBot, make_window: MakeWindow, width: int, height: int
) -> None:
    window = shown(qtbot, make_window(), width, height)
    docks = window.docks
    problem, comparison = docks["problem"].geometry(), docks["comparison"].geometry()
    surface, field = docks["surface"].geometry(), docks["field"].geometry()
    assert problem.width() == min(420, max(300, width // 4))
    assert problem.right() < comparison.left()
    assert problem.top() == comparison.top()
    assert comparison.bottom() < surface.top()
    assert surface.top() == field.top()
    assert surface.right() < field.left()
    assert abs(surface.width() - field.width()) <= 2
    # Of the window's height; menu and status bar take their part of it.
    asked = min(360, 0.485 * height) * problem.height() / height
    assert comparison.height() == pytest.approx(asked, abs=5)


def test_that_a_third_picture_is_a_tab_behind_the_second(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window())
    assert window.tabifiedDockWidgets(window.docks["field"]) == [window.docks["study"]]
    assert window.tabifiedDockWidgets(window.docks["surface"]) == []


@pytest.mark.parametrize("count", [1, 2, 3])
def test_that_the_window_opens_with_fewer_panels(
    qtbot: QtBot, make_window: MakeWindow, count: int
) -> None:
    window = shown(qtbot, make_window(slots=SLOTS[:count]))
    assert all(dock.isVisible() for dock in window.docks.values())


def resize(qtbot: QtBot, window: MainWindow, width: int, left: int) -> None:
    """Give the window a width, and wait until its left side has one too."""
    window.resize(width, 800)
    qtbot.waitUntil(lambda: window.width() == width, timeout=5000)
    qtbot.waitUntil(lambda: window.docks["problem"].width() == left, timeout=5000)


def drag_left_side(qtbot: QtBot, window: MainWindow, by: int) -> None:
    """Drag the line between the left side and the right one."""
    problem = window.docks["problem"]
    width = problem.width()
    at = QPoint(problem.geometry().right() + 2, problem.geometry().center().y())
    screen = window.windowHandle()  # so that the program sees the button held
    QTest.mouseMove(screen, at)
    QTest.mousePress(screen, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
    QTest.mouseMove(screen, at + QPoint(by, 0))
    qtbot.waitUntil(lambda: problem.width() == width + by, timeout=5000)
    QTest.mouseRelease(
        screen, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at + QPoint(by, 0)
    )


def test_that_the_left_side_has_a_quarter_of_the_window_within_bounds(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window(), 1024, 700)
    for width, left in ((1500, 375), (1900, 420), (1024, 300), (720, 273)):
        resize(qtbot, window, width, left)


def test_that_the_width_that_was_dragged_stays_while_the_window_is_large_enough(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window(), 1500, 800)
    drag_left_side(qtbot, window, by=100)
    for width, left in ((1900, 475), (1000, 380), (1500, 475)):
        resize(qtbot, window, width, left)
    again = make_window(AppSettings(**window.geometry_to_keep()))
    with qtbot.waitSignal(again.painted, timeout=5000):
        again.show()
    resize(qtbot, again, 1900, 475)
    again.space.reset()
    resize(qtbot, again, 1500, 375)


def test_that_the_first_size_fits_the_screen(make_window: MakeWindow) -> None:
    window = make_window()
    available = window.screen().availableSize()
    assert window.width() < available.width()
    assert window.height() < available.height()


@pytest.mark.parametrize("floating", [False, True])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_that_the_buttons_of_a_panel_have_the_colour_of_the_text(
    qtbot: QtBot, make_window: MakeWindow, theme: Theme, floating: bool
) -> None:
    window = shown(qtbot, make_window())
    WindowIcons(window, LIGHT).show(theme)
    window.space.reset()
    dock = window.docks["problem"]
    if floating:
        dock.setFloating(True)
    for name in ("close", "float"):
        button = dock.findChild(QAbstractButton, f"qt_dockwidget_{name}button")
        assert theme.text in colours(button.icon())


def colours(icon: QIcon) -> set[str]:
    image = icon.pixmap(QSize(32, 32)).toImage()
    return {image.pixelColor(x, y).name() for x in range(32) for y in range(32)}


def test_that_the_key_of_a_panel_behind_a_tab_brings_it_to_the_front(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window())
    study, field = window.docks["study"], window.docks["field"]
    assert is_seen(field) and not is_seen(study)
    study.toggleViewAction().trigger()
    qtbot.waitUntil(lambda: is_seen(study))
    assert study.toggleViewAction().isChecked()
    study.toggleViewAction().trigger()  # now it is in front
    assert study.isHidden()
    study.toggleViewAction().trigger()
    qtbot.waitUntil(lambda: is_seen(study))
    study.close()
    assert study.isHidden() and not study.toggleViewAction().isChecked()


def test_that_the_buttons_keep_their_icons_when_a_layout_comes_back(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window())
    WindowIcons(window, DARK)
    restore = window.space.keep()
    window.raise_panel("study")
    restore()
    turn()
    for dock in window.docks.values():
        button = dock.findChild(QAbstractButton, "qt_dockwidget_closebutton")
        assert DARK.text in colours(button.icon())


def test_that_the_icons_of_the_menus_follow_the_theme(make_window: MakeWindow) -> None:
    window = make_window()
    icons = WindowIcons(window, LIGHT)
    assert not window.windowIcon().isNull()
    for theme in (LIGHT, DARK):
        icons.show(theme)
        for shown in (window.commands["undo"], window.panels_menu, window.theme_menu):
            assert theme.text in colours(shown.icon())


def test_that_a_panel_that_is_not_built_yet_says_so(qtbot: QtBot) -> None:
    window = MainWindow(SLOTS, DEFAULTS)
    qtbot.addWidget(window)
    assert {dock.widget().text() for dock in window.docks.values()} == {"Loading…"}


def test_that_panels_show_what_was_placed(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = shown(qtbot, make_window())
    texts = {key: dock.widget().text() for key, dock in window.docks.items()}
    assert texts == {slot.key: slot.title for slot in SLOTS}


def test_that_a_panel_is_not_drawn_before_it_has_had_a_turn_to_fill_itself(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window())
    label = QLabel("filled")
    window.place("surface", Panel(label, window))
    assert label.isVisible() and not label.updatesEnabled()
    turn()
    assert label.updatesEnabled()


def test_that_the_upper_panels_keep_their_height_when_a_bar_comes_above_them(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window(), 1200, 800)
    upper, lower = window.docks["comparison"], window.docks["surface"]
    heights = upper.height(), lower.height()
    bar = QToolBar()
    bar.setFixedHeight(60)
    window.space.keep_upper_height(lambda: window.addToolBar(bar))
    qtbot.waitUntil(lambda: lower.height() == heights[1] - 60)
    assert upper.height() == heights[0]


def test_that_size_and_layout_come_back(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = shown(qtbot, make_window(), 900, 650)
    window.docks["surface"].hide()
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, window.docks["comparison"])
    again = make_window(AppSettings(**window.geometry_to_keep()))
    with qtbot.waitSignal(again.painted, timeout=5000):
        again.show()
    assert again.size() == window.size()
    assert not again.docks["surface"].isVisible()
    bottom = Qt.DockWidgetArea.BottomDockWidgetArea
    assert again.dockWidgetArea(again.docks["comparison"]) == bottom


def test_that_unreadable_geometry_gives_the_layout_as_delivered(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window(AppSettings(geometry=b"x", dock_state=b"y")))
    assert all(dock.isVisible() for dock in window.docks.values() if dock.objectName() != "field")
    assert window.docks["problem"].width() == 300


def test_that_reset_layout_undoes_whatever_was_done_to_the_panels(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window())
    before = {key: dock.geometry() for key, dock in window.docks.items() if key != "study"}
    window.docks["comparison"].setFloating(True)
    window.docks["surface"].hide()
    window.tabifyDockWidget(window.docks["problem"], window.docks["field"])
    window.space.reset()
    qtbot.waitUntil(
        lambda: before == {key: window.docks[key].geometry() for key in before}, timeout=5000
    )
    assert not window.docks["comparison"].isFloating()


def menu_texts(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if action.text()]


def test_that_every_action_is_in_a_menu_and_exports_stand_above_quit(
    make_window: MakeWindow,
) -> None:
    window = make_window()
    window.add_exports([QAction("Export comparison as CSV…", window)])
    menus = {menu.title().replace("&", ""): menu for menu in window.menuBar().findChildren(QMenu)}
    menus |= {menu.title().replace("&", ""): menu for menu in window.findChildren(QMenu)}
    assert menu_texts(menus["File"]) == [
        "New worksheet",
        "Open worksheet…",
        "Save worksheet",
        "Save worksheet as…",
        "Export comparison as CSV…",
        "Quit",
    ]
    assert menu_texts(menus["Panels"]) == [slot.title for slot in SLOTS]
    reachable = {action for menu in menus.values() for action in menu.actions()}
    assert set(window.commands.values()) <= reachable


def test_that_no_two_commands_share_a_key(
    make_window: MakeWindow,
) -> None:
    window = make_window()
    every = [
        *window.commands.values(),
        *(dock.toggleViewAction() for dock in window.docks.values()),
    ]
    keys = [key.toString() for action in every for key in action.shortcuts()]
    assert len(keys) == len(set(keys))


def test_that_what_waits_for_the_first_picture_is_called_once_also_after_it(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = make_window()
    called: list[str] = []
    window.when_painted(lambda: called.append("before"))
    assert not called
    shown(qtbot, window)
    window.when_painted(lambda: called.append("after"))
    qtbot.waitUntil(lambda: "after" in called, timeout=5000)
    assert called == ["before", "after"]


def test_that_work_that_is_over_soon_is_not_shown(
    qtbot: QtBot, actions: dict[str, QAction]
) -> None:
    bar = ProgressBar(actions["cancel"])
    qtbot.addWidget(bar)
    bar.show_progress(0, 3)
    assert bar.isHidden()
    assert actions["cancel"].isEnabled()
    bar.show_progress(0, 0)
    assert not actions["cancel"].isEnabled()
    qtbot.wait(DELAY_MILLISECONDS + 100)
    assert bar.isHidden()


def test_that_work_that_lasts_is_shown_and_can_be_cancelled(
    qtbot: QtBot, actions: dict[str, QAction]
) -> None:
    cancelled: list[bool] = []
    actions["cancel"].triggered.connect(lambda: cancelled.append(True))
    bar = ProgressBar(actions["cancel"])
    qtbot.addWidget(bar)
    bar.show_progress(0, 3)
    bar.show_progress(1, 3)
    qtbot.waitUntil(bar.isVisible, timeout=5000)
    assert bar.findChild(QLabel).text() == "Calculating: 1 of 3"
    qtbot.mouseClick(bar.button, Qt.MouseButton.LeftButton)
    assert cancelled == [True]
    bar.show_progress(0, 0)
    assert bar.isHidden()


def test_that_the_window_stays_where_it_may_not_close(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window())
    window.may_close = lambda: False
    assert not window.close()
    assert window.isVisible()


def test_that_the_text_of_an_internal_error_is_no_markup(
    qtbot: QtBot, make_window: MakeWindow
) -> None:
    window = shown(qtbot, make_window())
    _show_error(window, "Internal error", "<h1>x<b>")
    box = window.findChild(QMessageBox)
    assert (box.textFormat(), box.text()) == (Qt.TextFormat.PlainText, "<h1>x<b>")
    box.reject()


def test_that_closing_hides_at_once_and_says_so(qtbot: QtBot, make_window: MakeWindow) -> None:
    window = shown(qtbot, make_window())
    with qtbot.waitSignal(window.closing, timeout=5000):
        window.close()
    assert not window.isVisible()
