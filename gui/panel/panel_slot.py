"""The panels as the window knows them before they are built: titles, places, keys, exports.

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


class Export(NamedTuple):
    """One line of the File menu: something that a panel can write to a file.

    Attributes:
        kind: One of :data:`gui.export.export_kinds.KINDS`; a panel has at most one export of each.
        name: What the menu calls it; the file is called so too.
    """

    kind: str
    name: str


class PanelSlot(NamedTuple):
    """What the window must know of a panel before it is built.

    Attributes:
        key: Stable name; geometry is stored under it.
        title: What its tab says.
        package: Import name; offers ``build(context: PanelContext) -> Panel``.
        place: Where it stands in the layout as delivered.
        shortcut: Key that shows and hides it.
        exports: What it can write once it is built, as :attr:`gui.panel.panel.Panel.exports` says.
    """

    key: str
    title: str
    package: str
    place: Place
    shortcut: str = ""
    exports: tuple[Export, ...] = ()


PANELS = (
    PanelSlot("problem", "Problem", "gui.panels.problem", Place.LEFT, "Ctrl+1"),
    PanelSlot("comparison", "Comparison", "gui.panels.comparison", Place.TOP, "Ctrl+2",
              (Export("csv", "comparison"),)),
    PanelSlot("stencil", "Stencil", "gui.panels.stencil", Place.TOP, "Ctrl+6",
              (Export("csv", "stencil"),)),
    PanelSlot("cost", "Cost", "gui.panels.cost", Place.TOP, "Ctrl+7",
              (Export("csv", "cost study"), Export("picture", "cost"))),
    PanelSlot("explanation", "How it works", "gui.panels.explanation", Place.TOP, "Ctrl+8",
              (Export("csv", "computation graph"), Export("picture", "computation graph"),
               Export("latex", "derivation"))),
    PanelSlot("answer", "Your answer", "gui.panels.answer", Place.TOP, "Ctrl+9"),
    PanelSlot("critical", "Critical points", "gui.panels.critical", Place.TOP, "Ctrl+0",
              (Export("csv", "critical points"),)),
    PanelSlot("surface", "Surface", "gui.panels.surface", Place.BOTTOM, "Ctrl+3",
              (Export("picture", "surface"),)),
    PanelSlot("gradient_field", "Gradient field", "gui.panels.gradient_field", Place.BOTTOM,
              "Ctrl+4",
              (Export("csv", "samples of the gradient field"),
               Export("picture", "gradient field"))),
    PanelSlot("error_study", "Error study", "gui.panels.error_study", Place.BOTTOM, "Ctrl+5",
              (Export("csv", "error study"), Export("picture", "error study"))),
)  # fmt: skip
