"""Island: what changes inside moves nothing outside."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.island import Island


class LayoutRequests(QObject):
    """Counts how often a widget is told to lay itself out."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__()
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def test_that_a_text_that_changes_lays_nothing_else_out(qtbot: QtBot) -> None:
    outer, label = QWidget(), QLabel("short")
    qtbot.addWidget(outer)
    column = QVBoxLayout(outer)
    island = Island(label)
    column.addWidget(island)
    column.addWidget(QLabel("below"))
    outer.resize(200, 100)
    outer.show()
    qtbot.waitExposed(outer)
    qtbot.wait(20)  # what showing it asked for
    asked = LayoutRequests(outer)
    label.setText("a text that is much longer than the window is wide, whatever the font is")
    qtbot.wait(20)
    assert asked.count == 0
    column.itemAt(1).widget().setText("one that is not on an island")  # type: ignore[union-attr, attr-defined]
    qtbot.waitUntil(lambda: asked.count > 0, timeout=5000)
    assert island.minimumSizeHint().width() == 0
    outer.resize(300, 100)
    assert label.size() == island.size()
    assert label.width() > 250
    assert label.height() == label.sizeHint().height()
