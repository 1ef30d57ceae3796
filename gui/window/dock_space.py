"""How the panels share the space of the window: as delivered, as the user left it, as it grows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow

from gui.panel.panel_slot import PanelSlot, Place
from gui.panel.seen import is_seen
from gui.work.turns import turns

BETWEEN = 3
"""Pixels between docks."""

_STATE_VERSION = 2
"""Of the stored layout of the docks; another one is not restored."""

_LEFT_SHARE, _LEAST_LEFT, _MOST_LEFT = 0.25, 300, 420
"""Of the width, and pixels: the problem's fields need the least and gain nothing from the most."""

_LARGEST_LEFT_SHARE = 0.38
"""Of the width, whatever the user dragged it to while the window was larger."""

_TOP_SHARE, _MOST_TOP = 0.485, 360
"""Of the height, and pixels: the comparison needs as much as its ten rows."""

_ROOMY_SHARE = 0.62
"""Of the height: for a panel that deserves a close look."""

_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea

_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class DockSpace(QObject):
    """Places the docks, and gives the left side its width whenever the window changes its size.

    Args:
        window: Has the docks; not shown yet.
        slots: Say where each of them stands in the layout as delivered.
        docks: By key.
    """

    def __init__(
        self, window: QMainWindow, slots: Sequence[PanelSlot], docks: Mapping[str, QDockWidget]
    ) -> None:
        super().__init__(window)
        self._window, self._docks = window, docks
        self._left, self._top, self._bottom = (
            [docks[slot.key] for slot in slots if slot.place is place] for place in Place
        )
        self._as_delivered, self._shown = True, False
        self._chosen_aside = 0  # 0 until the user has dragged the left side to another width
        for watched in (window, *self._left):
            watched.installEventFilter(self)

    def state(self) -> bytes:
        """Return where every dock stands, as :meth:`restore` takes it."""
        return bytes(self._window.saveState(_STATE_VERSION).data())

    def restore(self, state: bytes) -> None:
        """Put every dock where it stood; where that is unknown, as delivered."""
        self.reset()
        restored = state and self._window.restoreState(QByteArray(state), _STATE_VERSION)
        self._as_delivered = not restored

    def keep(self) -> Callable[[], object]:
        """Return what puts the docks back to where they are now."""
        state = self._window.saveState(_STATE_VERSION)
        return lambda: self._window.restoreState(state, _STATE_VERSION)

    def reset(self) -> None:
        """Put every dock back where it was when the program was new."""
        window = self._window
        for dock in self._docks.values():
            if dock.isFloating():
                dock.setFloating(False)
            window.removeDockWidget(dock)
        for docks, side in ((self._left, _LEFT), (self._top, _RIGHT), (self._bottom, _RIGHT)):
            for dock in docks[:1]:
                window.addDockWidget(side, dock, _DOWN)
        for before, dock in pairwise(self._bottom[:2]):
            window.splitDockWidget(before, dock, _ACROSS)
        for tabs in (self._left, self._top, self._bottom[1:]):
            for before, dock in pairwise(tabs):
                window.tabifyDockWidget(before, dock)
        for dock in self._docks.values():
            dock.show()
        self._share()

    def give_room(self, key: str) -> None:
        """Make a panel higher than those above or below it."""
        dock = self._docks[key]
        others = self._bottom if dock in self._top else self._top
        other = next((one for one in others if is_seen(one) and not one.isFloating()), None)
        if other is not None and dock in [*self._top, *self._bottom] and not dock.isFloating():
            shares = (_ROOMY_SHARE, 1 - _ROOMY_SHARE)
            heights = [int(self._window.height() * share) for share in shares]
            self._window.resizeDocks([dock, other], heights, _DOWN)

    def keep_upper_height(self, change: Callable[[], object]) -> None:
        """Make a change that takes height away; the panels above need theirs for all their rows."""
        docks = [next(filter(is_seen, docks), None) for docks in (self._top, self._bottom)]
        top, bottom = docks
        if top is None or bottom is None:
            change()
            return
        # From dock to dock: their own heights leave out their tabs.
        height = bottom.y() - top.y() - BETWEEN

        def give_back() -> None:
            rest = self._window.statusBar().y() - top.y() - BETWEEN - height
            self._window.resizeDocks([top, bottom], [height, rest], _DOWN)

        change()
        turns().ask(self, give_back)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._window:
            self._note_drag(watched, event)
        # Before the window is laid out, its size is not the one it will have.
        elif event.type() == QEvent.Type.Show and not self._shown:
            self._shown = True
            self._on_first_shown()
        elif event.type() == QEvent.Type.Resize and self._shown:
            # Qt would give the forms half of what is gained; the pictures can use all of it.
            largest = int(self._window.width() * _LARGEST_LEFT_SHARE)
            self._set_aside_width(min(self._chosen_aside or self._usual_aside(), largest))
        return False

    def _note_drag(self, watched: QObject, event: QEvent) -> None:
        # Only a width that the user drags the edge to counts as chosen.
        dragged = QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.Resize and dragged:
            assert isinstance(watched, QDockWidget)
            self._chosen_aside = watched.width()

    def _on_first_shown(self) -> None:
        left = self._first_in(_LEFT)
        if self._as_delivered:
            self._share()
        elif left is not None and left.width() != self._usual_aside():
            self._chosen_aside = left.width()

    def _share(self) -> None:
        window = self._window
        self._chosen_aside = 0
        aside = self._usual_aside()
        if self._top and self._bottom:
            above = min(_MOST_TOP, int(window.height() * _TOP_SHARE))
            heights = [above, window.height() - above]
            window.resizeDocks([self._top[0], self._bottom[0]], heights, _DOWN)
        side_by_side = self._bottom[:2]
        half = (window.width() - aside) // 2
        window.resizeDocks(side_by_side, [half] * len(side_by_side), _ACROSS)
        self._set_aside_width(aside)

    def _usual_aside(self) -> int:
        return min(_MOST_LEFT, max(_LEAST_LEFT, int(self._window.width() * _LEFT_SHARE)))

    def _set_aside_width(self, width: int) -> None:
        """Give the left side a width and the right side the rest; Qt needs both."""
        left, right = self._first_in(_LEFT), self._first_in(_RIGHT)
        if left is not None and right is not None:
            rest = self._window.width() - width - BETWEEN
            self._window.resizeDocks([left, right], [width, rest], _ACROSS)

    def _first_in(self, area: Qt.DockWidgetArea) -> QDockWidget | None:
        for dock in self._docks.values():
            if self._window.dockWidgetArea(dock) == area and not (
                dock.isFloating() or dock.isHidden()
            ):
                return dock
        return None
