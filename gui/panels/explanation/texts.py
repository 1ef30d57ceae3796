"""What the panel says in rich text: f with its terms, the stencil, and how a number is made up."""

from __future__ import annotations

from collections.abc import Sequence

from engine.explanation.contributions import Contributions, ExplainedStencil
from engine.expression import Expression, Sum
from engine.writing.writer import to_rich_text
from gui.look.number_format import show_error, show_rounded, show_stored, show_value
from gui.look.stencil_text import MINUS, header_line, point_text, table_line
from gui.look.theme import Theme

MOST_TERMS = 24
"""Terms of f that can be pointed at; the others are behind dots."""

_MOST_SUMMANDS = 6
_DIGITS = 7
_TABLE_DIGITS = 10


def formula_text(terms: Sequence[Expression], picked: int | None, theme: Theme) -> str:
    """Return f with each typed term as a link to its position; the picked one in colour."""
    parts = []
    for number, term in enumerate(terms[:MOST_TERMS]):
        sign, text = term_text(term)
        joined = f" {sign or '+'} " if number else sign
        look = "text-decoration:underline; font-weight:bold;" if number == picked else ""
        colour = theme.accent if number == picked else theme.text
        style = f"color:{colour}; {look or 'text-decoration:none;'}"
        parts.append(f'{joined}<a href="{number}" style="{style}">{text}</a>')
    more = " + …" if len(terms) > MOST_TERMS else ""
    return f"<i>f</i> = {''.join(parts)}{more}"


def term_text(term: Expression) -> tuple[str, str]:
    """Return the minus sign of a term, if it has one, and its rich text without it."""
    text = to_rich_text(term)
    if isinstance(term, Sum):
        return "", f"({text})"
    return (MINUS, text.removeprefix(MINUS)) if text.startswith(MINUS) else ("", text)


def made_up_text(
    made_up: Contributions, terms: Sequence[Expression], picked: int | None, theme: Theme
) -> str:
    """Return how the terms add up to the number; of a picked term, what it adds."""
    if made_up.total is None or made_up.rounding is None:
        return "The values left the range of the number type."
    total = show_stored(made_up.total)
    if picked is not None:
        sign, text = term_text(terms[picked])
        share = show_rounded(made_up.terms[picked], _DIGITS).alone
        told = f'<span style="color:{theme.accent}">{sign}{text}: <b>{share}</b></span>'
        return f"{told} of {total.alone}"
    if len(terms) == 1:
        return f"<b>{total.alone}</b>"
    summands, exact = _sum(made_up)
    return f"{summands} {'=' if exact and total.sign == '=' else '≈'} <b>{total.text}</b>"


def _sum(made_up: Contributions) -> tuple[str, bool]:
    """Return the summands, and whether nothing of what is written is rounded."""
    exact, text = True, ""
    for number, term in enumerate(made_up.terms[:_MOST_SUMMANDS]):
        written = show_rounded(abs(term), _DIGITS)
        exact = exact and written.sign == "="
        sign = MINUS if term < 0 else ("+" if number else "")
        text += f" {sign} {written.text}" if number else f"{sign}{written.text}"
    if len(made_up.terms) > _MOST_SUMMANDS:
        text += " + …"
    if made_up.rounding:
        exact = False
        sign = MINUS if made_up.rounding < 0 else "+"
        text += f" {sign} {show_error(abs(made_up.rounding))} (rounding)"
    return text, exact


def stencil_text(
    explained: ExplainedStencil, terms: Sequence[Expression], picked: int | None, theme: Theme
) -> str:
    """Return the table of a quotient, with the picked term's share of every product."""
    tables = explained.tables
    several = len(tables) > 1
    # The weight gives way to the term's share: the column is narrow.
    titles = (
        ["Point", "Weight", "Weight · <i>f</i>"]
        if picked is None
        else ["Point", "Weight · <i>f</i>"]
    )
    if several:
        titles.insert(0, "Share")
    if picked is not None:
        sign, text = term_text(terms[picked])
        titles.append(f'<span style="color:{theme.accent}">of it {sign}{text}</span>')
    lines = [header_line(titles, theme)]
    for table, products in zip(tables, explained.products, strict=True):
        for row, shares in zip(table.rows, products, strict=True):
            product = (
                "overflow"
                if row.product is None
                else show_rounded(row.product, _TABLE_DIGITS).alone
            )
            cells = [point_text(table, row), product]
            if several:
                cells.insert(0, show_value(table.share))
            if picked is None:
                cells.insert(-1, show_value(row.point.weight))
            else:
                share = show_rounded(shares[picked], _TABLE_DIGITS).alone
                cells.append(f'<span style="color:{theme.accent}">{share}</span>')
            lines.append(table_line(cells, theme, faint=not table.share))
    rows = f'<table cellspacing="0" cellpadding="3">{"".join(lines)}</table>'
    return rows + "".join(_divided(explained, number) for number in range(len(tables)))


def _divided(explained: ExplainedStencil, number: int) -> str:
    table = explained.tables[number]
    if not table.share or table.total is None or table.value is None:
        return ""
    share = f"Share {show_value(table.share)}: " if len(explained.tables) > 1 else ""
    total, divisor, value = (
        show_stored(one).alone for one in (table.total, table.divisor, table.value)
    )
    return f"<p>{share}added up {total}, divided by {divisor}: <b>{value}</b></p>"
