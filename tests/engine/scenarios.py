"""The scenarios that every method must pass: polynomial, point, partial."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from engine.differentiation.method import DerivativeProblem
from engine.partial import Partial
from engine.point import Coordinate, Point
from engine.polynomial import Exponents, Polynomial


@dataclass(frozen=True)
class Scenario:
    """A derivative to find; ``name`` is what a failing test is called."""

    name: str
    variables: str
    terms: dict[Exponents, int | Fraction]
    point: dict[str, Coordinate]
    partial: str

    @property
    def problem(self) -> DerivativeProblem:
        polynomial = Polynomial(self.variables, self.terms)
        return DerivativeProblem(
            polynomial.to_expression(), polynomial, Partial(tuple(self.partial)), Point(self.point)
        )


def _of_total_degree(variables: str, degree: int) -> dict[Exponents, int | Fraction]:
    """Every monomial up to a total degree, with coefficients of both signs, some rational."""
    exponents: list[Exponents] = [()]
    for _ in variables:
        exponents = [(*e, k) for e in exponents for k in range(degree + 1 - sum(e))]
    return {e: Fraction((-1) ** i * (i + 1), 1 + i % 3) for i, e in enumerate(exponents)}


F = Fraction
EXAMPLE: dict[Exponents, int | Fraction] = {(1, 2): 2, (2, 1): 3}
CUBIC: dict[Exponents, int | Fraction] = {(3,): 1, (2,): -2, (1,): F(1, 3), (0,): 7}
QUINTIC: dict[Exponents, int | Fraction] = {(5,): 2, (4,): -3, (2,): F(1, 7), (0,): 11}
SIX: dict[Exponents, int | Fraction] = {
    (1, 1, 1, 1, 1, 1): 1,
    (2, 0, 1, 0, 0, 3): -4,
    (0, 3, 0, 2, 0, 0): F(5, 2),
    (0, 0, 0, 0, 4, 0): 6,
    (0, 0, 0, 0, 0, 0): 9,
}
A2B3: dict[str, Coordinate] = {"a": 2, "b": 3}
SIX_POINT: dict[str, Coordinate] = {
    "u": 1,
    "v": -2,
    "w": "1/3",
    "x": "0.5",
    "y": 2,
    "z": "-1.25",
}

SCENARIOS = (
    # The default example: every partial up to order 4.
    Scenario("example f", "ab", EXAMPLE, A2B3, ""),
    Scenario("example a", "ab", EXAMPLE, A2B3, "a"),
    Scenario("example b", "ab", EXAMPLE, A2B3, "b"),
    Scenario("example aa", "ab", EXAMPLE, A2B3, "aa"),
    Scenario("example ab", "ab", EXAMPLE, A2B3, "ab"),
    Scenario("example ba", "ab", EXAMPLE, A2B3, "ba"),
    Scenario("example bb", "ab", EXAMPLE, A2B3, "bb"),
    Scenario("example aab", "ab", EXAMPLE, A2B3, "aab"),
    Scenario("example bab", "ab", EXAMPLE, A2B3, "bab"),
    Scenario("example aaa is 0", "ab", EXAMPLE, A2B3, "aaa"),
    Scenario("example aabb is 0", "ab", EXAMPLE, A2B3, "aabb"),
    Scenario("example at the origin", "ab", EXAMPLE, {"a": 0, "b": 0}, "a"),
    Scenario("example at 1/3, 0.1", "ab", EXAMPLE, {"a": "1/3", "b": "0.1"}, "a"),
    Scenario("example at 1/3, 0.1, ab", "ab", EXAMPLE, {"a": "1/3", "b": "0.1"}, "ab"),
    Scenario("example at negative", "ab", EXAMPLE, {"a": "-1.5", "b": "-7/3"}, "b"),
    # Constants, the zero polynomial, missing variables, a point that names more.
    Scenario("constant without variables", "", {(): 5}, {}, ""),
    Scenario("zero without variables", "", {}, {}, ""),
    Scenario("zero of x", "x", {}, {"x": 4}, "x"),
    Scenario("zero of x itself", "x", {}, {"x": 4}, ""),
    Scenario("zero of x, xx", "x", {}, {"x": 4}, "xx"),
    Scenario("constant of x", "x", {(0,): F(-7, 3)}, {"x": 4}, "x"),
    Scenario("constant of x itself", "x", {(0,): F(-7, 3)}, {"x": 4}, ""),
    Scenario("constant of x, xxx", "x", {(0,): F(-7, 3)}, {"x": 4}, "xxx"),
    Scenario("variable that no term has", "xy", {(2, 0): 3}, {"x": 4, "y": 9}, "y"),
    Scenario("variable that no term has, xy", "xy", {(2, 0): 3}, {"x": 4, "y": 9}, "xy"),
    Scenario("variable that no term has, yy", "xy", {(2, 0): 3}, {"x": 4, "y": 9}, "yy"),
    Scenario("point with more names", "x", CUBIC, {"x": 2, "q": 5}, "x"),
    # One variable.
    Scenario("x", "x", {(1,): 1}, {"x": "0.1"}, "x"),
    Scenario("x at 0", "x", {(1,): 1}, {"x": 0}, "x"),
    Scenario("linear xx", "x", {(1,): 4, (0,): 1}, {"x": 3}, "xx"),
    Scenario("square at its vertex", "x", {(2,): 1}, {"x": 0}, "x"),
    Scenario("square xx", "x", {(2,): F(1, 2)}, {"x": "2.5"}, "xx"),
    Scenario("cubic f", "x", CUBIC, {"x": "-0.7"}, ""),
    Scenario("cubic x", "x", CUBIC, {"x": "-0.7"}, "x"),
    Scenario("cubic xx", "x", CUBIC, {"x": "-0.7"}, "xx"),
    Scenario("cubic xxx", "x", CUBIC, {"x": "-0.7"}, "xxx"),
    Scenario("cubic xxxx", "x", CUBIC, {"x": "-0.7"}, "xxxx"),
    Scenario("quintic x", "x", QUINTIC, {"x": "4/3"}, "x"),
    Scenario("quintic xx", "x", QUINTIC, {"x": "4/3"}, "xx"),
    Scenario("quintic xxx", "x", QUINTIC, {"x": "4/3"}, "xxx"),
    Scenario("quintic xxxx", "x", QUINTIC, {"x": "4/3"}, "xxxx"),
    Scenario("derivative 0 by cancellation", "x", {(3,): 1, (1,): -12}, {"x": 2}, "x"),
    Scenario("derivative 0 at a rational", "x", {(2,): 9, (1,): -6}, {"x": "1/3"}, "x"),
    Scenario("degree 12", "x", {(12,): 1, (7,): -3, (1,): 1}, {"x": "1.1"}, "x"),
    Scenario("degree 12, xx", "x", {(12,): 1, (7,): -3, (1,): 1}, {"x": "1.1"}, "xx"),
    Scenario("degree 30", "x", {(30,): 1, (0,): -1}, {"x": "0.9"}, "x"),
    Scenario("terms that cancel", "x", {(1,): 10**12, (0,): -(10**12)}, {"x": "1.000001"}, "x"),
    # Large and tiny points and coefficients.
    Scenario("large point", "x", CUBIC, {"x": 10**6}, "x"),
    Scenario("large point, xx", "x", CUBIC, {"x": 10**6}, "xx"),
    Scenario("large rational point", "x", CUBIC, {"x": F(10**9, 7)}, "x"),
    Scenario("tiny point", "x", CUBIC, {"x": "1e-9"}, "x"),
    Scenario("tiny point, xx", "x", CUBIC, {"x": "-1e-9"}, "xx"),
    Scenario("large and tiny", "ab", EXAMPLE, {"a": "1e6", "b": "1e-6"}, "a"),
    Scenario("large and tiny, ab", "ab", EXAMPLE, {"a": "1e6", "b": "1e-6"}, "ab"),
    Scenario("tiny coefficient", "x", {(3,): F(1, 10**15)}, {"x": 2}, "x"),
    Scenario("large coefficient", "x", {(3,): 10**15}, {"x": "0.3"}, "x"),
    Scenario(
        "rational coefficients", "xy", {(1, 1): F(22, 7), (2, 0): F(1, 3)}, {"x": 1, "y": 2}, "x"
    ),
    # Two to six variables.
    Scenario("two of degree 4, x", "xy", _of_total_degree("xy", 4), {"x": "0.3", "y": -2}, "x"),
    Scenario("two of degree 4, xyy", "xy", _of_total_degree("xy", 4), {"x": "0.3", "y": -2}, "xyy"),
    Scenario("two of degree 4, xxyy", "xy", _of_total_degree("xy", 4), {"x": 1, "y": -2}, "xxyy"),
    Scenario("two of degree 4, yxxx", "xy", _of_total_degree("xy", 4), {"x": 1, "y": 2}, "yxxx"),
    Scenario(
        "plane",
        "xyz",
        {(1, 0, 0): 1, (0, 1, 0): -2, (0, 0, 1): 3},
        {**A2B3, "x": 1, "y": 2, "z": 3},
        "y",
    ),
    Scenario("three, z", "xyz", _of_total_degree("xyz", 3), {"x": 1, "y": "-0.5", "z": 2}, "z"),
    Scenario("three, xyz", "xyz", _of_total_degree("xyz", 3), {"x": 1, "y": "-0.5", "z": 2}, "xyz"),
    Scenario("three, zzx", "xyz", _of_total_degree("xyz", 3), {"x": 1, "y": "-0.5", "z": 2}, "zzx"),
    Scenario("four, d", "abcd", _of_total_degree("abcd", 2), {**A2B3, "c": "1/7", "d": -1}, "d"),
    Scenario("four, abcd", "abcd", {(2, 1, 1, 3): 1}, {**A2B3, "c": "1/7", "d": -1}, "abcd"),
    Scenario(
        "five, e", "abcde", _of_total_degree("abcde", 2), {**A2B3, "c": 1, "d": -1, "e": 4}, "e"
    ),
    Scenario(
        "five, ae", "abcde", _of_total_degree("abcde", 2), {**A2B3, "c": 1, "d": -1, "e": 4}, "ae"
    ),
    Scenario("six f", "uvwxyz", SIX, SIX_POINT, ""),
    Scenario("six u", "uvwxyz", SIX, SIX_POINT, "u"),
    Scenario("six z", "uvwxyz", SIX, SIX_POINT, "z"),
    Scenario("six uz", "uvwxyz", SIX, SIX_POINT, "uz"),
    Scenario("six vvxx", "uvwxyz", SIX, SIX_POINT, "vvxx"),
    Scenario("six uvwx", "uvwxyz", SIX, SIX_POINT, "uvwx"),
    Scenario("six yyyy", "uvwxyz", SIX, SIX_POINT, "yyyy"),
)
