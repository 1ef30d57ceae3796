"""What the error study shows: plain arrays and texts, in the logarithms that the plot has."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.evaluation.arrays import Floats


@dataclass(frozen=True, slots=True, eq=False)
class SchemeCurve:
    """The total error of one scheme.

    Attributes:
        key: The scheme, as a method of the registry.
        label: A short name, for the legend.
        steps: log10 of the steps, ascending; shape ``(n,)``.
        errors: log10 of the absolute errors; nan where there is none or it is 0; shape ``(n,)``.
        zeros: log10 of the steps at which there is no error at all.
        here: log10 of the step that the comparison uses now; nan where there is none.
    """

    key: str
    label: str
    steps: Floats
    errors: Floats
    zeros: Floats
    here: float


@dataclass(frozen=True, slots=True, eq=False)
class Theory:
    """What theory says of one scheme; in log10 like the curves.

    Attributes:
        steps: Shape ``(n,)``.
        leading: Leading term of the truncation error; None where it vanishes.
        bound: What rounding can cost at most.
        predicted: The step at which the two together are smallest, or None.
        observed: Step and error of the smallest error found, or None.
    """

    steps: Floats
    leading: Floats | None
    bound: Floats
    predicted: float | None
    observed: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ErrorParts:
    """The error of one scheme at one step, split; exact.

    Attributes:
        step: h as it is read, with ``=`` or ``≈``.
        truncation: Of the exact quotient against the derivative.
        round_off: Of the computed value against the exact quotient.
        total: Their sum.
    """

    step: str
    truncation: Fraction
    round_off: Fraction
    total: Fraction
