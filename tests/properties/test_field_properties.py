"""Laws of sampling: it agrees with exact arithmetic, whatever the polynomial."""

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine import Point, Polynomial, RegularGrid, evaluate, sample

NAMES = "xyz"
coefficients = st.fractions(min_value=-50, max_value=50, max_denominator=16)
exponents = st.tuples(*[st.integers(0, 6)] * 3)
polynomials = st.dictionaries(exponents, coefficients, max_size=6).map(
    lambda terms: Polynomial(NAMES, terms)
)
ends = st.integers(-8, 8)
grids = st.builds(
    lambda first, width, nodes: (first / 4, (first + width) / 4, nodes),
    ends,
    st.integers(1, 12),
    st.integers(2, 5),
)


def _bound(f: Polynomial, coordinates: dict[str, Fraction]) -> Fraction:
    size = Polynomial(f.variables, {key: abs(value) for key, value in f.terms().items()})
    scale = size.value(Point({name: abs(value) for name, value in coordinates.items()}))
    return (f.degree + len(f) + 2) * scale / 2**52


@given(polynomials, grids, grids, st.fractions(-4, 4, max_denominator=9))
def test_that_every_sample_is_within_its_bound(f, x_range, y_range, z):
    field = sample(f, RegularGrid(("x", *x_range), ("y", *y_range)), Point({"z": z}))
    quantities = ((f, field.values), (f.partial("x"), field.dx), (f.partial("y"), field.dy))
    for i, x in enumerate(field.x.tolist()):
        for j, y in enumerate(field.y.tolist()):
            coordinates = {"x": Fraction(x), "y": Fraction(y), "z": z}
            for quantity, samples in quantities:
                error = abs(Fraction(samples[i, j]) - quantity.value(Point(coordinates)))
                assert error <= _bound(quantity, coordinates)


@given(polynomials, grids, grids, st.integers(-4, 4))
def test_that_grid_and_points_agree(f, x_range, y_range, z):
    field = sample(f, RegularGrid(("x", *x_range), ("y", *y_range)), Point({"z": z}))
    x, y = np.meshgrid(field.x, field.y, indexing="ij")
    values, gradient = evaluate(f, np.stack([x.ravel(), y.ravel(), np.full(x.size, z)], axis=1))
    for index, value in enumerate(values.tolist()):
        coordinates = {"x": Fraction(x.flat[index]), "y": Fraction(y.flat[index]), "z": Fraction(z)}
        allowed = 2 * _bound(f, coordinates)
        assert abs(Fraction(value) - Fraction(field.values.flat[index])) <= allowed
        allowed = 2 * _bound(f.partial("y"), coordinates)
        assert abs(Fraction(gradient[index, 1]) - Fraction(field.dy.flat[index])) <= allowed
