"""The main window: panels as docks, menus, what is running, geometry; no formula, no thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QSize,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from gui.look.theme import Theme
from gui.panel.panel_slot import PanelSlot
from gui.panel.seen import is_seen
from gui.session.settings import AppSettings, SettingsChanges
from gui.window.actions import ACTIONS, make_actions
from gui.window.dock_space import BETWEEN, DockSpace
from gui.window.panel_dock import fill, make_dock
from gui.window.progress import ProgressBar
from gui.work.turns import turns

if TYPE_CHECKING:  # what a panel is given must not be loaded before the window is drawn
    from gui.panel.panel import Panel

_FIRST_SHARE = 0.85
"""Of the screen, each way, before the user has chosen a size."""

_LEAST_FIRST_SIZE, _LARGEST_FIRST_SIZE = QSize(1280, 800), QSize(1680, 1050)
"""With the least the comparison shows all of its ten rows."""

_FRAME = QSize(8, 40)
"""What a desktop may put around a window, at most."""

_SMALLEST_SIZE = QSize(720, 480)

_MESSAGE_MILLISECONDS = 15_000


class MainWindow(QMainWindow):
    """Places panels and menus.

    Args:
        slots: The panels that it keeps room for.
        settings: Where everything stood when it was last closed.

    Attributes:
        slots: As given.
        commands: The actions of its menus, by id; they do nothing until they are connected.
        docks: The panels' places, by key.
        space: How they share the window.
        exports: The actions that write what panels show.
        panels_menu, theme_menu, examples_menu: The menus that others fill or give icons to.

    Signals:
        painted: The window has been drawn for the first time; slow work may start.
        closing: The window has gone from the screen and the program should end.
    """

    painted = Signal()
    closing = Signal()

    may_close: Callable[[], bool]
    """Asked before the window closes; the program sets it."""

    def __init__(self, slots: Sequence[PanelSlot], settings: AppSettings) -> None:
        super().__init__()
        self.commands = make_actions(self)
        self.exports: tuple[QAction, ...] = ()
        self.may_close = lambda: True
        self.show_file("", unsaved=False)
        self.setMinimumSize(_SMALLEST_SIZE)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.AnimatedDocks
        )
        self.slots = tuple(slots)
        self._painted = False
        self._typed_early: list[QKeyEvent] | None = []
        self.docks = {slot.key: make_dock(slot, self) for slot in slots}
        self.space = DockSpace(self, self.slots, self.docks)
        self._make_menus()
        self.progress = ProgressBar(self.commands["cancel"])
        self.statusBar().addPermanentWidget(self.progress)
        self._restore(settings)

    def when_painted(self, call: Callable[[], object]) -> None:
        """Call once the window has been drawn, in a turn of the event loop of its own."""
        if self._painted:
            turns().ask(self, call)
        else:
            self.painted.connect(call)

    def place(self, key: str, panel: Panel) -> None:
        """Show a panel in the dock that was kept for it."""
        fill(self.docks[key], panel)

    def give_keys_to(self, widget: QWidget) -> None:
        """Give ``widget`` the focus, and everything typed before any widget could take keys."""
        widget.setFocus()
        typed, self._typed_early = self._typed_early or [], None
        for event in typed:
            QCoreApplication.sendEvent(self.focusWidget(), event)

    def add_exports(self, actions: Sequence[QAction]) -> None:
        """Add the lines that write what panels show to the File menu, above Quit."""
        self.exports = tuple(actions)
        self._file_menu.insertActions(self._before_quit, self.exports)

    def raise_panel(self, key: str) -> None:
        """Bring a panel to the front, also one that was closed."""
        self.docks[key].show()
        self.docks[key].raise_()

    def look_at(self, key: str) -> None:
        """Bring a panel to the front and make it high."""
        self.raise_panel(key)
        # In the next turn: the panel is at its place then.
        QTimer.singleShot(0, self, lambda: self.space.give_room(key))

    def show_message(self, text: str) -> None:
        """Show a sentence at the lower edge for a while."""
        self.statusBar().showMessage(text, _MESSAGE_MILLISECONDS)

    def show_file(self, name: str, unsaved: bool) -> None:
        """Show in the title which file is open, if any, and whether there are unsaved changes."""
        literal = name.replace("[*]", "[*][*]")  # a single one is where Qt puts its star
        self.setWindowTitle(f"{literal or 'Untitled'}[*] – trigrad")
        self.setWindowModified(unsaved)

    def show_theme(self, theme: Theme) -> None:
        """Style what the palette does not reach."""
        self.setStyleSheet(_style_sheet(theme))

    def geometry_to_keep(self) -> SettingsChanges:
        """Return the settings that bring this window back as it is now."""
        return {
            "geometry": bytes(self.saveGeometry().data()),
            "dock_state": self.space.state(),
        }

    def _make_menus(self) -> None:
        actions = self.commands
        bar = self.menuBar()
        self._file_menu = bar.addMenu("&File")
        self._file_menu.addActions([actions[one] for one in ("new", "open", "save", "save_as")])
        self._file_menu.addSeparator()
        self._before_quit = self._file_menu.addSeparator()
        self._file_menu.addAction(actions["quit"])
        edit = bar.addMenu("&Edit")
        edit.addActions([actions[one] for one in ("undo", "redo", "cancel")])
        edit.insertSeparator(actions["cancel"])
        view = bar.addMenu("&View")
        self.panels_menu = view.addMenu("&Panels")
        self.panels_menu.addActions([dock.toggleViewAction() for dock in self.docks.values()])
        self.theme_menu = QMenu("&Theme", view)
        self.theme_menu.addActions([actions[s.id] for s in ACTIONS if s.group == "theme"])
        view.addMenu(self.theme_menu)
        view.addSeparator()
        view.addAction(actions["reset_layout"])
        self.examples_menu = bar.addMenu("E&xamples")
        self.examples_menu.setToolTipsVisible(True)
        bar.addMenu("&Help").addActions([actions[one] for one in ("tour", "about")])

    def _restore(self, settings: AppSettings) -> None:
        screen = self.screen().availableSize()
        size = (screen * _FIRST_SHARE).boundedTo(_LARGEST_FIRST_SIZE).expandedTo(_LEAST_FIRST_SIZE)
        self.resize(size.boundedTo(screen - _FRAME))
        if settings.geometry:
            self.restoreGeometry(QByteArray(settings.geometry))
        self.space.restore(settings.dock_state)

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: N802 - Qt's name
        moved = super().focusNextPrevChild(next_)
        first = self.focusWidget()
        # Qt takes what lies behind another tab for visible; a person would not see where keys go.
        while moved and self._is_behind_a_tab(self.focusWidget()):
            moved = super().focusNextPrevChild(next_) and self.focusWidget() is not first
        return moved

    def _is_behind_a_tab(self, widget: QWidget) -> bool:
        return any(dock.isAncestorOf(widget) and not is_seen(dock) for dock in self.docks.values())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._typed_early is not None:
            self._typed_early.append(
                QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            )
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        # Gone from the screen at once; ending the processes may take a moment longer.
        event.accept()
        self.hide()
        self.closing.emit()


def _style_sheet(theme: Theme) -> str:
    return f"""
QDockWidget {{ color: {theme.muted}; font-weight: 600; }}
QDockWidget::title {{
    background: {theme.raised}; padding: 5px 8px; text-align: left;
}}
QMainWindow::separator {{
    background: {theme.border}; width: {BETWEEN}px; height: {BETWEEN}px;
}}
QMainWindow::separator:hover {{ background: {theme.accent}; }}
QStatusBar::item {{ border: none; }}
"""
