"""The examples that come with the program: worksheets, each with a reason to open it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from engine.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Example:
    """A worksheet of the resources.

    Attributes:
        title: What the menu calls it.
        group: Examples of one group stand together.
        worksheet: With a sentence that says what to look at.
    """

    title: str
    group: str
    worksheet: Worksheet


@cache
def examples() -> tuple[Example, ...]:
    """Return every example, in the order of the menu: that of the file names.

    ``18-peano-surface.json`` is called "Peano surface" and belongs to the group "1".
    """
    stored = (file for file in (files("resources") / "examples").iterdir())
    found = []
    for file in sorted(stored, key=lambda file: file.name):
        number, _, name = file.name.removesuffix(".json").partition("-")
        words = name.replace("-", " ")
        worksheet = Worksheet.from_json(file.read_text(encoding="utf-8"))
        found.append(Example(words[0].upper() + words[1:], number[0], worksheet))
    return tuple(found)
