"""What may be asked for on the command line; loaded before the window, so nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass

from engine.errors import EngineError

DIALECT_NAMES = ("standard", "semicolon")
"""Those of :data:`engine.export.csv_cells.DIALECTS`, which loads too much to be imported here."""


class UsageError(EngineError, ValueError):
    """The words themselves are wrong."""


class Told(Exception):  # noqa: N818 - nothing is wrong
    """Help or the version was asked for: the text, and nothing else is to be done."""


@dataclass(frozen=True, slots=True)
class CommandLine:
    """What was asked for, as it was typed.

    Attributes:
        start: A polynomial or the file of a worksheet; ``""`` for neither.
        at: The point, in one or more parts.
        partials: The derivatives.
        methods: ``KEY`` or ``KEY:name=value,...`` each.
        csv: The file to write, or None.
        dialect: Of that file.
        json: Whether the answer is one JSON object.
    """

    start: str = ""
    at: tuple[str, ...] = ()
    partials: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    csv: str | None = None
    dialect: str = DIALECT_NAMES[0]
    json: bool = False

    @property
    def asks_for_text(self) -> bool:
        """Whether the answer is text wherever it is asked for."""
        return self.json or self.csv is not None

    @property
    def changes_worksheet(self) -> bool:
        """Whether something is given that stands in a worksheet, too."""
        return bool(self.at or self.partials or self.methods)
