"""The look of the problem panel, made from the colours of a theme."""

from __future__ import annotations

from gui.look.theme import Theme

_SHEET = """
QScrollArea, QWidget#problem {{ background: {window}; border: none; }}
QLabel[role="heading"] {{ color: {muted}; font-weight: 600; }}
QLabel[role="echo"] {{
    font-family: "STIX Two Text", "Latin Modern Roman", "Cambria", "Times New Roman",
        "DejaVu Serif", serif;
    font-size: 17pt; color: {text};
}}
QLabel[role="error"] {{ color: {error}; }}
QLabel[role="hint"], QLabel[role="muted"] {{ color: {muted}; }}
QLabel[role="note"] {{ color: {note}; }}
QLabel[role="about"] {{
    color: {text}; background: {raised}; border-left: 3px solid {accent}; padding: 5px 8px;
}}
QPushButton[role="chip"] {{
    background: {base}; border: 1px solid {note}; border-radius: 8px; text-align: left;
}}
QPushButton[role="chip"]:hover {{ background: {raised}; }}
QPushButton[role="chip"]:focus {{ border: 2px solid {accent}; }}
QPushButton[role="chip"] QLabel {{ background: transparent; color: {note}; }}
QPushButton[role="pick"] {{
    background: {base}; color: {text}; border: 1px solid {border}; border-radius: 9px;
    padding: 2px 10px;
}}
QPushButton[role="pick"]:hover {{ background: {raised}; }}
QPushButton[role="pick"]:checked {{
    background: {accent}; color: {on_accent}; border-color: {accent};
}}
QPushButton[role="pick"]:focus {{ border: 2px solid {accent}; padding: 1px 9px; }}
QPushButton[role="pick"]:checked:focus {{ border: 2px solid {text}; }}
QPushButton[role="link"] {{
    background: transparent; color: {accent}; border: none; padding: 1px 4px;
}}
QPushButton[role="link"]:hover, QPushButton[role="link"]:focus {{ text-decoration: underline; }}
QToolButton[role="fold"] {{ background: transparent; color: {muted}; border: none; padding: 1px; }}
QToolButton[role="fold"]:hover, QToolButton[role="fold"]:focus {{
    color: {accent}; text-decoration: underline;
}}
QCheckBox {{ min-height: 19px; }}
QCheckBox::indicator:unchecked {{
    width: 12px; height: 12px; background: {base}; border: 1px solid {muted}; border-radius: 2px;
}}
QLineEdit, QPlainTextEdit {{
    background: {base}; color: {text}; border: 1px solid {border}; border-radius: 4px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit {{ padding: 2px 4px; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 1px solid {accent}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border: 1px solid {error}; }}
"""


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of the whole panel."""
    return _SHEET.format(
        window=theme.window,
        base=theme.base,
        raised=theme.raised,
        border=theme.border,
        text=theme.text,
        muted=theme.muted,
        accent=theme.accent,
        on_accent=theme.on_accent,
        error=theme.error,
        note=theme.note,
    )
