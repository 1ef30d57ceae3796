"""Builds the panels into the window: the seen ones first, each in turns of the event loop."""

from __future__ import annotations

import sys
from collections import deque
from importlib import import_module

from PySide6.QtCore import QObject, Signal

from gui.panel.panel import Panel, PanelContext
from gui.panel.panel_slot import PanelSlot
from gui.panel.seen import is_seen
from gui.startup.failed_start import advice_on
from gui.window.main_window import MainWindow
from gui.window.panel_dock import show_failure
from gui.work.turns import turns


class PanelBuilder(QObject):
    """Imports each panel in one turn and builds it in the next.

    Args:
        window: Keeps room for them.
        context: What they are built from.

    Attributes:
        panels: Those that are built, by key.

    Signals:
        seen_built: Every panel that can be seen is built; those behind them follow.
        finished: Every panel is built, or its dock says why it is not.
    """

    seen_built = Signal()
    finished = Signal()

    def __init__(self, window: MainWindow, context: PanelContext) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        self._waiting: deque[PanelSlot] = deque()
        self._seen_are_built = False
        self.panels: dict[str, Panel] = {}

    def begin(self) -> None:
        """Build the panels, beginning in the next turn."""
        # What is seen comes first; the first tabs are drawn while those behind them are built.
        self._waiting = deque(sorted(self._window.slots, key=lambda slot: not self._is_seen(slot)))
        turns().ask(self, self._build_next)

    def stop(self) -> None:
        """Build no more panels."""
        self._waiting.clear()

    def _is_seen(self, slot: PanelSlot) -> bool:
        return is_seen(self._window.docks[slot.key])

    def _build_next(self) -> None:
        if not self._seen_are_built and not any(map(self._is_seen, self._waiting)):
            self._seen_are_built = True
            self.seen_built.emit()
        if not self._waiting:
            self.finished.emit()
            return
        slot = self._waiting.popleft()
        try:
            if slot.package in sys.modules:
                self._build(slot)
            else:
                import_module(slot.package)
                self._waiting.appendleft(slot)
        except Exception as error:
            # Before it is reported: otherwise the panel would say for ever that it is loading.
            imported = slot.package in sys.modules
            show_failure(
                self._window.docks[slot.key],
                "An internal error keeps this panel away." if imported else advice_on(error),
            )
            raise
        finally:
            # Also after one that fails. Only now: a new panel fills itself before the next.
            turns().ask(self, self._build_next)

    def _build(self, slot: PanelSlot) -> None:
        panel: Panel = sys.modules[slot.package].build(self._context)
        declared = {export.kind for export in slot.exports}
        if panel.exports.keys() != declared:
            raise ValueError(
                f"{slot.package} exports {sorted(panel.exports)}, but the list of panels "
                f"says {sorted(declared)}"
            )
        self.panels[slot.key] = panel
        self._window.place(slot.key, panel)
        if len(self.panels) == 1:
            self._window.give_keys_to(panel.widget)
