"""The examples that come with the program: worksheets, each with a reason to open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from PySide6.QtWidgets import QMenu

from engine.worksheet.worksheet import Worksheet
from gui.look.number_format import wrapped_tip


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


def fill_when_opened(menu: QMenu, show: Callable[[Worksheet], object]) -> None:
    """Fill the menu of examples when it is first opened: nobody waits for it before.

    Args:
        menu: Still empty.
        show: Opens the example that is picked.
    """

    def fill() -> None:
        group = ""
        for example in examples() if menu.isEmpty() else ():
            if group and example.group != group:
                menu.addSeparator()
            group = example.group
            action = menu.addAction(example.title)
            action.setStatusTip(example.worksheet.about)
            action.setToolTip(wrapped_tip(example.worksheet.about))
            action.triggered.connect(
                lambda _checked=False, worksheet=example.worksheet: show(worksheet)
            )

    menu.aboutToShow.connect(fill)
