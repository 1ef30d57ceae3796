"""Focus: what all three columns look at together."""

from __future__ import annotations

from dataclasses import dataclass

from engine.expression import Expression


@dataclass(frozen=True, slots=True)
class Focus:
    """The terms of f, and which of them count at the moment.

    Attributes:
        terms: The typed terms of f.
        picked: Position of the one term whose shares are shown; None for the whole of f.
        lit: Positions of the terms that are not faded; None where none is.
    """

    terms: tuple[Expression, ...]
    picked: int | None
    lit: frozenset[int] | None
