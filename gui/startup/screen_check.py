"""Whether a window can be opened here, asked before Qt, which ends the process if it cannot.

Loaded before Qt, so it uses nothing but the standard library.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping, MutableMapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gui.startup.display_check import wayland_answers, x_answers

_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""System library that Qt needs to the Debian package that has it, as ldd lists them for Qt."""

_WAYLAND_PACKAGES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""The same for a Wayland desktop, which most machines with X lack."""


_NO_SCREEN = (
    "there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set); log in to a "
    "desktop, or install a virtual screen: apt-get install xvfb; xvfb-run trigrad"
)


def why_no_window(environment: MutableMapping[str, str] = os.environ) -> str:
    """Return in one line why no window can be opened and what to do, or an empty text.

    Where Qt would first try a screen that does not answer, and complain, before one that does,
    ``QT_QPA_PLATFORM`` in ``environment`` is set so that Qt tries only the second.
    """
    if find_spec("PySide6") is None:
        return "PySide6 is not installed: pip install trigrad"
    try:
        from PySide6 import QtGui, QtWidgets  # noqa: F401
    except Exception as error:  # noqa: BLE001 - a broken library raises whatever it meets
        return _library_missing(str(error))
    platforms = _platforms(environment)
    reasons = [_why_no_platform(platform, environment) for platform in platforms]
    usable = [platform for platform, no in zip(platforms, reasons, strict=True) if not no]
    if not usable:
        return next((reason for reason in reasons if reason != _NO_SCREEN), _NO_SCREEN)
    if len(usable) < len(platforms):
        environment["QT_QPA_PLATFORM"] = ";".join(usable)
    return ""


def _platforms(environment: Mapping[str, str]) -> list[str]:
    """Return the platforms that Qt tries, one of which has to work: ``xcb``, ``vnc:port=5900``."""
    asked_for = environment.get("QT_QPA_PLATFORM", "")
    if asked_for:
        return [platform for platform in asked_for.split(";") if platform]
    if not sys.platform.startswith("linux"):
        return ["default"]
    on_wayland = "WAYLAND_DISPLAY" in environment or (
        environment.get("XDG_SESSION_TYPE") == "wayland"
    )
    return ["wayland"] * on_wayland + ["xcb"] * ("DISPLAY" in environment)


def _why_no_platform(platform: str, environment: Mapping[str, str]) -> str:
    name = platform.strip(":").partition(":")[0].lower()
    known = _known_platforms(environment) if environment.get("QT_QPA_PLATFORM") else []
    if known and name not in known:
        return (
            f"Qt has no platform {name!r}; unset the variable QT_QPA_PLATFORM, or choose one "
            f"of: {', '.join(known)}"
        )
    if name.startswith("wayland"):
        return _why_no_wayland(environment)
    if name == "xcb":
        return _why_no_x(environment)
    return ""  # Someone who asks for offscreen or vnc knows why.


def _why_no_wayland(environment: Mapping[str, str]) -> str:
    display = environment.get("WAYLAND_DISPLAY")
    if not display:
        return _NO_SCREEN
    if not wayland_answers(environment):
        return _no_answer(display, "WAYLAND_DISPLAY")
    return _why_not_loaded("wayland")


def _why_no_x(environment: Mapping[str, str]) -> str:
    display = environment.get("DISPLAY")
    if not display:
        return _NO_SCREEN
    # First, because the library used to ask the server is one of those that Qt needs.
    reason = _why_not_loaded("xcb")
    return reason or ("" if x_answers(display) else _no_answer(display, "DISPLAY"))


def _no_answer(display: str, variable: str) -> str:
    return f"the screen {display} does not answer; check the variable {variable}"


def _known_platforms(environment: Mapping[str, str]) -> list[str]:
    """Return the names of Qt's platforms here, as they stand in its plugins."""
    from PySide6.QtCore import QLibraryInfo, QPluginLoader

    more = environment.get("QT_PLUGIN_PATH", "").split(os.pathsep)
    folders = [
        Path(folder) / "platforms"
        for folder in (QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), *more)
        if folder
    ]
    only = environment.get("QT_QPA_PLATFORM_PLUGIN_PATH", "").split(os.pathsep)
    folders += [Path(folder) for folder in only if folder]
    names: set[str] = set()
    for plugin in (plugin for folder in folders for plugin in folder.glob("*q*")):
        described: dict[str, Any] = QPluginLoader(str(plugin)).metaData()
        names.update(described.get("MetaData", {}).get("Keys", ()))
    return sorted(names)


def _why_not_loaded(platform: str) -> str:
    """Load Qt's plugin as Qt will, so that whatever Qt would miss is missing here too."""
    import PySide6

    folder = Path(PySide6.__path__[0]) / "Qt" / "plugins" / "platforms"
    for plugin in sorted(folder.glob(f"libq{platform}*.so")):
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            return _library_missing(str(error))
    return ""


def _library_missing(reason: str) -> str:
    missing = reason.partition(":")[0]
    candidates = _PACKAGES | (_WAYLAND_PACKAGES if missing in _WAYLAND_PACKAGES else {})
    packages = sorted(
        {package for name, package in candidates.items() if name == missing or not _loads(name)}
    )
    if not packages:
        return f"Qt does not load ({reason})"
    return f"a system library of Qt is missing ({missing}): apt-get install {' '.join(packages)}"


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
