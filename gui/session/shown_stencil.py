"""Which difference quotient every plot shows, and what a legend calls it."""

from __future__ import annotations

from collections.abc import Sequence

from engine.differentiation import registry
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.explanation.stencil_picture import StencilPicture, stencil_picture
from engine.worksheet.worksheet import Inputs
from gui.look.number_format import show_set
from gui.session.difference_schemes import difference_choices, looked_at
from gui.session.selection import Selection


def stencil_of(
    inputs: Inputs, choices: Sequence[MethodChoice], selection: Selection
) -> StencilPicture | None:
    """Return the stencil that is looked at; None where there is none in the plotted plane."""
    f, partial = inputs.reading.polynomial, selection.partial
    if partial is None or not set(partial.names) <= set(f.variables) or not inputs.axes:
        return None
    choice = looked_at(difference_choices(choices, partial.order), selection.scheme)
    if choice is None:
        return None
    problem = DerivativeProblem(inputs.reading.expression, f, partial, inputs.point)
    return stencil_picture(problem, choice, inputs.axes)


def stencil_text(stencil: StencilPicture) -> str:
    """Return which quotient it is, e.g. ``forward difference of ∂f/∂a, h = 0.5``."""
    label = registry.find(stencil.scheme).label.lower()
    return f"{label} of {stencil.partial}, h {show_set(stencil.step)}"
