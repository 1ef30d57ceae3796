"""Autograd: PyTorch's own numbers, counted nodes, true zeros, devices that are not there."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from engine.differentiation.autograd import AutogradForward, AutogradReverse
from engine.differentiation.method import DerivativeProblem, Estimate
from engine.errors import LimitError, MethodUnavailableError, NumberRangeError, PartialError
from engine.partial import Partial
from engine.point import Coordinate, Point
from engine.polynomial import Polynomial

EXAMPLE = Polynomial.from_tuples(((2, ("a", 1), ("b", 2)), (3, ("a", 2), ("b", 1))))
METHODS = (AutogradReverse, AutogradForward)
Method = type[AutogradReverse] | type[AutogradForward]

both = pytest.mark.parametrize("method", METHODS, ids=lambda method: method.key)


def estimate(
    method: AutogradReverse | AutogradForward,
    partial: str,
    f: Polynomial = EXAMPLE,
    point: dict[str, Coordinate] | None = None,
) -> Estimate:
    return method.estimate(
        DerivativeProblem(
            f.to_expression(), f, Partial(tuple(partial)), Point(point or {"a": 2, "b": 3})
        )
    )


@both
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_that_the_example_is_right_to_the_last_digit(method: Method, dtype: str) -> None:
    values = [estimate(method(dtype=dtype), partial).value for partial in ("", "a", "ab", "bb")]
    assert values == [72.0, 54.0, 24.0, 8.0]


@both
def test_that_a_missing_variable_and_a_second_derivative_of_a_line_give_zero(
    method: Method,
) -> None:
    line = Polynomial("xy", {(1, 0): 4})
    at: dict[str, Coordinate] = {"x": 3, "y": 5}
    for partial in ("y", "xx", "xy", "yy", "xxx"):
        assert estimate(method(), partial, line, at).value == 0.0
    assert estimate(method(), "x", Polynomial("x", {}), {"x": 1}).value == 0.0
    assert estimate(method(), "", Polynomial((), {(): 5}), {"x": 1}).value == 5.0


@both
def test_that_float32_is_really_computed_in_float32(method: Method) -> None:
    cube = Polynomial("x", {(3,): 1})
    single = estimate(method(dtype="float32"), "x", cube, {"x": "1/3"}).value
    double = estimate(method(dtype="float64"), "x", cube, {"x": "1/3"}).value
    assert float(np.float32(single)) == single != double
    assert double == pytest.approx(1 / 3, rel=1e-15)


def test_that_reverse_mode_counts_the_nodes_of_the_graphs_it_walks() -> None:
    # 3·a²·b + 2·a·b² by a: the leaf a, its square, four products, a sum; b² needs no gradient.
    assert estimate(AutogradReverse(), "").evaluations == 0
    assert estimate(AutogradReverse(), "a").evaluations == 7
    second = estimate(AutogradReverse(), "ab").evaluations
    assert second is not None and second > 2 * 7


def test_that_forward_mode_counts_the_operations_that_carry_a_tangent() -> None:
    counts = [estimate(AutogradForward(), partial).evaluations for partial in ("", "a", "ab")]
    assert counts == [0, 7, 14]


@both
@pytest.mark.parametrize("device", ["cuda", "mps"])
def test_that_an_absent_device_is_named_with_those_that_are_there(
    method: Method, device: str
) -> None:
    import torch

    present = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if present[device]:
        assert estimate(method(device=device, dtype="float32"), "a").device == device
    else:
        with pytest.raises(MethodUnavailableError, match=rf"no {device} device here; .* cpu"):
            estimate(method(device=device), "a")


@both
def test_that_unknown_values_of_parameters_are_refused(method: Method) -> None:
    with pytest.raises(MethodUnavailableError, match="choose one of: cpu, cuda, mps"):
        method(device="tpu")
    with pytest.raises(MethodUnavailableError, match="choose one of: float64, float32"):
        method(dtype="float16")


@both
def test_that_numbers_beyond_the_type_are_named(method: Method) -> None:
    x = Polynomial("x", {(1,): 1})
    with pytest.raises(NumberRangeError, match="a float, which ends"):
        estimate(method(), "x", x, {"x": 10**400})
    with pytest.raises(NumberRangeError, match="a float32, which ends"):
        estimate(method(dtype="float32"), "x", x, {"x": 10**39})


@both
def test_that_work_of_minutes_is_refused(method: Method) -> None:
    f = Polynomial("ab", {(i, j): 1 for i in range(60) for j in range(60)})
    with pytest.raises(LimitError, match="takes autograd too long"):
        estimate(method(), "aaaabbbb", f)
    with pytest.raises(PartialError, match="no variable c"):
        estimate(method(), "c")


@pytest.mark.parametrize(
    ("method", "partial", "terms"),
    [(AutogradForward, "aaa", 7000), (AutogradReverse, "aaaaaaaa", 100)],
)
def test_that_a_method_that_would_take_long_is_refused_at_once(method, partial, terms) -> None:
    f = Polynomial("ab", {(i % 90, i // 90): 1 for i in range(terms)})
    with pytest.raises(LimitError, match=f"Order {len(partial)} of"):
        estimate(method(), partial, f)


@pytest.mark.slow
@both
def test_that_pytorchs_own_warnings_do_not_reach_the_user(method: Method) -> None:
    program = (
        "import warnings; warnings.simplefilter('error')\n"
        "from engine import Polynomial, Point, compare\n"
        "f = Polynomial('x', {(3,): 1})\n"
        f"print(compare(f, Point({{'x': 2}}), [('x',)], ['{method.key}']).rows[0].value)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=100
    )
    assert (done.stdout, done.stderr) == ("12.0\n", "")
