"""The budgets hold for the whole text, each checked before the work that it bounds."""

import time
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

import pytest

from engine.errors import ReadError
from engine.expression import Number, Power, Product, Sum, Variable
from engine.language.expansion import ExpansionError, expand
from engine.language.reader import read
from engine.limits import LIMITS, Limits
from engine.writing.writer import to_text

TOO_LARGE = {
    "(((9^99)^99)^99)^99": "digits",
    "9^9^9": "too large",
    "x^9999999999": "too large",
    "1^99999999999999999999": "too large",
    "x^501": "degree",
    "x^300y^201": "degree",
    "(x^250)^3": "degree",
    "(x+1)^251(x-1)^250": "degree",
    "(a+b+c+d+f+g+h+j)^20": "terms",
    "(x+y+1)^30" * 150: "work",
    "(" * 1999: "nested deeper",
    "(" * 61 + "x" + ")" * 61: "nested deeper",
    "-" * 1999 + "x": "nested deeper",
    "1" * 4216: "digits",
    "1e4215": "digits",
    "0." + "1" * 4215: "digits",
    "1e-999999999999": "digits",
    "(1/7)^9999": "digits",
    "*".join(["2^9999"] * 4): "digits",
    "x+" * 30_000 + "x": "characters",
    "+".join(f"x_{count}" for count in range(27)): "variables",
    "+".join(f"(a+b+c+d+{count})^9" for count in range(1500)): "work",
}


@pytest.mark.parametrize(("text", "reason"), TOO_LARGE.items(), ids=lambda text: text[:20])
def test_that_what_is_too_large_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert reason in caught.value.message
    start, stop = caught.value.span
    assert 0 <= start < stop <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "(((9^99)^99)^99)^99",
        "9^9^9",
        "x^9999999999",
        "(x+y+1)^30" * 150,
        "+".join(["(x+y+1)^30"] * 150),
        "(" * 1999,
        "-" * 1999 + "x",
        "+".join(["2^3^4"] * 300),
        "+".join(["x12"] * 1000),
        "alphabeta" * 1000,
        "alph" * 2000,
        "betax" * 1000,
    ],
    ids=lambda text: text[:20],
)
def test_that_nothing_short_takes_long(text: str) -> None:
    read("x")  # the parser is built on first use
    times = []
    for _ in range(3):  # one of them alone may meet the garbage collector
        started = time.process_time()
        with suppress(ReadError):
            read(text)
        times.append(time.process_time() - started)
    assert min(times) < 0.2


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("x + (y+1)^501", "(y+1)^501"),
        ("x + 9^9999 + y", "9^9999"),
        ("x(x+1)^250(y+1)^251", "x(x+1)^250(y+1)^251"),
        ("½x + y^600", "y^600"),
    ],
)
def test_that_the_part_that_is_too_large_is_underlined(text: str, part: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(text)
    assert text[slice(*caught.value.span)] == part


def test_that_the_power_with_1771_terms_and_its_expanded_text_read() -> None:
    f = read("(1+x+y+z)^20").polynomial
    assert len(f) == 1771
    text = str(f)
    assert len(text) > 30_000
    reading = read(text)
    assert reading.polynomial == f
    assert reading.notes == ()


@pytest.mark.parametrize(
    "text", ["x^500", "(x+1)^500", "2^9999", "(x^100+1)^5", "(a+b+c+d)^20", "(x/3+1/7)^200"]
)
def test_that_large_work_within_the_budgets_is_done(text: str) -> None:
    assert read(text).polynomial


@pytest.mark.parametrize(
    ("limits", "fits", "too_large"),
    [
        (replace(LIMITS, characters=3), "x^2", "x^2+"),
        (replace(LIMITS, nesting=2), "((x))", "(((x)))"),
        (replace(LIMITS, digits=3), "123x", "1234x"),
        (replace(LIMITS, coefficient_bits=10), "1024x", "1025x"),
        (replace(LIMITS, degree=3), "x^2y", "x^2y^2"),
        (replace(LIMITS, variables=2), "ab", "a*b*c"),
        (replace(LIMITS, terms=2), "x+y", "x+y+1"),
        (replace(LIMITS, operations=50), "(x+1)^2", "(x+1)^2+(x+2)^2+(x+3)^9"),
    ],
)
def test_that_each_budget_refuses_the_first_text_beyond_it(
    limits: Limits, fits: str, too_large: str
) -> None:
    assert read(fits, limits).polynomial
    with pytest.raises(ReadError):
        read(too_large, limits)


@pytest.mark.parametrize(
    "text", ["8^511x", "2^13999", "-2^13950x/3^20", "+".join(f"x/{n}" for n in range(1000, 1900))]
)
def test_that_every_coefficient_that_can_be_computed_can_be_typed(text: str) -> None:
    f = read(text).polynomial
    assert len(str(f)) > 400
    assert read(str(f)).polynomial == f


LONG = ["x²+", "2^2^3+", "(x+y)(x-y)+", "x12+", "1/2x+"]


@pytest.mark.parametrize("part", LONG)
def test_that_the_longest_text_takes_no_more_than_a_moment(part: str) -> None:
    text = part * (LIMITS.characters // len(part) - 1) + "x"
    read("x")
    started = time.process_time()
    read(text)
    # About 1 s on a slow machine; what grows with the square of the length takes minutes.
    assert time.process_time() - started < 5


def test_that_a_tree_expands_without_a_text() -> None:
    x = Variable("x")
    assert (
        expand(Product((Number(Fraction(2)), Sum((x, Number(Fraction(1)))))))
        == read("2x+2").polynomial
    )
    with pytest.raises(ExpansionError, match="degree"):
        expand(Power(Sum((x, Number(Fraction(1)))), 501))


@pytest.mark.parametrize("level", ["1-2(x+", "(1-x*", "-1/3(1+2/3*", "x^2*(-"])
def test_that_the_deepest_text_leaves_room_on_the_stack(level: str) -> None:
    count = LIMITS.nesting - 2
    reading = read(level * count + "1" + ")" * count)
    assert read(to_text(reading.expression)).polynomial == reading.polynomial


def test_that_a_negated_number_beyond_a_budget_is_underlined() -> None:
    with pytest.raises(ReadError) as caught:
        read("x - 1025y", replace(LIMITS, coefficient_bits=10))
    assert caught.value.span == (4, 9)
