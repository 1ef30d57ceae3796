"""The page that the stencil panel shows: the table, the subtraction with its digits, the result."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from engine.explanation.cancellation import Cancellation
from engine.explanation.stencil_table import StencilRow, StencilTable
from engine.writing.writer import name_unicode
from gui.look.number_format import show_error, show_set, show_stored, show_value
from gui.look.stencil_text import MINUS, header_line, point_text, table_line
from gui.look.theme import Theme

_DIGITS = {"float64": 16, "float32": 7}


def page(tables: Sequence[StencilTable], theme: Theme) -> str:
    """Return rich text for the quotients that a method combines."""
    used = [table for table in tables if table.share]
    parts = [_heading(tables, theme), _rows(tables, theme)]
    parts += [_subtraction(table, theme, several=len(used) > 1) for table in used]
    return "".join(parts)


def _heading(tables: Sequence[StencilTable], theme: Theme) -> str:
    first = tables[0]
    steps = ", ".join(
        f"h<sub>{name_unicode(name)}</sub> {show_set(step)}"
        if len(first.steps) > 1
        else f"h {show_set(step)}"
        for name, step in first.steps
    )
    combined = (
        "" if len(tables) == 1 else f", h/2, … h/{2 ** (len(tables) - 1)}, added up by the shares"
    )
    derivative = escape(str(first.problem.partial))
    return (
        f'<p style="color:{theme.muted}">{derivative} in {first.dtype}: f is evaluated at these '
        f"points, {steps}{combined}.</p>"
    )


def _rows(tables: Sequence[StencilTable], theme: Theme) -> str:
    several = len(tables) > 1
    titles = ["Point", "Weight", "f there, exactly", "f as computed", "Weight · f"]
    if tables[0].cancellation is None and len(tables[0].rows) == 1:
        titles[2:4] = ["Im f there, exactly", "Im f as computed"]
    if several:
        titles.insert(0, "Share")
    cells = [header_line(titles, theme)]
    for table in tables:
        for row in table.rows:
            share = [show_value(table.share)] if several else []
            cells.append(table_line([*share, *_cells(table, row)], theme, faint=not table.share))
    return f'<table cellspacing="0" cellpadding="3">{"".join(cells)}</table>'


def _cells(table: StencilTable, row: StencilRow) -> list[str]:
    return [
        point_text(table, row),
        show_value(row.point.weight),
        show_value(row.exact),
        "overflow" if row.stored is None else show_stored(row.stored).alone,
        "–" if row.product is None else show_stored(row.product).alone,
    ]


def _subtraction(table: StencilTable, theme: Theme, *, several: bool) -> str:
    share = f"Share {show_value(table.share)}: " if several else ""
    if table.total is None or table.value is None:
        return f"<p>{share}The values left the range of {table.dtype}; nothing can be added up.</p>"
    lines = []
    if table.cancellation is not None:
        lines.append(_digits(table.cancellation, theme))
        lines.append(f"<p>{share}{_digits_lost(table, table.cancellation)}</p>")
    error = abs(table.value - table.exact)
    lines.append(
        f"<p>{share}The products add up to {show_stored(table.total).alone}; "
        f"divided by {show_stored(table.divisor).alone} that is computed as "
        f"<b>{show_stored(table.value).alone}</b>. With the exact values of f it would be "
        f"{show_value(table.exact_quotient)}. The derivative is {show_value(table.exact)}: "
        f"an error of {show_error(error)}.</p>"
    )
    return "".join(lines)


def _digits(digits: Cancellation, theme: Theme) -> str:
    """Return the subtraction as it is written by hand; what cancels is grey."""
    rows = (
        (" ", digits.minuend, digits.lost),
        (MINUS, digits.subtrahend, digits.lost),
        ("=", digits.difference.replace("-", " ", 1), digits.lost),
    )
    more = "…" if digits.shortened else ""
    lines = []
    for sign, text, lost in rows:
        grey = f'<span style="color:{theme.muted}">{text[:lost]}</span>'
        lines.append(f"{sign} {grey}<b>{text[lost:]}</b>{more}")
    return f'<pre style="margin:6px 0 6px 12px">{"<br>".join(lines)}</pre>'


def _digits_lost(table: StencilTable, digits: Cancellation) -> str:
    if not digits.digits_lost:
        return "No leading digit cancels."
    count = digits.digits_lost
    lost = f"{count} leading digit{'s' if count > 1 else ''} cancel{'' if count > 1 else 's'}"
    held = _DIGITS.get(table.dtype)
    if held is None:
        return f"{lost}; in exact numbers nothing is lost by that."
    left = max(0, held - count)
    return f"{lost}: of about {held} digits that a {table.dtype} holds, {left} are left."
