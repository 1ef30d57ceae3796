"""Text, Unicode, LaTeX and rich text of expressions and of names; what is written reads back."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from engine.expression import Expression, Number, Power, Product, Sum, Variable
from engine.writing.alphabet import is_plain_run, split_name
from engine.writing.styles import LatexStyle, RichTextStyle, Style, TextStyle, UnicodeStyle

_TEXT, _UNICODE, _LATEX, _RICH = TextStyle(), UnicodeStyle(), LatexStyle(), RichTextStyle()


def to_text(expression: Expression) -> str:
    """Return plain text that reads back as the same polynomial, without notes where it can.

    Only the variables ``e`` and ``i`` have a note however they are written. A text longer than
    :attr:`engine.limits.Limits.characters` is written, too, but is not read.
    """
    return _write(expression, _TEXT)


def to_unicode(expression: Expression) -> str:
    """Return one line such as ``3a²b + 2ab²``; it reads back as the same polynomial."""
    return _write(expression, _UNICODE)


def to_latex(expression: Expression, written: Mapping[str, str] | None = None) -> str:
    r"""Return LaTeX such as ``3 a^{2} b``, fractions as ``\frac``; it reads back, too.

    Args:
        expression: What to write.
        written: LaTeX of names that stand for something else than a variable.
    """
    return _write(expression, LatexStyle(written) if written else _LATEX)


def to_rich_text(expression: Expression) -> str:
    """Return HTML with ``<i>``, ``<sup>`` and ``<sub>``, for Qt's rich text."""
    return _write(expression, _RICH)


def name_unicode(name: str) -> str:
    """Return ``x₁₂`` for ``x_12``."""
    return _UNICODE.name(name)


def name_latex(name: str) -> str:
    r"""Return ``x_{12}`` for ``x_12`` and ``\alpha`` for ``α``."""
    return _LATEX.name(name)


def name_rich_text(name: str) -> str:
    """Return ``<i>x</i><sub>12</sub>`` for ``x_12``."""
    return _RICH.name(name)


def _write(expression: Expression, style: Style) -> str:
    if not isinstance(expression, Sum):
        return _signed(expression, style, "", style.negative)
    first, *others = expression.terms
    return _signed(first, style, "", style.negative) + "".join(
        _signed(term, style, style.plus, style.minus) for term in others
    )


def _signed(term: Expression, style: Style, plus: str, minus: str) -> str:
    """Write one term after the sign it needs; a sum inside a sum keeps its parentheses."""
    match term:
        case Number(value):
            number = style.number(abs(value), is_factor=False)
            return (minus if value < 0 else plus) + number
        case Product((Number(value), *others)) if value < 0:
            rest = tuple(others) if value == -1 and others else (Number(-value), *others)
            return minus + _product(rest, style)
        case Product(factors):
            return plus + _product(factors, style)
        case _:
            return plus + _factor(term, style)


def _product(factors: tuple[Expression, ...], style: Style) -> str:
    """Write factors side by side, with a times sign where they would read as something else."""
    *dividend, last = factors
    if dividend and isinstance(last, Number) and _is_reciprocal(last.value):
        text = _quotient(tuple(dividend), last.value.denominator, style)
        if text is not None:
            return text
    joined = _joined_letters(factors, style)
    text = _factor(factors[0], style)
    for factor, is_joined in zip(factors[1:], joined, strict=True):
        text += (style.beside if is_joined else style.times) + _factor(factor, style)
    return text


def _is_reciprocal(value: Fraction) -> bool:
    return value.numerator == 1 and value.denominator > 1


def _quotient(dividend: tuple[Expression, ...], divisor: int, style: Style) -> str | None:
    """Write ``x/2``; ``None`` where the stroke could seem to belong to an exponent."""
    if style.ambiguous_after_exponent and isinstance(dividend[-1], Power):
        return None
    text = _product(dividend, style)
    alone = len(dividend) == 1 and isinstance(dividend[0], Sum | Product)
    return style.quotient(text, _write(dividend[0], style) if alone else text, divisor)


def _joined_letters(factors: tuple[Expression, ...], style: Style) -> list[bool]:
    """Return for each pair of neighbours whether they may stand side by side.

    Letters that together would be read as a word, a Greek letter or a function stay apart.
    """
    joined = [_can_touch(left, right) for left, right in pairwise(factors)]
    if not style.letters_can_form_words:
        return joined
    start = 0
    while start < len(factors):
        stop = start + 1
        while (
            stop < len(factors)
            and _is_letter(factors[stop - 1])
            and _starts_with_name(factors[stop])
        ):
            stop += 1
        if stop - start > 1 and not is_plain_run("".join(map(_letter, factors[start:stop]))):
            joined[start : stop - 1] = [False] * (stop - 1 - start)
        start = stop
    return joined


def _is_letter(factor: Expression) -> bool:
    """Return whether ``factor`` is a letter without subscript, so that the next one touches it."""
    return isinstance(factor, Variable) and not split_name(factor.name)[1]


def _starts_with_name(factor: Expression) -> bool:
    return isinstance(factor.base if isinstance(factor, Power) else factor, Variable)


def _letter(factor: Expression) -> str:
    variable = factor.base if isinstance(factor, Power) else factor
    return split_name(variable.name)[0] if isinstance(variable, Variable) else ""


def _can_touch(left: Expression, right: Expression) -> bool:
    if _starts_with_name(right):
        return True
    # 2·3, x·2 and x·(x + 1) need the sign: they would read as 23, as x_2 and as a function.
    starts_with_digit = isinstance(right, Number) or (
        isinstance(right, Power) and isinstance(right.base, Number)
    )
    return not starts_with_digit and not isinstance(left, Variable)


def _factor(factor: Expression, style: Style) -> str:
    match factor:
        case Number(value) if value >= 0:
            return style.number(value, is_factor=True)
        case Variable(name):
            return style.name(name)
        case Power(base, exponent):
            plain = isinstance(base, Variable) or _is_whole(base)
            text = _factor(base, style) if plain else style.group(_write(base, style))
            return style.power(text, exponent)
        case _:
            return style.group(_write(factor, style))


def _is_whole(base: Expression) -> bool:
    return isinstance(base, Number) and base.value >= 0 and base.value.denominator == 1
