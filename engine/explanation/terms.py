"""The terms of f as typed: what each contributes to whatever is linear in f."""

from __future__ import annotations

from fractions import Fraction

from engine.expression import Expression, Sum
from engine.language.expansion import expand
from engine.polynomial import Polynomial


def typed_terms(expression: Expression) -> tuple[Expression, ...]:
    """Return the terms that were typed; f itself where it is no sum."""
    return expression.terms if isinstance(expression, Sum) else (expression,)


def term_polynomials(expression: Expression, f: Polynomial) -> tuple[Polynomial, ...]:
    """Return each typed term, collected, over the variables of ``f``; they add up to ``f``."""
    return tuple(expand(term, f.variables) for term in typed_terms(expression))


def coefficients_within(term: Polynomial, f: Polynomial) -> tuple[Fraction, ...]:
    """Return how much of each coefficient of ``f`` comes from ``term``.

    What cancels among the typed terms is in none of them: f does not contain it.
    """
    own = term.terms()
    return tuple(own.get(exponents, Fraction(0)) for exponents in f.terms())
