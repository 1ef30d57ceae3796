"""The house keeps its shape: top level, first lines, and what the README's lines promise."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(p for folder in ("engine", "gui") for p in (ROOT / folder).rglob("*.py"))


def test_that_the_top_level_holds_only_what_was_agreed():
    generated = {"build", "dist", "trigrad.egg-info"}
    names = {p.name for p in ROOT.iterdir() if not p.name.startswith(".")} - generated
    documents = {"README.md", "CHANGELOG.md", "CONTRIBUTING.md"}
    assert names == documents | {"pyproject.toml", "engine", "gui", "tests", "resources"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_that_a_module_says_in_its_first_line_what_it_is_for(path):
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert docstring and docstring.splitlines()[0].rstrip()[-1] in ".;:,", path


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_that_no_text_is_ever_evaluated_as_code(path):
    calls = [
        node.func
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]
    names = {call.id for call in calls if isinstance(call, ast.Name)}
    attributes = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    evaluators = {"literal_eval", "sympify", "parse_expr"}
    assert names.isdisjoint(evaluators | {"eval", "exec", "compile"})
    # Qt's app.exec() and SymPy's Poly.eval() run no text.
    assert attributes.isdisjoint(evaluators)


def test_that_every_picture_of_the_readme_exists():
    readme = (ROOT / "README.md").read_text("utf-8")
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", readme)
    assert pictures
    assert [p for p in pictures if not (ROOT / p).is_file()] == []
