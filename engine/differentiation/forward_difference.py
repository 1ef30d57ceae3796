"""forward_difference(): the limit definition with its limit left out, as a function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from engine.differentiation.finite_difference import DEFAULT_STEP
from engine.differentiation.step import read_step, shifted
from engine.errors import PointError
from engine.evaluation.scalar import ScalarFunction, converted
from engine.partial import Partial
from engine.polynomial import Polynomial
from engine.writing.names import by_canonical_name, canonical_name


@dataclass(frozen=True, slots=True)
class _Quotient:
    """``(f(x + h) - f(x)) / h`` of any function that takes its coordinates by keyword."""

    function: Callable[..., float]
    name: str
    h: float

    def __call__(self, /, **coordinates: float) -> float:
        # A function of Python's own has parameters x1, not x_1: it gets what the caller wrote.
        variable = canonical_name(self.name)
        name = next((name for name in coordinates if canonical_name(name) == variable), None)
        if name is None:
            raise PointError(f"The point has no value for {self.name}; add {self.name}=1.")
        moved = shifted(coordinates[name], self.h, name)
        rise = self.function(**{**coordinates, name: moved}) - self.function(**coordinates)
        return rise / self.h


@dataclass(frozen=True, slots=True)
class _InFloats:
    """A function that takes its coordinates by keyword; each is rounded to a float first."""

    function: Callable[..., float]

    def __call__(self, /, **coordinates: float) -> float:
        return self.function(**{name: _to_float(x) for name, x in coordinates.items()})


@dataclass(frozen=True, slots=True)
class _ByKeyword:
    """A polynomial that takes its coordinates by keyword."""

    function: ScalarFunction

    def __call__(self, /, **coordinates: float) -> float:
        named = by_canonical_name(coordinates)
        missing = [name for name in self.function.variables if name not in named]
        if missing:
            raise PointError(f"The point has no value for {missing[0]}; add {missing[0]}=1.")
        return float(self.function.at(named))


def _to_float(x: float | Fraction) -> float:
    """Return the nearest float; a float stays as it is, even if it overflowed on the way."""
    return x if isinstance(x, float) else float(converted(Fraction(x), float))


def forward_difference(
    f: Polynomial | Callable[..., float], name: str, h: float = DEFAULT_STEP
) -> Callable[..., float]:
    """Return ``(f(x + h) - f(x)) / h`` as a function that can be differentiated again.

    ``forward_difference(forward_difference(f, "a"), "b")(a=2, b=3)`` is the mixed quotient, as in
    the definition of the derivative with its limit left out; all in float64.

    Args:
        f: A polynomial, or a function that takes its coordinates by keyword.
        name: The variable x to differentiate by; here and in the call, every spelling that is
            read as one variable will do.
        h: The step, in the unit of x.

    Returns:
        A function of the coordinates by keyword; unit ``[f]/[x]``, error ``h/2 * f''`` and
        rounding. It raises PointError for a missing coordinate, NumberRangeError for one that
        does not fit a float, StepVanishesError where ``x + h`` rounds to ``x``.

    Raises:
        PartialError: ``f`` is a polynomial without this variable.
        MethodUnavailableError: ``h`` is no positive number.
        NumberRangeError: A coefficient does not fit a float.

    Source: Press et al., *Numerical Recipes*, 3rd ed. (2007), equation 5.7.1.
    """
    read_step(h)
    if not isinstance(f, Polynomial):
        return _InFloats(_Quotient(f, name, h))
    Partial((name,)).multi_index(f.variables)
    return _InFloats(_Quotient(_ByKeyword(ScalarFunction(f)), name, h))
