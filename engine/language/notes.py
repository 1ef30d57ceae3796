"""ReadingNote: what was read how, where a person might have meant something else."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import Span, one_line
from engine.language.refusals import Edit


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """One reading that is not the only one possible.

    Attributes:
        kind: A stable identifier such as ``"power_tower"``.
        span: Half-open range of the typed text that is meant.
        message: How it was read, in one sentence.
        alternative: The whole text, changed so that it reads the other way;
            ``None`` where there is no other polynomial reading.
    """

    kind: str
    span: Span
    message: str
    alternative: str | None = None


@dataclass(slots=True)
class DraftNote:
    """A note whose alternative is still a list of edits, not yet tried.

    Attributes:
        kind: As in :class:`ReadingNote`.
        span: First place in the typed text.
        message: As in :class:`ReadingNote`.
        edits: What turns the text into the other reading; empty where there is no other.
    """

    kind: str
    span: Span
    message: str
    edits: list[Edit]


class NoteBook:
    """Collects notes while a text is read: one for each kind and subject, however often."""

    def __init__(self) -> None:
        self._drafts: dict[tuple[str, str], DraftNote] = {}

    def add(
        self, kind: str, subject: str, span: Span, message: str, edits: tuple[Edit, ...] = ()
    ) -> None:
        """Note ``subject``; where it was noted before, only the edits are added."""
        if not self.extend(kind, subject, edits):
            self._drafts[kind, subject] = DraftNote(kind, span, one_line(message), list(edits))

    def extend(self, kind: str, subject: str, edits: tuple[Edit, ...]) -> bool:
        """Add edits to the note on ``subject``; return whether there is one.

        A text can be full of one subject: its message need not be written each time.
        """
        draft = self._drafts.get((kind, subject))
        if draft is not None:
            draft.edits.extend(edits)
        return draft is not None

    def forget(self, start: int, stop: int) -> None:
        """Drop the notes on what stands in a part of the text that is not read."""
        self._drafts = {
            key: draft
            for key, draft in self._drafts.items()
            if not start <= draft.span[0] < draft.span[1] <= stop
        }

    def drafts(self) -> list[DraftNote]:
        """Return the notes by place."""
        return sorted(self._drafts.values(), key=lambda draft: draft.span)
