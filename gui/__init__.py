"""The window: Qt and pyqtgraph over the engine; nothing imports it."""
