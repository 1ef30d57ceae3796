"""The panels as the window knows them before they are built: titles, places, keys.

Loaded before the window is first drawn, so it imports nothing.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Place(Enum):
    """Where a panel stands before anybody moves it."""

    LEFT = "left, as high as the window"
    TOP = "right, above"
    BOTTOM = "right, below; side by side with the others there"


class PanelSlot(NamedTuple):
    """What the window must know of a panel before it is built.

    Attributes:
        key: As in :class:`gui.panel.panel.Panel`; geometry is stored under it.
        title: What its tab says.
        package: Import name; offers ``build(context: PanelContext) -> Panel``.
        place: Where it stands in the layout as delivered.
        shortcut: Key that shows and hides it.
    """

    key: str
    title: str
    package: str
    place: Place
    shortcut: str = ""


PANELS = (
    PanelSlot("problem", "Problem", "gui.panels.problem", Place.LEFT, "Ctrl+1"),
    PanelSlot("comparison", "Comparison", "gui.panels.comparison", Place.TOP, "Ctrl+2"),
    PanelSlot("stencil", "Stencil", "gui.panels.stencil", Place.TOP, "Ctrl+6"),
    PanelSlot("cost", "Cost", "gui.panels.cost", Place.TOP, "Ctrl+7"),
    PanelSlot("explanation", "How it works", "gui.panels.explanation", Place.TOP, "Ctrl+8"),
    PanelSlot("answer", "Your answer", "gui.panels.answer", Place.TOP, "Ctrl+9"),
    PanelSlot("critical", "Critical points", "gui.panels.critical", Place.TOP, "Ctrl+0"),
    PanelSlot("surface", "Surface", "gui.panels.surface", Place.BOTTOM, "Ctrl+3"),
    PanelSlot(
        "gradient_field", "Gradient field", "gui.panels.gradient_field", Place.BOTTOM, "Ctrl+4"
    ),
    PanelSlot("error_study", "Error study", "gui.panels.error_study", Place.BOTTOM, "Ctrl+5"),
)
