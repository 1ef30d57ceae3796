"""All critical points of a polynomial in two variables, exact, with verdicts that are proved."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq, fmpq_mpoly, fmpq_poly

from engine.critical.algebraic_number import RealNumber, real_roots, separators
from engine.critical.critical_verdicts import Kind, verdict_at
from engine.critical.real_solutions import CONTEXT, Solution, in_two, solutions, univariate
from engine.errors import CriticalPointsError, LimitError
from engine.exact import to_fraction
from engine.polynomial import Polynomial

HIGHEST_DEGREE = 20
"""Total degree up to which critical points are looked for: there can be (degree − 1)² of them."""


@dataclass(frozen=True, slots=True)
class CriticalPoint:
    """An isolated solution of ∇f = 0.

    Attributes:
        coordinates: In the order of the variables of f.
        value: f there.
        minors: Of the Hessian: the second derivative by the first variable, the determinant.
        verdict: What f does there; ``"inconclusive"`` where nothing here proves it.
        reason: Why, in a sentence.
    """

    coordinates: tuple[RealNumber, RealNumber]
    value: RealNumber
    minors: tuple[RealNumber, RealNumber]
    verdict: Kind
    reason: str


@dataclass(frozen=True, slots=True)
class CriticalCurve:
    """A curve on which every point is critical.

    Attributes:
        equation: It is 0 on the curve; irreducible over the rationals.
        text: The same for a reader: ``a + b = 0``.
        reason: What is known of f there, in a sentence.
        verdict: Of all its points; ``"inconclusive"`` where nothing here proves it.
    """

    equation: Polynomial
    text: str
    reason: str
    verdict: Kind


@dataclass(frozen=True, slots=True)
class CriticalPoints:
    """Every real solution of ∇f = 0.

    Attributes:
        polynomial: f.
        points: Those that lie on no curve of them, by their coordinates.
        curves: Curves of critical points.
    """

    polynomial: Polynomial
    points: tuple[CriticalPoint, ...]
    curves: tuple[CriticalCurve, ...]


def find_critical_points(f: Polynomial) -> CriticalPoints:
    """Return every critical point of ``f``.

    Factors that both partial derivatives share are separated from the rest; for each it is
    decided whether its real zeros are a curve. The rest has finitely many solutions.

    Args:
        f: A polynomial in exactly two variables.

    Raises:
        CriticalPointsError: f has not two variables, or is constant.
        LimitError: The degree is above :data:`HIGHEST_DEGREE`.
    """
    if len(f.variables) != 2 or not f.degree:
        count = len(f.variables) if f.degree else 0
        raise CriticalPointsError(
            f"Critical points are looked for in two variables; f has {count}. "
            "Give the others a value in the text."
            if count > 2
            else "Critical points are looked for in two variables; f has fewer."
        )
    if f.degree > HIGHEST_DEGREE:
        raise LimitError(
            f"f has degree {f.degree}; critical points are looked for up to {HIGHEST_DEGREE}."
        )
    whole = in_two(f)
    slopes = [whole.derivative(0), whole.derivative(1)]
    shared = slopes[0].gcd(slopes[1])
    factors = [factor for factor, _ in shared.factor()[1]]
    curves = [factor for factor in factors if _is_curve(factor)]
    found = _isolated(slopes, shared)
    for factor in factors:
        if factor not in curves:
            # Its few real zeros are points at which it has no direction.
            extra = solutions(factor, *_singular(factor))
            found += [one for one in extra if one.sign(slopes[0] / shared) or
                      one.sign(slopes[1] / shared)]  # fmt: skip
    off_curves = [one for one in found if all(one.sign(curve) for curve in curves)]
    points = [_described(one, whole) for one in off_curves]
    points.sort(key=lambda point: tuple(one.low for one in point.coordinates))
    return CriticalPoints(f, tuple(points), tuple(_curve(one, f, whole) for one in curves))


def _isolated(slopes: list[fmpq_mpoly], shared: fmpq_mpoly) -> list[Solution]:
    first, second = (slope / shared for slope in slopes)
    if first.is_zero() or second.is_zero():
        return []  # the other is a constant then: f depends on one variable only
    return list(solutions(first, second))


def _singular(factor: fmpq_mpoly) -> list[fmpq_mpoly]:
    """Return the partial derivatives of an irreducible polynomial, one without a factor first."""
    slopes = [factor.derivative(0), factor.derivative(1)]
    return sorted((one for one in slopes if not one.is_zero()), key=lambda one: one.is_constant())


def _is_curve(factor: fmpq_mpoly) -> bool:
    """Whether the real zeros of an irreducible polynomial are a curve: not none, nor a few points.

    Between the values of x at which two zeros in y meet or one goes to infinity, the number of
    real zeros does not change: one value of x from each gap tells.
    """
    if factor.degrees()[1] < 1:
        return real_roots(univariate(factor)) > 0
    special = factor.discriminant("y") * _leading_in_y(factor)
    return any(real_roots(_on_line(factor, at)) for at in separators(univariate(special)))


def _leading_in_y(factor: fmpq_mpoly) -> fmpq_mpoly:
    degree = factor.degrees()[1]
    terms: dict[tuple[int, ...], fmpq] = {
        (int(x), 0): c for (x, y), c in factor.terms() if int(y) == degree
    }
    return CONTEXT.from_dict(terms)


def _on_line(factor: fmpq_mpoly, at: fmpq) -> fmpq_poly:
    """Return the polynomial in y that ``factor`` is where x has the value ``at``."""
    y_only: dict[tuple[int, ...], fmpq] = {}
    for (in_x, in_y), coefficient in factor.terms():
        key = (int(in_y), 0)
        y_only[key] = y_only.get(key, 0) + coefficient * at ** int(in_x)
    return univariate(CONTEXT.from_dict(y_only))


def _described(solution: Solution, f: fmpq_mpoly) -> CriticalPoint:
    field = solution.field
    by_xx = f.derivative(0).derivative(0)
    determinant = by_xx * f.derivative(1).derivative(1) - f.derivative(0).derivative(1) ** 2
    verdict = verdict_at(solution, f)
    return CriticalPoint(
        (field.number(solution.x), field.number(solution.y)),
        field.number(solution.of(f)),
        (field.number(solution.of(by_xx)), field.number(solution.of(determinant))),
        verdict.kind,
        verdict.reason,
    )


def _curve(factor: fmpq_mpoly, f: Polynomial, whole: fmpq_mpoly) -> CriticalCurve:
    equation = _from_two(factor, f.variables)
    if next(iter(equation.terms().values())) < 0:
        equation = -equation
    text = f"{equation.to_unicode()} = 0"
    start = f"Every point of {text} is critical, and the determinant of the Hessian is 0 there"
    extreme = _extreme_along(factor, whole)
    if extreme is None:
        return CriticalCurve(
            equation, text, f"{start}: the second-derivative test says nothing.", "inconclusive"
        )
    sign, level = extreme
    kind: Kind = "minimum" if sign > 0 else "maximum"
    bound = "smaller" if sign > 0 else "larger"
    square = f"but f − {level} is a square" if level else "but f is a square"
    times = "" if sign > 0 else " times a negative number"
    return CriticalCurve(
        equation,
        text,
        f"{start}; {square}{times}, so f is nowhere {bound}: each of them is a {kind}.",
        kind,
    )


def _extreme_along(factor: fmpq_mpoly, whole: fmpq_mpoly) -> tuple[int, Fraction] | None:
    """Return the sign of f less its value on a curve, and that value; None where it has no sign.

    It has one where every factor of the difference is a square.
    """
    level = divmod(whole, factor)[1]
    if not level.is_constant():
        return None
    unit, powers = (whole - level).factor()
    if any(power % 2 for _, power in powers):
        return None
    value = level.leading_coefficient() if not level.is_zero() else fmpq(0)
    return (1 if unit > 0 else -1), to_fraction(value)


def _from_two(polynomial: fmpq_mpoly, variables: tuple[str, ...]) -> Polynomial:
    return Polynomial(
        variables,
        {(int(x), int(y)): to_fraction(c) for (x, y), c in polynomial.terms()},
    )
