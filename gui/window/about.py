"""The About box: the versions that a report of a fault must name."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.look.icons import app_icon

_PACKAGES = (
    ("trigrad", "trigrad"),
    ("PySide6", "PySide6-Essentials"),
    ("pyqtgraph", "pyqtgraph"),
    ("NumPy", "numpy"),
    ("FLINT for Python", "python-flint"),
    ("SymPy", "sympy"),
    ("PyTorch", "torch"),
)
"""Name and distribution; looked up, so that neither SymPy nor PyTorch is imported for it."""


def versions() -> dict[str, str]:
    """Return name to version, in the order in which they are shown."""
    found = {name: _version(distribution) for name, distribution in _PACKAGES}
    return found | {"Qt": qVersion(), "Python": platform.python_version()}


def about_text() -> str:
    """Return the text of the About box, as rich text."""
    rows = "".join(
        f"<tr><td style='padding-right: 16px'>{name}</td><td>{number}</td></tr>"
        for name, number in versions().items()
    )
    return (
        "<h3>trigrad</h3><p>Three ways to differentiate a polynomial, side by side:<br>"
        "finite differences, symbolic rules and automatic differentiation.</p>"
        f"<table>{rows}</table>"
    )


def show_about(window: QWidget) -> None:
    """Show the box in front of ``window``."""
    box = QMessageBox(window)
    box.setWindowTitle("About trigrad")
    box.setIconPixmap(app_icon().pixmap(64, 64))
    box.setText(about_text())
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "not installed"
