"""The failures that a user can cause or mend; everything else is a bug."""

from __future__ import annotations

import unicodedata

Span = tuple[int, int]

_CONTEXT = 60
"""Characters of a long line that are shown on either side of what is wrong."""


def is_visible(char: str) -> bool:
    """Return whether a character can stand in a line: no line break, no control, no direction."""
    category = unicodedata.category(char)
    return category[0] != "C" and category not in {"Zl", "Zp"}


def one_line(message: str) -> str:
    """Return a message in which what it quotes has no line breaks and nothing invisible."""
    if all(map(is_visible, message)):
        return message
    return "".join(char if is_visible(char) else " " for char in message)


class EngineError(Exception):
    """Root of expected failures; ``str(error)`` is written for the user."""

    def __str__(self) -> str:
        return one_line(super().__str__())


class ReadError(EngineError, ValueError):
    """The text is not a polynomial as the language defines it.

    Attributes:
        message: What is wrong, in one sentence.
        text: What the user typed, unchanged.
        span: Half-open range ``(start, stop)`` of ``text`` to underline.
        hint: What to do instead, or ``""``.
        repaired: A text that reads and is probably meant, or ``None``.
    """

    def __init__(
        self, message: str, text: str, span: Span, hint: str = "", repaired: str | None = None
    ) -> None:
        super().__init__(message, text, span, hint, repaired)
        self.message, self.hint = one_line(message), one_line(hint)
        self.text, self.span = text, span
        self.repaired = repaired

    def __str__(self) -> str:
        start, stop = self.span
        first = self.text.rfind("\n", 0, start) + 1
        line = self.text[first:].partition("\n")[0]
        number = self.text.count("\n", 0, start) + 1
        place = f"column {start - first + 1}"
        if "\n" in self.text:
            place = f"line {number}, {place}"
        # Tabs, control and invisible characters would move the mark, or the terminal's cursor.
        shown = one_line(line)
        excerpt, mark = _excerpt(shown, start - first, min(stop - first, len(line)))
        parts = [f"{self.message} ({place})", excerpt, mark]
        return "\n".join(parts + ([self.hint] if self.hint else []))


def _excerpt(line: str, start: int, stop: int) -> tuple[str, str]:
    """Return the part of a line around a span, and the mark that belongs under it."""
    low = start - _CONTEXT if start > _CONTEXT else 0
    high = min(len(line), start + _CONTEXT)
    before, after = "…" * (low > 0), "…" * (high < len(line))
    mark = "^" * max(1, min(stop, high) - start)
    return before + line[low:high] + after, " " * (len(before) + start - low) + mark


class PointError(EngineError, ValueError):
    """A coordinate is missing or is no exact number."""


class PolynomialError(EngineError, ValueError):
    """No polynomial can be made of this: a name, an exponent or a coefficient is wrong."""


class PartialError(EngineError, ValueError):
    """A partial derivative names a variable that f does not have, or its order is too high."""


class LimitError(EngineError, ValueError):
    """The work asked for is larger than :class:`engine.limits.Limits` allows."""


class CriticalPointsError(EngineError, ValueError):
    """Critical points were asked for of a polynomial that cannot have any of that kind."""


class NumberRangeError(EngineError, OverflowError):
    """A number does not fit the floating-point type that it must be stored in."""


class MethodUnavailableError(EngineError, RuntimeError):
    """A method cannot serve here: a package, a device or an order that it lacks."""


class ExportError(EngineError, OSError):
    """A file could not be written; what stood there before still does."""


class WorksheetError(EngineError, ValueError):
    """A worksheet file is no worksheet that this version can read."""


def check_choice(label: str, value: object, choices: tuple[str, ...]) -> None:
    """Refuse a value that is not among the choices.

    Args:
        label: What the value is, as the message calls it.
        value: What was chosen.
        choices: What could have been.

    Raises:
        MethodUnavailableError: It is none of them.
    """
    if value not in choices:
        raise MethodUnavailableError(
            f"{label} cannot be {shorten(repr(value))}; choose one of: {', '.join(choices)}."
        )


def shorten(text: str, length: int = 24) -> str:
    """Return ``text`` for a message, cut where it is long."""
    return text if len(text) <= length else text[: length - 1] + "…"
