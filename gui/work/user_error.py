"""What a user sees of work that failed."""

from __future__ import annotations

from engine.errors import EngineError


def user_error(error: Exception) -> EngineError:
    """Return the error as a user may see it: for a bug, which is logged, only that it is."""
    return error if isinstance(error, EngineError) else EngineError("Internal error; see the log.")
