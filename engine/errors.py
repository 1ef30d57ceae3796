"""The failures that a user can cause or mend; everything else is a bug."""

from __future__ import annotations

Span = tuple[int, int]


class EngineError(Exception):
    """Root of expected failures; ``str(error)`` is written for the user."""


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
        self.message, self.text, self.span, self.hint = message, text, span, hint
        self.repaired = repaired

    def __str__(self) -> str:
        start, stop = self.span
        parts = [f"{self.message} (column {start + 1})"]
        if "\n" not in self.text:
            parts += [self.text, " " * start + "^" * max(1, stop - start)]
        return "\n".join(parts + ([self.hint] if self.hint else []))


class PointError(EngineError, ValueError):
    """A coordinate is missing or is no exact number."""


class PartialError(EngineError, ValueError):
    """A partial derivative names a variable that f does not have, or its order is too high."""


class LimitError(EngineError, ValueError):
    """The work asked for is larger than :class:`engine.limits.Limits` allows."""


class NumberRangeError(EngineError, OverflowError):
    """A number does not fit the floating-point type that it must be stored in."""


class MethodUnavailableError(EngineError, RuntimeError):
    """A method cannot serve here: a package, a device or an order that it lacks."""


class ExportError(EngineError, OSError):
    """A file could not be written; what stood there before still does."""


class WorksheetError(EngineError, ValueError):
    """A worksheet file is no worksheet that this version can read."""
