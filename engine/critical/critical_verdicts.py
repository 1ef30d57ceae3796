"""What a polynomial does at a critical point: by the Hessian where it decides, else by a proof."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from flint import fmpq_mpoly, fmpq_poly

from engine.critical.algebraic_number import real_roots
from engine.critical.real_solutions import Solution
from engine.exact import to_flint
from engine.writing.styles import superscript

Kind = Literal["minimum", "maximum", "saddle", "inconclusive"]

_SLOPES = (1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2), 3, -3)

Path = tuple[tuple[Fraction | int, int], tuple[Fraction | int, int]]
"""(c, k) and (d, m): the path (c·t^k, d·t^m) through the point."""

PATHS: tuple[Path, ...] = (
    ((1, 1), (0, 1)),
    ((0, 1), (1, 1)),
    *(((1, 1), (slope, 1)) for slope in _SLOPES),
    *(((1, 1), (bend, power)) for power in range(2, 7) for bend in _SLOPES),
    *(((bend, power), (1, 1)) for power in range(2, 7) for bend in _SLOPES),
    *(((1, 2), (bend, 3)) for bend in _SLOPES),
    *(((bend, 3), (1, 2)) for bend in _SLOPES),
)
"""Lines, curves y = c·x^k and cusps along which f is looked at where the Hessian is silent."""


Series = dict[tuple[int, int], fmpq_poly]
"""Powers of u and v to the coefficient, an element of the field: f seen from a point."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What f does at a point, and why that is so."""

    kind: Kind
    reason: str


def verdict_at(solution: Solution, f: fmpq_mpoly) -> Verdict:
    """Return the verdict on a critical point; signs are exact, so a verdict is a proof."""
    by_xx = f.derivative(0).derivative(0)
    by_yy = f.derivative(1).derivative(1)
    determinant = by_xx * by_yy - f.derivative(0).derivative(1) ** 2
    sign, bend = solution.sign(determinant), solution.sign(by_xx)
    if sign < 0:
        return Verdict("saddle", "The determinant of the Hessian is negative.")
    if sign > 0:
        kind: Kind = "minimum" if bend > 0 else "maximum"
        word = "positive" if bend > 0 else "negative"
        by_first = "the second derivative by the first variable"
        return Verdict(
            kind, f"The determinant of the Hessian is positive, and {by_first} is {word}."
        )
    return _without_hessian(solution, f)


def _without_hessian(solution: Solution, f: fmpq_mpoly) -> Verdict:
    series = _series(solution, f)
    nothing = "The determinant of the Hessian is 0, so the second-derivative test says nothing"
    seen: dict[int, str] = {}
    for path in PATHS:
        power, sign, value = _leading(solution, series, path)
        if not sign:
            continue
        where = f"along {_written(path)} f changes by {_times(value)}t{superscript(power)}"
        if power % 2:
            return Verdict("saddle", f"{nothing}; but {where} + …, which changes its sign.")
        seen.setdefault(sign, where)
        if len(seen) == 2:
            return Verdict(
                "saddle", f"{nothing}; but {seen[1]} + … and {seen[-1]} + …: up and down."
            )
    one_sided, definite = _one_sided(solution, series), _definite(solution, series)
    kind: Kind = "minimum" if one_sided + definite > 0 else "maximum"
    word = "positive" if kind == "minimum" else "negative"
    if one_sided:
        return Verdict(
            kind,
            f"{nothing}; but seen from this point f changes by even powers only, all with {word} "
            "coefficients.",
        )
    if definite:
        return Verdict(
            kind,
            f"{nothing}; but the terms of lowest degree, seen from this point, are {word} in "
            "every direction.",
        )
    return Verdict(
        "inconclusive",
        f"{nothing}, and no line, no curve y = c·xᵏ and no cusp through the point decides it.",
    )


def _series(solution: Solution, f: fmpq_mpoly) -> Series:
    """Return the coefficients of f(x + u, y + v) − f(x, y) in powers of u and v; none that is 0."""
    found: Series = {}
    by_u, factor_u = f, 1
    for i in range(f.degrees()[0] + 1):
        derivative, factor = by_u, factor_u
        for j in range(f.degrees()[1] + 1):
            value = solution.of(derivative) / factor
            if (i or j) and not value.is_zero():
                found[i, j] = value
            derivative, factor = derivative.derivative(1), factor * (j + 1)
        by_u, factor_u = by_u.derivative(0), factor_u * (i + 1)
    return found


def _leading(solution: Solution, series: Series, path: Path) -> tuple[int, int, str]:
    """Return power, sign and text of the first term of f along a path; sign 0 if f is constant."""
    (c, k), (d, m) = path
    terms: dict[int, fmpq_poly] = {}
    for (i, j), value in series.items():
        factor = Fraction(c) ** i * Fraction(d) ** j
        power = i * k + j * m
        terms[power] = terms.get(power, fmpq_poly([0])) + value * fmpq_poly([to_flint(factor)])
    for power in sorted(terms):
        sign = solution.field.sign(terms[power])
        if sign:
            return power, sign, solution.field.number(terms[power]).text
    return 0, 0, ""


def _one_sided(solution: Solution, series: Series) -> int:
    """Return 1 or -1 where every term has even powers and that sign, and both pure powers occur."""
    if any(i % 2 or j % 2 for i, j in series):
        return 0
    if not (any(j == 0 for _, j in series) and any(i == 0 for i, _ in series)):
        return 0
    signs = {solution.field.sign(value) for value in series.values()}
    return signs.pop() if len(signs) == 1 else 0


def _definite(solution: Solution, series: Series) -> int:
    """Return 1 or -1 where the form of lowest degree is positive, or negative, in every direction.

    Only where its coefficients are rational: then its zeros can be counted.
    """
    degree = min((i + j for i, j in series), default=0)
    form = {j: value for (i, j), value in series.items() if i + j == degree}
    rationals = all(value.degree() <= 0 for value in form.values())
    if degree == 0 or degree % 2 or degree not in form or not rationals:
        return 0
    along = fmpq_poly([form[j][0] if j in form else 0 for j in range(degree + 1)])
    return 0 if real_roots(along) else solution.field.sign(form[degree])


def _times(coefficient: str) -> str:
    return {"1": "", "−1": "−"}.get(coefficient, f"{coefficient}·")


def _written(path: Path) -> str:
    def part(coefficient: Fraction | int, power: int) -> str:
        if coefficient == 0:
            return "0"
        sign = "−" if coefficient < 0 else ""
        digits = "" if abs(coefficient) == 1 else abs(coefficient)
        return f"{sign}{digits}t{superscript(power)}"

    return f"({part(*path[0])}, {part(*path[1])})"
