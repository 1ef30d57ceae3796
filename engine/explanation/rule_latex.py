"""One rule as LaTeX: what it is asked, what it makes of that, what that comes to."""

from __future__ import annotations

from collections.abc import Sequence

from engine.explanation.derivation import RuleLine, pending
from engine.expression import Expression
from engine.writing.writer import name_latex, to_latex

LONGEST_WHOLE = 40
"""Rules up to which the whole derivative is written again on every line."""


def derivative_of(expression: Expression, variable: str, variables: Sequence[str]) -> str:
    r"""Return LaTeX of a derivative to be taken, e.g. ``\frac{d}{d x}\left(x^{2}\right)``."""
    sign = "d" if len(variables) < 2 else r"\partial"
    operator = rf"\frac{{{sign}}}{{{sign} {name_latex(variable)}}}"
    return rf"{operator}\left({to_latex(expression)}\right)"


def rule_sides(line: RuleLine, variables: Sequence[str]) -> tuple[str, str, str]:
    """Return the derivative asked for, what the rule makes of it, and what it comes to."""
    below = {
        pending(number): derivative_of(part.before, part.variable, variables)
        for number, part in enumerate(line.parts)
    }
    return (
        derivative_of(line.before, line.variable, variables),
        to_latex(line.applied, below),
        to_latex(line.after),
    )
