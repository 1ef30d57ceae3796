"""What a polynomial may be made of: which names, exponents, coefficients and nested tuples."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from engine.budget import check_degree
from engine.errors import PolynomialError
from engine.writing.names import CANONICAL_NAME


def factors_of(term: Any) -> tuple[tuple[str, int], ...]:
    """Return the pairs behind the coefficient of a nested tuple.

    Raises:
        PolynomialError: It has another shape.
    """
    is_term = isinstance(term, tuple) and len(term) > 0
    if not is_term or not all(map(_is_factor, term[1:])):
        raise PolynomialError(
            f"{term!r} is no term; write the coefficient, then pairs of a variable and an "
            'exponent: (2, ("a", 1), ("b", 2)).'
        )
    return tuple(term[1:])


def _is_factor(pair: object) -> bool:
    return isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str)


@lru_cache(maxsize=256)
def checked_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``names``.

    Raises:
        PolynomialError: One is no canonical name, or comes twice.
    """
    for name in names:
        if not isinstance(name, str) or CANONICAL_NAME.fullmatch(name) is None:
            raise PolynomialError(
                f"{name!r} is no name of a variable; take one letter, Latin or Greek but π, "
                "with a number behind it if need be: x, α, x_1."
            )
    if len(set(names)) < len(names):
        raise PolynomialError(f"A variable comes twice in: {', '.join(names)}.")
    return names


def check_term(names: tuple[str, ...], exponents: tuple[int, ...], coefficient: object) -> None:
    """Refuse a term that FLINT would misread or that is too large.

    Raises:
        PolynomialError: An exponent or the coefficient is wrong.
        LimitError: The degree is above the budget.
    """
    if not isinstance(coefficient, int | Fraction):
        raise PolynomialError(f"The coefficient {coefficient!r} is neither an int nor a Fraction.")
    if len(exponents) != len(names):
        raise PolynomialError(
            f"The exponents {exponents} are not one for each of: {', '.join(names) or 'none'}."
        )
    for exponent in exponents:
        if not isinstance(exponent, int) or exponent < 0:
            raise PolynomialError(f"The exponent {exponent!r} is not a whole number of 0 or more.")
    check_degree(sum(exponents))
