"""What the benchmarks found as tables, a section each: as plain text and in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Protocol


class Recorded(Protocol):
    """Some rows of one of the tables."""

    header: ClassVar[list[str]]

    @property
    def section(self) -> str:
        """Title of the table; all of one title have one header."""

    @property
    def rows(self) -> list[list[str]]:
        """Cells in the columns of the header."""


def sections(recorded: Sequence[Recorded]) -> dict[str, list[Recorded]]:
    """Return title to what belongs to it, in the order of recording."""
    found: dict[str, list[Recorded]] = {}
    for one in recorded:
        found.setdefault(one.section, []).append(one)
    return found


def plain(recorded: Sequence[Recorded]) -> Iterator[str]:
    """Yield the lines of the tables, in columns."""
    for title, members in sections(recorded).items():
        table = [members[0].header, *_rows(members)]
        widths = [max(map(len, column)) for column in zip(*table, strict=True)]
        yield from ("", title)
        for row in table:
            yield "  ".join(
                cell.ljust(width) for cell, width in zip(row, widths, strict=True)
            ).rstrip()


def markdown(
    recorded: Sequence[Recorded],
    about: str,
    notes: Sequence[str],
    pictures: Mapping[str, str],
) -> str:
    """Return the tables in Markdown.

    Args:
        recorded: What was found.
        about: Versions and machine; comes first.
        notes: Come last.
        pictures: Title of a section to the file of its picture, which comes after its table.
    """
    lines = [about, ""]
    for title, members in sections(recorded).items():
        header = members[0].header
        lines += [f"### {title[0].upper()}{title[1:]}", ""]
        lines += [_line(header), "|---" * len(header) + "|", *map(_line, _rows(members)), ""]
        lines += [f"![{title}]({pictures[title]})", ""] if title in pictures else []
    return "\n".join([*lines, *(f"- {note}" for note in notes)]).rstrip() + "\n"


def _rows(members: Sequence[Recorded]) -> list[list[str]]:
    return [row for one in members for row in one.rows]


def _line(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |"
