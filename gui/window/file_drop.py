"""Files dropped on the window: one worksheet is opened, wherever it falls; all else is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_NEW_HANDLE = (QEvent.Type.Show, QEvent.Type.WinIdChange)

_DRAGGED = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class FileDrop(QObject):
    """Takes the files that are dropped on some windows, before any field or plot in them does.

    A field would insert their addresses as text. So they are taken where they enter the program:
    at the desktop's windows, of which a panel has its own while it is torn off.

    Args:
        windows: The window, and what can be torn off from it.
        use: Opens the one file.
        report: Says why something else was not opened.
        parent: Owns it.
    """

    def __init__(
        self,
        windows: Iterable[QWidget],
        use: Callable[[Path], object],
        report: Callable[[str], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._use, self._report = use, report
        for window in windows:
            window.setAcceptDrops(True)
            window.installEventFilter(self)
            self._watch(window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _NEW_HANDLE and isinstance(watched, QWidget):
            self._watch(watched)
        if (
            event.type() in _DRAGGED
            and isinstance(event, QDropEvent)
            and event.mimeData().hasUrls()
        ):
            self._on_files(event)
            return True
        return False

    def _watch(self, window: QWidget) -> None:
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def _on_files(self, event: QDropEvent) -> None:
        if QApplication.activeModalWidget() is not None:
            event.ignore()  # a question must be answered first
            return
        event.setDropAction(Qt.DropAction.CopyAction)  # a move would delete the file
        event.accept()
        if event.type() == QEvent.Type.Drop:
            files = [url.toLocalFile() for url in event.mimeData().urls()]
            # In the next turn: the program that they come from waits until this one ends.
            QTimer.singleShot(0, self, lambda: self._take(files))

    def _take(self, files: list[str]) -> None:
        """Open what was dropped; what is no file of this computer has an empty name."""
        if len(files) != 1:
            self._report(f"{len(files)} files were dropped; drop one worksheet to open it.")
        elif not files[0]:
            self._report("What was dropped is no file of this computer; drop a worksheet file.")
        else:
            self._use(Path(files[0]))
