"""How a variable may be spelled where a function is given its name: as the reader reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from engine.errors import PointError, ReadError
from engine.writing.alphabet import GREEK

T = TypeVar("T")

CANONICAL_NAME = re.compile(rf"[A-Za-z{''.join(sorted(GREEK))}](_[0-9]+)?")
"""What a variable is called once it has been read: ``x``, ``x_1``, ``α``."""


@lru_cache(maxsize=1024)
def canonical_name(name: str) -> str:
    r"""Return ``x_1`` for ``x1``, ``x₁``, ``x_{1}``, and ``α`` for ``alpha`` and ``\alpha``.

    What is not exactly one variable stays as it is: no polynomial has a variable of that name,
    and whoever looks for it says so.
    """
    if not isinstance(name, str) or CANONICAL_NAME.fullmatch(name):
        return name
    # Not at the top: names that were read before are canonical, and nothing else loads the reader.
    from engine.language.reader import read_name

    try:
        return read_name(name)
    except ReadError:
        return name


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
