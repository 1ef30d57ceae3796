"""The lines of the File menu that write what panels show, present before the panels are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction

from gui.export.export_kinds import KINDS
from gui.export.file_export import FileExport
from gui.panel.panel import Panel
from gui.panel.panel_slot import Export, PanelSlot


def export_actions(
    slots: Sequence[PanelSlot], panels: Mapping[str, Panel], files: FileExport
) -> list[QAction]:
    """Return a line for each export that a panel declares, in the order of the panels.

    Args:
        slots: The panels, built or not.
        panels: Those that are built by the time a line is picked; the others have nothing to write.
        files: Asks for the files and writes them; the lines belong to it.
    """
    return [_action(slot.key, one, panels, files) for slot in slots for one in slot.exports]


def _action(key: str, export: Export, panels: Mapping[str, Panel], files: FileExport) -> QAction:
    kind = KINDS[export.kind]

    def shown() -> object | None:
        return panels[key].exports[export.kind]() if key in panels else None

    action = QAction(f"Export {kind.line.format(export.name)}…", files)
    action.setObjectName(f"export_{kind.action.format(export.name).replace(' ', '_')}")
    action.setStatusTip(kind.tip.format(export.name))
    action.triggered.connect(lambda: files.ask(kind, export.name, shown))
    return action
