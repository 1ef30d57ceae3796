"""Every action has a text, a place in a menu, an icon that can be drawn and a call."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QColor, QIcon, QImage

from gui.look.icons import app_icon, icon
from gui.look.theme import DARK, LIGHT, Theme
from gui.panels.explanation.graph_column import FIT_ICON
from gui.panels.explanation.player import BUTTONS, PAUSE_ICON
from gui.window.actions import (
    ACTIONS,
    connect,
    make_actions,
)
from gui.window.window_icons import DOCK_ICONS, EXPORT_ICON, PANELS_ICON, THEME_ICON

pytestmark = pytest.mark.slow

USED_ICONS = sorted(
    {spec.icon for spec in ACTIONS if spec.icon}
    | {EXPORT_ICON, PANELS_ICON, THEME_ICON, FIT_ICON, PAUSE_ICON}
    | {name for name, _ in BUTTONS}
    | set(DOCK_ICONS.values())
)


def colours(shown: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> Counter[str]:
    image = shown.pixmap(QSize(32, 32), mode).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    pixels = (image.pixelColor(x, y) for x in range(32) for y in range(32))
    return Counter(colour.name() for colour in pixels if colour.alpha() == 255)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("name", USED_ICONS)
def test_that_every_icon_is_drawn_in_the_colour_of_the_text(
    qapp: QObject, name: str, theme: Theme
) -> None:
    drawn = colours(icon(name, theme))
    assert drawn.most_common(1)[0][0] == QColor(theme.text).name()
    assert drawn.total() > 15
    paler = colours(icon(name, theme), QIcon.Mode.Disabled)
    assert paler.most_common(1)[0][0] == QColor(theme.border).name()


def test_that_every_icon_file_is_used() -> None:
    stored = {file.name for file in (files("resources") / "icons").iterdir()}
    assert stored == {f"{name}.svg" for name in [*USED_ICONS, "trigrad"]}


def test_that_the_program_has_an_icon_of_its_own_colours(qapp: QObject) -> None:
    assert colours(app_icon()).most_common(1)[0][0] == "#1f5fbf"


def test_that_an_icon_that_does_not_exist_is_an_error(qapp: QObject) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", LIGHT)


def test_that_texts_and_shortcuts_are_there_and_different(qapp: QObject) -> None:
    actions = make_actions(qapp)
    texts = [action.text().replace("&", "") for action in actions.values()]
    assert all(texts) and len(set(texts)) == len(texts)
    assert all(action.statusTip() for action in actions.values())
    used = [key.toString() for action in actions.values() for key in action.shortcuts()]
    assert len(set(used)) == len(used)
    assert {"Ctrl+N", "Ctrl+O", "Ctrl+S", "Ctrl+Shift+S", "Ctrl+Z", "Ctrl+Q"} <= set(used)


def test_that_both_usual_keys_make_a_change_again(qapp: QObject) -> None:
    keys = make_actions(qapp)["redo"].shortcuts()
    assert [key.toString() for key in keys] == ["Ctrl+Shift+Z", "Ctrl+Y"]


def test_that_each_action_calls_its_own_function(qapp: QObject) -> None:
    actions = make_actions(qapp)
    called: list[str] = []
    connect(actions, {name: lambda name=name: called.append(name) for name in actions})
    for action in actions.values():
        action.trigger()
    assert called == list(actions)


def test_that_an_action_without_a_function_is_an_error(qapp: QObject) -> None:
    with pytest.raises(KeyError):
        connect(make_actions(qapp), {})


def test_that_the_themes_exclude_each_other(qapp: QObject) -> None:
    actions = make_actions(qapp)
    actions["theme_dark"].setChecked(True)
    actions["theme_light"].setChecked(True)
    assert not actions["theme_dark"].isChecked()
