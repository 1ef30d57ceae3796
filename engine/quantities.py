"""What a row of a comparison says beside method and derivative: names, kinds, words, once for all.

Files write all of these quantities; the window's table shows those with a title. A new column is
one more entry here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from engine.comparison import ComparisonRow

Kind = Literal["value", "error", "digits", "seconds", "step", "count", "word", "sentence"]
"""How a quantity is written: a ``value`` may be exact, a ``word`` and a ``sentence`` are texts."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a row.

    Attributes:
        name: Column in CSV, key in JSON; of an exact number also ``name p/q`` and ``name_exact``.
        kind: How it is written.
        get: The quantity; None where it is not defined.
        title: Header in the window, with a line break where it may be broken; empty where it has
            no column of its own there.
        hint: What it means; tool tip of the header.
    """

    name: str
    kind: Kind
    get: Callable[[ComparisonRow], Fraction | float | str | None]
    title: str = ""
    hint: str = ""


QUANTITIES: tuple[Quantity, ...] = (
    Quantity("value", "value", lambda row: row.value,
             "Value", "What the method gives, every digit of it"),
    Quantity("exact", "value", lambda row: row.exact,
             "Exact\nvalue", "The exact value that every method is measured against"),
    Quantity("absolute_error", "error", lambda row: row.absolute_error,
             "Absolute\nerror", "|value − exact|"),
    Quantity("relative_error", "error", lambda row: row.relative_error,
             "Relative\nerror", "|value − exact| / |exact|; not defined where exact is 0"),
    Quantity("correct_digits", "digits", lambda row: row.correct_digits,
             "Correct\ndigits", "How many leading digits agree with the exact value; exact ones "
             "are 17, more than a float can hold, in files"),
    Quantity("error_estimate", "error", lambda row: row.error_estimate,
             "Own\nestimate", "What the method itself thinks that its error is"),
    Quantity("evaluations", "count", lambda row: row.evaluations,
             "Cost", "Evaluations of f, applications of rules, or nodes of the graph"),
    Quantity("cost", "word", lambda row: row.cost,
             hint="What was counted; the window shows it behind the count"),
    Quantity("seconds", "seconds", lambda row: row.seconds,
             "Time", "Median time of one run, after a warm-up"),
    Quantity("step", "step", lambda row: row.step,
             "Step h", "The step of a difference quotient"),
    Quantity("dtype", "word", lambda row: row.dtype,
             "Type", "The type of number that was computed with"),
    Quantity("device", "word", lambda row: row.device,
             "Device", "The device that computed it"),
    Quantity("reversed_value", "value", lambda row: row.reversed_value,
             "Reverse\norder", "What the method gives for the variables in the reverse order, "
             "∂²f/∂b∂a for ∂²f/∂a∂b"),
    Quantity("reversal_difference", "error", lambda row: row.reversal_difference,
             "Order\ndifference", "|∂²f/∂a∂b − ∂²f/∂b∂a|: 0 for the derivatives themselves, by "
             "Clairaut's theorem; a method may round differently"),
    Quantity("unavailable", "sentence", lambda row: row.unavailable,
             hint="Why there is no value; the window writes it across the row"),
)  # fmt: skip
"""All quantities, in the order of the files; the window has an order of its own."""
