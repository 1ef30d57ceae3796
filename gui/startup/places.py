"""Where the program keeps what it writes for itself: its settings and its log."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths


def settings_file() -> Path:
    """Return the file of the settings."""
    return _folder(QStandardPaths.StandardLocation.AppConfigLocation) / "settings.json"


def old_settings_file() -> Path:
    """Return the file in which Qt kept the settings of earlier versions."""
    return settings_file().parent.with_suffix(".conf")


def log_folder() -> Path:
    """Return the folder of the log."""
    return _folder(QStandardPaths.StandardLocation.AppDataLocation)


def _folder(kind: QStandardPaths.StandardLocation) -> Path:
    # Qt makes the names part of the path.
    QCoreApplication.setApplicationName("trigrad")
    QCoreApplication.setOrganizationName("trigrad")
    return Path(QStandardPaths.writableLocation(kind))
