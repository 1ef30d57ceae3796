"""What is said when a text is no polynomial: place, message, hint and possible repairs."""

from __future__ import annotations

from collections.abc import Iterable

from engine.errors import Span

Edit = tuple[int, int, str]
"""Replace the typed text from start to stop by a new one."""


class Refusal(Exception):  # noqa: N818 - it ends as a ReadError, which has the suffix
    """A reason not to read; the reader adds the text and tries the repairs.

    Attributes:
        message: What is wrong, in one sentence.
        span: Where, in the typed text.
        hint: What to do instead, or ``""``.
        repairs: Edits of the typed text, the likeliest meaning first.
    """

    def __init__(
        self, message: str, span: Span, hint: str = "", repairs: Iterable[tuple[Edit, ...]] = ()
    ) -> None:
        super().__init__(message)
        self.message, self.span, self.hint = message, span, hint
        self.repairs = tuple(repairs)


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return ``text`` after edits that do not overlap; those at one place keep their order."""
    pieces, position = [], 0
    for start, stop, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[position:start], new]
        position = stop
    return "".join([*pieces, text[position:]])
