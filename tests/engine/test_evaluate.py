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
from engine.evaluation.compiled import CHUNK, evaluate_compiled
from engine.evaluation.horner import Constant, HornerPlan, Multiply, MultiplyAdd, Variable
from engine.evaluation.points import MOST_COMPILED_TERMS, compiling_pays, evaluate_large

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


COMPILED_CASES = [("x", 7, 5), ("xy", 8, 45), ("xyz", 6, 60), ("xyzw", 4, 30), ("abcdef", 3, 100),
                  ("xy", 40, 200), ("x", 0, 1), ("xy", 1, 1), ("x", 400, 9)]  # fmt: skip
COUNT = 70
"""Points: no multiple of 8 or 16, so that some are left at the end."""


@pytest.mark.parametrize(("variables", "degree", "terms"), COMPILED_CASES)
def test_that_machine_code_keeps_the_same_bound(variables, degree, terms):
    rng = np.random.default_rng(degree)
    f = random_polynomial(rng, variables, degree, terms)
    points = rng.uniform(-1.2, 1.2, (COUNT, len(variables)))
    values, gradient = evaluate_large(f, points, True)
    slow, slow_gradient = evaluate(f, points)
    partials = [f, *(f.partial(name) for name in f.variables)]
    rows = zip(partials, [values, *gradient.T], [slow, *slow_gradient.T], strict=True)
    for quantity, results, by_numpy in rows:
        size = Polynomial(variables, {key: abs(c) for key, c in quantity.terms().items()})
        for number in (0, 1, 15, 16, 17, 63, 64, COUNT - 1):
            point = points[number].tolist()
            exact = quantity.value(Point(dict(zip(variables, point, strict=True))))
            scale = size.value(Point(dict(zip(variables, map(abs, point), strict=True))))
            bound = (f.degree + len(f) + 2) * scale / 2**52
            assert abs(Fraction(float(results[number])) - exact) <= bound
        assert np.allclose(results, by_numpy, rtol=1e-9, atol=1e-9)
    alone, nothing = evaluate_large(f, points, False)
    assert np.allclose(alone, values, rtol=1e-13, atol=1e-13) and nothing is None


@pytest.mark.parametrize("variables", ["x", "xy", "xyz", "xyzwv", "abcdefghijk"])
def test_that_every_coordinate_and_partial_stands_in_its_place(variables):
    # Whole numbers: every result is exact, so that each can be compared.
    n = len(variables)
    f = Polynomial(variables, {tuple(int(i == v) * (v + 1) for i in range(n)): v + 2
                               for v in range(n)})  # fmt: skip
    points = np.arange(64 * n, dtype=float).reshape(64, n) % 7 - 3
    values, gradient = evaluate_large(f, points, True)
    expected = sum((v + 2) * points[:, v] ** (v + 1) for v in range(n))
    assert values.tolist() == expected.tolist()
    for v in range(n):
        assert gradient[:, v].tolist() == ((v + 2) * (v + 1) * points[:, v] ** v).tolist()


def test_that_points_need_not_lie_in_one_piece_of_memory():
    points = np.arange(400.0).reshape(2, 200).T % 5
    values, gradient = evaluate_large(EXAMPLE, points, True)
    a, b = points.T
    assert values.tolist() == (2 * a * b**2 + 3 * a**2 * b).tolist()
    assert gradient[:, 1].tolist() == (4 * a * b + 3 * a**2).tolist()


def test_that_machine_code_serves_other_batches_of_the_same_polynomial():
    for count in (64, CHUNK + 32, 2 * CHUNK + 5):
        points = np.full((count, 2), 2.0)
        points[-40] = 3.0, -1.0
        values, gradient, left = evaluate_compiled(EXAMPLE, points, True)
        assert len(left) < 16
        assert values[0] == 40.0 and gradient[0].tolist() == [32.0, 28.0]
        assert values[-40] == -21.0 and gradient[-40].tolist() == [-16.0, 15.0]


@pytest.mark.parametrize("lost", [0, 5, CHUNK - 1, CHUNK, CHUNK + 17])
def test_that_an_overflow_spoils_no_other_quantity_in_machine_code(lost):
    f = Polynomial("xy", {(400, 0): 1, (0, 2): 1, (0, 1): 3})
    points = np.tile([1.0, 5.0], (CHUNK + 64, 1))
    points[lost, 0] = 1e10
    values, gradient = evaluate_large(f, points, True)
    assert values[lost] == math.inf and gradient[lost].tolist() == [math.inf, 13.0]
    others = np.delete(np.arange(len(points)), lost)
    assert (values[others] == 41.0).all() and (gradient[others] == [400.0, 13.0]).all()


def test_that_a_sum_that_overflows_only_in_horners_rule_does_not():
    f = Polynomial("x", {(1,): 10**308, (2,): 10**308})
    points = np.full((64, 1), 0.9)
    assert evaluate_compiled(f, points, False)[2].tolist() == list(range(64))
    values, _ = evaluate_large(f, points, False)
    assert values == pytest.approx(1.71e308)


def test_that_coordinates_that_are_no_numbers_give_none():
    points = np.ones((64, 2))
    points[3, 0], points[4, 1] = math.inf, math.nan
    values, gradient = evaluate_large(EXAMPLE, points, True)
    assert values[3] == math.inf and math.isnan(values[4]) and values[5] == 5.0
    assert np.isfinite(gradient[[2, 5]]).all()


def test_that_machine_code_takes_no_points_and_no_terms():
    values, gradient = evaluate_large(Polynomial("xy"), np.ones((64, 2)), True)
    assert values.tolist() == [0.0] * 64 and gradient.tolist() == [[0.0, 0.0]] * 64
    values, gradient = evaluate_large(EXAMPLE, np.empty((0, 2)), True)
    assert values.shape == (0,) and gradient.shape == (0, 2)


def test_that_a_plan_takes_every_step_once_and_few_of_them():
    dense = {(i, j): float(1 + i + j) for i in range(9) for j in range(9 - i)}
    plan = HornerPlan.of(dense, 2, True)
    assert len(set(plan.steps)) == len(plan.steps)
    kinds = [type(step) for step in plan.steps]
    # Horner's rule takes one for a term, and as many for its partials as they have terms.
    assert kinds.count(MultiplyAdd) + kinds.count(Multiply) < 2 * len(dense)
    assert kinds.count(Variable) == 2
    assert HornerPlan.of({}, 2, True).results == (None, None, None)
    assert HornerPlan.of({(0,): 3.0}, 1, True).steps == [Constant(3.0)]


@pytest.mark.slow
def test_that_a_deep_plan_needs_no_deep_recursion():
    terms = {(k, k, k): 1.0 for k in range(1500)}
    assert len(HornerPlan.of(terms, 3, True).results) == 4


def test_that_compiling_pays_for_large_batches_of_not_too_many_terms():
    f = Polynomial("xy", {(i, j): 1 for i in range(9) for j in range(9 - i)})
    assert not compiling_pays(f, 10_000, True) and compiling_pays(f, 1_000_000, True)
    assert not compiling_pays(Polynomial((), {(): 1}), 10**9, True)
    huge = Polynomial("xy", {(i, j): 1 for i in range(45) for j in range(45)})
    assert len(huge) > MOST_COMPILED_TERMS and not compiling_pays(huge, 10**9, True)


def test_that_a_large_batch_is_compiled_and_a_small_one_is_not():
    program = (
        "import sys, numpy as np\nfrom engine import Polynomial, evaluate\n"
        "f = Polynomial('xy', {(i, j): 1 for i in range(20) for j in range(20)})\n"
        "evaluate(f, np.ones((100_000, 2)))\nassert 'llvmlite' not in sys.modules\n"
        "values, slopes = evaluate(f, np.ones((300_000, 2)))\nassert 'llvmlite' in sys.modules\n"
        "assert (values == 400).all() and (slopes == [400 * 9.5, 400 * 9.5]).all()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=100)
