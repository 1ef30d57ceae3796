"""One worksheet, each change one step that undo takes back, a signal that says what changed."""

from __future__ import annotations

import gc
import weakref

import pytest

from engine.worksheet.worksheet import Fields, Worksheet
from gui.session.readings import Readings
from gui.session.worksheet_store import WorksheetStore
from gui.work.job_runner import JobRunner

Change = tuple[Worksheet, Fields]


@pytest.fixture
def changes(store: WorksheetStore) -> list[Change]:
    seen: list[Change] = []
    store.worksheet_changed.connect(lambda *said: seen.append(said))
    return seen


def test_that_the_default_worksheet_is_there_from_the_start(store: WorksheetStore) -> None:
    assert store.worksheet == Worksheet()
    assert not store.undo_stack.canUndo()


def test_that_an_edit_says_which_fields_changed(
    store: WorksheetStore, changes: list[Change]
) -> None:
    store.edit("edit", text="x", partials=store.worksheet.partials)
    assert store.worksheet.text == "x"
    assert changes == [(store.worksheet, Fields.text)]


def test_that_an_edit_that_changes_nothing_is_no_step(
    store: WorksheetStore, changes: list[Change]
) -> None:
    store.edit("edit", text=store.worksheet.text)
    assert changes == []
    assert store.undo_stack.count() == 0


def test_that_undo_and_redo_go_back_and_forth_and_say_so(
    store: WorksheetStore, changes: list[Change]
) -> None:
    store.edit("first", text="x")
    store.edit("second", partials="a")
    store.undo_stack.undo()
    assert store.worksheet == Worksheet(text="x")
    store.undo_stack.undo()
    assert store.worksheet == Worksheet()
    store.undo_stack.redo()
    assert store.worksheet == Worksheet(text="x")
    changed = [fields for _, fields in changes]
    text, partials = Fields.text, Fields.partials
    assert changed == [text, partials, partials, text, text]


def test_that_edits_with_one_key_are_one_step_and_others_are_not(store: WorksheetStore) -> None:
    for text in ("x", "xy", "xyz"):
        store.edit("edit expression", merge="text", text=text)
    store.edit("edit point", merge="point", coordinates=())
    assert store.undo_stack.count() == 2
    store.undo_stack.undo()
    assert store.worksheet.text == "xyz"
    store.undo_stack.undo()
    assert store.worksheet == Worksheet()


def test_that_end_merge_begins_a_new_step(store: WorksheetStore) -> None:
    store.edit("drag", merge="point", coordinates=(("a", "1"),))
    store.end_merge()
    store.edit("drag", merge="point", coordinates=(("a", "2"),))
    assert store.undo_stack.count() == 2


def test_that_a_worksheet_that_is_opened_has_a_history_of_its_own(
    store: WorksheetStore, changes: list[Change]
) -> None:
    store.edit("mine", text="y")
    store.edit("mine too", partials="y")
    store.undo_stack.undo()
    changes.clear()
    other = Worksheet(text="x^2", coordinates=(("x", "1/3"),))
    store.open(other)
    assert (store.worksheet, store.own) == (other, other)
    assert changes == [(other, Fields.text | Fields.coordinates)]
    assert not store.undo_group.canUndo()
    assert not store.undo_group.canRedo()
    store.edit("edit", text="x^3")
    store.undo_group.undo()
    assert store.worksheet == other
    assert not store.undo_group.canUndo()


def test_that_keys_of_one_worksheet_are_not_merged_with_those_of_the_next(
    store: WorksheetStore,
) -> None:
    store.edit("edit", merge="text", text="y")
    store.open(Worksheet(text="x"))
    store.edit("edit", merge="text", text="xx")
    store.undo_stack.undo()
    assert store.worksheet.text == "x"


def test_that_opening_ends_a_visit_and_the_own_worksheet_is_known_during_it(
    store: WorksheetStore,
) -> None:
    store.edit("mine", text="y")
    own = store.worksheet
    store.visit(Worksheet(text="z"))
    assert store.own == own
    store.open(Worksheet(text="x"))
    assert (store.visiting, store.own.text, store.worksheet.text) == (False, "x", "x")
    store.leave()
    assert store.worksheet.text == "x"


def test_that_a_store_and_its_edits_do_not_keep_each_other_alive(runner: JobRunner) -> None:
    """Otherwise the collector would destroy the stack of undo in the middle of its destruction."""
    store = WorksheetStore(Readings(runner))
    store.edit("one", text="x")
    store.visit(Worksheet(text="y"))
    store.edit("two", text="z")
    gone = weakref.ref(store)
    gc.disable()
    try:
        del store
        assert gone() is None
    finally:
        gc.enable()
