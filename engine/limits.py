"""Every budget, in one place; each is checked before the work that it bounds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Budgets for one text and for what is done with it.

    Attributes:
        characters: Length of the typed text.
        nesting: Depth of parentheses, powers and signs.
        digits: Digits of one typed number, enough for every coefficient within
            ``coefficient_bits``: what was computed can be typed again.
        coefficient_bits: Bits of any numerator or denominator, also on the way; below the
            4,300 digits up to which Python writes an integer as text.
        degree: Total degree of any polynomial, also on the way.
        variables: Number of different variables.
        terms: Terms of any polynomial, also on the way.
        operations: Work of the whole text: products of terms, weighted by their 64-bit words.
        order: Order of a partial derivative.
        evaluations: Evaluations of f times its terms, for one difference quotient.
        grid_nodes: Nodes of one sampled grid.
        number: Length of one typed number; enough for a fraction whose two sides have ``digits``.
        partials: Length of the text that says which derivatives are asked for.
        about: Length of the sentence that says what to look at in a worksheet.
    """

    characters: int = 60_000
    nesting: int = 60
    digits: int = 4_215
    coefficient_bits: int = 14_000
    degree: int = 500
    variables: int = 26
    terms: int = 20_000
    operations: int = 2_000_000
    order: int = 8
    evaluations: int = 5_000_000
    grid_nodes: int = 4_000_000
    number: int = 8_500
    partials: int = 2_000
    about: int = 2_000


LIMITS = Limits()
"""The budgets of the program."""
