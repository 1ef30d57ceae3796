"""The one list of methods: key, label, what it does, how it is made, whether it can serve."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

from engine.differentiation.autograd import AutogradForward, AutogradReverse
from engine.differentiation.cas import SymPyDiff
from engine.differentiation.complex_step import ComplexStep
from engine.differentiation.difference_method import DifferenceMethod
from engine.differentiation.finite_difference import (
    BackwardDifference,
    CentralDifference,
    FivePointDifference,
    ForwardDifference,
)
from engine.differentiation.method import (
    DifferentiationMethod,
    MethodChoice,
    MethodTraits,
)
from engine.differentiation.richardson import RichardsonExtrapolation
from engine.differentiation.rules import SymbolicRules
from engine.errors import MethodUnavailableError, shorten


@dataclass(frozen=True, slots=True)
class MethodEntry:
    """One line of the registry.

    Attributes:
        label: What people call it.
        summary: One sentence that says what it does, for a tool tip.
        factory: The class; called with the chosen parameters.
    """

    label: str
    summary: str
    factory: type[DifferentiationMethod]

    @property
    def key(self) -> str:
        """What scripts and files call it."""
        return self.factory.key

    @property
    def short_label(self) -> str:
        """A name that leaves room: ``five point``."""
        return self.key.replace("_", " ")

    @property
    def traits(self) -> MethodTraits:
        """What may be expected of the method."""
        return self.factory.traits

    @property
    def has_step(self) -> bool:
        """Whether it takes the quotient of values of f that lie a step apart."""
        return issubclass(self.factory, DifferenceMethod)

    def reaches(self, order: int) -> bool:
        """Return whether it can give derivatives of an order."""
        highest = self.traits.highest_order
        return highest is None or order <= highest

    def missing_package(self) -> str | None:
        """Return the first required package that is not installed, without importing any."""
        return next((name for name in self.traits.requires if find_spec(name) is None), None)


_METHODS = (
    MethodEntry(
        "Forward difference",
        "(f(x+h) − f(x))/h, as in the limit definition; nested for higher and mixed partials.",
        ForwardDifference,
    ),
    MethodEntry(
        "Backward difference",
        "(f(x) − f(x−h))/h; nested for higher and mixed partials.",
        BackwardDifference,
    ),
    MethodEntry(
        "Central difference",
        "(f(x+h) − f(x−h))/2h, four corners for a mixed partial; the error falls as h².",
        CentralDifference,
    ),
    MethodEntry(
        "Five-point difference",
        "Five points around x instead of two; the error falls as h⁴.",
        FivePointDifference,
    ),
    MethodEntry(
        "Richardson extrapolation",
        "Quotients with h, h/2, h/4, … extrapolated to h = 0, with an estimate of the error.",
        RichardsonExtrapolation,
    ),
    MethodEntry(
        "Complex step",
        "Im f(x+ih)/h: nothing is subtracted, so nothing cancels; first derivatives only.",
        ComplexStep,
    ),
    MethodEntry(
        "Symbolic rules",
        "Sum, product, power and constant-multiple rules on the expression as typed; exact.",
        SymbolicRules,
    ),
    MethodEntry(
        "SymPy",
        "The computer algebra system's own diff, in exact fractions: an independent reference.",
        SymPyDiff,
    ),
    MethodEntry(
        "Autograd, reverse mode",
        "PyTorch records the operations of f and walks them backwards with the chain rule.",
        AutogradReverse,
    ),
    MethodEntry(
        "Autograd, forward mode",
        "PyTorch carries a derivative along with every operation of f.",
        AutogradForward,
    ),
)


def methods() -> tuple[MethodEntry, ...]:
    """Return every method, in the order in which they are shown."""
    return _METHODS


def find(key: str) -> MethodEntry:
    """Return the line of one method.

    Raises:
        MethodUnavailableError: No such method.
    """
    for entry in _METHODS:
        if entry.key == key:
            return entry
    known = ", ".join(entry.key for entry in _METHODS)
    raise MethodUnavailableError(f"There is no method {shorten(key)!r}; choose among: {known}.")


def make(choice: MethodChoice) -> DifferentiationMethod:
    """Return the method of ``choice`` with its parameters.

    Raises:
        MethodUnavailableError: No such method, or a parameter has no such value.
    """
    entry = find(choice.key)
    known = [parameter.name for parameter in entry.traits.parameters]
    for name, _ in choice.parameters:
        if name not in known:
            raise MethodUnavailableError(
                f"{entry.label} has no parameter {shorten(name)!r}; "
                f"it has: {', '.join(known) or 'none'}."
            )
    return entry.factory(**dict(choice.parameters))


def make_difference(choice: MethodChoice) -> DifferenceMethod:
    """Return a method that evaluates f at points around the one that is asked for.

    Raises:
        MethodUnavailableError: As for :func:`make`, or the method is none of these.
    """
    method = make(choice)
    if not isinstance(method, DifferenceMethod):
        label = find(choice.key).label
        raise MethodUnavailableError(f"{label} evaluates f at no other points: it has no stencil.")
    return method
