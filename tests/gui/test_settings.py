"""Settings survive a restart, and nothing in their file can keep the program from starting."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from gui.settings import AppSettings, SettingsRepository


def reread(path: Path) -> AppSettings:
    return SettingsRepository(QSettings(str(path), QSettings.Format.IniFormat)).settings


def test_that_the_first_run_has_the_defaults_and_warns_of_nothing(
    settings: SettingsRepository, caplog: pytest.LogCaptureFixture
) -> None:
    assert settings.settings == AppSettings()
    assert settings.settings.theme == "system"
    assert caplog.records == []


def test_that_what_was_updated_is_there_after_a_restart(
    settings: SettingsRepository, ini_path: Path
) -> None:
    changes = {
        "theme": "dark",
        "export_folder": "/tmp/Übung, 1",
        "dialect": "semicolon",
        "geometry": b"\x00\x01\xff@ByteArray",
        "dock_state": b"",
    }
    settings.update(**changes)
    assert settings.settings == AppSettings(**changes)
    assert reread(ini_path) == settings.settings


def test_that_an_unknown_setting_cannot_be_written(settings: SettingsRepository) -> None:
    with pytest.raises(ValueError, match="colour"):
        settings.update(colour="blue")


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("theme=purple", "theme"),
        ("dialect=@Invalid()", "dialect"),
        ("geometry=abc", "geometry"),
        ("export_folder=a, b", "export_folder"),
    ],
)
def test_that_an_unreadable_value_is_its_default_with_one_warning(
    ini_path: Path, caplog: pytest.LogCaptureFixture, line: str, name: str
) -> None:
    ini_path.write_text(f"[General]\nschema_version=1\nworksheet_folder=/w\n{line}\n")
    assert reread(ini_path) == AppSettings(worksheet_folder="/w")
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert record.getMessage().startswith(f"setting {name} is ignored: ")


def test_that_settings_of_another_version_are_left_alone_with_one_warning(
    ini_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ini_path.write_text("[General]\nschema_version=99\ntheme=dark\n")
    assert reread(ini_path) == AppSettings()
    assert len(caplog.records) == 1
    assert "version 99" in caplog.records[0].getMessage()
