"""The stencil of a difference quotient as a table, and how many digits the subtraction loses."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from engine.differentiation import registry
from engine.differentiation.difference_method import DifferenceMethod, EvaluatedQuotient
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.rational_complex import RationalComplex
from engine.differentiation.scheme import ImaginaryQuotient, Quotient, StencilPoint
from engine.errors import PartialError
from engine.evaluation.scalar import ScalarFunction
from engine.explanation.cancellation import Cancellation, cancellation
from engine.polynomial import Polynomial


@dataclass(frozen=True, slots=True)
class StencilRow:
    """One evaluation of f.

    Attributes:
        point: The very point that the method evaluated.
        exact: f there in exact arithmetic, at the coordinates as stored; for the complex step
            its imaginary part.
        stored: The value that the method computed there, exactly; None where it overflowed.
        product: Weight times ``stored``.
    """

    point: StencilPoint
    exact: Fraction
    stored: Fraction | None
    product: Fraction | None


@dataclass(frozen=True, slots=True)
class StencilTable:
    """What one quotient adds up.

    Attributes:
        problem: Which derivative, of which f, and where.
        scheme: Key of the method.
        dtype: As in a row of the comparison.
        steps: Variable and the step along it, as stored, for each that is differentiated by.
        share: How much of the method's value this quotient makes; 1 unless several are combined.
        rows: In the order of evaluation.
        total: Sum of the products, exactly; None where a value overflowed.
        divisor: What the sum is divided by: the product of the steps.
        value: What the method computed from them, rounding on its way; None where it overflowed.
        exact: The derivative.
        cancellation: What is subtracted from what, digit by digit; None where nothing is, or
            where a value overflowed.
    """

    problem: DerivativeProblem
    scheme: str
    dtype: str
    steps: tuple[tuple[str, Fraction], ...]
    share: Fraction
    rows: tuple[StencilRow, ...]
    total: Fraction | None
    divisor: Fraction
    value: Fraction | None
    exact: Fraction
    cancellation: Cancellation | None

    @property
    def exact_quotient(self) -> Fraction:
        """What the quotient would be if f had been computed exactly at every point."""
        products = (row.point.weight * row.exact for row in self.rows)
        return sum(products, Fraction(0)) / self.divisor


def stencil_tables(problem: DerivativeProblem, choice: MethodChoice) -> tuple[StencilTable, ...]:
    """Return a table for each quotient that the method combines; one for all but Richardson's.

    Args:
        problem: A derivative of order 1 or more.
        choice: A difference method with its step and number type.

    Raises:
        PartialError: The order is 0.
        MethodUnavailableError: The method has no stencil, or the order is out of reach.
        StepVanishesError: The step is lost next to a coordinate.
        LimitError: The evaluations are more than the budget.
        NumberRangeError: A coefficient or a coordinate does not fit the number type.
    """
    method = registry.make_difference(choice)
    if not problem.partial.order:
        raise PartialError("f itself needs no stencil; choose a derivative, such as a.")
    quotients = method.lay_out(problem)
    evaluated, outcome = method.evaluate(problem, quotients)
    shares = method.shares(outcome.entry)
    return tuple(
        _table(problem, method, one, share) for one, share in zip(evaluated, shares, strict=True)
    )


def _table(
    problem: DerivativeProblem,
    method: DifferenceMethod,
    evaluated: EvaluatedQuotient,
    share: Fraction,
) -> StencilTable:
    f, quotient = problem.polynomial, evaluated.quotient
    rows = tuple(
        _row(f, point, _exact(_part(quotient, value)))
        for point, value in zip(quotient.points, evaluated.values, strict=True)
    )
    products = [row.product for row in rows]
    total = None if None in products else sum((p for p in products if p), Fraction(0))
    steps = [abs(in_rationals(part.step)) for part in quotient.parts]
    divisor = Fraction(1)
    for part, step in zip(quotient.parts, steps, strict=True):
        divisor *= step**part.stencil.derivative
    return StencilTable(
        problem,
        method.key,
        method.number_type,
        tuple((f.variables[p.index], h) for p, h in zip(quotient.parts, steps, strict=True)),
        share,
        rows,
        total,
        divisor,
        _exact(evaluated.value),
        f.partial(*problem.partial.names).value(problem.point),
        None if total is None else cancellation([p for p in products if p is not None]),
    )


def _row(f: Polynomial, point: StencilPoint, stored: Fraction | None) -> StencilRow:
    exact = ScalarFunction(f, Fraction)([in_rationals(x) for x in point.coordinates])
    value = exact.imag if isinstance(exact, RationalComplex) else exact
    if any(isinstance(x, RationalComplex) for x in point.coordinates) and value is exact:
        value = Fraction(0)  # f does not depend on what moved
    return StencilRow(point, value, stored, None if stored is None else point.weight * stored)


def _part(quotient: Quotient, value: Any) -> Any:
    """Return the part of a value of f that counts: the imaginary one in the complex step."""
    if not isinstance(quotient, ImaginaryQuotient):
        return value
    return value.imag if isinstance(value, RationalComplex) else 0 * value


def in_rationals(x: Any) -> Any:
    """Return a coordinate as a method stored it, exactly; that of a complex step is complex."""
    if isinstance(x, RationalComplex):
        return RationalComplex(in_rationals(x.real), in_rationals(x.imag))
    return x if isinstance(x, Fraction) else Fraction(float(x))


def _exact(value: Any) -> Fraction | None:
    if isinstance(value, Fraction):
        return value
    return Fraction(float(value)) if np.isfinite(value) else None
