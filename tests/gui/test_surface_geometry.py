"""The scene in the box and the camera, by their numbers."""

from __future__ import annotations

import numpy as np
import pytest

from engine.evaluation.field import sample
from engine.worksheet.worksheet import Worksheet
from gui.panels.surface.box_axes import box_axes
from gui.panels.surface.camera import Camera
from gui.panels.surface.scene import (
    ARROW_LENGTH,
    HALF_HEIGHT,
    Marks,
    Surface,
    make_marks,
    make_surface,
)
from gui.session.plotted import Plotted, plotted_of

pytestmark = pytest.mark.slow


def scene_of(text: str, **fields: object) -> tuple[Plotted, Surface, Marks]:
    plotted = plotted_of(Worksheet(text=text, **fields))  # type: ignore[arg-type]
    surface = make_surface(sample(plotted.polynomial, plotted.grid(33), plotted.point))
    assert surface is not None
    marks = make_marks(plotted, surface)
    assert marks is not None
    return plotted, surface, marks


def test_that_the_lowest_and_the_highest_sample_touch_the_box() -> None:
    _, surface, _ = scene_of("x^2 - 3y")
    heights = surface.positions[..., 2]
    assert (heights.min(), heights.max()) == (-HALF_HEIGHT, HALF_HEIGHT)
    assert surface.interval == (-15, 40)


def test_that_the_point_lies_on_the_surface() -> None:
    _, surface, marks = scene_of("x y", coordinates=(("x", "2.5"), ("y", "-2.5")))
    i, j = 24, 8
    assert marks.point == pytest.approx(surface.positions[i, j])


def test_that_the_tangent_plane_of_a_plane_lies_in_it() -> None:
    _, surface, marks = scene_of("3x - 2y + 1")
    (x0, y0, z0), (x1, _y1, z1), (_x2, y2, z2) = surface.positions[[0, 32, 0], [0, 0, 32]]
    along_x, along_y = (z1 - z0) / (x1 - x0), (z2 - z0) / (y2 - y0)
    for x, y, z in marks.plane:
        assert z == pytest.approx(z0 + along_x * (x - x0) + along_y * (y - y0))


def test_that_the_arrow_lies_in_the_tangent_plane_and_points_up_the_gradient() -> None:
    _, _, marks = scene_of("3x - 2y + 1")
    assert marks.arrow is not None
    step = marks.arrow[1] - marks.arrow[0]
    normal = np.cross(marks.plane[1] - marks.plane[0], marks.plane[3] - marks.plane[0])
    assert float(step @ normal) == pytest.approx(0, abs=1e-12)
    assert float(np.linalg.norm(step)) == pytest.approx(ARROW_LENGTH)
    # Both intervals are alike, so the box keeps the direction (3, -2).
    assert step[0] / step[1] == pytest.approx(-1.5)
    assert step[2] > 0


def test_that_there_is_no_arrow_where_the_gradient_is_zero() -> None:
    _, _, marks = scene_of("x^2 + y^2", coordinates=(("x", "0"), ("y", "0")))
    assert marks.arrow is None
    assert np.ptp(marks.plane[:, 2]) == 0


def test_that_normals_are_square_to_the_surface() -> None:
    _, surface, _ = scene_of("x^2 + x y")
    steps = surface.positions[2:, 1:-1] - surface.positions[:-2, 1:-1]
    assert (surface.normals[1:-1, 1:-1] * steps).sum(axis=-1) == pytest.approx(0, abs=1e-12)


def test_that_a_sample_that_is_not_finite_takes_its_faces_with_it() -> None:
    plotted, surface, _ = scene_of("x + y")
    whole = len(surface.faces())
    field = sample(plotted.polynomial, plotted.grid(33), plotted.point)
    field.values[5, 5] = np.inf
    holed = make_surface(field)
    assert holed is not None
    assert whole - len(holed.faces()) == 8
    assert np.isfinite(holed.normals).all()
    assert np.isfinite(holed.lines()).all()


def test_that_without_a_finite_sample_there_is_no_surface() -> None:
    plotted, _, _ = scene_of("x + y")
    field = sample(plotted.polynomial, plotted.grid(33), plotted.point)
    field.values[:] = np.nan
    assert make_surface(field) is None


def test_that_heights_of_the_largest_floats_do_not_overflow() -> None:
    plotted, _, _ = scene_of("x + y")
    field = sample(plotted.polynomial, plotted.grid(33), plotted.point)
    field.values[:] = np.where(field.values > 0, 1.7e308, -1.7e308)
    surface = make_surface(field)
    assert surface is not None
    assert set(surface.positions[..., 2].ravel()) == {-HALF_HEIGHT, HALF_HEIGHT}


def test_that_the_camera_sees_the_first_variable_to_the_right_and_up_above() -> None:
    points = np.array([(0, 0, 0), (1, 0, 0), (0, 0, 0.5), (0, 1, 0)], dtype=float)
    middle, right, up, away = Camera(azimuth=-90, elevation=20).project(points, 400, 300)
    assert middle[0] == pytest.approx(200)
    assert right[0] > 200
    assert right[1] == pytest.approx(middle[1])
    assert up[1] < middle[1]
    assert up[0] == pytest.approx(200)
    assert away[2] > middle[2]


@pytest.mark.parametrize("azimuth", range(0, 360, 30))
@pytest.mark.parametrize("elevation", [-60, 10, 45])
def test_that_walls_lie_behind_everything(azimuth: float, elevation: float) -> None:
    _, surface, _ = scene_of("x y")
    camera = Camera(azimuth, elevation)
    walls = box_axes(surface.axes, camera).grid
    # On a wall one coordinate is at the end that looks away from the eye.
    halves = np.array([1, 1, HALF_HEIGHT])
    behind = walls * np.where(camera.direction >= 0, 1, -1) / halves
    assert (np.isclose(behind, -1).all(axis=1)).any(axis=1).all()


def test_that_the_same_worksheet_with_another_point_needs_no_new_samples() -> None:
    text = "a b c"
    here = plotted_of(Worksheet(text=text))
    there = plotted_of(Worksheet(text=text, coordinates=(("a", "4"), ("b", "-1"))))
    held = plotted_of(Worksheet(text=text, coordinates=(("c", "2"),)))
    assert here.sampled == there.sampled
    assert here.sampled != held.sampled
