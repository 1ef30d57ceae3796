"""The one current Worksheet, its undo stack, and the signal that it changed."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from engine.worksheet import Inputs, Worksheet, read_worksheet
from gui.readings import Readings

_MERGE_ID = 1


class WorksheetStore(QObject):
    """Holds the current worksheet; every change goes through :meth:`edit` and can be undone.

    ``worksheet_changed(worksheet, names)`` carries the new worksheet and the frozenset of the
    names of the fields that differ from before; ``text`` is among them also when what the same
    text says has become known.

    Args:
        readings: Reads the polynomial.
        worksheet: What is there first; the example if None.
    """

    worksheet_changed = Signal(object, object)

    def __init__(
        self,
        readings: Readings,
        worksheet: Worksheet | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.readings = readings
        self._worksheet = worksheet or Worksheet()
        self.undo_stack = QUndoStack(self)
        readings.known.connect(self._on_known)

    @property
    def worksheet(self) -> Worksheet:
        """The current worksheet."""
        return self._worksheet

    def inputs(self) -> Inputs:
        """Return the current worksheet as the engine takes it.

        Raises:
            EngineError: Something typed cannot be read, or is still being read.
        """
        return read_worksheet(self._worksheet, self.readings.read)

    def edit(self, label: str, merge: str = "", **changes: Any) -> None:
        """Replace fields of the worksheet; no step is made where nothing changes.

        Args:
            label: What undo calls the step, e.g. ``"edit expression"``.
            merge: Consecutive edits with the same non-empty key are one step: the keystrokes of
                one field, the moves of one drag.
            changes: Field name to value.
        """
        after = replace(self._worksheet, **changes)
        if after != self._worksheet:
            self.undo_stack.push(_ReplaceWorksheet(self, self._worksheet, after, label, merge))

    def end_merge(self) -> None:
        """Make the next edit a step of its own: a field lost the focus, a drag ended."""
        command = self.undo_stack.command(self.undo_stack.count() - 1)
        if isinstance(command, _ReplaceWorksheet):
            command.merge = ""

    def replace_all(self, label: str, worksheet: Worksheet) -> None:
        """Replace the whole worksheet, as one step."""
        self.edit(label, **{f.name: getattr(worksheet, f.name) for f in fields(Worksheet)})

    def _on_known(self, text: str) -> None:
        if text == self._worksheet.text:
            self.worksheet_changed.emit(self._worksheet, frozenset({"text"}))

    def _show(self, worksheet: Worksheet) -> None:
        before, self._worksheet = self._worksheet, worksheet
        changed = frozenset(
            f.name
            for f in fields(Worksheet)
            if getattr(before, f.name) != getattr(worksheet, f.name)
        )
        if changed:
            self.worksheet_changed.emit(worksheet, changed)


class _ReplaceWorksheet(QUndoCommand):
    def __init__(
        self, store: WorksheetStore, before: Worksheet, after: Worksheet, label: str, merge: str
    ) -> None:
        super().__init__(label)
        self._store, self._before, self._after, self.merge = store, before, after, merge

    def id(self) -> int:
        return _MERGE_ID if self.merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _ReplaceWorksheet) or other.merge != self.merge:
            return False
        self._after = other._after
        return True

    def redo(self) -> None:
        self._store._show(self._after)

    def undo(self) -> None:
        self._store._show(self._before)
