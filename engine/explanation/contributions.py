"""What each typed term of f adds to a derivative, in each of the three explanations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.rational_complex import RationalComplex
from engine.evaluation.scalar import ScalarFunction
from engine.explanation.computation_graph import ComputationGraph
from engine.explanation.stencil_table import StencilTable, in_rationals, stencil_tables
from engine.explanation.terms import term_polynomials
from engine.polynomial import Polynomial


@dataclass(frozen=True, slots=True)
class Contributions:
    """How a number is made up; ``terms`` and ``rounding`` add up to ``total`` exactly.

    Attributes:
        terms: Of each typed term, in order.
        rounding: What no term accounts for; 0 where the method calculates in rationals.
        total: What the method gave; None where it left the range of its number type.
    """

    terms: tuple[Fraction, ...]
    rounding: Fraction | None
    total: Fraction | None


@dataclass(frozen=True, slots=True)
class ExplainedStencil:
    """A difference quotient, and what each typed term adds to it.

    Attributes:
        tables: One for each quotient that the method combines.
        products: For each table, row and term: the term's share of weight times f, exactly, at
            the coordinates as stored. The shares of a row add up to its weight times exact f.
        contributions: To the value of the method.
    """

    tables: tuple[StencilTable, ...]
    products: tuple[tuple[tuple[Fraction, ...], ...], ...]
    contributions: Contributions


def rule_contributions(problem: DerivativeProblem) -> Contributions:
    """Return what each term adds to the derivative by the rules: its own derivative, exactly."""
    terms = term_polynomials(problem.expression, problem.polynomial)
    own = tuple(term.partial(*problem.partial.names).value(problem.point) for term in terms)
    return Contributions(own, Fraction(0), sum(own, Fraction(0)))


def graph_contributions(graph: ComputationGraph) -> Contributions:
    """Return what each term adds to the derivative as PyTorch computes it."""
    return _made_up(graph.contributions, graph.value)


def explained_stencil(problem: DerivativeProblem, choice: MethodChoice) -> ExplainedStencil:
    """Return the stencil of a difference method with the shares of the terms.

    Raises:
        EngineError: As :func:`engine.explanation.stencil_table.stencil_tables` says.
    """
    tables = stencil_tables(problem, choice)
    terms = term_polynomials(problem.expression, problem.polynomial)
    products = tuple(
        tuple(
            tuple(row.point.weight * _value(term, row.point.coordinates) for term in terms)
            for row in table.rows
        )
        for table in tables
    )
    own = tuple(
        sum(
            (
                table.share * sum((row[number] for row in rows), Fraction(0)) / table.divisor
                for table, rows in zip(tables, products, strict=True)
            ),
            Fraction(0),
        )
        for number in range(len(terms))
    )
    shares = [(table.share, table.value) for table in tables if table.share]
    if any(value is None for _, value in shares):
        return ExplainedStencil(tables, products, Contributions(own, None, None))
    total = sum((share * value for share, value in shares if value is not None), Fraction(0))
    return ExplainedStencil(
        tables, products, Contributions(own, total - sum(own, Fraction(0)), total)
    )


def _value(term: Polynomial, coordinates: Sequence[object]) -> Fraction:
    """Return a term at a point of the stencil; its imaginary part for the complex step."""
    value = ScalarFunction(term, Fraction)([in_rationals(x) for x in coordinates])
    if any(isinstance(x, RationalComplex) for x in coordinates):
        return value.imag if isinstance(value, RationalComplex) else Fraction(0)
    assert isinstance(value, Fraction)
    return value


def _made_up(terms: Sequence[float], total: float) -> Contributions:
    try:
        own, exact = tuple(map(Fraction, terms)), Fraction(total)
    except (OverflowError, ValueError):  # inf or nan
        return Contributions((), None, None)
    return Contributions(own, exact - sum(own, Fraction(0)), exact)
