"""AppSettings: what is remembered between runs, read and written in one place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QByteArray, QSettings

logger = logging.getLogger(__name__)

SCHEMA_VERSION = 1

THEMES = ("system", "light", "dark")

DIALECTS = ("standard", "semicolon")


class AppSettings(NamedTuple):
    """What is remembered between runs.

    Attributes:
        theme: ``"system"``, ``"light"`` or ``"dark"``.
        export_folder: Where the last file was written.
        worksheet_folder: Where the last worksheet was opened or saved.
        dialect: Of CSV files: ``"standard"`` or ``"semicolon"``.
        geometry: Of the window, as Qt writes it; empty before the first run.
        dock_state: Of the panels, as Qt writes it; empty for the layout as delivered.
        tour_offered: Whether the guided tour was offered once.
    """

    theme: str = "system"
    export_folder: str = ""
    worksheet_folder: str = ""
    dialect: str = "standard"
    geometry: bytes = b""
    dock_state: bytes = b""
    tour_offered: bool = False


def _one_of(allowed: tuple[str, ...]) -> Callable[[object], str]:
    def read(stored: object) -> str:
        if stored not in allowed:
            raise ValueError(f"not one of {', '.join(allowed)}")
        return str(stored)

    return read


def _text(stored: object) -> str:
    if not isinstance(stored, str):
        raise ValueError("not a text")
    return stored


def _bytes(stored: object) -> bytes:
    if not isinstance(stored, QByteArray):
        raise ValueError("not a row of bytes")
    return bytes(stored.data())


def _truth(stored: object) -> bool:
    if str(stored).lower() not in ("true", "false"):
        raise ValueError("neither true nor false")
    return str(stored).lower() == "true"


_READERS: dict[str, Callable[[object], Any]] = {
    "theme": _one_of(THEMES),
    "export_folder": _text,
    "worksheet_folder": _text,
    "dialect": _one_of(DIALECTS),
    "geometry": _bytes,
    "dock_state": _bytes,
    "tour_offered": _truth,
}


class SettingsRepository:
    """Reads and writes :class:`AppSettings`; a value that cannot be read is its default.

    Args:
        store: Where they are kept; tests pass one over a temporary file.
    """

    def __init__(self, store: QSettings) -> None:
        self._store = store
        self._settings = self._read()

    @property
    def settings(self) -> AppSettings:
        """The settings as they are now."""
        return self._settings

    def update(self, **changes: Any) -> None:
        """Replace some settings and write them."""
        self._settings = self._settings._replace(**changes)
        self._store.setValue("schema_version", SCHEMA_VERSION)
        for name in changes:
            value = getattr(self._settings, name)
            self._store.setValue(name, QByteArray(value) if isinstance(value, bytes) else value)
        self._store.sync()

    def _read(self) -> AppSettings:
        if not self._store.contains("schema_version"):
            return AppSettings()
        version = str(self._store.value("schema_version"))
        if version != str(SCHEMA_VERSION):
            logger.warning(
                "settings of version %s cannot be read (this program reads %d); "
                "everything starts from its default",
                version,
                SCHEMA_VERSION,
            )
            return AppSettings()
        values = {}
        for name in AppSettings._fields:
            if self._store.contains(name):
                try:
                    values[name] = _READERS[name](self._store.value(name))
                except ValueError as error:
                    logger.warning("setting %s is ignored: %s", name, error)
        return AppSettings(**values)
