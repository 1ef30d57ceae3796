"""TextPage: rich text to read, which is often written again while it is read."""

from __future__ import annotations

from PySide6.QtWidgets import QTextBrowser


class TextPage(QTextBrowser):
    """Keeps the place that is read; its links lead nowhere by themselves.

    Args:
        name: What it shows, for a screen reader.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setOpenLinks(False)

    def show_text(self, html: str) -> None:
        """Show rich text, scrolled to where the text before it was."""
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        places = [bar.value() for bar in bars]
        self.setHtml(html)
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)
