"""A name that is misspelt where the state is edited, compared or kept is refused before it runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Nothing in the program depends on these for what is asked here, and reading them takes long.
FOREIGN = """
[[tool.mypy.overrides]]
module = ["PySide6.*", "numpy.*", "torch.*", "flint.*", "lark.*"]
follow_imports = "skip"
follow_imports_for_stubs = true
"""

PROGRAM = """\
from dataclasses import replace
from engine.worksheet.worksheet import Fields, Worksheet
from gui.session.settings import SettingsRepository
from gui.session.worksheet_store import WorksheetStore

SHOWS = Fields.text | Fields.partials
MISSPELT = Fields.text | Fields.partial  # refused

def work(store: WorksheetStore, settings: SettingsRepository, changed: Fields) -> None:
    store.edit("type", merge="text", text="x", coordinates=(("x", "1"),))
    store.edit("type", txet="x")  # refused
    store.edit("type", text=1)  # refused
    store.edit("type", axes="xy")  # refused
    store.edit("type", coordinates={"x": "1"})  # refused
    if changed & SHOWS or changed & Fields.text or Fields.text in changed:
        settings.update(theme="dark", tour_offered=True)
    if changed & Fields.txet:  # refused
        settings.update(colour="dark")  # refused
    if changed & {"text"}:  # refused
        settings.update(tour_offered="yes")  # refused
    if "text" in changed:  # refused
        replace(Worksheet(), txet="x")  # refused
"""


def test_that_a_misspelt_field_or_setting_is_refused(tmp_path):
    config = tmp_path / "pyproject.toml"
    config.write_text((ROOT / "pyproject.toml").read_text("utf-8") + FOREIGN, "utf-8")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    options = ["--follow-imports=silent", f"--cache-dir={tmp_path / 'cache'}"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", f"--config-file={config}", *options, program],
        check=False, cwd=ROOT, env=os.environ | {"MYPYPATH": str(ROOT)},
        capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    lines = PROGRAM.splitlines()
    expected = [number for number, line in enumerate(lines, 1) if line.endswith("# refused")]
    found = re.findall(r"program\.py:(\d+): error:", done.stdout)
    assert sorted({int(number) for number in found}) == expected, done.stdout + done.stderr
