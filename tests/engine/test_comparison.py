"""compare(): rows in order, errors exact, None for what is not defined, reasons for what is not."""

from __future__ import annotations

import doctest
import math
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from types import ModuleType

import pytest

import engine
from engine.comparison import MOST_DIGITS, ComparisonRow, compare, compare_one, measure
from engine.differentiation import registry
from engine.differentiation.method import DerivativeProblem, MethodChoice, ParameterValue
from engine.errors import MethodUnavailableError, PartialError, PointError
from engine.expression import Number, Power, Sum, Variable
from engine.language.reader import Reading
from engine.partial import Partial
from engine.point import Coordinate, Point
from engine.polynomial import Polynomial

EXAMPLE = Polynomial.from_tuples(((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1))))
POINT = Point({"a": 2, "b": 3})
X = Polynomial("x", {(1,): 1})


def row_of(
    key: str,
    partial: str,
    f: Polynomial = EXAMPLE,
    point: dict[str, Coordinate] | None = None,
    **parameters: ParameterValue,
) -> ComparisonRow:
    at = POINT if point is None else Point(point)
    problem = DerivativeProblem(f.to_expression(), f, Partial(tuple(partial)), at)
    return compare_one(problem, MethodChoice(key, tuple(parameters.items())))


def test_that_the_default_example_is_right_to_the_last_digit() -> None:
    rows = compare(EXAMPLE, POINT, [(), ("a",), ("a", "b")]).rows
    values = {(row.method, row.partial): row.value for row in rows}
    for key in ("rules", "sympy", "autograd_reverse", "autograd_forward"):
        assert [values[key, names] for names in ((), ("a",), ("a", "b"))] == [72, 54, 24]
    assert values["forward", ()] == 72.0
    assert values["forward", ("a",)] == 54.00090000009072
    assert values["forward", ("a", "b")] == 24.000500786769408
    assert len(rows) == 3 * len(engine.methods())


def test_that_rows_come_by_partial_and_then_by_method_as_asked() -> None:
    found = compare(EXAMPLE, POINT, [("b",), ("a",)], ["rules", MethodChoice("forward")])
    assert [(row.partial, row.method) for row in found.rows] == [
        *[(("b",), "rules"), (("b",), "forward")],
        *[(("a",), "rules"), (("a",), "forward")],
    ]
    assert (found.polynomial, found.point) == (EXAMPLE, POINT)


def test_that_all_methods_are_compared_unless_some_are_chosen() -> None:
    rows = compare(EXAMPLE, POINT, [("a",)]).rows
    assert [row.method for row in rows] == [entry.key for entry in engine.methods()]
    assert compare(EXAMPLE, POINT, [("a",)], []).rows == ()


def test_that_a_row_says_what_was_measured() -> None:
    row = row_of("forward", "a")
    assert (row.exact, row.value) == (54, 54.00090000009072)
    error = Fraction(54.00090000009072) - 54
    assert row.absolute_error == float(error)
    assert row.relative_error == float(error / 54)
    assert row.correct_digits == -math.log10(float(error / 54))
    assert row.error_estimate is None
    assert (row.evaluations, row.cost, row.step) == (2, "evaluations", 1e-4)
    assert (row.dtype, row.device, row.unavailable) == ("float64", "cpu", None)
    assert row.parameters == {"step": 1e-4, "dtype": "float64"}
    assert row.seconds is not None and 0 < row.seconds < 1


def test_that_chosen_parameters_are_used_and_shown_beside_the_defaults() -> None:
    row = row_of("richardson", "a", scheme="forward", dtype="rational")
    assert row.parameters == {"step": "auto", "scheme": "forward", "dtype": "rational"}
    assert (row.value, row.error_estimate, row.absolute_error) == (54, 0.0, 0.0)
    assert isinstance(row.value, Fraction)


def test_that_a_quantity_that_is_not_defined_is_none_and_never_zero() -> None:
    at_zero = row_of("forward", "x", Polynomial("x", {(2,): 1}), {"x": 0}, step=0.125)
    assert (at_zero.exact, at_zero.absolute_error) == (0, 0.125)
    assert (at_zero.relative_error, at_zero.correct_digits) == (None, None)
    symbolic = row_of("rules", "aaa")
    assert (symbolic.value, symbolic.absolute_error, symbolic.relative_error) == (0, 0.0, None)
    assert symbolic.correct_digits == MOST_DIGITS
    assert (symbolic.step, symbolic.error_estimate) == (None, None)
    by_sympy = row_of("sympy", "a")
    assert (by_sympy.evaluations, by_sympy.cost) == (None, None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (lambda: row_of("complex_step", "ab"), "first derivatives"),
        (lambda: row_of("forward", "a", step=1e-30), "vanishes next to a"),
        (lambda: row_of("forward", "a", step="1e-400"), "step 1e-400 is 0 as a float64"),
        (lambda: row_of("central", "a", step="1e-400"), "step 1e-400 is 0 as a float64"),
        (lambda: row_of("complex_step", "a", step="1e-400"), "step 1e-400 is 0 as a float64"),
        (
            lambda: row_of("backward", "a", step=1e-60, dtype="float32"),
            "step 1e-60 is 0 as a float32",
        ),
        (lambda: row_of("central", "a", step=-1), "no positive number"),
        (lambda: row_of("central", "a", step="1e-9999"), "is too close to zero"),
        (lambda: row_of("central", "a", width=3), "no parameter 'width'"),
        (lambda: row_of("rules", "a", step=3), "it has: none"),
        (lambda: row_of("richardson", "a", scheme="diagonal"), "choose one of: central, forward"),
        (lambda: row_of("forward", "x", X, {"x": 10**400}), "too large for a float"),
        (lambda: row_of("autograd_reverse", "a", device="cuda9"), "choose one of: cpu, cuda, mps"),
        (lambda: row_of("telepathy", "a"), "There is no method 'telepathy'"),
        (lambda: row_of("forward", "aaaabbbb", large()), "take too long"),
    ],
)
def test_that_a_method_that_cannot_serve_has_a_row_that_says_why(
    row: Callable[[], ComparisonRow], reason: str
) -> None:
    found = row()
    assert found.unavailable is not None and reason in found.unavailable
    assert (found.value, found.absolute_error, found.seconds, found.dtype) == (None,) * 4


def large() -> Polynomial:
    return Polynomial("ab", {(i, j): 1 for i in range(170) for j in range(170)})


def test_that_a_package_that_is_not_installed_is_named() -> None:
    program = (
        "import sys; sys.modules['torch'] = None; sys.modules['sympy'] = None\n"
        "from engine.differentiation.autograd import AutogradForward\n"
        "from engine.differentiation.cas import SymPyDiff\n"
        "from engine.differentiation.method import DerivativeProblem\n"
        "from engine import EngineError, Partial, Point, Polynomial\n"
        "f = Polynomial('x', {(2,): 1})\n"
        "problem = DerivativeProblem(f.to_expression(), f, Partial(('x',)), Point({'x': 1}))\n"
        "for method in (AutogradForward(), SymPyDiff()):\n"
        "    try:\n"
        "        method.estimate(problem)\n"
        "    except EngineError as error:\n"
        "        print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines() == [
        "PyTorch is not installed; pip install torch.",
        "SymPy is not installed; pip install sympy.",
    ]


def test_that_overflow_on_the_way_is_shown_as_it_is() -> None:
    row = row_of("forward", "x", Polynomial("x", {(3,): 1}), {"x": "1e200"}, step=1e190)
    assert row.value is not None and not math.isfinite(row.value)
    assert row.unavailable is None
    assert measure(math.inf, Fraction(3)) == {
        "absolute_error": math.inf,
        "relative_error": math.inf,
        "correct_digits": 0.0,
    }
    undefined = {"absolute_error": None, "relative_error": None, "correct_digits": None}
    assert measure(math.nan, Fraction(3)) == undefined
    assert measure(-math.inf, Fraction(0)) == undefined | {"absolute_error": math.inf}


@pytest.mark.parametrize("key", [entry.key for entry in registry.methods()])
def test_that_a_mixed_partial_is_taken_in_both_orders(key: str) -> None:
    f = engine.read("0.1ab^2 + 3.3a^2b + a^3bc").polynomial
    point: dict[str, Coordinate] = {"a": "0.2", "b": "1/3", "c": 7}
    row = row_of(key, "aab", f, point)
    other = row_of(key, "baa", f, point)
    if not registry.find(key).reaches(3):
        assert row.reversed_value is None
        assert row.reversal_difference is None
        return
    assert row.reversed_value == other.value
    assert other.reversed_value == row.value
    assert row.value is not None
    assert other.value is not None
    difference = abs(Fraction(row.value) - Fraction(other.value))
    assert row.reversal_difference == other.reversal_difference == float(difference)
    assert not registry.find(key).traits.rational or difference == 0


def test_that_an_order_can_make_a_difference_to_what_is_rounded() -> None:
    f = engine.read("0.1ab^2 + 3.3a^2b").polynomial
    row = row_of("autograd_reverse", "ab", f, {"a": "0.2", "b": "1/3"})
    assert row.reversal_difference == 2.0**-52
    assert row_of("rules", "ab", f, {"a": "0.2", "b": "1/3"}).reversal_difference == 0


@pytest.mark.parametrize("partial", ["", "a", "aa", "aba"])
def test_that_a_derivative_with_one_order_has_no_other(partial: str) -> None:
    row = row_of("rules", partial)
    assert row.value is not None
    assert row.reversed_value is None
    assert row.reversal_difference is None


def test_that_orders_that_overflow_have_no_difference() -> None:
    f = Polynomial("ab", {(9, 9): 1})
    row = row_of("forward", "ab", f, {"a": 10**150, "b": 10**150}, step="1e140")
    assert row.reversed_value is not None
    assert row.reversal_difference is None


def test_that_errors_are_computed_exactly_and_rounded_once() -> None:
    third = measure(1 / 3, Fraction(1, 3))
    assert third["absolute_error"] == float(Fraction(1, 3) - Fraction(1 / 3)) != 0
    assert measure(0.0, Fraction(1, 10**400)) == {
        "absolute_error": 0.0,
        "relative_error": 1.0,
        "correct_digits": 0.0,
    }
    assert measure(1.0, Fraction(10**400))["absolute_error"] == math.inf
    assert measure(Fraction(2, 7), Fraction(2, 7))["correct_digits"] == MOST_DIGITS
    nearly = measure(Fraction(10**400 + 1, 10**400), Fraction(1))
    assert (nearly["relative_error"], nearly["correct_digits"]) == (0.0, MOST_DIGITS)
    assert measure(500.0, Fraction(1))["correct_digits"] == 0.0
    assert measure(1.001, Fraction(1))["correct_digits"] == pytest.approx(3.0, abs=1e-10)


def test_that_a_reading_hands_its_tree_as_typed_to_the_rules() -> None:
    tree = Power(Sum((Variable("x"), Number(Fraction(1)))), 50)
    reading = Reading("(x+1)^50", tree, Polynomial("x", {(1,): 1, (0,): 1}) ** 50, ())
    typed = compare(reading, Point({"x": 1}), [("x",)], ["rules"]).rows[0]
    expanded = compare(reading.polynomial, Point({"x": 1}), [("x",)], ["rules"]).rows[0]
    assert typed.value == expanded.value == 50 * 2**49
    assert typed.evaluations == 4
    assert expanded.evaluations is not None and expanded.evaluations > 50


def test_that_partials_and_one_method_alone_are_taken_as_they_are() -> None:
    rules = MethodChoice("rules")
    for partials in ([Partial(("a", "b"))], [("a", "b")], [["a", "b"]]):
        for methods in ("rules", rules, ["rules"], [rules]):
            rows = compare(EXAMPLE, POINT, partials, methods).rows
            assert [(row.method, row.partial, row.value) for row in rows] == [
                ("rules", ("a", "b"), 24)
            ]
    for partials in (["ab"], "ab", ("a", "b")):
        with pytest.raises(PartialError, match=r"'ab?' is no tuple of variable names"):
            compare(EXAMPLE, POINT, partials, "rules")


@pytest.mark.parametrize("module", [engine.comparison, engine.differentiation.method])
def test_that_the_examples_of_the_docstrings_are_true(module: ModuleType) -> None:
    failed, tried = doctest.testmod(module)
    assert failed == 0 and tried > 0
    assert engine.MethodChoice is MethodChoice


def test_that_what_the_caller_got_wrong_is_an_error() -> None:
    with pytest.raises(PointError, match="no value for b"):
        compare(EXAMPLE, Point({"a": 1}), [("a",)])
    with pytest.raises(PartialError, match="no variable c"):
        compare(EXAMPLE, POINT, [("c",)])
    with pytest.raises(MethodUnavailableError, match="choose among: forward, backward"):
        compare(EXAMPLE, POINT, [("a",)], ["psychic"])


def test_that_the_registry_describes_every_method() -> None:
    labels = [entry.label for entry in registry.methods()]
    for entry in registry.methods():
        method = registry.make(MethodChoice(entry.key))
        assert (method.key, method.traits) == (entry.key, entry.traits)
        assert entry.missing_package() is None
        assert entry.label and entry.summary.endswith(".")
        for parameter in entry.traits.parameters:
            assert getattr(method, parameter.name) == parameter.default
            for choice in parameter.choices:
                chosen = registry.make(MethodChoice(entry.key, ((parameter.name, choice),)))
                assert getattr(chosen, parameter.name) == choice
        assert registry.find(entry.key) is entry
    assert len(set(labels)) == len(labels)
