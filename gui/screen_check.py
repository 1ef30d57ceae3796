"""Whether a window can be opened here, found out before Qt is asked, which ends the process if not.

Loaded before Qt, so it uses nothing but the standard library.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

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
"""System library that Qt needs to the Debian package that has it; read off Qt's files by ldd."""

_WAYLAND_PACKAGES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
"""The same for a Wayland desktop, which most machines with X lack."""


def why_no_window(environment: Mapping[str, str] = os.environ) -> str:
    """Return in one line why no window can be opened and what to do, or an empty text."""
    if find_spec("PySide6") is None:
        return "PySide6 is not installed: pip install trigrad"
    try:
        from PySide6 import QtGui, QtWidgets  # noqa: F401
    except Exception as error:  # noqa: BLE001 - a broken library raises whatever it meets
        return _library_missing(str(error))
    if not sys.platform.startswith("linux"):
        return ""
    return _why_no_linux_window(environment)


def _why_no_linux_window(environment: Mapping[str, str]) -> str:
    wanted = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if wanted and not wanted.startswith(("xcb", "wayland")):
        return ""  # Someone who asks for offscreen or vnc knows why.
    reasons = []
    if environment.get("WAYLAND_DISPLAY") and not wanted.startswith("xcb"):
        reasons.append(_why_no_platform("wayland"))
    if environment.get("DISPLAY") and not wanted.startswith("wayland"):
        display = environment["DISPLAY"]
        reasons.append(_why_no_platform("xcb") or _why_no_x_server(display))
    if not reasons:
        return (
            "there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set); log in to a "
            "desktop, or install a virtual screen: apt-get install xvfb; xvfb-run trigrad"
        )
    return "" if "" in reasons else reasons[0]


def _why_no_platform(platform: str) -> str:
    """Load Qt's plugin as Qt will, so that exactly what Qt misses is missed here."""
    import PySide6

    folder = Path(PySide6.__path__[0]) / "Qt" / "plugins" / "platforms"
    for plugin in sorted(folder.glob(f"libq{platform}*.so")):
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            return _library_missing(str(error))
    return ""


def _why_no_x_server(display: str) -> str:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(display.encode(), None)
    # Else kept: a virtual screen begins anew when nobody is left, and would refuse Qt meanwhile.
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return f"the screen {display} does not answer; check the variable DISPLAY"
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
