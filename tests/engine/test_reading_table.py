"""What is read as what: the accepted rows of the table of the language."""

from fractions import Fraction

import pytest

from engine.expression import Expression, Number, Power, Product, Sum, Variable
from engine.language.reader import read
from engine.polynomial import Polynomial

a, b, c, d, x, y = map(Variable, "abcdxy")
ALPHA = Variable("α")


def number(numerator: int, denominator: int = 1) -> Number:
    return Number(Fraction(numerator, denominator))


def product(*factors: Expression) -> Product:
    return Product(factors)


def plus(*terms: Expression) -> Sum:
    return Sum(terms)


X_PLUS_1 = plus(x, number(1))
TWO_A_B_SQUARED = product(number(2), a, Power(b, 2))

WITHOUT_NOTES = {
    "2ab^2": TWO_A_B_SQUARED,
    "2 a b^2": TWO_A_B_SQUARED,
    "2·a·b²": TWO_A_B_SQUARED,
    "2*a*b**2": TWO_A_B_SQUARED,
    "2ab^{2}": TWO_A_B_SQUARED,
    "2×a⋅b²": TWO_A_B_SQUARED,
    "x^2y": product(Power(x, 2), y),
    "-x^2": product(number(-1), Power(x, 2)),
    "−x²": product(number(-1), Power(x, 2)),
    "x_1": Variable("x_1"),
    "x_{12}": Variable("x_12"),
    "x₁": Variable("x_1"),
    "x₁₂": Variable("x_12"),
    "x1": Variable("x_1"),
    "ab_1": product(a, Variable("b_1")),
    r"\alpha": ALPHA,
    "α": ALPHA,
    r"\alpha_1": Variable("α_1"),
    r"2\alpha\beta x": product(number(2), ALPHA, Variable("β"), x),
    "ω": Variable("ω"),
    r"\Omega": Variable("Ω"),
    "Π": Variable("Π"),
    "(x+1)(x-1)": product(X_PLUS_1, plus(x, number(-1))),
    "(x+1)2": product(X_PLUS_1, number(2)),
    "2(x+1)": product(number(2), X_PLUS_1),
    "½x": product(number(1, 2), x),
    "x⅔": product(x, number(2, 3)),
    r"\frac{1}{2}x": product(number(1, 2), x),
    r"\dfrac12x": product(number(1, 2), x),
    r"\frac{x+1}{3}": product(X_PLUS_1, number(1, 3)),
    r"\left(x+y\right)^3": Power(plus(x, y), 3),
    r"x\cdot y": product(x, y),
    r"x \times y\,": product(x, y),
    "$x^2$": Power(x, 2),
    "$$x^2$$": Power(x, 2),
    r"\(x^2\)": Power(x, 2),
    r" \[ x^2 \] ": Power(x, 2),
    "E": Variable("E"),
    "I S": product(Variable("I"), Variable("S")),
    "N": Variable("N"),
    "xyz": product(x, y, Variable("z")),
    "ab": product(a, b),
    "a b c d": product(a, b, c, d),
    "\ufeffx\u200b\u00a0y\u2009\n\r\n": product(x, y),
    "2\nx": product(number(2), x),
    "[x+1]^2": Power(X_PLUS_1, 2),
    "{x+1}^2": Power(X_PLUS_1, 2),
    "([x+1]2)": product(X_PLUS_1, number(2)),
    "x/2": product(x, number(1, 2)),
    "x÷2": product(x, number(1, 2)),
    "x⁄2": product(x, number(1, 2)),
    "-x/2": product(number(-1), x, number(1, 2)),
    "(x+1)/3": product(X_PLUS_1, number(1, 3)),
    "x/(1+1)": product(x, number(1, 2)),
    "x/-2": product(x, number(-1, 2)),
    "x^(1+1)": Power(x, 2),
    "x^0": Power(x, 0),
    "x¹²": Power(x, 12),
    "x⁽²⁾": Power(x, 2),
    "x²/2": product(Power(x, 2), number(1, 2)),
    "(x^2)/2": product(Power(x, 2), number(1, 2)),
    "x^{2}/2": product(Power(x, 2), number(1, 2)),
    "(1/2)x": product(number(1, 2), x),
    "1/2*x": product(number(1, 2), x),
    "4/2": number(2),
    "0.1x": product(number(1, 10), x),
    ".5x": product(number(1, 2), x),
    "x - y": plus(x, product(number(-1), y)),
    "x - 2y": plus(x, product(number(-2), y)),
    "x - 3": plus(x, number(-3)),
    "x*-3": product(x, number(-3)),
    "x+-y": plus(x, product(number(-1), y)),
    "--x": product(number(1), x),
    "+x": x,
    "-(x+1)": product(number(-1), X_PLUS_1),
    "(-2)^2": Power(number(-2), 2),
    "-2^2": product(number(-1), Power(number(2), 2)),
    "2(3x)": product(number(2), product(number(3), x)),
    "(a+b)+c": plus(plus(a, b), c),
    "x^2^1": Power(x, 2),
    "2^2^2": Power(number(2), 4),
    "f = 3x": product(number(3), x),
    "y = x²": Power(x, 2),
    "f(x) = x^2": Power(x, 2),
    "f = 4": number(4),
    "phi(x) = x": x,
    "f(x) := x": x,
    "f(x) ≔ x": x,
    r"\frac1{2}x": product(number(1, 2), x),
    r"\frac{1}2x": product(number(1, 2), x),
    r"\frac{1}{2}\frac13x": product(number(1, 2), number(1, 3), x),
    r"2\frac{x}{3}": product(number(2), product(x, number(1, 3))),
    r"\Bigl(x+y\Bigr)^3": Power(plus(x, y), 3),
    r"\bigl[x+y\bigr]^3": Power(plus(x, y), 3),
    "a~b": product(a, b),
    "a\u2062b\u2061\u202a\u2069": product(a, b),
    "x½": product(x, number(1, 2)),
    "x²3": product(Power(x, 2), number(3)),
    "x ₁": Variable("x_1"),
    r"\varphi\varepsilon\vartheta\varrho\varsigma": product(*map(Variable, "φεθρσ")),
}


@pytest.mark.parametrize(("text", "expression"), WITHOUT_NOTES.items())
def test_that_plain_algebra_is_read_without_a_note(text: str, expression: Expression) -> None:
    reading = read(text)
    assert reading.expression == expression
    assert reading.notes == ()
    assert reading.text == text


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("ba + a", ("b", "a")),
        ("f(b,a) = ab", ("b", "a")),
        ("f(b, a) = a", ("b", "a")),
        ("f(x_1,x_{12}, α) = α", ("x_1", "x_12", "α")),
        ("f = ba", ("b", "a")),
        ("g(x) = 4", ("x",)),
        ("x - x", ("x",)),
        ("7", ()),
    ],
)
def test_that_the_variables_stand_in_the_order_of_the_prefix_or_of_first_appearance(
    text: str, variables: tuple[str, ...]
) -> None:
    assert read(text).polynomial.variables == variables


GREEK = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "iota": "ι",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "omicron": "ο",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "upsilon": "υ",
    "phi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ",
    "Delta": "Δ",
    "Theta": "Θ",
    "Lambda": "Λ",
    "Xi": "Ξ",
    "Sigma": "Σ",
    "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω",
}


@pytest.mark.parametrize(("name", "letter"), GREEK.items())
def test_that_the_greek_alphabet_reads_by_name_by_command_and_by_letter(
    name: str, letter: str
) -> None:
    assert read(letter).expression == Variable(letter)
    assert read(f"\\{name}").expression == Variable(letter)
    assert read(name).expression == Variable(letter)
    assert [note.kind for note in read(name).notes] == ["greek_name"]
    assert read(f"{letter}\\{name}").notes == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.1", "1/10"), ("3.14159", "314159/100000"), ("1/3", "1/3"), ("007", "7"), ("⅒", "1/10")],
)
def test_that_numbers_are_exact(text: str, value: str) -> None:
    assert read(text).expression == Number(Fraction(value))


def test_that_the_polynomial_is_the_tree_expanded() -> None:
    polynomial = read("(x+y)^2 - 2xy + x/3").polynomial
    assert polynomial == Polynomial(("x", "y"), {(2, 0): 1, (0, 2): 1, (1, 0): Fraction(1, 3)})


def test_that_terms_that_cancel_leave_the_zero_polynomial() -> None:
    assert not read("(x+1)^3 - (1+x)^3").polynomial
