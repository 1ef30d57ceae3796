"""AppSettings: what is remembered between runs, read and written in one place."""

from __future__ import annotations

import binascii
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypedDict, Unpack

from engine.errors import ExportError
from engine.files import read_file, replaced_file

logger = logging.getLogger(__name__)

SCHEMA_VERSION = 1

LARGEST_FILE = 30_000
"""Bytes; settings have some three thousand. Qt crashes on a layout of panels nested too deeply."""

THEMES = ("system", "light", "dark")

DIALECTS = ("standard", "semicolon")


@dataclass(frozen=True, slots=True)
class AppSettings:
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


class SettingsChanges(TypedDict, total=False):
    """New values of some of the :class:`AppSettings`, as keywords that a type checker knows."""

    theme: str
    export_folder: str
    worksheet_folder: str
    dialect: str
    geometry: bytes
    dock_state: bytes
    tour_offered: bool


class SettingsRepository:
    """Reads and writes :class:`AppSettings`; a value that cannot be read is its default.

    They are kept as JSON: Qt's own settings may hold a pickled object, which runs code when it is
    read.

    Args:
        path: The file; it need not exist.
        old: Where a version that kept them in Qt's own format did so, for as long as there is no
            file at ``path``. The choice of the theme, and that the tour was offered, are kept.
    """

    def __init__(self, path: Path, old: Path | None = None) -> None:
        self._path, self._old = path, old
        stored = self._load()
        self._settings = stored.settings
        if stored.problem:
            logger.warning("%s (%s)", stored.problem, path)

    @property
    def settings(self) -> AppSettings:
        """The settings as they are now."""
        return self._settings

    def update(self, **changes: Unpack[SettingsChanges]) -> None:
        """Replace some settings and write them; the others stay as another window wrote them."""
        self._settings = replace(self._settings, **changes)
        stored = self._load()
        if not stored.newer:
            self._write(replace(stored.settings, **changes))

    def _load(self) -> _Stored:
        try:
            return _read(read_file(self._path, LARGEST_FILE))
        except FileNotFoundError:
            return _Stored(_taken_over(self._old))
        except OSError as error:
            return _Stored(problem=f"settings cannot be read: {error.strerror or error}")

    def _write(self, settings: AppSettings) -> None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with replaced_file(self._path) as file:
                file.write(_to_json(settings))
        except (ExportError, OSError) as error:
            logger.warning("settings are not kept: %s", error)


@dataclass(frozen=True, slots=True)
class _Stored:
    """What was read from a file.

    Attributes:
        settings: The defaults for what could not be read.
        problem: What to log about that, in one line; empty if nothing.
        newer: Whether a newer version wrote the file, which must find it unchanged.
    """

    settings: AppSettings = AppSettings()
    problem: str = ""
    newer: bool = False


def _read(content: bytes) -> _Stored:
    try:
        stored = json.loads(content.decode("utf-8"))
        version = stored["schema_version"]
    except (ValueError, RecursionError, LookupError, TypeError):
        version = None
    if type(version) is not int:
        return _Stored(problem="settings cannot be read: they are no JSON object with a version")
    if version != SCHEMA_VERSION:
        return _Stored(
            problem=f"settings of version {version} cannot be read (this program reads "
            f"{SCHEMA_VERSION}); everything starts from its default",
            newer=version > SCHEMA_VERSION,
        )
    values, problems = {}, []
    for name, read in _READERS.items():
        if name in stored:
            try:
                values[name] = read(stored[name])
            except ValueError as error:
                problems.append(f"setting {name} is ignored: {error}")
    return _Stored(AppSettings(**values), "; ".join(problems))


def _to_json(settings: AppSettings) -> bytes:
    values: dict[str, object] = {"schema_version": SCHEMA_VERSION}
    for field in fields(settings):
        value = getattr(settings, field.name)
        if isinstance(value, bytes):
            value = binascii.b2a_base64(value, newline=False).decode("ascii")
        values[field.name] = value
    # In ASCII: the name of a folder may hold what UTF-8 cannot.
    return json.dumps(values, indent=2).encode("ascii")


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
    try:
        return binascii.a2b_base64(_text(stored), strict_mode=True)
    except ValueError:
        raise ValueError("not base64") from None


def _truth(stored: object) -> bool:
    if not isinstance(stored, bool):
        raise ValueError("neither true nor false")
    return stored


_READERS: dict[str, Callable[[object], Any]] = {
    "theme": _one_of(THEMES),
    "export_folder": _text,
    "worksheet_folder": _text,
    "dialect": _one_of(DIALECTS),
    "geometry": _bytes,
    "dock_state": _bytes,
    "tour_offered": _truth,
}


def _taken_over(old: Path | None) -> AppSettings:
    """Return what is kept of a file in Qt's format: whole lines that are known, nothing decoded."""
    if old is None:
        return AppSettings()
    try:
        lines = read_file(old, LARGEST_FILE).decode("utf-8", "replace").splitlines()
    except OSError:
        return AppSettings()
    theme = next((one for one in THEMES if f"theme={one}" in lines), AppSettings().theme)
    return AppSettings(theme=theme, tour_offered="tour_offered=true" in lines)
