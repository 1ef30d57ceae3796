"""Imports point down, between rooms and between files, and the contracts refuse what does not."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
LINT = "import sys; sys.path.insert(0, '.'); import importlinter.cli as c; c.lint_imports_command()"
GRAPH = grimp.build_graph("engine", "gui", cache_dir=None)  # imports for types only included


def room(module: str) -> str:
    return ".".join(module.split(".")[:2])


def arrows(name_of: Callable[[str], str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for importer in GRAPH.modules - {"engine", "gui"}:
        named = {name_of(one) for one in GRAPH.find_modules_directly_imported_by(importer)}
        found.setdefault(name_of(importer), set()).update(named - {name_of(importer)})
    return found


@pytest.mark.parametrize("name_of", [room, str], ids=["rooms", "files"])
def test_that_no_imports_go_in_a_circle(name_of):
    graph = arrows(name_of)
    assert len(graph) > 30
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize(("folder", "most"), [("engine", 15), ("gui", 10)])
def test_that_the_top_of_a_package_stays_small(folder, most):
    assert len(list((ROOT / folder).glob("*.py"))) <= most


@pytest.fixture
def copy(tmp_path):
    for folder in ("engine", "gui"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("*.pyc"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def broken_contracts(folder: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        check=False, cwd=folder, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode != 0) == ("BROKEN" in done.stdout), done.stdout + done.stderr
    lines = (line.split(" BROKEN")[0] for line in done.stdout.splitlines() if " BROKEN" in line)
    return {line.strip() for line in lines}


@pytest.mark.parametrize(
    ("file", "imported", "contract"),
    [
        ("gui/panels/cost/view.py", "gui.panels.stencil.view", "panels do not know each other"),
        ("gui/panels/new/__init__.py", "gui.panels.cost.view", "panels do not know each other"),
        ("gui/look/theme.py", "gui.session.settings", "the floors of gui"),
        ("gui/work/turns.py", "gui.widgets.veil", "the floors of gui"),
        ("gui/lamps/new.py", "gui.look.theme", "the floors of gui"),
        ("engine/evaluation/grid.py", "engine.differentiation.step", "the floors of engine"),
        ("engine/studies/study_steps.py", "engine.explanation.terms", "the floors of engine"),
        ("engine/point.py", "torch", "one torch module"),
        ("engine/point.py", "PySide6.QtCore", "engine knows no Qt"),
        ("engine/point.py", "gui.look.theme", "gui is above engine"),
    ],
)
def test_that_an_import_that_goes_astray_is_refused(copy, file, imported, contract):
    path = copy / file
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    with path.open("a", encoding="utf-8") as source:
        source.write(f"\nimport {imported}\n")
    assert contract in broken_contracts(copy)


def test_that_the_house_as_it_is_breaks_no_contract(copy):
    assert broken_contracts(copy) == set()
