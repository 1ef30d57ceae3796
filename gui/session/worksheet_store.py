"""The one current Worksheet, its undo stack, and the signal that it changed."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Unpack
from weakref import ref

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from engine.errors import EngineError
from engine.worksheet.worksheet import (
    Fields,
    Inputs,
    Worksheet,
    WorksheetChanges,
    read_worksheet,
)
from gui.session.readings import Readings

_MERGE_ID = 1


class WorksheetStore(QObject):
    """Holds the current worksheet; every change goes through :meth:`edit` and can be undone.

    Each worksheet that is opened begins a history of its own.

    ``worksheet_changed(worksheet, changed)`` carries the new worksheet and the
    :class:`~engine.worksheet.worksheet.Fields` that differ from before; ``text`` is among them
    also when what the same text says has become known.

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
        self._worksheet = self._readable = worksheet or Worksheet()
        # The window's undo belongs to whatever is shown. Made before the stacks, so that it is
        # destroyed before them: a stack that is destroyed signals that it is clean.
        self.undo_group = QUndoGroup(self)
        self.undo_stack = QUndoStack(self)
        self._visits = QUndoStack(self)
        self._own: Worksheet | None = None
        self.undo_group.addStack(self.undo_stack)
        self.undo_group.addStack(self._visits)
        self.undo_group.setActiveStack(self.undo_stack)
        readings.known.connect(self._on_known)

    @property
    def worksheet(self) -> Worksheet:
        """The current worksheet."""
        return self._worksheet

    @property
    def own(self) -> Worksheet:
        """The user's own worksheet, which is the current one except during a visit."""
        return self._worksheet if self._own is None else self._own

    def inputs(self) -> Inputs:
        """Return the current worksheet as the engine takes it.

        Raises:
            EngineError: Something typed cannot be read, or is still being read.
        """
        return read_worksheet(self._worksheet, self.readings.read)

    @property
    def readable(self) -> Worksheet:
        """The current worksheet, or, while that cannot be read, the last one that could."""
        try:
            self.inputs()
        except EngineError:
            return self._readable
        return self._worksheet

    def newest_inputs(self) -> tuple[Inputs, bool]:
        """Return :attr:`readable` as the engine takes it, and whether that is the current one.

        Raises:
            EngineError: None could be read so far.
        """
        worksheet = self.readable
        return read_worksheet(worksheet, self.readings.read), worksheet is self._worksheet

    def edit(self, label: str, merge: str = "", **changes: Unpack[WorksheetChanges]) -> None:
        """Replace fields of the worksheet; no step is made where nothing changes.

        Args:
            label: What undo calls the step, e.g. ``"edit expression"``.
            merge: Consecutive edits with the same non-empty key are one step: the keystrokes of
                one field, the moves of one drag.
            changes: Field name to value.
        """
        after = replace(self._worksheet, **changes)
        if after != self._worksheet:
            self._active.push(_ReplaceWorksheet(self, self._worksheet, after, label, merge))

    def end_merge(self) -> None:
        """Make the next edit a step of its own: a field lost the focus, a drag ended."""
        command = self._active.command(self._active.count() - 1)
        if isinstance(command, _ReplaceWorksheet):
            command.merge = ""

    def open(self, worksheet: Worksheet) -> None:
        """Show another document, with an undo history of its own."""
        self.leave()
        self.undo_stack.clear()
        self._show(worksheet)

    def visit(self, worksheet: Worksheet) -> None:
        """Show another worksheet for a while; what is edited meanwhile is discarded at the end.

        The user's own worksheet, and what can be undone in it, wait for :meth:`leave`.
        """
        if self._own is None:
            self._own = self._worksheet
        self._visits.clear()
        self.undo_group.setActiveStack(self._visits)
        self._show(worksheet)

    def leave(self) -> None:
        """Show the user's own worksheet again."""
        own, self._own = self._own, None
        if own is not None:
            self._visits.clear()
            self.undo_group.setActiveStack(self.undo_stack)
            self._show(own)

    @property
    def visiting(self) -> bool:
        """Whether a worksheet is shown that is not the user's own."""
        return self._own is not None

    @property
    def _active(self) -> QUndoStack:
        return self.undo_stack if self._own is None else self._visits

    def _on_known(self, text: str) -> None:
        if text == self._worksheet.text:
            self.worksheet_changed.emit(self._worksheet, Fields.text)

    def _show(self, worksheet: Worksheet) -> None:
        self._readable = self.readable
        before, self._worksheet = self._worksheet, worksheet
        changed = Fields(0)
        for field in fields(Worksheet):
            if getattr(before, field.name) != getattr(worksheet, field.name):
                changed |= Fields[field.name]
        if changed:
            self.worksheet_changed.emit(worksheet, changed)


class _ReplaceWorksheet(QUndoCommand):
    """Knows its store weakly: the store owns the stack, and the stack its commands.

    If a command kept the store alive, then once all of them are garbage the store would be
    destroyed in the middle of the destruction of its stack, and would destroy that a second time.
    """

    def __init__(
        self, store: WorksheetStore, before: Worksheet, after: Worksheet, label: str, merge: str
    ) -> None:
        super().__init__(label)
        self._store = ref(store)
        self._before, self._after, self.merge = before, after, merge

    def id(self) -> int:
        return _MERGE_ID if self.merge else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _ReplaceWorksheet) or other.merge != self.merge:
            return False
        self._after = other._after
        return True

    def redo(self) -> None:
        self._show(self._after)

    def undo(self) -> None:
        self._show(self._before)

    def _show(self, worksheet: Worksheet) -> None:
        store = self._store()
        assert store is not None
        store._show(worksheet)
