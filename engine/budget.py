"""How large a product or a power of polynomials can become, before it is computed."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, prod

from engine.errors import LimitError
from engine.limits import LIMITS


def room_for_terms(degrees: Sequence[int], total_degree: int) -> int:
    """Return how many monomials there are up to these degrees, one for each variable."""
    count = sum(map(bool, degrees))
    return min(comb(count + total_degree, count), prod(degree + 1 for degree in degrees))


def check_degree(degree: int) -> None:
    """Refuse a degree above the budget.

    Raises:
        LimitError: It is.
    """
    if degree > LIMITS.degree:
        raise LimitError(f"A polynomial of degree {degree} is too large; up to {LIMITS.degree}.")


def check_product(terms: tuple[int, int], degrees: Sequence[int], total_degree: int) -> None:
    """Refuse a product of two polynomials that would be too large.

    Args:
        terms: Number of terms of each factor.
        degrees: Degree of the product in each variable.
        total_degree: Total degree of the product.

    Raises:
        LimitError: Its degree, its terms or the work are above the budget.
    """
    check_degree(total_degree)
    pairs = terms[0] * terms[1]
    if pairs > LIMITS.terms:
        _check_terms(min(pairs, room_for_terms(degrees, total_degree)))
        _check_work(pairs)


def check_power(
    terms: int, exponent: int, bits: int, degrees: Sequence[int], total_degree: int
) -> None:
    """Refuse a power that would be too large; with ``exponent >= 1`` and ``terms >= 1``.

    Args:
        terms: Number of terms of the base.
        exponent: The exponent.
        bits: Bound on the bits of any number in the power.
        degrees: Degree of the power in each variable.
        total_degree: Total degree of the power.

    Raises:
        LimitError: Its degree, its numbers, its terms or the work are above the budget.
    """
    check_degree(total_degree)
    if bits > LIMITS.coefficient_bits:
        raise LimitError(f"A power with numbers of {bits} bits is too large to compute.")
    room = room_for_terms(degrees, total_degree)
    # C(terms + exponent - 1, exponent) products; with one of the two huge, the room is less.
    if min(terms - 1, exponent) <= LIMITS.terms:
        room = min(room, comb(terms + exponent - 1, min(terms - 1, exponent)))
    _check_terms(room)
    _check_work(room * terms * (1 + bits // 64))


def _check_terms(terms: int) -> None:
    if terms > LIMITS.terms:
        raise LimitError(
            f"The result can have {terms} terms; up to {LIMITS.terms} terms are computed."
        )


def _check_work(products: int) -> None:
    if products > LIMITS.operations:
        raise LimitError(
            f"The result takes about {products} products of terms; "
            f"up to {LIMITS.operations} are computed."
        )
