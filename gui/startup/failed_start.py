"""What is said when a library that the program needs is missing or broken; nothing else is loaded.

Loaded before Qt, so it uses nothing but the standard library.
"""

from __future__ import annotations

import re
import sys
import traceback
from importlib import import_module

_DISTRIBUTIONS = {
    "PySide6": "PySide6-Essentials",
    "flint": "python-flint",
}
"""Name in ``import`` to name for pip, where they differ."""

_OWN = ("engine", "gui", "resources")

_LONGEST_REASON = 200
"""Characters; NumPy takes two screens to say why it cannot be imported."""


def failed_import(module: str) -> Exception | None:
    """Import a module of the program, and return what kept it from being imported."""
    try:
        import_module(module)
    except Exception as error:  # noqa: BLE001 - a broken library raises whatever it meets
        return error
    return None


def advice_on(error: Exception) -> str:
    """Say which library is missing or broken and how it is installed."""
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    if len(reason) > _LONGEST_REASON:
        reason = f"{reason[:_LONGEST_REASON]}…"
    library = _library(error)
    if not library:
        return f"A part of the program cannot be loaded ({reason}). Install trigrad again."
    distribution = _DISTRIBUTIONS.get(library, library)
    missing = isinstance(error, ModuleNotFoundError) and error.name == library
    state, again = ("is not installed", "") if missing else ("is broken", "--force-reinstall ")
    return (
        f"The library {distribution} {state} ({reason}). Install it with this line, "
        "then start trigrad again:\n"
        f'"{sys.executable}" -m pip install {again}"{_requirement(distribution)}"'
    )


def _library(error: Exception) -> str:
    """Return the top package of what failed: the error's own, or the first that is not ours."""
    named = error.name or "" if isinstance(error, ImportError) else ""
    running = [
        frame.f_globals.get("__name__", "") for frame, _ in traceback.walk_tb(error.__traceback__)
    ]
    ours = {*_OWN, *sys.stdlib_module_names, "__main__", __name__, ""}
    tops = (name.partition(".")[0] for name in (named, *running))
    return next((top for top in tops if top not in ours), "")


def _requirement(distribution: str) -> str:
    """Return a library with the versions that the program asks for, where that is known."""
    # Not at the top: this module is loaded before the window is drawn, and that import takes as
    # long as everything else in it.
    from importlib.metadata import PackageNotFoundError, requires

    try:
        lines = requires("trigrad") or []
    except PackageNotFoundError:  # started from its sources
        lines = []
    wanted = re.compile(rf"{re.escape(distribution)}(?![\w.-])[^;]*", re.IGNORECASE)
    found = (wanted.match(line) for line in lines)
    return next((match[0].strip() for match in found if match), distribution)
