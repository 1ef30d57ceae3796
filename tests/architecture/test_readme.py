"""What the README shows is what the program does."""

import re
import shlex
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def block(language: str, containing: str) -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    (found,) = (text for text in blocks if containing in text)
    return found


@pytest.mark.slow
def test_that_the_python_example_runs_and_gives_what_its_comments_say():
    example = block("python", "import engine")
    promised = re.search(r"\.value\(point\) +# (Fraction\(40, 3\)), exact", example)
    assert promised
    program = example.replace("f.partial", "value = f.partial").replace(
        "engine.sample", "dx = engine.sample"
    )
    program += "\nprint(repr(value), dx.shape)"
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert result.stdout.split("\n")[0] == f"{Fraction(40, 3)!r} (200, 200)"


@pytest.mark.slow
def test_that_the_command_line_gives_the_numbers_of_the_first_minute():
    line = shlex.split(block("sh", "-m engine"))
    result = subprocess.run(
        [sys.executable, *line[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    for number in ("54.00090000009072", "24.000500786769408"):
        assert number in README
        assert number in result.stdout


def test_that_the_test_line_runs_every_check():
    (line,) = block("sh", "lint-imports").splitlines()
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install")
    for check in ("ruff check .", "ruff format --check .", "mypy", "lint-imports", "pytest"):
        assert f"&& .venv/bin/{check}" in line


def test_that_the_table_of_the_methods_is_that_of_the_registry():
    import engine

    table = README.partition("## The methods")[2].partition("\n\nEvery value")[0]
    first_cells = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    described = re.findall(r"`(\w+)`", " ".join(first_cells))
    assert described == [m.key for m in engine.methods() if m.key in described]
    first = "forward backward central five_point richardson complex_step rules sympy"
    assert {*first.split(), "autograd_reverse", "autograd_forward"} <= set(described)
