"""The look of the comparison panel, made from the colours of a theme."""

from __future__ import annotations

from gui.look.theme import Theme


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of the whole panel."""
    return f"""
QLabel[role="heading"] {{ font-size: 11pt; color: {theme.muted}; }}
QLabel[role="exact"] {{ font-size: 14pt; font-weight: 600; color: {theme.text}; }}
QLabel[role="exact"]:disabled {{ color: {theme.muted}; }}
QLabel[role="where"] {{ color: {theme.muted}; }}
QFrame[role="notice"] {{ background: {theme.raised}; border-radius: 4px; }}
QLabel[role="message"] {{ color: {theme.note}; }}
QPushButton[role="link"] {{
    background: transparent; color: {theme.accent}; border: none; padding: 2px 4px;
}}
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus {{ text-decoration: underline; }}
QTableView {{
    background: {theme.base}; border: 1px solid {theme.border}; border-radius: 4px;
    selection-background-color: {theme.raised};
}}
QTableView::item {{ border-bottom: 1px solid {theme.raised}; padding: 0 3px; }}
QTableView::item:selected {{ background: {theme.raised}; }}
QTableView QScrollBar:horizontal {{ height: 10px; }}
QHeaderView {{ background: {theme.base}; border: none; }}
QHeaderView::section {{
    background: {theme.base}; color: {theme.muted}; border: none;
    border-bottom: 1px solid {theme.border}; padding: 1px 6px;
}}
QHeaderView::up-arrow, QHeaderView::down-arrow {{ image: none; width: 0; height: 0; }}
"""
