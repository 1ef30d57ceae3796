"""How a variable may be spelled where a function is given its name: as the reader reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from string import ascii_letters
from typing import TypeVar

from engine.errors import PointError
from engine.writing.alphabet import GREEK, NAMED_LETTERS

T = TypeVar("T")

_LETTERS = f"{ascii_letters}{''.join(sorted(GREEK))}"
_ON_THE_LINE = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")

CANONICAL_NAME = re.compile(rf"[{_LETTERS}](_[0-9]+)?")
"""What a variable is called once it has been read: ``x``, ``x_1``, ``α``."""

_SPELLED = re.compile(
    rf"\s*(?P<letter>[{_LETTERS}]|\\?[A-Za-z]{{2,}})"
    r"(?P<subscript>[0-9]+|[₀-₉]+|\s*_\s*[0-9]+|\s*_\s*\{\s*[0-9]+\s*\})?\s*"
)


@lru_cache(maxsize=1024)
def canonical_name(name: str) -> str:
    r"""Return ``x_1`` for ``x1``, ``x₁``, ``x_{1}``, and ``α`` for ``alpha`` and ``\alpha``.

    What is not exactly one variable stays as it is: no polynomial has a variable of that name,
    and whoever looks for it says so.
    """
    spelled = _SPELLED.fullmatch(name) if isinstance(name, str) else None
    if spelled is None:
        return name
    letter = spelled["letter"]
    if len(letter) > 1:
        letter = NAMED_LETTERS.get(letter.removeprefix("\\"), "")
    if not letter or letter not in _LETTERS:
        return name  # a word, or π, which is a number
    subscript = "".join(filter(str.isdigit, spelled["subscript"] or "")).translate(_ON_THE_LINE)
    return f"{letter}_{subscript}" if subscript else letter


def by_canonical_name(values: Mapping[str, T]) -> dict[str, T]:
    """Return ``values`` by the canonical names of their variables.

    Raises:
        PointError: Two of the names are spellings of one variable.
    """
    named: dict[str, T] = {}
    for name, value in values.items():
        canonical = canonical_name(name)
        if canonical in named:
            raise PointError(
                f"{name} is the variable {canonical}, which has a value already; "
                "give each variable one value."
            )
        named[canonical] = value
    return named
