"""evaluate(): f and its gradient at many points at once."""

import math
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
import sympy

from engine import Point, Polynomial, evaluate
from engine.errors import NumberRangeError, PointError
from engine.evaluation.compiled import BLOCK, evaluate_compiled
from engine.evaluation.points import COMPILED_FROM

EXAMPLE = Polynomial.from_tuples(((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1))))


def test_that_whole_numbers_are_evaluated_exactly():
    points = np.array([[2.0, 3.0], [0.0, 0.0], [-1.0, 2.0]])
    values, gradient = evaluate(EXAMPLE, points)
    assert values.tolist() == [72.0, 0.0, -2.0]
    assert gradient.tolist() == [[54.0, 36.0], [0.0, 0.0], [-4.0, -5.0]]


def test_that_without_gradient_the_second_part_is_none():
    values, gradient = evaluate(EXAMPLE, np.array([[2.0, 3.0]]), gradient=False)
    assert values.tolist() == [72.0] and gradient is None


def test_that_several_chunks_agree_with_sympy():
    f = Polynomial("xyz", {(9, 1, 0): 3, (2, 2, 2): -5, (0, 0, 7): 1, (0, 0, 0): 4})
    points = np.random.default_rng(7).uniform(-1.5, 1.5, (70_001, 3))
    x, y, z = sympy.symbols("x y z")
    expression = 3 * x**9 * y - 5 * x**2 * y**2 * z**2 + z**7 + 4
    values, gradient = evaluate(f, points)
    computed = [values, *gradient.T]
    expressions = [expression, *(expression.diff(symbol) for symbol in (x, y, z))]
    for result, reference in zip(computed, expressions, strict=True):
        function = sympy.lambdify((x, y, z), reference, "numpy")
        scale = sympy.lambdify(
            (x, y, z), sum(abs(t) for t in reference.as_ordered_terms()), "numpy"
        )
        bound = 2 * (10 + 4 + 2) * 2.0**-52 * scale(*points.T)
        assert (abs(result - function(*points.T)) <= bound).all()


def test_that_each_value_is_within_the_stated_bound_of_the_exact_one():
    f = Polynomial("xy", {(6, 0): 1, (5, 1): -6, (3, 3): -20, (0, 6): 1})  # cancels near x = y
    points = np.random.default_rng(3).normal(size=(60, 2))
    values, gradient = evaluate(f, points)
    for quantity, results in ((f, values), (f.partial("x"), gradient[:, 0])):
        size = Polynomial("xy", {key: abs(value) for key, value in quantity.terms().items()})
        for point, result in zip(points.tolist(), results.tolist(), strict=True):
            exact = quantity.value(Point(dict(zip("xy", point, strict=True))))
            scale = size.value(Point(dict(zip("xy", map(abs, point), strict=True))))
            assert abs(Point({"x": result})["x"] - exact) <= (6 + 4 + 2) * scale / 2**52


def test_that_constants_and_no_points_keep_their_shapes():
    values, gradient = evaluate(Polynomial((), {(): 5}), np.empty((3, 0)))
    assert values.tolist() == [5.0] * 3 and gradient.shape == (3, 0)
    values, gradient = evaluate(Polynomial("xy"), np.ones((2, 2)))
    assert values.tolist() == [0.0, 0.0] and gradient.tolist() == [[0.0, 0.0]] * 2
    values, gradient = evaluate(EXAMPLE, np.empty((0, 2)))
    assert values.shape == (0,) and gradient.shape == (0, 2)


def test_that_an_overflow_spoils_no_other_quantity():
    f = Polynomial("xy", {(400, 0): 1, (0, 1): 1})
    values, gradient = evaluate(f, np.array([[1e10, 5.0], [1.0, 5.0]]))
    assert values.tolist() == [math.inf, 6.0]
    assert gradient.tolist() == [[math.inf, 1.0], [400.0, 1.0]]


@pytest.mark.parametrize("points", [[2.0, 3.0], [[1.0, 2.0, 3.0]], 5.0, [[1j, 2.0]], [["2", "3"]]])
def test_that_points_of_another_shape_or_kind_are_refused(points):
    with pytest.raises(PointError, match="needed"):
        evaluate(EXAMPLE, points)


def test_that_a_coefficient_beyond_the_floats_is_refused():
    with pytest.raises(NumberRangeError):
        evaluate(Polynomial("x", {(1,): 10**309}), np.ones((1, 1)))


def random_polynomial(rng, variables, degree, terms):
    keys = rng.integers(0, degree + 1, (terms, len(variables)))
    return Polynomial(variables, {tuple(map(int, key)): Fraction(int(rng.integers(-99, 99)) or 1, 7)
                                  for key in keys})  # fmt: skip


KERNEL_CASES = [("x", 7, 5), ("xy", 8, 45), ("xyz", 6, 60), ("xyzw", 4, 30), ("abcdef", 3, 100),
                ("xy", 40, 200), ("x", 0, 1), ("xy", 1, 1)]  # fmt: skip


@pytest.mark.parametrize(("variables", "degree", "terms"), KERNEL_CASES)
def test_that_the_compiled_kernel_keeps_the_same_bound(variables, degree, terms):
    rng = np.random.default_rng(degree)
    f = random_polynomial(rng, variables, degree, terms)
    points = rng.uniform(-1.2, 1.2, (BLOCK + 3, len(variables)))
    values, gradient = evaluate_compiled(f, points, True)
    slow, slow_gradient = evaluate(f, points)
    partials = [f, *(f.partial(name) for name in f.variables)]
    rows = zip(partials, [values, *gradient.T], [slow, *slow_gradient.T], strict=True)
    for quantity, results, by_numpy in rows:
        size = Polynomial(variables, {key: abs(c) for key, c in quantity.terms().items()})
        for number in (0, 1, BLOCK - 1, BLOCK, BLOCK + 2):
            point = points[number].tolist()
            exact = quantity.value(Point(dict(zip(variables, point, strict=True))))
            scale = size.value(Point(dict(zip(variables, map(abs, point), strict=True))))
            bound = (f.degree + len(f) + 2) * scale / 2**52
            assert abs(Fraction(float(results[number])) - exact) <= bound
        assert np.allclose(results, by_numpy, rtol=1e-9, atol=1e-9)
    alone, nothing = evaluate_compiled(f, points, False)
    assert (alone == values).all() and nothing is None


def test_that_an_overflow_spoils_no_other_quantity_in_the_kernel():
    f = Polynomial("xy", {(400, 0): 1, (0, 1): 1})
    values, gradient = evaluate_compiled(f, np.array([[1e10, 5.0], [1.0, 5.0]]), True)
    assert values.tolist() == [math.inf, 6.0]
    assert gradient.tolist() == [[math.inf, 1.0], [400.0, 1.0]]
    # y does not occur beside x**400: what overflows there is no part of the slope along y.
    f = Polynomial("xy", {(400, 0): 1, (0, 2): 1, (0, 1): 3})
    values, gradient = evaluate_compiled(f, np.array([[1e10, 5.0]]), True)
    assert gradient.tolist() == [[math.inf, 13.0]]


def test_that_the_kernel_takes_no_points_and_no_terms():
    values, gradient = evaluate_compiled(Polynomial("xy"), np.ones((3, 2)), True)
    assert values.tolist() == [0.0] * 3 and gradient.tolist() == [[0.0, 0.0]] * 3
    values, gradient = evaluate_compiled(EXAMPLE, np.empty((0, 2)), True)
    assert values.shape == (0,) and gradient.shape == (0, 2)


def test_that_a_large_batch_goes_through_the_kernel_and_a_small_one_does_not():
    f = Polynomial("xy", {(i, j): 1 for i in range(40) for j in range(50)})
    count = COMPILED_FROM // len(f)
    program = (
        "import sys, numpy as np\nfrom engine import Polynomial, evaluate\n"
        "f = Polynomial('xy', {(i, j): 1 for i in range(40) for j in range(50)})\n"
        f"evaluate(f, np.ones(({count} - 1, 2)))\nassert 'numba' not in sys.modules\n"
        f"values, slopes = evaluate(f, np.ones(({count}, 2)))\nassert 'numba' in sys.modules\n"
        "assert (values == 2000).all() and (slopes == [2000 * 19.5, 2000 * 24.5]).all()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=100)
