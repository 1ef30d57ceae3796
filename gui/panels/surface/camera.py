"""Camera: from where the box is looked at, and where its points come to lie on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, radians, sin

import numpy as np

from engine.evaluation.arrays import Floats

DISTANCE = 6.0
"""From the eye to the middle of the box, in units of the box."""

EXTENT = 2.6
"""Units of the box that fill the shorter side of the picture, less its margins."""

LIFT = 0.06
"""How far above the middle of the picture the box stands, in halves of its height."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A view of the box; the box stands in the middle, slightly lifted.

    Attributes:
        azimuth: Degrees around the upright axis; 0 looks along the first variable from above it.
        elevation: Degrees above the floor.
        zoom: 1 shows the whole box.
    """

    azimuth: float = -67.0
    elevation: float = 24.0
    zoom: float = 1.0

    def turned(self, azimuth: float, elevation: float) -> Camera:
        """Return the camera moved around the box by so many degrees."""
        tilted = min(90.0, max(-90.0, self.elevation + elevation))
        return replace(self, azimuth=(self.azimuth + azimuth) % 360.0, elevation=tilted)

    def zoomed(self, factor: float) -> Camera:
        """Return the camera nearer to the box, within what is of use."""
        return replace(self, zoom=min(8.0, max(0.4, self.zoom * factor)))

    @property
    def direction(self) -> Floats:
        """Unit vector from the box to the eye."""
        azimuth, elevation = radians(self.azimuth), radians(self.elevation)
        return np.array(
            [cos(elevation) * cos(azimuth), cos(elevation) * sin(azimuth), sin(elevation)]
        )

    def view(self) -> Floats:
        """Return box to eye: x to the right, y up, z towards the eye; shape ``(4, 4)``."""
        azimuth, elevation = radians(self.azimuth), radians(self.elevation)
        sin_a, cos_a, sin_e, cos_e = sin(azimuth), cos(azimuth), sin(elevation), cos(elevation)
        return np.array(
            [
                [-sin_a, cos_a, 0.0, 0.0],
                [-sin_e * cos_a, -sin_e * sin_a, cos_e, 0.0],
                [cos_e * cos_a, cos_e * sin_a, sin_e, -DISTANCE],
                [0.0, 0.0, 0.0, 1.0],
            ]
        )

    def projection(self, width: float, height: float) -> Floats:
        """Return eye to OpenGL's clip space; shape ``(4, 4)``.

        Source: the perspective matrix of the OpenGL 2.1 specification, section 2.11.2, with the
        opening chosen so that one unit in the middle of the box has the same length for every
        shape of the picture.
        """
        near, far = DISTANCE - 3.0, DISTANCE + 3.0
        # Texts need the same room in a small picture as in a large one.
        side = max(40.0, min(0.88 * (width - 110.0), height - 50.0))
        unit = self.zoom * side / EXTENT
        matrix = np.zeros((4, 4))
        matrix[0, 0] = 2 * unit * DISTANCE / max(1.0, width)
        matrix[1, 1] = 2 * unit * DISTANCE / max(1.0, height)
        matrix[2, 2], matrix[2, 3] = -(far + near) / (far - near), -2 * far * near / (far - near)
        matrix[3, 2] = -1.0
        # The box a little above the middle: the numbers below it need room, those above do not.
        matrix[1, 2] = -LIFT
        return matrix

    def project(self, points: Floats, width: float, height: float) -> Floats:
        """Return screen x, screen y (downwards) and depth (growing away); shape of ``points``."""
        matrix = self.projection(width, height) @ self.view()
        clip = points @ matrix[:, :3].T + matrix[:, 3]
        depth = clip[..., 3]
        return np.stack(
            [
                (clip[..., 0] / depth + 1) * width / 2,
                (1 - clip[..., 1] / depth) * height / 2,
                depth,
            ],
            axis=-1,
        )
