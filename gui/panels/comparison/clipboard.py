"""Rows as tab-separated text with all their digits, for a spreadsheet or a script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gui.panels.comparison.columns import COLUMNS
from gui.panels.comparison.shown_row import ShownRow

_OUTDATED = "being computed"


def as_text(rows: Iterable[ShownRow]) -> str:
    """Return a header and a line for each row; the last column says why a row has no value.

    Numbers that belong to an earlier worksheet are left out.
    """
    lines = [[*(column.title for column in COLUMNS), "Note"]]
    for row in rows:
        now = row if row.fresh or row.row is None else replace(row, row=None, waiting=_OUTDATED)
        lines.append([*(column.copied(now) for column in COLUMNS), now.reason])
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines) + "\n"
