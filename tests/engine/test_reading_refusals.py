"""What is refused: place, message, hint, and a repaired text where there is one."""

from collections.abc import Callable

import pytest

from engine.errors import EngineError, ReadError, is_visible
from engine.language.reader import read
from engine.partial import Partial
from engine.point import Point
from engine.worksheet.worksheet import Worksheet, read_partials


def refusal(text: str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(text)
    return caught.value


# typed, what is underlined (None: the empty end), a part of the message, repaired
REFUSED: list[tuple[str, str, str, str | None]] = [
    ("x/y", "y", "Dividing by the variable y", None),
    ("1/(x+1)", "(x+1)", "Dividing by x + 1", None),
    ("(x^2-1)/(x-1)", "(x-1)", "not defined where the divisor is 0", None),
    (r"\frac{1}{x}", "x", "Dividing by the variable x", None),
    ("x/0", "0", "Division by zero", None),
    ("x/(1-1)", "(1-1)", "Division by zero", None),
    (r"\frac10", r"\frac10", "Division by zero", None),
    ("x//2", "//", "Whole-number division", "x/2"),
    ("x//2 + y//3", "//", "Whole-number division", "x/2 + y/3"),
    ("x%2", "%", "remainder", None),
    ("x^-1", "-1", "exponent -1 is negative", None),
    ("x⁻¹", "⁻¹", "exponent -1 is negative", None),
    ("x^y", "y", "exponent contains y", None),
    ("xⁿ", "ⁿ", "exponent contains n", None),
    ("2^x", "x", "exponent contains x", None),
    ("x^(1/2)", "(1/2)", "exponent 1/2 is a fraction", None),
    ("x^0.5", "0.5", "exponent 1/2 is a fraction", None),
    ("x^½", "½", "exponent 1/2 is a fraction", None),
    ("0^0", "0^0", "0^0 is not defined", None),
    ("(x-x)^0", "(x-x)^0", "0^0 is not defined", None),
    ("sin(x)", "sin", "sin is a function", None),
    ("2 sin x", "sin", "sin is a function", None),
    ("sinx", "sinx", "sin is a function", None),
    (r"\sin x", r"\sin", r"\sin is a function", None),
    ("ln(x)", "ln", "ln is a function", None),
    ("exp(x)", "exp", "exp is a function", None),
    ("sqrt(x)", "sqrt", "sqrt takes a root", None),
    (r"\sqrt{x}", r"\sqrt", r"\sqrt takes a root", None),
    ("√x", "√", "A root", None),
    ("|x|", "|", "absolute value", None),
    ("x!", "!", "factorial", None),
    ("2πr", "π", "π is no rational number", "2(3.1416)r"),
    (r"2\pi r", r"\pi", "π is no rational number", "2(3.1416) r"),
    ("2pi", "pi", "pi means π", "2p*i"),
    ("x = 4", "=", "equation", "x - 4"),
    ("x^2 = 4", "=", "equation", "x^2 - 4"),
    ("x = y^2", "=", "equation", "y^2"),
    ("y = y^2", "=", "equation", "y - y^2"),
    ("x = y = 1", "=", "equation", None),
    ("x == 4", "=", "equation", None),
    ("= x", "=", "equation", "x"),
    ("f(2) = x", "=", "equation", "x"),
    ("f(x) =", "=", "nothing behind the =", None),
    ("f(x) = xy", "y", "y is not among the variables", "f(x,y) = xy"),
    ("f(x,x) = x", "x", "declared twice", None),
    ("x < 4", "<", "inequality", None),
    ("x ≥ 4", "≥", "inequality", None),
    ("1 1/2 x", "1 1", "Two numbers stand side by side", "(1+1/2) x"),
    ("2 3", "2 3", "Two numbers stand side by side", "2*3"),
    ("1½x", "1½", "Two numbers stand side by side", "(1+½)x"),
    ("x^2 3", "2 3", "Two numbers stand side by side", "x^2*3"),
    ("2x^", "^", "An exponent is missing after ^", "2x"),
    ("x +", "+", "Something is missing after +", "x "),
    ("(x + ) y", "+", "Something is missing after +", "(x  ) y"),
    ("3+*4", "+*", "* cannot follow +", None),
    ("x^*2", "^*", "* cannot follow ^", None),
    ("*x", "*", "nothing in front", "x"),
    ("(^2)", "^", "nothing in front", "(2)"),
    ("²x", "²", "² has nothing in front", "x"),
    ("(x", "(", "never closed", "(x)"),
    ("[(x+1)", "[", "never closed", "[(x+1)]"),
    ("x)", ")", "closes nothing", "x"),
    ("{x+1)", ")", "stands where } is needed", "{x+1}"),
    ("()", "()", "nothing between these parentheses", None),
    ("x()", "()", "nothing between these parentheses", None),
    ("", "", "nothing to read", None),
    ("  ", "  ", "nothing to read", None),
    ("$$", "$$", "nothing to read", None),
    ("$x", "$", "dollar", None),
    ("hello", "hello", "hello is a word", "h*e*l*l*o"),
    ("alphax", "alphax", "alphax is a word", "alpha*x"),
    ("2alphabeta", "alphabeta", "alphabeta is a word", "2alpha*beta"),
    ("αβγδε", "αβγδε", "αβγδε is a word", "α*β*γ*δ*ε"),
    ("f'(x)", "'", "prime", None),
    ("x′", "′", "prime", None),
    ("x_n", "_", "subscript", None),
    ("x_{1,2}", "_", "subscript", None),
    ("x1.5", "x1.5", "right behind a variable", "x*1.5"),
    ("2.x", ".", "outside a number", "2*x"),
    ("a.b.c", ".", "outside a number", "a*b*c"),
    ("1.2.3", "1.2.3", "more than one decimal sign", None),
    ("1,000,000x", "1,000,000", "more than one decimal sign", "1000000x"),
    ("x, y", ",", "comma separates nothing", None),
    ("x; y", ";", "semicolon", None),
    ("٣x", "٣", "not one of 0 to 9", "3x"),
    ("x∞", "∞", "Infinity", None),
    ("x@y", "@", "means nothing", None),
    ("x\x00", "\x00", "means nothing", None),
    (r"x \foo y", r"\foo", r"LaTeX command \foo", None),
    ("x\\", "\\", "LaTeX command", None),
    (r"\frac x", "x", "numerator and a denominator", None),
    (r"\frac{1}x", "x", "denominator", None),
    ("__import__('os').getcwd()", "_", "subscript", None),
    ("x··2", "··", "· cannot follow ·", None),
    ("x××2", "××", "× cannot follow ×", None),
    (r"x\cdot\cdot 2", r"\cdot\cdot", r"\cdot cannot follow \cdot", None),
    (r"x\times*2", r"\times*", r"* cannot follow \times", None),
    ("x·*2", "·*", "* cannot follow ·", None),
    ("x∗∗2", "∗∗", "∗ cannot follow ∗", None),
    ("x＊＊2", "＊＊", "＊ cannot follow ＊", None),
    ("2··3", "··", "· cannot follow ·", None),
    (r"2\frac{1}{2}x", r"2\frac{1}{2}", "Two numbers stand side by side", r"(2+\frac{1}{2})x"),
    (r"2\dfrac12", r"2\dfrac12", "Two numbers stand side by side", r"(2+\dfrac12)"),
    ("1 000 x", "1 000", "Two numbers stand side by side", "1000 x"),
    ("1\u202f000\u2009000x", "1\u202f000\u2009000", "Two numbers stand side by side", "1000000x"),
    ("12\u00a0500,5x", "12\u00a0500,5", "Two numbers stand side by side", "12500,5x"),
    ("12 50x", "12 50", "Two numbers stand side by side", "12*50x"),
    ("xᵢ", "ᵢ", "subscript must be a whole number", None),
    ("₁x", "₁", "subscript must be a whole number", None),
    ("xˣ", "ˣ", "exponent contains x", None),
    ("y = 4", "=", "equation", "y - 4"),
    ("z = 2/3", "=", "equation", "z - 2/3"),
    ("x^2 = 2x+1", "=", "equation", "x^2 - (2x+1)"),
    ("$x = 4$", "=", "equation", "$x - 4$"),
    ("V = 4/3 r^3", "=", "equation", "4/3 r^3"),
    ("f_1 = xy", "=", "equation", "xy"),
    ("α=x", "=", "equation", "x"),
    ("=2*x^2", "=", "equation", "2*x^2"),
    ("x := 4", ":=", "equation", "x - 4"),
    ("x : 2", ":", "colon", "x / 2"),
    ("f: x ↦ x^2", ":", "colon", None),
    ("x ↦ x^2", "↦", "arrow", None),
    (r"\frac", r"\frac", "numerator and a denominator", None),
    (r"x+\frac{x}", r"\frac", "numerator and a denominator", None),
    (r"\frac{1}{0}x", r"\frac{1}{0}", "Division by zero", None),
    ("2^2^2^2^2", "2^2^2^2", "exponent 65536 is too large", None),
    ("x^2+3x.", ".", "at the end", "x^2+3x"),
    ("x^2+3x, ", ",", "at the end", "x^2+3x "),
    ("$x;$", ";", "at the end", "$x$"),
    ("`x`", "`", "quotation mark", "x"),
    ('"x^2"', '"', "quotation mark", "x^2"),
    ("‘x’", "‘", "quotation mark", "x"),
    ("1'000'000x", "'", "stands inside a number", "1000000x"),
    ("f''(x)", "'", "prime", None),
    ("1e9999", "1e9999", "The number 1e9999 has more than 4215 digits", None),
    ("lnx", "lnx", "ln is a function", None),
    ("cotx", "cotx", "cot is a function", None),
    ("lgx", "lgx", "lg is a function", None),
    ("sech x", "sech", "sech is a function", None),
    ("sinhx", "sinhx", "sinh is a function", None),
    ("sinalpha", "sinalpha", "sin is a function", None),
]


@pytest.mark.parametrize(("text", "underlined", "message", "repaired"), REFUSED)
def test_that_what_is_no_polynomial_is_refused_at_its_place(
    text: str, underlined: str, message: str, repaired: str | None
) -> None:
    error = refusal(text)
    assert text[slice(*error.span)] == underlined
    assert message in error.message
    assert error.hint.endswith(".")
    assert error.repaired == repaired


@pytest.mark.parametrize("text", [row[0] for row in REFUSED if row[3] is not None])
def test_that_every_repaired_text_reads(text: str) -> None:
    repaired = refusal(text).repaired
    assert repaired is not None
    read(repaired)


def test_that_the_kinds_of_refusal_in_the_table_have_messages_of_their_own() -> None:
    quotients = ["x/y", "1/(x+1)", "(x^2-1)/(x-1)", "x//2", "x%2"]
    powers = ["x^-1", "x^y", "x^(1/2)", "2x^"]
    signs = ["sin(x)", "sqrt(x)", "|x|", "x!", "π", "x = 4", "2 3", "3+*4", "(x", "x)", "()", ""]
    messages = [refusal(text).message for text in quotients + powers + signs]
    assert len(set(messages)) == len(messages)


def test_that_the_error_shows_the_typed_text_with_its_place_underlined() -> None:
    assert str(refusal("½x + sin x")).splitlines() == [
        "sin is a function and no part of a polynomial. (column 6)",
        "½x + sin x",
        "     ^^^",
        "A polynomial is made of numbers, variables, +, −, · and whole powers.",
    ]


def test_that_the_error_shows_the_line_concerned_without_signs_that_move_the_mark() -> None:
    assert str(refusal("x +\n\t2 @ \x1by\nz")).splitlines()[:3] == [
        "The character '@' means nothing in a polynomial. (line 2, column 4)",
        " 2 @  y",
        "   ^",
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("V = x", "If the right side is meant, type it alone."),
        ("x = 4", "Type one side, or the left side minus the right side in parentheses."),
        ("1 000 x", "Write 1000 without spaces, or * between numbers for a product."),
        ("x.", "Delete it."),
        ("0^0", "Type 1 or 0, whichever is meant, or another exponent."),
        ("hello", "For a product of variables, type h*e*l*l*o."),
        ("x" * 30, "For a product of variables, type * between them."),
    ],
)
def test_that_the_hint_says_what_to_type(text: str, hint: str) -> None:
    assert refusal(text).hint == hint


def test_that_text_that_python_would_run_is_only_text() -> None:
    for text in ("().__class__", "lambda: 1", "{x: y}", "print(1)", "9**9**9"):
        refusal(text)


def test_that_a_long_line_is_shown_around_what_is_wrong() -> None:
    text = "x+" * 500 + "sin(x)" + "+x" * 500
    with pytest.raises(ReadError) as caught:
        read(text)
    _, line, mark, _ = str(caught.value).split("\n")
    assert len(line) < 130
    assert line[mark.index("^") : mark.rindex("^") + 1] == "sin"
    assert line.startswith("…") and line.endswith("…")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\\frac{\n1}{3}2", r"Two numbers stand side by side: \frac{ 1}{3} and 2."),
        ("x +\u202e* y\u2028^2/(x\n+1)", ""),
    ],
)
def test_that_a_message_quotes_no_line_break(text: str, message: str) -> None:
    error = refusal(text)
    assert message in error.message
    assert all(map(is_visible, error.message + error.hint))
    assert "\n" in error.text


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Point({"a\n\x1b": "?"}),
        lambda: Partial(("\u2029", "b\r")).multi_index(("a",)),
        lambda: read_partials("a b\x07 \u202e", ("a",)),
        lambda: Worksheet.from_json('{"schema_version": "1\\n2"}'),
    ],
)
def test_that_no_message_of_the_engine_has_a_line_break(ask: Callable[[], object]) -> None:
    with pytest.raises(EngineError) as caught:
        ask()
    assert all(map(is_visible, str(caught.value))), str(caught.value)
