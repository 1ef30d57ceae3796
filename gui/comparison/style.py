"""The look of the comparison panel, made from the colours of a theme."""

from __future__ import annotations

from gui.theme import Theme


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of the whole panel."""
    return f"""
QLabel[role="heading"] {{ font-size: 12pt; color: {theme.muted}; }}
QLabel[role="exact"] {{ font-size: 15pt; font-weight: 600; color: {theme.text}; }}
QLabel[role="exact"]:disabled {{ color: {theme.muted}; }}
QLabel[role="where"] {{ color: {theme.muted}; }}
QLabel[role="message"] {{
    color: {theme.note}; background: {theme.raised}; border-radius: 4px; padding: 5px 8px;
}}
QTableView {{
    background: {theme.base}; border: 1px solid {theme.border}; border-radius: 4px;
    selection-background-color: {theme.raised}; selection-color: {theme.text};
}}
QTableView::item {{ border-bottom: 1px solid {theme.raised}; padding: 0 3px; }}
QTableView::item:selected {{ background: {theme.raised}; }}
QHeaderView {{ background: {theme.base}; border: none; }}
QHeaderView::section {{
    background: {theme.base}; color: {theme.muted}; border: none;
    border-bottom: 1px solid {theme.border}; padding: 2px 6px;
}}
"""
