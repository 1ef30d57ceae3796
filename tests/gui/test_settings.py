"""Settings survive a restart, and nothing in their file can keep the program from starting."""

from __future__ import annotations

import base64
import json
import logging
import os
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from gui.export.file_dialog import existing_folder
from gui.session.settings import (
    LARGEST_FILE,
    AppSettings,
    SettingsChanges,
    SettingsRepository,
)

OTHERS: dict[str, object] = {
    "theme": "dark",
    "export_folder": "/tmp/Übung, \udcff",
    "worksheet_folder": "/w",
    "dialect": "semicolon",
    "geometry": b"\x00\x01\xff@ByteArray",
    "dock_state": b"y",
    "tour_offered": True,
}


def write(path: Path, **values: object) -> None:
    path.write_text(json.dumps({"schema_version": 1} | values), encoding="utf-8")


def reread(path: Path) -> AppSettings:
    return SettingsRepository(path).settings


def only_warning(caplog: pytest.LogCaptureFixture) -> str:
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    return record.getMessage()


def test_that_the_first_run_has_the_defaults_and_warns_of_nothing(
    settings: SettingsRepository, caplog: pytest.LogCaptureFixture
) -> None:
    assert settings.settings == AppSettings()
    assert settings.settings.theme == "system"
    assert caplog.records == []


def test_that_every_setting_can_be_changed() -> None:
    assert get_type_hints(SettingsChanges) == get_type_hints(AppSettings)


@pytest.mark.parametrize("name", [field.name for field in fields(AppSettings)])
def test_that_what_was_updated_is_there_after_a_restart(
    settings: SettingsRepository, settings_path: Path, name: str
) -> None:
    settings.update(**{name: OTHERS[name]})
    assert settings.settings != AppSettings()
    assert getattr(settings.settings, name) == OTHERS[name]
    assert reread(settings_path) == settings.settings


def test_that_all_settings_are_there_after_a_restart_as_plain_json(
    settings: SettingsRepository, settings_path: Path
) -> None:
    settings.update(**OTHERS)
    assert reread(settings_path) == AppSettings(**OTHERS)  # type: ignore[arg-type]
    stored = json.loads(settings_path.read_bytes())
    assert stored["schema_version"] == 1
    assert base64.b64decode(stored["geometry"]) == OTHERS["geometry"]


def test_that_an_unknown_setting_cannot_be_written(settings: SettingsRepository) -> None:
    with pytest.raises(TypeError, match="colour"):
        settings.update(colour="blue")


def test_that_a_window_writes_only_what_was_changed_in_it(
    settings: SettingsRepository, settings_path: Path
) -> None:
    other = SettingsRepository(settings_path)
    other.update(theme="dark")
    settings.update(dialect="semicolon")
    assert reread(settings_path) == AppSettings(theme="dark", dialect="semicolon")
    assert settings.settings.theme == "system"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("theme", "purple"),
        ("theme", ["dark"]),
        ("dialect", None),
        ("export_folder", 5),
        ("worksheet_folder", {"a": "b"}),
        ("geometry", "abc"),
        ("geometry", "Ü"),
        ("geometry", [1]),
        ("dock_state", "QUJD\n"),
        ("dock_state", True),
        ("tour_offered", "true"),
        ("tour_offered", 1),
    ],
)
def test_that_an_unreadable_value_is_its_default_with_one_warning(
    settings_path: Path, caplog: pytest.LogCaptureFixture, name: str, stored: object
) -> None:
    others = {one: value for one, value in OTHERS.items() if not isinstance(value, bytes)}
    others.pop(name, None)
    write(settings_path, **others, **{name: stored}, of_nobody=1)
    assert reread(settings_path) == AppSettings(**others)  # type: ignore[arg-type]
    assert only_warning(caplog).startswith(f"setting {name} is ignored: ")


def test_that_several_unreadable_values_are_one_warning(
    settings_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(settings_path, theme=1, dialect=2)
    assert reread(settings_path) == AppSettings()
    assert "theme is ignored" in only_warning(caplog)
    assert "dialect is ignored" in only_warning(caplog)


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[General]\nschema_version=1\ntheme=dark\n",
        b"\xff\xfe{\x00}\x00",
        '{"schema_version": 1, "export_folder": "Ü"}'.encode("latin-1"),
        b"null",
        b'"text"',
        b'["schema_version"]',
        b'{"theme": "dark"}',
        b'{"schema_version": "1", "theme": "dark"}',
        b'{"schema_version": true, "theme": "dark"}',
        b'{"schema_version": ' + b"9" * 5000 + b"}",
        b'{"schema_version": 0, "theme": "dark"}',
        b"[" * LARGEST_FILE,
        b'{"schema_version": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        b'{"schema_version": 1, "theme": "dark"}' + b" " * LARGEST_FILE,
    ],
    ids=range(15),
)
def test_that_a_file_that_holds_no_settings_is_replaced_with_one_warning(
    settings_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    settings_path.write_bytes(content)
    settings = SettingsRepository(settings_path)
    assert settings.settings == AppSettings()
    assert "cannot be read" in only_warning(caplog)
    settings.update(dialect="semicolon")
    assert reread(settings_path) == AppSettings(dialect="semicolon")
    assert len(caplog.records) == 1


def test_that_settings_of_a_newer_version_are_left_alone_with_one_warning(
    settings_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = '{"schema_version": 99, "theme": "dark"}'
    settings_path.write_text(content, encoding="utf-8")
    settings = SettingsRepository(settings_path)
    assert settings.settings == AppSettings()
    assert "version 99" in only_warning(caplog)
    settings.update(dialect="semicolon")
    assert settings.settings.dialect == "semicolon"
    assert settings_path.read_text(encoding="utf-8") == content
    assert len(caplog.records) == 1


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("make", "said"),
    [(Path.mkdir, "Is a directory"), (os.mkfifo, "a device or a pipe, not a file")],
    ids=["folder", "pipe"],
)
def test_that_what_is_no_file_is_not_waited_for_and_costs_the_memory_only(
    settings_path: Path, caplog: pytest.LogCaptureFixture, make: Callable[[Path], None], said: str
) -> None:
    make(settings_path)
    settings = SettingsRepository(settings_path, old=settings_path)
    assert settings.settings == AppSettings()
    assert said in only_warning(caplog)
    caplog.clear()
    settings.update(theme="dark")
    assert settings.settings.theme == "dark"
    assert only_warning(caplog).startswith("settings are not kept: ")
    assert not settings_path.is_file()


def test_that_a_folder_that_cannot_be_made_costs_the_memory_only(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    settings = SettingsRepository(tmp_path / "file" / "settings.json")
    settings.update(theme="dark")
    assert settings.settings.theme == "dark"
    assert caplog.records[-1].getMessage().startswith("settings are not kept: ")


def test_that_the_folder_of_the_settings_is_made(tmp_path: Path) -> None:
    path = tmp_path / "config" / "trigrad" / "settings.json"
    SettingsRepository(path).update(theme="dark")
    assert reread(path).theme == "dark"


@pytest.mark.parametrize("remembered", ["", "/nowhere", "a" * 5000, "a\0b", "\ud800", "/dev/null"])
def test_that_a_remembered_folder_that_cannot_be_is_the_users_own(remembered: str) -> None:
    assert existing_folder(remembered) == Path.home()


# What Qt's own format held.


@pytest.mark.parametrize(
    ("lines", "taken"),
    [
        (["theme=dark", "tour_offered=true"], AppSettings(theme="dark", tour_offered=True)),
        (["theme=light", "tour_offered=false"], AppSettings(theme="light")),
        (["theme=purple", "tour_offered=1", "dialect=semicolon"], AppSettings()),
        (["theme=@String(dark)", " theme=dark", "theme = dark", 'theme="dark"'], AppSettings()),
        (["export_folder=/w", "geometry=@ByteArray(\\0\xff)"], AppSettings()),
    ],
    ids=range(5),
)
def test_that_only_known_words_are_taken_over_from_the_old_settings(
    settings_path: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    lines: list[str],
    taken: AppSettings,
) -> None:
    old = tmp_path / "trigrad.conf"
    old.write_text("\n".join(["[General]", "schema_version=1", *lines, ""]), encoding="latin-1")
    settings = SettingsRepository(settings_path, old)
    assert settings.settings == taken
    settings.update(theme="system")
    assert SettingsRepository(settings_path, old).settings.theme == "system"
    assert caplog.records == []
