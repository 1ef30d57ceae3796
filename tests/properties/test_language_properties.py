"""What holds for every text and for every polynomial, whatever they are."""

import re
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.errors import ReadError, is_visible
from engine.expression import Expression, Number, Power, Product, Sum, Variable, variables_of
from engine.language.expansion import expand
from engine.language.reader import Reading, read, read_name
from engine.polynomial import Polynomial
from engine.writing import writer
from engine.writing.alphabet import GREEK

letters = st.sampled_from("abcdefghijklmnopqrstuvwxyzABEINSXYZ" + "".join(sorted(GREEK)))
names = st.builds(
    lambda letter, subscript: letter if subscript is None else f"{letter}_{subscript}",
    letters,
    st.none() | st.integers(0, 120),
)
rationals = st.fractions(min_value=-2000, max_value=2000, max_denominator=99) | st.integers(
    -(10**30), 10**30
).map(Fraction)


@st.composite
def polynomials(draw: st.DrawFn) -> Polynomial:
    variables = tuple(draw(st.lists(names, max_size=5, unique=True)))
    exponents = st.tuples(*[st.integers(0, 7)] * len(variables))
    return Polynomial(variables, draw(st.dictionaries(exponents, rationals, max_size=7)))


leaves = names.map(Variable) | st.fractions(-9, 9, max_denominator=6).map(Number)


def _branches(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return several.map(Sum) | several.map(Product) | st.builds(Power, inner, st.integers(1, 3))


expressions = st.recursive(leaves, _branches, max_leaves=7)

MATHY = (
    *"abxyzeiαπσµ0123456789+-*/^()[]{}_=,.|!' \t\n²³₁½⁄−–·×√∗хеΑｘ２\u200b\u00a0%$\\fE;",
    *("\\frac", "\\frac{1}{2}", "\\cdot", "\\left(", "\\right)", "\\alpha", "\\pi", "\\sqrt", "x^"),
    *(
        "alpha",
        "sin",
        "1e3",
        "1,5",
        "x12",
        "**",
        "//",
        "f(x)=",
        "x^2",
        "1/2x",
        "pi",
        "··",
        " 2",
        ":=",
        "\\frac1{2}",
        "^{2}",
        "_{1}",
    ),
)
texts = st.lists(st.sampled_from(MATHY), max_size=14).map("".join) | st.text(max_size=30)


def read_or_refusal(text: str) -> Reading | ReadError:
    try:
        return read(text)
    except ReadError as error:
        return error


@given(polynomials())
def test_that_every_polynomial_reads_back_from_its_text(f: Polynomial) -> None:
    reading = read(str(f))
    assert reading.polynomial == f
    assert {note.kind for note in reading.notes} <= {"plain_letter"}


@given(polynomials())
def test_that_every_polynomial_reads_back_from_unicode_and_latex(f: Polynomial) -> None:
    for text in (f.to_unicode(), f.to_latex()):
        reading = read(text)
        assert reading.polynomial == f
        assert {note.kind for note in reading.notes} <= {"plain_letter"}


@given(expressions)
def test_that_every_tree_reads_back_as_the_same_polynomial(expression: Expression) -> None:
    variables = variables_of(expression)
    f = expand(expression, variables)
    for write in (writer.to_text, writer.to_unicode, writer.to_latex):
        reading = read(write(expression))
        assert reading.polynomial == f
        assert {note.kind for note in reading.notes} <= {"plain_letter"}


@given(names)
def test_that_every_name_reads_back_in_every_writing(name: str) -> None:
    assert read_name(name) == name
    assert read_name(writer.name_unicode(name)) == name
    assert read_name(writer.name_latex(name)) == name


@settings(deadline=2_000)  # the largest examples take 0.1 s of a machine that is not busy
@given(texts)
@example("__import__('os').getcwd()")
@example("x^9999999999")
@example("(" * 1999)
@example("-" * 1999 + "x")
@example("(((9^99)^99)^99)^99")
@example("9^9^9")
@example("+".join(["(x+y+1)^30"] * 150))
@example("(x+y+1)^30" * 150)
@example("2^3^2+" * 100 + "1")
@example("x12+" * 200 + "1")
@example("1/" * 900 + "2x")
@example("\u2003x")
@example("\\frac{\n1}{3}2")
@example("2^{\n3}^\u20282")
def test_that_every_text_reads_or_is_refused_at_a_place_in_it(text: str) -> None:
    outcome = read_or_refusal(text)
    if isinstance(outcome, ReadError):
        start, stop = outcome.span
        assert 0 <= start <= stop <= len(text)
        assert outcome.message and outcome.hint
        assert all(map(is_visible, outcome.message + outcome.hint))
        assert outcome.text == text
    else:
        for note in outcome.notes:
            start, stop = note.span
            assert 0 <= start < stop <= len(text)
            assert note.kind and note.message
            assert all(map(is_visible, note.message))


PARTS = (
    *("1/2", "x", "(y+1)", "^2", "/3", " 2", "²", "³", "*", "-", "+", "e", "^1", " ", "/(1+1)"),
    *("\\left(x\\right)", "\\frac12", "\\frac{x}{2}", "0,5", "x_{12}", "\\alpha", "2", "(", ")"),
)
STRUCTURAL = ("division", "exponent_quotient", "power_tower", "function", "spaced_number")
STATED = re.compile(
    r"is read (?:from right to left, )?as (?:the product )?([^…]+?)(?:; | ?, not as|\.$)"
)


@given(st.lists(st.sampled_from(PARTS), min_size=2, max_size=9).map("".join))
@example("1/2/3x")
@example("x^2/1/2e")
@example("2/1/2(y)")
@example("2/3^1/2")
@example("x² ³^2")
@example("1/2x_{12}0,5")
@example("3x 2^2 y")
def test_that_the_reading_that_a_note_states_is_the_one_that_was_read(text: str) -> None:
    outcome = read_or_refusal(text)
    if isinstance(outcome, ReadError):
        return
    for note in outcome.notes:
        stated = STATED.search(note.message)
        if note.kind in STRUCTURAL and stated is not None:
            start, stop = note.span
            read_as = read(f"{text[:start]}{stated[1]}{text[stop:]}")
            assert read_as.polynomial == outcome.polynomial


@given(texts)
def test_that_every_text_that_is_offered_reads(text: str) -> None:
    outcome = read_or_refusal(text)
    if isinstance(outcome, ReadError):
        if outcome.repaired is not None:
            read(outcome.repaired)
        return
    for note in outcome.notes:
        if note.alternative is not None:
            other = read(note.alternative)
            assert other.polynomial != outcome.polynomial
            meant = text[slice(*note.span)]
            assert (note.kind, meant) not in [
                (left.kind, note.alternative[slice(*left.span)]) for left in other.notes
            ]


@given(texts)
def test_that_the_trees_of_texts_are_written_so_that_they_read_back(text: str) -> None:
    outcome = read_or_refusal(text)
    if isinstance(outcome, Reading):
        assert expand(outcome.expression) == outcome.polynomial
        assert read(writer.to_text(outcome.expression)).polynomial == outcome.polynomial
        assert read(writer.to_latex(outcome.expression)).polynomial == outcome.polynomial


STRETCHED = (
    "½x",
    "x²",
    "x₁₂³",
    "\\alpha ",
    "\\frac{1}{2}",
    "x\u200b",
    "х",
    "\\left(y\\right)",
    "b\n",
)


@given(
    st.lists(st.sampled_from(STRETCHED), min_size=1, max_size=6).map(" – ".join),
    st.sampled_from(["@", "!", "√", "//", "٣", "\\foo", "π", "sin", "0,1,2"]),
    st.sampled_from(["", "x", " – ½"]),
)
def test_that_a_refusal_points_at_its_place_behind_characters_of_other_widths(
    before: str, refused: str, behind: str
) -> None:
    with pytest.raises(ReadError) as caught:
        read(f"{before}+{refused} {behind}")
    start, stop = caught.value.span
    assert (start, stop) == (len(before) + 1, len(before) + 1 + len(refused))
