"""What a user is told of work that failed."""

from __future__ import annotations

from engine.errors import EngineError


def user_error(error: Exception) -> EngineError:
    """Return the error as a user may see it: of a bug, which was logged, no more than that."""
    return error if isinstance(error, EngineError) else EngineError("Internal error; see the log.")
