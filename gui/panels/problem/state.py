"""What the presenter tells the view to show: plain values, no widgets."""

from __future__ import annotations

from dataclasses import dataclass

from engine.differentiation.method import ParameterValue
from engine.differentiation.registry import MethodEntry


@dataclass(frozen=True, slots=True)
class CoordinateShown:
    """One coordinate of the point: canonical name, text as typed, what is wrong with it."""

    name: str
    text: str
    error: str


@dataclass(frozen=True, slots=True)
class MethodShown:
    """One method of the check list.

    Attributes:
        entry: Its line of the registry.
        checked: Whether it is compared.
        parameters: The values that differ from the defaults, by name.
        missing: The package that it lacks here, or ``""``.
    """

    entry: MethodEntry
    checked: bool
    parameters: tuple[tuple[str, ParameterValue], ...] = ()
    missing: str = ""
