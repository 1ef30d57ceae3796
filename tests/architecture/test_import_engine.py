"""What is imported where: no Qt in the engine, no torch and no SymPy before they are needed."""

import subprocess
import sys

import pytest


def loaded_after(statement: str) -> set[str]:
    program = f"{statement}\nimport sys\nprint('\\n'.join(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    return set(result.stdout.split())


def test_that_the_engine_loads_neither_qt_nor_torch_nor_sympy():
    loaded = loaded_after("from engine import *")
    assert "engine.comparison" in loaded
    assert loaded.isdisjoint({"PySide6", "pyqtgraph", "torch", "sympy", "contourpy"})


def test_that_a_name_is_loaded_when_it_is_first_used():
    loaded = loaded_after("import engine")
    assert loaded.isdisjoint({"numpy", "flint", "lark"})
    loaded = loaded_after("import engine; engine.read('2x')")
    assert "lark" in loaded
    assert loaded.isdisjoint({"engine.comparison", "engine.worksheet.worksheet"})


def test_that_the_immediate_methods_load_neither_torch_nor_sympy():
    loaded = loaded_after(
        "import engine\n"
        "keys = [m.key for m in engine.methods() if not m.traits.requires]\n"
        "f = engine.read('2ab^2 + 3a^2b').polynomial\n"
        "c = engine.compare(f, engine.Point({'a': 2, 'b': 3}), [('a',)], keys)\n"
        "assert all(row.unavailable is None for row in c.rows)\n"
        "assert [row.method for row in c.rows] == keys\n"
        "assert {'forward', 'richardson', 'complex_step', 'rules'} <= set(keys)"
    )
    assert loaded.isdisjoint({"torch", "sympy"})


@pytest.mark.slow
@pytest.mark.parametrize("module", ["gui.app", "gui.window.main_window", "gui.__main__"])
def test_that_the_window_loads_neither_torch_nor_sympy(module):
    loaded = loaded_after(f"import {module}")
    assert module in loaded
    assert loaded.isdisjoint({"torch", "sympy"})


def test_that_the_public_names_are_there():
    import engine

    missing = [name for name in engine.__all__ if not hasattr(engine, name)]
    assert not missing
    assert len(set(engine.__all__)) == len(engine.__all__) > 20
    with pytest.raises(AttributeError, match="nothing"):
        engine.nothing  # noqa: B018 - that it raises is what is tested
    assert {"read", "compare", "sample", "evaluate", "write_csv", "methods"} <= set(engine.__all__)
