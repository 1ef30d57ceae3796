"""Whether an X server or a Wayland compositor answers, asked with a time limit.

Loaded before Qt, so it uses nothing but the standard library.
"""

from __future__ import annotations

import ctypes
import os
import struct
import threading
from collections.abc import Mapping

SECONDS = 2.0
"""A server that works answers in milliseconds; one that hangs would hang the program too."""

# To the display, which is object 1: request 0 (sync), 12 bytes in all, the reply as object 2.
_WAYLAND_SYNC = struct.pack("=III", 1, 12 << 16, 2)


def x_answers(display: str) -> bool:
    """Return whether the X server of ``DISPLAY`` lets this program in."""
    connected: list[bool] = []
    # In a thread that can be abandoned: the library waits for an answer forever.
    thread = threading.Thread(target=lambda: connected.append(_connects(display)), daemon=True)
    thread.start()
    thread.join(SECONDS)
    return connected == [True]


def _connects(display: str) -> bool:
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = (ctypes.c_char_p, ctypes.c_void_p)
    xcb.xcb_connection_has_error.argtypes = (ctypes.c_void_p,)
    xcb.xcb_disconnect.argtypes = (ctypes.c_void_p,)
    connection = xcb.xcb_connect(os.fsencode(display), None)
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return False
    # It stays open as long as the program runs: a server restarts when its last client leaves, and
    # would turn Qt away meanwhile.
    return True


def wayland_answers(environment: Mapping[str, str]) -> bool:
    """Return whether the compositor of ``WAYLAND_DISPLAY`` answers a first question.

    The name is a path, or one below ``XDG_RUNTIME_DIR``.
    """
    if environment.get("WAYLAND_SOCKET"):
        return True  # a connection that was handed over, which only Qt can use
    folder = environment.get("XDG_RUNTIME_DIR", "")
    path = os.path.join(folder, environment.get("WAYLAND_DISPLAY", ""))
    if not os.path.isabs(path):
        return False
    import socket  # where there is no Wayland, the start does not wait for it

    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(SECONDS)
            connection.connect(path)
            connection.sendall(_WAYLAND_SYNC)
            return bool(connection.recv(1))
    except (OSError, ValueError):
        return False
