"""f at one point in any number type: floats, complex numbers, NumPy scalars, fractions, tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from engine.errors import NumberRangeError
from engine.expression import Expression, Number, Power, Product, Sum, Variable, children
from engine.point import Point
from engine.polynomial import Polynomial

_ZERO = Fraction(0)


class ScalarFunction:
    """f as a function of one point, in the number type that ``convert`` makes.

    Each term is its coefficient times its powers, from left to right, powers built by repeated
    multiplication; the terms are added in the order of :meth:`Polynomial.terms`. The number of
    calls is counted.

    Args:
        f: The polynomial.
        convert: Exact rational to the number type, e.g. ``float`` or ``Fraction``.

    Attributes:
        variables: Names, in the order in which a call takes the coordinates.
        evaluations: Number of calls so far.
        coefficients: Those of the terms, in the number type.

    Raises:
        NumberRangeError: A coefficient does not fit the number type.
    """

    def __init__(self, f: Polynomial, convert: Callable[[Fraction], Any] = float) -> None:
        self.variables = f.variables
        self.evaluations = 0
        self._zero = convert(_ZERO)
        exact, self._factors, self._highest = _parts_of(f, f.variables)
        self.coefficients = [converted(coefficient, convert) for coefficient in exact]

    @property
    def operations(self) -> int:
        """Multiplications and additions of one call."""
        powers = sum(max(0, highest - 1) for highest in self._highest)
        return powers + sum(map(len, self._factors)) + max(0, len(self._factors) - 1)

    def __call__(self, coordinates: Sequence[Any]) -> Any:
        """Return f; ``coordinates`` in the order of the variables, in the number type."""
        return self.with_coefficients(coordinates, self.coefficients)

    def with_coefficients(self, coordinates: Sequence[Any], coefficients: Sequence[Any]) -> Any:
        """Return f with other coefficients for its terms, in the order of the terms."""
        self.evaluations += 1
        powers = [
            powers_of(x, highest) for x, highest in zip(coordinates, self._highest, strict=True)
        ]
        total = None
        for coefficient, factors in zip(coefficients, self._factors, strict=True):
            term = coefficient
            for index, exponent in factors:
                term = term * powers[index][exponent - 1]
            total = term if total is None else total + term
        return self._zero if total is None else total

    def at(self, coordinates: Mapping[str, Any]) -> Any:
        """Return f at named coordinates."""
        return self([coordinates[name] for name in self.variables])


@lru_cache(maxsize=16)
def _parts_of(
    f: Polynomial, variables: tuple[str, ...]
) -> tuple[tuple[Fraction, ...], tuple[tuple[tuple[int, int], ...], ...], tuple[int, ...]]:
    """Return the coefficients, of each term its powers, and the highest power of each variable.

    Kept, for every method takes the same polynomial apart, and so does a drag at every point.
    The order of the variables is a part of the key: polynomials that differ in nothing else are
    equal.
    """
    terms = f.terms()
    factors = tuple(
        tuple((index, exponent) for index, exponent in enumerate(exponents) if exponent)
        for exponents in terms
    )
    columns = zip(*terms, strict=True) if terms else [(0,)] * len(variables)
    return tuple(terms.values()), factors, tuple(max(column) for column in columns)


def converted(value: Fraction, convert: Callable[[Fraction], Any]) -> Any:
    """Return ``convert(value)``.

    Raises:
        NumberRangeError: It overflows.
    """
    try:
        return convert(value)
    except NumberRangeError:
        raise
    except OverflowError:
        raise out_of_range(value, "a float, which ends at 1.8e308") from None


def out_of_range(value: Fraction, number_type: str) -> NumberRangeError:
    """Return the error that says that ``value`` is too large for ``number_type``."""
    # From the bits: Python refuses to write whole numbers of more than 4,300 digits.
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    return NumberRangeError(
        f"A number of about 1e{round(bits * 0.30103)} is too large for {number_type}; "
        "take a smaller number, or an exact method."
    )


def expression_value(expression: Expression, point: Point) -> Fraction:
    """Return the exact value of a tree as typed, nothing expanded.

    Raises:
        PointError: A coordinate is missing.
    """
    values: dict[int, Fraction] = {}
    waiting = [expression]
    while waiting:
        node = waiting[-1]
        missing = [part for part in children(node) if id(part) not in values]
        if missing:
            waiting.extend(missing)
        else:
            values[id(node)] = _node_value(node, values, point)
            waiting.pop()
    return values[id(expression)]


def _node_value(node: Expression, values: Mapping[int, Fraction], point: Point) -> Fraction:
    match node:
        case Number(value):
            return value
        case Variable(name):
            return point.in_order((name,))[0]
        case Sum(terms):
            return sum((values[id(term)] for term in terms), Fraction(0))
        case Product(factors):
            product = Fraction(1)
            for factor in factors:
                product *= values[id(factor)]
            return product
        case Power(base, exponent):
            return values[id(base)] ** exponent


def powers_of(x: Any, highest: int) -> list[Any]:
    """Return ``[x, x**2, ..., x**highest]`` by multiplication; ``[x]`` for 0 too."""
    table = [x]
    while len(table) < highest:
        table.append(table[-1] * x)
    return table
