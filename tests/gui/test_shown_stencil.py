"""The stencil on the plots: whose it is, and what of it is drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.differentiation.method import MethodChoice, ParameterValue
from engine.differentiation.registry import MethodEntry, methods
from engine.evaluation.field import sample
from engine.partial import Partial
from engine.worksheet.worksheet import Worksheet, all_methods, read_worksheet
from gui.panels.surface.scene import make_marks, make_surface
from gui.session.plotted import Plotted, plotted_of
from gui.session.selection import Selection
from gui.session.shown_stencil import stencil_text
from tests.choices import without_step

pytestmark = pytest.mark.slow

TEXT = "a^2b/2 + ab^2/3"


def in_the_plane(entry: MethodEntry) -> bool:
    """The complex step evaluates f off the real axes."""
    return entry.has_step and entry.key != "complex_step"


def choices(**parameters: ParameterValue) -> tuple[MethodChoice, ...]:
    return tuple(
        MethodChoice(entry.key, tuple(parameters.items()) if in_the_plane(entry) else ())
        for entry in methods()
    )


def plotted_with(
    scheme: str, partial: str, worksheet: Worksheet | None = None, **parameters: ParameterValue
) -> Plotted:
    selection = Selection()
    selection.pick_partial(Partial(tuple(partial)))
    selection.pick_scheme(scheme)
    sheet = worksheet or Worksheet(text=TEXT, coordinates=(("a", "-1"), ("b", "2")))
    return plotted_of(replace(sheet, methods=choices(**parameters)), selection=selection)


def test_that_a_legend_says_which_quotient_it_is() -> None:
    stencil = plotted_with("forward", "ab", step=0.5).stencil
    assert stencil is not None
    assert stencil_text(stencil) == "forward difference of ∂²f/∂a∂b, h = 0.5"


def test_that_the_planes_meet_as_the_step_shrinks() -> None:
    gaps = []
    for step in (4.0, 2.0, 1.0, 1e-4):
        plotted = plotted_with("forward", "a", step=step)
        assert plotted.stencil is not None
        surface = make_surface(sample(plotted.polynomial, plotted.grid(33), plotted.point))
        assert surface is not None
        marks = make_marks(plotted, surface)
        assert marks is not None
        gaps.append(0 if marks.secant is None else np.abs(marks.secant - marks.plane).max())
        assert len(marks.stencil) == 2
        assert marks.stencil[1] == pytest.approx(marks.point)
        assert marks.stencil_is_seen == (step > 0.5)
    # f has degree 2 in each variable: both slopes are off in proportion to the step.
    assert gaps == pytest.approx([4 * gaps[2], 2 * gaps[2], gaps[2], 0])
    assert gaps[2] > 0


def test_that_what_lies_outside_the_box_is_left_out() -> None:
    plotted = plotted_with("central", "a", step=20.0)
    surface = make_surface(sample(plotted.polynomial, plotted.grid(33), plotted.point))
    assert surface is not None
    marks = make_marks(plotted, surface)
    assert marks is not None
    assert len(marks.stencil) == 0
    assert plotted.stencil is not None
    assert len(plotted.stencil.places) == 2


@pytest.mark.parametrize(
    ("scheme", "partial", "methods"),
    [
        ("complex_step", "a", (MethodChoice("complex_step"),)),
        ("forward", "z", all_methods()),
        ("forward", "a", without_step()),
        ("forward", "a", (MethodChoice("forward", (("step", 1e-30),)),)),
    ],
)
def test_that_there_is_no_stencil_where_none_lies_in_the_plane(
    scheme: str, partial: str, methods: tuple[MethodChoice, ...]
) -> None:
    selection = Selection()
    selection.pick_partial(Partial(tuple(partial)))
    selection.pick_scheme(scheme)
    sheet = Worksheet(text=TEXT, methods=methods)
    assert plotted_of(sheet, selection=selection).stencil is None
    assert plotted_of(sheet).stencil is None


def test_that_a_scheme_that_is_not_compared_gives_way_to_the_first() -> None:
    sheet = Worksheet(text=TEXT, methods=(MethodChoice("central"), MethodChoice("five_point")))
    selection = Selection()
    selection.pick_partial(Partial(("a",)))
    stencil = plotted_of(sheet, selection=selection).stencil
    assert stencil is not None
    assert stencil.scheme == "central"


def test_that_held_variables_are_left_out_of_the_places() -> None:
    sheet = Worksheet(text="abc + a^2", coordinates=(("a", "1"), ("b", "2"), ("c", "3")),
                      axes=("a", "c"))  # fmt: skip
    stencil = plotted_with("forward", "b", sheet, step=0.5).stencil
    assert stencil is not None
    assert stencil.places.tolist() == [[1.0, 3.0], [1.0, 3.0]]
    assert read_worksheet(sheet).axes == ("a", "c")
