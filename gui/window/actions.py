"""The table of actions: id, menu, text, shortcut, icon, and what a student reads about each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoGroup

Shortcut = QKeySequence.StandardKey | str


class ActionSpec(NamedTuple):
    """One line of the table.

    Attributes:
        id: What the program calls it.
        text: What the menu says; ``&`` marks the key that picks it.
        tip: One sentence for the status bar.
        icon: Name of an SVG file; empty for none.
        shortcut: Keys, separated by semicolons; empty for none.
        group: Actions of one group exclude each other and carry a mark; empty for none.
    """

    id: str
    text: str
    tip: str
    icon: str = ""
    shortcut: Shortcut = ""
    group: str = ""


_KEY = QKeySequence.StandardKey

ACTIONS = (
    ActionSpec(
        "new",
        "&New worksheet",
        "Start again from the example, with a history of its own",
        "new",
        _KEY.New,
    ),
    ActionSpec(
        "open",
        "&Open worksheet…",
        "Load a polynomial, point and methods that were saved",
        "open",
        _KEY.Open,
    ),
    ActionSpec(
        "save",
        "&Save worksheet",
        "Keep this polynomial, point and methods in a file",
        "save",
        _KEY.Save,
    ),
    ActionSpec(
        "save_as",
        "Save worksheet &as…",
        "Keep this polynomial, point and methods in another file",
        shortcut="Ctrl+Shift+S",
    ),
    ActionSpec("quit", "&Quit", "Close the program", "quit", "Ctrl+Q"),
    ActionSpec("undo", "&Undo", "Take the last change back", "undo", _KEY.Undo),
    ActionSpec("redo", "&Redo", "Make the change again", "redo", "Ctrl+Shift+Z; Ctrl+Y"),
    ActionSpec(
        "reset_layout",
        "&Reset layout",
        "Put every panel back where it was when the program was new",
        "layout",
    ),
    ActionSpec("theme_light", "&Light", "Dark text on a light ground", group="theme"),
    ActionSpec("theme_dark", "&Dark", "Light text on a dark ground", group="theme"),
    ActionSpec("theme_system", "As the &system", "As the desktop is set", group="theme"),
    ActionSpec(
        "cancel",
        "&Cancel the calculation",
        "Give up what is still being calculated",
        "cancel",
        "Ctrl+.",
    ),
    ActionSpec(
        "tour",
        "&Guided tour",
        "Ten steps through the classic lesson, in this window; your own work is left alone",
        "tour",
        "F1",
    ),
    ActionSpec("about", "&About trigrad", "Versions, for a report of a fault", "about"),
)


def make_actions(parent: QObject) -> dict[str, QAction]:
    """Return the actions of the table by id."""
    made = {}
    groups: dict[str, QActionGroup] = {}
    for spec in ACTIONS:
        action = QAction(spec.text, parent)
        action.setObjectName(spec.id)
        action.setShortcuts(_keys(spec.shortcut))
        action.setStatusTip(spec.tip)
        if spec.group:
            action.setCheckable(True)
            groups.setdefault(spec.group, QActionGroup(parent)).addAction(action)
        made[spec.id] = action
    return made


def _keys(shortcut: Shortcut) -> list[QKeySequence]:
    if isinstance(shortcut, str):
        return QKeySequence.listFromString(shortcut) if shortcut else []
    return [QKeySequence(shortcut)]


def connect(actions: Mapping[str, QAction], calls: Mapping[str, Callable[[], object]]) -> None:
    """Connect each action to its call.

    Raises:
        KeyError: An action has no call.
    """
    for name, action in actions.items():
        call = calls[name]
        action.triggered.connect(lambda _checked=False, call=call: call())


def connect_undo(actions: Mapping[str, QAction], history: QUndoGroup) -> None:
    """Let Undo and Redo name their step, and disable them where there is none."""
    for name, verb, can, can_changed, label, label_changed in (
        ("undo", "&Undo", history.canUndo, history.canUndoChanged, history.undoText,
         history.undoTextChanged),
        ("redo", "&Redo", history.canRedo, history.canRedoChanged, history.redoText,
         history.redoTextChanged),
    ):  # fmt: skip
        action = actions[name]
        action.setEnabled(can())
        can_changed.connect(action.setEnabled)
        label_changed.connect(
            lambda text, action=action, verb=verb: action.setText(f"{verb} {text}".rstrip())
        )
        action.setText(f"{verb} {label()}".rstrip())
