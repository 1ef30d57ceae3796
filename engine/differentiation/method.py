"""What a method is: what it is asked, what it answers, and what may be expected of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal, Protocol

from engine.errors import check_choice
from engine.expression import Expression
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial

ParameterValue = str | float


@dataclass(frozen=True, slots=True)
class DerivativeProblem:
    """One derivative to find.

    Attributes:
        typed: f as typed; None where it does not matter how.
        polynomial: f in canonical form; what all but the symbolic rules work on.
        partial: Which derivative; order 0 is f itself.
        point: Where; names every variable of f.
    """

    typed: Expression | None
    polynomial: Polynomial
    partial: Partial
    point: Point

    @property
    def expression(self) -> Expression:
        """The tree of f: as typed, or else the sum of its terms."""
        return self.polynomial.to_expression() if self.typed is None else self.typed


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a user can set on a method.

    Attributes:
        name: Field of the method: ``step``, ``scheme``, ``dtype``, ``device``.
        label: What a form calls it.
        default: What it is unless chosen.
        choices: The values it may have; empty for a step: a positive number, as float or as
            text such as ``"1e-4"`` or ``"1/1000"``, or the word ``"auto"``.
    """

    name: str
    label: str
    default: ParameterValue
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodTraits:
    """What may be expected of a method, so that tests and views need no special cases.

    Attributes:
        exact: True if no truncation error: only rounding separates result and derivative.
        rational: True if even rounding is absent: the value is a ``Fraction``.
        truncation_order: p in the error term O(h**p); None without a step.
        cancels: True if a small step costs digits; False where nothing is subtracted.
        highest_order: Highest order of derivative it can give; None for any.
        requires: Import names that must be installed; looked up, never imported here.
        cost: What is counted, e.g. ``"evaluations"``; None if nothing is.
        parameters: What a user can set.
    """

    exact: bool
    rational: bool = False
    truncation_order: int | None = None
    cancels: bool = True
    highest_order: int | None = None
    requires: tuple[str, ...] = ()
    cost: Literal["evaluations", "rule applications", "graph nodes"] | None = None
    parameters: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a method found, and how.

    Attributes:
        value: The derivative, unit ``[f]/[variables]``; a ``Fraction`` only from a rational method.
        error_estimate: The method's own estimate of ``|value - exact|``; None if it has none.
        evaluations: What :attr:`MethodTraits.cost` counts; None if nothing is counted.
        step: The step h that was used, in the unit of the variable; None without one. Where steps
            follow the size of each coordinate: that of the first variable differentiated by.
        dtype: ``"float64"``, ``"float32"``, ``"complex128"``, ``"complex64"`` or
            ``"rational"``.
        device: ``"cpu"``, ``"cuda"`` or ``"mps"``.
    """

    value: Fraction | float
    error_estimate: float | None = None
    evaluations: int | None = None
    step: float | None = None
    dtype: str = "float64"
    device: str = "cpu"


class DifferentiationMethod(Protocol):
    """Differentiates; a frozen dataclass whose fields are its parameters, without other state."""

    key: ClassVar[str]
    traits: ClassVar[MethodTraits]

    def estimate(self, problem: DerivativeProblem) -> Estimate:
        """Return the derivative that ``problem`` asks for.

        Raises:
            MethodUnavailableError: A package, a device or an order is out of reach.
            NumberRangeError: A coefficient or coordinate does not fit the dtype.
        """
        ...


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """A method as the user chose it: what :func:`engine.compare` takes beside plain keys.

    >>> MethodChoice("forward", (("step", "1e-6"), ("dtype", "rational"))).key
    'forward'

    Attributes:
        key: As in the registry.
        parameters: Name and value of those that differ from the defaults, such as ``step``,
            ``dtype`` and ``device``; ``engine.methods()`` says which a method has.
    """

    key: str
    parameters: tuple[tuple[str, ParameterValue], ...] = ()

    def with_value(self, parameter: Parameter, value: ParameterValue) -> MethodChoice:
        """Return the choice with one parameter set; what is at its default is left out."""
        kept = {name: old for name, old in self.parameters if name != parameter.name}
        if value != parameter.default:
            kept[parameter.name] = value
        return MethodChoice(self.key, tuple(kept.items()))


def check_parameters(method: DifferentiationMethod) -> None:
    """Refuse a value that is not among the choices of its parameter.

    Raises:
        MethodUnavailableError: There is such a value.
    """
    for parameter in method.traits.parameters:
        if parameter.choices:
            check_choice(parameter.label, getattr(method, parameter.name), parameter.choices)
