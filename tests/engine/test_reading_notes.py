"""What was read how, where a person might have meant something else."""

from fractions import Fraction

import pytest

from engine.language.reader import read
from engine.polynomial import Polynomial

NOTED = [
    # typed, read as, kind, what is meant, alternative
    ("2^3^2", "512", "power_tower", "2^3^2", "(2^3)^2"),
    ("x^2^3", "x^8", "power_tower", "x^2^3", "(x^2)^3"),
    ("1+x^2^3^1", "1+x^8", "power_tower", "x^2^3^1", "1+((x^2)^3)^1"),
    ("1/2x", "(1/2)*x", "division", "1/2x", None),
    ("1/2 x", "(1/2)*x", "division", "1/2 x", None),
    ("x/2y", "(1/2)*x*y", "division", "x/2y", None),
    ("x/2(x+1)", "(1/2)*x*(x+1)", "division", "x/2(x+1)", None),
    ("6/2(1+2)", "9", "division", "6/2(1+2)", "6/(2(1+2))"),
    ("x^1/2", "(1/2)*x", "exponent_quotient", "x^1/2", None),
    ("x^4/2", "(1/2)*x^4", "exponent_quotient", "x^4/2", "x^(4/2)"),
    ("x12", "x_12", "subscript", "x12", "x*12"),
    ("2x12 + x12", "3*x_12", "subscript", "x12", "2x*12 + x*12"),
    ("alpha", "α", "greek_name", "alpha", "a*l*p*h*a"),
    ("2xi", "2*ξ", "greek_name", "xi", "2x*i"),
    ("x(x+1)", "x^2 + x", "function", "x(x+1)", None),
    ("x_1(x+1)", "x_1*x + x_1", "function", "x_1(x+1)", None),
    ("0,5x", "0.5*x", "decimal_comma", "0,5", None),
    ("1,000x", "x", "decimal_comma", "1,000", "1000x"),
    ("1e3x", "1000*x", "power_of_ten", "1e3", "1*e*3x"),
    ("2E-1x", "0.2*x", "power_of_ten", "2E-1", "2*E-1x"),
    ("0{,}5x", "0.5*x", "decimal_comma", "0{,}5", None),
    ("x 2", "2*x", "spaced_number", "x 2", "x^2"),
    ("3x 2 + y_1 3 - 1", "6*x + 3*y_1 - 1", "spaced_number", "x 2", "3x^2 + y_1^3 - 1"),
    ("x\u200b2", "2*x", "spaced_number", "x\u200b2", "x^2"),
    ("1/2/3x", "(1/6)*x", "division", "1/2/3x", None),
    ("8/4/2(1+2)", "3", "division", "8/4/2(1+2)", "8/4/(2(1+2))"),
    ("x²^3", "x^8", "power_tower", "x²^3", "(x²)^3"),
    (r"x\left(x+1\right)", "x^2 + x", "function", r"x\left(x+1\right)", None),
    ("Alpha", "A", "greek_name", "Alpha", "A*l*p*h*a"),
    (r"\Alpha", "A", "look_alike", r"\Alpha", None),
    ("2e", "2*e", "plain_letter", "e", None),
    ("2i x", "2*i*x", "plain_letter", "i", None),
    ("abcd", "a*b*c*d", "letters", "abcd", None),
    ("abc^2", "a*b*c^2", "letters", "abc", None),
    ("х^2", "x^2", "look_alike", "х", None),
    ("ｘ²", "x^2", "look_alike", "ｘ", None),
    ("２x", "2*x", "look_alike", "２", None),
    ("x – 1", "x - 1", "look_alike", "–", None),
    ("x — 1", "x - 1", "look_alike", "—", None),
    ("a∗b", "a*b", "look_alike", "∗", None),
    ("a•b", "a*b", "look_alike", "•", None),
    ("Αx", "A*x", "look_alike", "Α", None),
    ("𝑥^2", "x^2", "look_alike", "𝑥", None),
]


@pytest.mark.parametrize(("text", "plain", "kind", "meant", "alternative"), NOTED)
def test_that_what_can_be_meant_otherwise_is_noted_once(
    text: str, plain: str, kind: str, meant: str, alternative: str | None
) -> None:
    reading = read(text)
    assert reading.polynomial == read(plain).polynomial
    (note,) = reading.notes
    assert note.kind == kind
    assert text[slice(*note.span)] == meant
    assert note.alternative == alternative
    assert note.message.endswith(".")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("2^3^2", "2^(3^2)"),
        ("1/2x", "1/(2x) would be no polynomial"),
        ("x^1/2", "x^(1/2) would be no polynomial"),
        ("x(x+1)", "product x·(x+1), not as a function"),
        ("2e", "not Euler's number"),
        ("2i", "√−1"),
        ("abcd", "a·b·c·d"),
        ("0,5x", "as 0.5"),
        ("1e3x", "1·10^3"),
        ("х", "cyrillic"),
        ("1/2/3x", "1/2/3x is read as (1/2/3)·x; 1/2/(3x) would be no polynomial."),
        ("6/2/1(3)", "6/2/1(3) is read as (6/2/1)·(3)."),
        ("x²^3", "x²^3 is read from right to left, as x^(2^3)."),
        ("x² ³", "x² ³ is read from right to left, as x^(2³)."),
        (r"x\left(x + 1\right)", "x(x+1) is read as the product x·(x+1), not as a function."),
        ("x  2", "x 2 is read as the product x·2, not as a power."),
    ],
)
def test_that_a_note_says_how_the_text_was_read(text: str, part: str) -> None:
    (note,) = read(text).notes
    assert part in note.message


@pytest.mark.parametrize(
    "text", [text for text, _, _, _, alternative in NOTED if alternative is not None]
)
def test_that_the_alternative_reads_to_another_polynomial_without_the_same_note(text: str) -> None:
    reading = read(text)
    (note,) = reading.notes
    assert note.alternative is not None
    other = read(note.alternative)
    assert other.polynomial != reading.polynomial
    assert note.kind not in [left.kind for left in other.notes]


def test_that_notes_stand_in_the_order_of_their_places() -> None:
    reading = read("x12 + 1/2e + 2^3^2")
    assert [note.kind for note in reading.notes] == [
        "subscript",
        "division",
        "plain_letter",
        "power_tower",
    ]
    assert reading.notes[0].alternative == "x*12 + 1/2e + 2^3^2"
    assert reading.notes[3].alternative == "x12 + 1/2e + (2^3)^2"


def test_that_one_subject_is_noted_once_however_often_it_occurs() -> None:
    assert [note.kind for note in read("e + e^2 + 3e + abc + 2abc").notes] == [
        "plain_letter",
        "letters",
    ]


def test_that_an_alternative_that_is_the_same_polynomial_is_not_offered() -> None:
    (note,) = read("0*x12").notes
    assert note.alternative is None


def test_that_an_alternative_beyond_the_budgets_is_not_offered() -> None:
    (note,) = read("alpha^499").notes
    assert note.alternative is None
    assert read("alpha^499").polynomial == Polynomial(("α",), {(499,): Fraction(1)})


def test_that_a_text_full_of_notes_is_read_with_all_of_them() -> None:
    text = "+".join(f"x^{count}/7" for count in range(1, 200) if count % 7)
    assert len(read(text).notes) == text.count("/")
