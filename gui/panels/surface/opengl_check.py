"""Whether OpenGL can draw here, found out before PyOpenGL is imported and can do harm."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import lru_cache

from PySide6.QtGui import QGuiApplication, QOffscreenSurface, QOpenGLContext

SWITCH = "TRIGRAD_OPENGL"
"""Environment variable; ``0`` draws the 2-D stand-in."""

_SOFTWARE = ("llvmpipe", "softpipe", "swiftshader", "software", "gdi generic")
"""Parts of the names under which OpenGL without a graphics card introduces itself."""

_BLANK_PLATFORMS = ("offscreen", "minimal", "minimalegl", "vnc", "linuxfb")


def opengl_problem() -> str:
    """Return why a GL view would not draw in this process; empty where it does.

    Needs a QApplication.
    """
    if os.environ.get(SWITCH) == "0":
        return f"switched off by {SWITCH}=0"
    return _checked()[0]


def draws_in_software() -> bool:
    """Return whether the processor does the work of a graphics card; asked after the check."""
    renderer = _checked()[1].lower()
    return any(name in renderer for name in _SOFTWARE)


@lru_cache(maxsize=1)
def _checked() -> tuple[str, str]:
    """Return the problem, if any, and the name of what draws."""
    platform = QGuiApplication.platformName()
    if platform in _BLANK_PLATFORMS:
        # A GL view stays blank there, and reading it back ends the process.
        return f"the Qt platform {platform!r} has none", ""
    context, surface = QOpenGLContext(), QOffscreenSurface()
    surface.create()
    if not (context.create() and surface.isValid() and context.makeCurrent(surface)):
        return "no OpenGL context could be made", ""
    try:
        return _inspect(context)
    finally:
        context.doneCurrent()


def _inspect(context: QOpenGLContext) -> tuple[str, str]:
    version = context.format().version()
    if context.isOpenGLES():
        return "only OpenGL ES is offered", ""
    if tuple(version) < (2, 1):
        return f"OpenGL 2.1 is needed, {version[0]}.{version[1]} is offered", ""
    if sys.platform.startswith("linux") and "OpenGL" not in sys.modules:
        owner = _owner_of_current_context()
        if not owner:
            return "neither EGL nor GLX owns Qt's OpenGL context", ""
        # PyOpenGL left alone picks GLX where Qt uses EGL, or the reverse, and draws nothing.
        os.environ["PYOPENGL_PLATFORM"] = owner
    try:
        import OpenGL

        # To ask after each of a thousand calls takes as long as the calls themselves; what draws
        # asks once a picture.
        OpenGL.ERROR_CHECKING = False
        from OpenGL import GL

        renderer = GL.glGetString(GL.GL_RENDERER)
    except Exception as error:  # noqa: BLE001 - PyOpenGL raises whatever its loader meets
        return f"PyOpenGL could not be loaded ({error})", ""
    return "", renderer.decode(errors="replace") if renderer else ""


def _owner_of_current_context() -> str:
    """Return ``"egl"`` or ``"glx"``, whichever library the current context belongs to."""
    for owner, library, function in (
        ("egl", "libEGL.so.1", "eglGetCurrentContext"),
        ("glx", "libGL.so.1", "glXGetCurrentContext"),
    ):
        try:
            current = getattr(ctypes.CDLL(library), function)
        except (OSError, AttributeError):
            continue
        current.restype = ctypes.c_void_p
        if current():
            return owner
    return ""
