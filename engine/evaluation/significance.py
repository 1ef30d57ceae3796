"""Which numbers are nothing but rounding error: samples of a field, slopes at a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from engine.evaluation.arrays import Floats
from engine.evaluation.field import GradientField
from engine.evaluation.grid import evaluate_on_grid
from engine.point import Point
from engine.polynomial import Polynomial

_SMALL = Fraction(1, 10**6)
"""Below this it is asked whether a slope is one of rounding only; that takes a little longer."""

_ROUNDING = Fraction(16, 2**52)
"""Of the sum of the absolute values of its terms: what storing the point can make of a 0."""


def slopes_without_rounding(
    f: Polynomial, point: Point, names: Sequence[str]
) -> list[Fraction | None]:
    """Return the slopes; None for all of them where rounding the point alone makes them so small.

    At a critical point that no float can hold, the gradient next to it has a direction that
    means nothing.
    """
    slopes = [f.partial(name) for name in names]
    values = [slope.value(point) for slope in slopes]
    if not any(values) or any(abs(value) > _SMALL for value in values):
        return list(values)
    sizes = _sizes(point)
    for slope, value in zip(slopes, values, strict=True):
        if abs(value) > _ROUNDING * _sum_of_sizes(slope).value(sizes):
            return list(values)
    return [None] * len(values)


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
    nodes = tuple(np.abs(along) for along in field.grid.nodes)
    sums = evaluate_on_grid(_sum_of_sizes(f), axes, nodes, _sizes(field.point))
    degrees = [f.degree_in(name) for name in axes]
    coefficients = np.prod([degree + 1 for degree in degrees])
    factor = (sum(degrees) + coefficients + 2) * 2.0**-52
    return tuple(factor * terms for terms in sums)


def _significant(samples: Floats, bound: Floats) -> Floats:
    # A bound of inf says nothing: f may be exact where one power of another term overflows.
    return np.where((np.abs(samples) <= bound) & np.isfinite(bound), 0.0, samples)


def _sum_of_sizes(f: Polynomial) -> Polynomial:
    return Polynomial(f.variables, {key: abs(value) for key, value in f.terms().items()})


def _sizes(point: Point) -> Point:
    return Point({name: abs(value) for name, value in point.items()})
