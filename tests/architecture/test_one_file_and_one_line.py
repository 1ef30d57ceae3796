"""A method is one file and one line of the registry: tried in a copy of the whole program."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REGISTRY = "engine/differentiation/registry.py"
ACCURACY = "tests/engine/test_methods_accuracy.py"
EVERYWHERE = ("tests/engine/test_every_method.py", "tests/gui/test_every_method_in_window.py")


pytestmark = [pytest.mark.timeout(300), pytest.mark.slow]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("engine", "gui", "resources", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def add(copy: Path, module: str, name: str) -> None:
    """Do what the README says: a file beside the other methods, a line in the registry."""
    shutil.copy(ROOT / f"tests/added_methods/{module}.py", copy / "engine/differentiation")
    above = "from engine.differentiation.autograd import"
    below = '    MethodEntry(\n        "Richardson extrapolation",'
    text = (copy / REGISTRY).read_text("utf-8")
    text = text.replace(above, f"from engine.differentiation.{module} import {name}\n{above}", 1)
    text = text.replace(below, f'    MethodEntry("{name}", "Added.", {name}),\n{below}', 1)
    (copy / REGISTRY).write_text(text, "utf-8")


def run(copy: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        check=False, cwd=copy, capture_output=True, encoding="utf-8", timeout=280,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def run_tests(copy: Path, which: str, *files: str) -> tuple[int, str]:
    return run(copy, "pytest", "-q", "-p", "no:cacheprovider", "-k", which, *files)


def test_that_a_right_method_is_accurate_and_everywhere(copy: Path) -> None:
    add(copy, "eighth_order", "EighthOrderDifference")
    status, said = run(copy, "engine", "a^9", "--at", "a=1", "--partial", "a")
    assert status == 0, said
    assert "\n  eighth_order  " in said
    which = "eighth_order and (example or every_method) or every_method_in_window"
    status, said = run_tests(copy, which, ACCURACY, *EVERYWHERE)
    assert status == 0, said


def test_that_a_wrong_method_fails_the_accuracy_tests_by_itself(copy: Path) -> None:
    add(copy, "twice", "TwiceTheDerivative")
    status, said = run_tests(copy, "twice and example", ACCURACY)
    assert status == 1, said
    for name in ("example a", "example ab", "example at 1/3, 0.1"):
        assert f"as_near_as_the_traits_promise[twice-{name}]" in said
