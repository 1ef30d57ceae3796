"""How expressions and names are written, and that what is written reads back."""

import warnings
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import sympy

from engine.expression import Expression, Number, Power, Product, Sum, Variable
from engine.language.expansion import expand
from engine.language.reader import read
from engine.polynomial import Polynomial
from engine.writing import writer

THIN = "\u2009"

# typed, text, Unicode, LaTeX
WRITTEN = [
    ("2ab^2 + 3a^2b", "2ab^2 + 3a^2b", "2ab² + 3a²b", "2 a b^{2} + 3 a^{2} b"),
    ("-x^2", "-x^2", "−x²", "-x^{2}"),
    ("x-y", "x - y", "x − y", "x - y"),
    ("-x-2y-3", "-x - 2y - 3", "−x − 2y − 3", "-x - 2 y - 3"),
    ("1/2x", "(1/2)x", "½x", r"\frac{1}{2} x"),
    ("2/9x", "(2/9)x", "(2/9)x", r"\frac{2}{9} x"),
    ("x/2", "x/2", "x/2", r"\frac{x}{2}"),
    ("2x/3", "2x/3", "2x/3", r"\frac{2 x}{3}"),
    ("x^2/3", "x^2*(1/3)", "x²/3", r"\frac{x^{2}}{3}"),
    ("x/2*y", "x*(1/2)y", "x·½y", r"x \cdot \frac{1}{2} y"),
    ("(x+1)/3", "(x + 1)/3", "(x + 1)/3", r"\frac{x + 1}{3}"),
    ("-(x+1)/3", "-(x + 1)/3", "−(x + 1)/3", r"-\frac{x + 1}{3}"),
    ("x - 1/3", "x - 1/3", "x − ⅓", r"x - \frac{1}{3}"),
    ("x(x+1)", "x*(x + 1)", "x·(x + 1)", r"x \cdot \left(x + 1\right)"),
    ("2(x+1)", "2(x + 1)", "2(x + 1)", r"2 \left(x + 1\right)"),
    ("x^2(x+1)y", "x^2(x + 1)y", "x²(x + 1)y", r"x^{2} \left(x + 1\right) y"),
    ("(x+1)(x-1)", "(x + 1)(x - 1)", "(x + 1)(x − 1)", r"\left(x + 1\right) \left(x - 1\right)"),
    ("(x+1)2", "(x + 1)*2", "(x + 1)·2", r"\left(x + 1\right) \cdot 2"),
    ("(x+1)^3", "(x + 1)^3", "(x + 1)³", r"\left(x + 1\right)^{3}"),
    ("(x^2)^3", "(x^2)^3", "(x²)³", r"\left(x^{2}\right)^{3}"),
    ("(-2)^2", "(-2)^2", "(−2)²", r"\left(-2\right)^{2}"),
    ("-2^2", "-2^2", "−2²", "-2^{2}"),
    ("(1/2)^2", "(1/2)^2", "(½)²", r"\left(\frac{1}{2}\right)^{2}"),
    ("2*3", "2*3", "2·3", r"2 \cdot 3"),
    ("2*-3", "2*(-3)", "2·(−3)", r"2 \cdot \left(-3\right)"),
    ("2(3x)", "2(3x)", "2(3x)", r"2 \left(3 x\right)"),
    ("a-(b-c)", "a - (b - c)", "a − (b − c)", r"a - \left(b - c\right)"),
    ("(a+b)+c", "(a + b) + c", "(a + b) + c", r"\left(a + b\right) + c"),
    ("x*y*z", "xyz", "xyz", "x y z"),
    ("a*b*c", "a*b*c", "a·b·c", "a b c"),
    ("a*b*c^2*d", "a*b*c^2d", "a·b·c²d", "a b c^{2} d"),
    ("p*i", "p*i", "p·i", "p i"),
    ("n*u", "n*u", "n·u", r"n u"),
    ("l*n", "l*n", "l·n", "l n"),
    ("x_1x_12^2", "x_1x_12^2", "x₁x₁₂²", "x_{1} x_{12}^{2}"),
    (r"\alpha\beta_1", "αβ_1", "αβ₁", r"\alpha \beta_{1}"),
    ("ab_1", "ab_1", "ab₁", "a b_{1}"),
    ("0", "0", "0", "0"),
    ("x^0", "x^0", "x⁰", "x^{0}"),
]


@pytest.mark.parametrize(("typed", "text", "in_unicode", "in_latex"), WRITTEN)
def test_that_a_typed_expression_keeps_its_structure(
    typed: str, text: str, in_unicode: str, in_latex: str
) -> None:
    expression = read(typed).expression
    assert writer.to_text(expression) == text
    assert writer.to_unicode(expression) == in_unicode
    assert writer.to_latex(expression) == in_latex


@pytest.mark.parametrize("typed", [row[0] for row in WRITTEN])
def test_that_every_writing_reads_back_without_notes(typed: str) -> None:
    reading = read(typed)
    for write in (writer.to_text, writer.to_unicode, writer.to_latex):
        again = read(write(reading.expression))
        assert again.polynomial == reading.polynomial
        assert [note for note in again.notes if note.kind != "plain_letter"] == []


@pytest.fixture(scope="module")
def typesetter() -> Any:
    with warnings.catch_warnings():
        # ziamath still finds its fonts through a deprecated function of the standard library.
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath
    return ziamath


@pytest.mark.parametrize("typed", [row[0] for row in WRITTEN[::3]])
def test_that_latex_can_be_typeset(
    typed: str, monkeypatch: pytest.MonkeyPatch, typesetter: Any
) -> None:
    monkeypatch.setattr(typesetter.config, "svg2", False)
    picture = typesetter.Latex(writer.to_latex(read(typed).expression)).svg()
    paths = ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}path")
    assert len(list(paths)) >= 1


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("x_12^2", "<i>x</i><sub>12</sub><sup>2</sup>"),
        ("2ab", f"2{THIN}<i>a</i>{THIN}<i>b</i>"),
        ("-x - 1", f"−<i>x</i>{THIN}−{THIN}1"),
        ("x + α", f"<i>x</i>{THIN}+{THIN}<i>α</i>"),
        ("1/2x", f"<sup>1</sup>⁄<sub>2</sub>{THIN}<i>x</i>"),
        ("x(x+1)", f"<i>x</i>{THIN}·{THIN}(<i>x</i>{THIN}+{THIN}1)"),
    ],
)
def test_that_rich_text_marks_variables_exponents_and_signs(typed: str, html: str) -> None:
    written = writer.to_rich_text(read(typed).expression)
    assert written == html
    ET.fromstring(f"<p>{written}</p>")


def test_that_names_are_written_in_every_way() -> None:
    assert writer.name_unicode("x_12") == "x₁₂"
    assert writer.name_latex("x_12") == "x_{12}"
    assert writer.name_latex("α") == r"\alpha"
    assert writer.name_latex("Ω_1") == r"\Omega_{1}"
    assert writer.name_rich_text("x_12") == "<i>x</i><sub>12</sub>"
    assert writer.name_rich_text("<") == "<i>&lt;</i>"


def test_that_a_polynomial_is_written_by_descending_degree() -> None:
    f = Polynomial(("a", "b"), {(1, 2): 2, (2, 1): 3, (0, 0): Fraction(-1, 3), (1, 0): -1})
    assert str(f) == "3a^2b + 2ab^2 - a - 1/3"
    assert f.to_unicode() == "3a²b + 2ab² − a − ⅓"
    assert f.to_latex() == r"3 a^{2} b + 2 a b^{2} - a - \frac{1}{3}"
    assert str(Polynomial()) == "0"


def _in_sympy(expression: Expression) -> Any:
    """Build SymPy's expression from the tree, part by part: no text is involved."""
    match expression:
        case Number(value):
            return sympy.Rational(value.numerator, value.denominator)
        case Variable(name):
            return sympy.Symbol(name)
        case Sum(terms):
            return sympy.Add(*map(_in_sympy, terms))
        case Product(factors):
            return sympy.Mul(*map(_in_sympy, factors))
        case Power(base, exponent):
            return sympy.Pow(_in_sympy(base), exponent)


@pytest.mark.parametrize(
    "typed",
    [
        *("2ab^2 + 3a^2b", "(x+y)^3 - x/2", "-(x-1)^2(2y+3)/5", "((x+1)^2-1)^3", "2^3^2x - 4/6"),
        *("(α+β_1)^4", "-x^2 + (-x)^2 + (-2)^3x", "x*-3(y-1) - -2", "½x²y₁₂ + \\frac{3}{7}z^{2}"),
    ],
)
def test_that_sympy_expands_the_tree_to_the_same_terms(typed: str) -> None:
    reading = read(typed)
    names = reading.polynomial.variables
    expected = sympy.Poly(_in_sympy(reading.expression), *map(sympy.Symbol, names)).as_dict()
    terms = {
        exponents: sympy.Rational(value.numerator, value.denominator)
        for exponents, value in reading.polynomial.terms().items()
    }
    assert terms == expected
    assert expand(reading.expression) == reading.polynomial
