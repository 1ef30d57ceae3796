"""What theory says of a difference quotient: its truncation exactly, its rounding as a bound.

Written from the textbook and with SymPy's weights, not with the code under test.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import comb, factorial, prod

from sympy import Rational
from sympy.calculus.finite_diff import finite_diff_weights

from engine.differentiation.method import DerivativeProblem
from engine.polynomial import Polynomial

Nodes = list[tuple[int, Fraction]]
"""Offset in steps, and weight."""


def one_sided_nodes(order: int, sign: int) -> Nodes:
    """The nested forward (1) or backward (-1) quotient: binomial coefficients."""
    return [
        (sign * k, Fraction(sign**order * (-1) ** (order - k) * comb(order, k)))
        for k in range(order + 1)
    ]


def central_nodes(order: int, accuracy: int) -> Nodes:
    """SymPy's weights on the smallest symmetric set of points of that accuracy."""
    reach = (order + 1) // 2 - 1 + accuracy // 2
    offsets = [Rational(k) for k in range(-reach, reach + 1)]
    weights = finite_diff_weights(order, offsets, 0)[order][-1]
    return [
        (int(offset), Fraction(int(weight.p), int(weight.q)))
        for offset, weight in zip(offsets, weights, strict=True)
    ]


def nodes_of(key: str, order: int) -> Nodes:
    """The nodes of one of the four difference methods along one variable."""
    match key:
        case "forward":
            return one_sided_nodes(order, 1)
        case "backward":
            return one_sided_nodes(order, -1)
        case "central":
            return central_nodes(order, 2)
        case _:
            return central_nodes(order, 4)


def taylor_quotient(key: str, problem: DerivativeProblem, steps: dict[str, Fraction]) -> Fraction:
    """The quotient in exact arithmetic, from the Taylor series of every monomial.

    Along one variable, the stencil with weights w at offsets o turns ``x**e`` into
    ``sum_k (sum_i w_i o_i**k / k!) h**(k-m) * d^k x**e``.
    """
    f, counts = problem.polynomial, Counter(problem.partial.names)
    stencils = {name: nodes_of(key, count) for name, count in counts.items()}

    def along(name: str, exponent: int) -> Fraction:
        x, m = problem.point[name], counts[name]
        if not m:
            return x**exponent
        moments = [
            sum(w * Fraction(o) ** k for o, w in stencils[name]) / factorial(k)
            for k in range(exponent + 1)
        ]
        return sum(
            (
                moments[k]
                * steps[name] ** (k - m)
                * Fraction(factorial(exponent), factorial(exponent - k))
                * x ** (exponent - k)
                for k in range(exponent + 1)
            ),
            Fraction(0),
        )

    return sum(
        (
            c * prod((along(n, e) for n, e in zip(f.variables, es, strict=True)), start=Fraction(1))
            for es, c in f.terms().items()
        ),
        Fraction(0),
    )


def quotient_rounding(
    key: str, problem: DerivativeProblem, steps: dict[str, Fraction], unit_roundoff: Fraction
) -> Fraction:
    """``gamma_n * S * sum|w| / h**m``: at most this is lost by rounding.

    S is the sum of the absolute terms at the farthest point. n counts the roundings that one
    summand goes through: a coordinate is converted once and moved up to ``order`` times, each move
    with a product; a monomial takes as many products as its degree.
    """
    f, counts = problem.polynomial, Counter(problem.partial.names)
    reach = {name: abs(problem.point[name]) for name in f.variables}
    weight = Fraction(1)
    points = 1
    for name, count in counts.items():
        nodes = nodes_of(key, count)
        reach[name] += max(abs(o) for o, _ in nodes) * steps[name]
        weight *= sum((abs(w) for _, w in nodes), Fraction(0)) / steps[name] ** count
        points *= len(nodes)
    order = problem.partial.order
    per_coordinate = 2 + 2 * order
    n = f.degree * per_coordinate + len(f) + len(f.variables) + points + 4 * order + 4
    return gamma(n, unit_roundoff) * absolute_sum(f, reach) * weight


def exact_method_rounding(problem: DerivativeProblem, unit_roundoff: Fraction) -> Fraction:
    """What rounding can cost a method that differentiates every monomial by the chain rule.

    Each of up to ``degree**order`` contributions to a monomial's derivative goes through at most
    ``order + 1`` times the operations of f; their absolute values add up to the derivative of the
    monomial with absolute values.
    """
    f, point = problem.polynomial, problem.point
    sizes = Polynomial(f.variables, {e: abs(c) for e, c in f.terms().items()})
    derivative = sizes.partial(*problem.partial.names)
    operations = 3 * f.degree + len(f) + len(f.variables) + 4
    contributions = max(1, f.degree) ** problem.partial.order
    n = (problem.partial.order + 1) * operations + contributions
    reach = {name: abs(point[name]) for name in f.variables}
    return gamma(n, unit_roundoff) * absolute_sum(derivative, reach)


def gamma(roundings: int, unit_roundoff: Fraction) -> Fraction:
    """Higham (2002), lemma 3.1."""
    return roundings * unit_roundoff / (1 - roundings * unit_roundoff)


def absolute_sum(f: Polynomial, coordinates: dict[str, Fraction]) -> Fraction:
    return sum(
        (
            abs(c)
            * prod(
                (coordinates[n] ** e for n, e in zip(f.variables, es, strict=True)),
                start=Fraction(1),
            )
            for es, c in f.terms().items()
        ),
        Fraction(0),
    )
