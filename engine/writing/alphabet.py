"""Which letters and names the language knows, for the reader and the writer alike."""

from __future__ import annotations

import re

# fmt: off
_GREEK_NAMES = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta",
    "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi",
    "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)
# fmt: on

GREEK_BY_NAME = dict(zip(_GREEK_NAMES, "αβγδεζηθικλμνξοπρστυφχψω", strict=True)) | {
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
"""Name as typed, with or without a backslash, to the letter; π is a number and is refused."""

LATIN_BY_NAME = {
    "Alpha": "A",
    "Beta": "B",
    "Epsilon": "E",
    "Zeta": "Z",
    "Eta": "H",
    "Iota": "I",
    "Kappa": "K",
    "Mu": "M",
    "Nu": "N",
    "Omicron": "O",
    "Rho": "P",
    "Tau": "T",
    "Upsilon": "Y",
    "Chi": "X",
}
"""Names of the Greek capitals that look like Latin letters, to the letter that is read."""

NAMED_LETTERS = GREEK_BY_NAME | LATIN_BY_NAME

CAPITAL_PI = "Π"
GREEK = frozenset(GREEK_BY_NAME.values()) - {"π"} | {CAPITAL_PI}
NAME_BY_GREEK = {letter: name for name, letter in GREEK_BY_NAME.items()} | {CAPITAL_PI: "Pi"}

PI_NAMES = frozenset({"pi", "Pi", "PI"})

# fmt: off
FUNCTIONS = frozenset((
    "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch",
    "arcsin", "arccos", "arctan", "asin", "acos", "atan", "log", "ln", "lg", "exp",
    "sqrt", "root", "cbrt", "abs", "min", "max", "mod", "floor", "ceil", "round",
    "sign", "sgn", "det", "lim", "int",
))
# fmt: on
"""Names that a student means as a function; never read as a product of letters."""

_GLUED = re.compile(
    "((?:sin|cos|tan|cot|sec|csc)h?|(?:arc|a)(?:sin|cos|tan)|log|ln|lg|exp|sqrt|cbrt)"
    f"(?:.{{1,2}}|{'|'.join(_GREEK_NAMES)})"
)
"""A function and its argument without a space; other names begin too many products of letters."""

ROOTS = frozenset(("sqrt", "root", "cbrt"))

MAX_RUN = 4
"""More letters than this in a row are a word."""


def function_in(letters: str) -> str | None:
    """Return the function that ``letters`` name or begin with (``sinx``), or ``None``."""
    if letters in FUNCTIONS:
        return letters
    glued = _GLUED.fullmatch(letters)
    return glued[1] if glued else None


def is_plain_run(letters: str) -> bool:
    """Return whether letters side by side read as their product without a note."""
    if letters in NAMED_LETTERS or letters in PI_NAMES or function_in(letters):
        return False
    return len(letters) <= 2 or letters == "xyz"


def split_name(name: str) -> tuple[str, str]:
    """Return letter and subscript of a canonical name: ``x_12`` gives ``x`` and ``12``."""
    letter, _, subscript = name.partition("_")
    return letter, subscript
