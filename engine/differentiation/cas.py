"""SymPy's diff: the reference that a reader can reproduce without this program."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from engine.differentiation.method import DerivativeProblem, Estimate, MethodTraits
from engine.errors import MethodUnavailableError
from engine.polynomial import Polynomial


@dataclass(frozen=True, slots=True)
class SymPyDiff:
    """``sympy.diff`` of the same polynomial, evaluated in SymPy's rationals; exact.

    Source: Meurer et al., *SymPy: symbolic computing in Python*, PeerJ Computer Science 3:e103
    (2017).
    """

    key: ClassVar[str] = "sympy"
    traits: ClassVar[MethodTraits] = MethodTraits(exact=True, rational=True, requires=("sympy",))

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        """Return the exact derivative."""
        try:
            import sympy
        except ImportError as error:
            raise MethodUnavailableError("SymPy is not installed; pip install sympy.") from error
        f, names = problem.polynomial, problem.partial.names
        problem.partial.multi_index(f.variables)
        coordinates = problem.point.in_order(f.variables)
        derivative = _to_sympy(f)
        if names:
            derivative = sympy.diff(derivative, *map(sympy.Symbol, names))
        for name, value in zip(f.variables, coordinates, strict=True):
            derivative = derivative.eval({sympy.Symbol(name): _rational(value)})
        value = derivative if f.variables else derivative.as_expr()
        return Estimate(Fraction(int(value.p), int(value.q)), dtype="rational")


def _to_sympy(f: Polynomial) -> Any:
    """Return the SymPy polynomial of the same terms; never made from text."""
    import sympy

    # A constant needs a generator too; none of our variables has this name.
    symbols = [sympy.Symbol(name) for name in f.variables] or [sympy.Symbol("_")]
    terms = {exponents or (0,): _rational(value) for exponents, value in f.terms().items()}
    return sympy.Poly.from_dict(terms or {(0,) * len(symbols): 0}, *symbols, domain="QQ")


def _rational(value: Fraction) -> Any:
    import sympy

    return sympy.Rational(value.numerator, value.denominator)
