"""The central difference of eighth order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from engine.differentiation.finite_difference import CentralDifference
from engine.differentiation.method import MethodTraits


@dataclass(frozen=True, slots=True)
class EighthOrderDifference(CentralDifference):
    """Eight points around x; the error falls as ``h**8``.

    Source: Fornberg (1988), table 1.
    """

    key: ClassVar[str] = "eighth_order"
    traits: ClassVar[MethodTraits] = replace(CentralDifference.traits, truncation_order=8)
