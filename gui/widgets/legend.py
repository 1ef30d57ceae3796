"""What each coloured sign in a plot stands for, as rich text."""

from __future__ import annotations

from collections.abc import Iterable

from gui.look.theme import Theme

LegendEntry = tuple[str, str, str]
"""The colour in which something is drawn, a sign like it, and what it stands for."""


def legend_text(entries: Iterable[LegendEntry], theme: Theme, gap: str = "&nbsp;&nbsp; ") -> str:
    """Return entries with a ``gap`` between them; a line breaks there, never within an entry."""
    return gap.join(
        f'<span style="color:{colour}">{sign}</span>&nbsp;'
        f'<span style="color:{theme.muted}">{text.replace(" ", "&nbsp;")}</span>'
        for colour, sign, text in entries
    )
