"""ScreenScale: the plotted range in pixels, for arrows and labels whose size is one of the eye."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF

from engine.evaluation.arrays import Floats


@dataclass(frozen=True, slots=True)
class ScreenScale:
    """A view of so many pixels on a range of the two variables; pixels are counted upwards.

    Attributes:
        left, bottom: The corner of the range.
        unit_x, unit_y: One pixel in units of the variables.
        width, height: The view in pixels.
    """

    left: float
    bottom: float
    unit_x: float
    unit_y: float
    width: float
    height: float

    @classmethod
    def of(cls, view_range: QRectF, width: float, height: float) -> ScreenScale:
        """Return the scale of ``view_range`` shown on so many pixels."""
        width, height = max(1.0, width), max(1.0, height)
        return cls(
            view_range.left(),
            view_range.top(),
            view_range.width() / width,
            view_range.height() / height,
            width,
            height,
        )

    def to_pixels(self, places: Floats) -> Floats:
        """Return pixels from the lower left corner; shape ``(..., 2)``."""
        return (places - (self.left, self.bottom)) / (self.unit_x, self.unit_y)

    def from_pixels(self, pixels: Floats) -> Floats:
        """Return places in units of the variables; shape ``(..., 2)``."""
        return pixels * (self.unit_x, self.unit_y) + (self.left, self.bottom)

    def directions(self, vectors: Floats) -> Floats:
        """Return unit vectors on the screen along ``vectors``; nan for a zero vector."""
        largest = np.abs(vectors).max(axis=-1, keepdims=True)
        with np.errstate(invalid="ignore", divide="ignore"):
            steps = vectors / largest / (self.unit_x, self.unit_y)
            return np.asarray(steps / np.linalg.norm(steps, axis=-1, keepdims=True))


def arrow_strokes(tails: Floats, tips: Floats, head: float) -> Floats:
    """Return shaft and two barbs of each arrow as pairs of points; shape ``(6 n, 2)``.

    ``tails`` and ``tips`` have shape ``(n, 2)`` and are in pixels, as is ``head``, the length of
    the barbs.
    """
    along = (tips - tails) / np.linalg.norm(tips - tails, axis=-1, keepdims=True)
    across = np.stack([-along[:, 1], along[:, 0]], axis=-1)
    # 27 degrees to each side.
    barbs = [tips - head * (0.89 * along + side * 0.454 * across) for side in (1, -1)]
    return np.stack([tails, tips, tips, barbs[0], tips, barbs[1]], axis=1).reshape(-1, 2)
