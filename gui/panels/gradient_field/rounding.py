"""Which samples are nothing but rounding error: those are drawn as 0."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.evaluation.arrays import Floats
from engine.evaluation.field import GradientField
from engine.evaluation.grid import evaluate_on_grid
from engine.point import Point
from engine.polynomial import Polynomial


def without_rounding(field: GradientField) -> tuple[GradientField, float]:
    """Return ``field`` with 0 for every sample that may be nothing but rounding error.

    Returns:
        The field, and the largest magnitude of f that became 0 or might have: a contour of a
        value below that would follow the rounding error.
    """
    bounds = rounding_bounds(field)
    values, dx = _significant(field.values, bounds[0]), _significant(field.dx, bounds[1])
    dy = None if field.dy is None else _significant(field.dy, bounds[2])
    floor = bounds[0].max(where=(values == 0) & np.isfinite(bounds[0]), initial=0.0)
    return replace(field, values=values, dx=dx, dy=dy), float(floor)


def rounding_bounds(field: GradientField) -> tuple[Floats, ...]:
    """Return by how much f and its partials may be off at each node; shapes as in ``field``.

    Source: the bound that :func:`engine.evaluation.grid.evaluate_on_grid` states; the sum of
    the absolute values of the terms is that of the polynomial with absolute coefficients.
    """
    f, axes = field.polynomial, field.grid.variables
    absolute = Polynomial(f.variables, {key: abs(value) for key, value in f.terms().items()})
    at = Point({name: abs(value) for name, value in field.point.items()})
    nodes = tuple(np.abs(along) for along in field.grid.nodes)
    sums = evaluate_on_grid(absolute, axes, nodes, at)
    degrees = [f.degree_in(name) for name in axes]
    coefficients = np.prod([degree + 1 for degree in degrees])
    factor = (sum(degrees) + coefficients + 2) * 2.0**-52
    return tuple(factor * terms for terms in sums)


def _significant(samples: Floats, bound: Floats) -> Floats:
    # A bound of inf says nothing: f may be exact where one power of another term overflows.
    return np.where((np.abs(samples) <= bound) & np.isfinite(bound), 0.0, samples)
