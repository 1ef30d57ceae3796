"""How a stencil is written in rich text: its points, its sums and the rows of its table."""

from __future__ import annotations

from collections.abc import Iterable

from engine.differentiation.rational_complex import RationalComplex
from engine.explanation.stencil_table import StencilRow, StencilTable
from engine.writing.writer import name_unicode
from gui.look.theme import Theme

MINUS = "\N{MINUS SIGN}"


def header_line(titles: Iterable[str], theme: Theme) -> str:
    """Return the first row of a table."""
    style = f"color:{theme.muted}; white-space:nowrap"
    made = "".join(f'<th align="left" style="{style}">{title}&nbsp;</th>' for title in titles)
    return f"<tr>{made}</tr>"


def table_line(texts: Iterable[str], theme: Theme, *, faint: bool) -> str:
    """Return one row of a table."""
    colour = theme.muted if faint else theme.text
    made = "".join(
        f'<td style="color:{colour}; white-space:nowrap">{text}&nbsp;&nbsp;</td>' for text in texts
    )
    return f"<tr>{made}</tr>"


def point_text(table: StencilTable, row: StencilRow) -> str:
    """Return where a point lies, e.g. ``a + h, b − 2h``."""
    f = table.problem.polynomial
    moved = [name for name, _ in table.steps]
    places = zip(f.variables, row.point.coordinates, row.point.offsets, strict=True)
    texts = []
    for name, coordinate, offset in places:
        text = name_unicode(name)
        if offset:
            times = "" if abs(offset) == 1 else str(abs(offset))
            imaginary = "i" if isinstance(coordinate, RationalComplex) else ""
            below = f"<sub>{name_unicode(name)}</sub>" if len(moved) > 1 else ""
            sign = "+" if offset > 0 else MINUS
            text += f" {sign} {times}{imaginary}h{below}"
        texts.append(text)
    return ", ".join(texts)
