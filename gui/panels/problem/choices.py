"""How one click or one typed value changes the list of derivatives and the chosen methods."""

from __future__ import annotations

import math
from fractions import Fraction

from engine.differentiation.method import MethodChoice, Parameter, ParameterValue
from engine.differentiation.registry import methods
from engine.differentiation.step import AUTO
from engine.errors import PointError
from engine.exact import nearest_float
from engine.point import read_number

_ORDER_OF_WORDS = ("value", "gradient", "hessian")


def words_of(partials: str) -> frozenset[str]:
    """Return which of value, gradient and hessian stand in the list."""
    typed = {word.lower() for word in partials.replace(",", " ").split()}
    return frozenset(_ORDER_OF_WORDS) & typed


def toggled_word(partials: str, word: str, wanted: bool) -> str:
    """Return the list with ``word`` in its place, or without it; everything else stays."""
    typed = partials.replace(",", " ").split()
    rest = [part for part in typed if part.lower() != word]
    if not wanted:
        return ", ".join(rest)
    later = _ORDER_OF_WORDS[_ORDER_OF_WORDS.index(word) + 1 :]
    earlier = [part for part in rest if part.lower() in set(_ORDER_OF_WORDS) - set(later)]
    others = [part for part in rest if part not in earlier]
    return ", ".join([*earlier, word, *others])


def with_method(
    chosen: tuple[MethodChoice, ...], choice: MethodChoice, wanted: bool
) -> tuple[MethodChoice, ...]:
    """Return the choices with ``choice`` put in or taken out, in the order of the registry."""
    by_key = {c.key: c for c in chosen if c.key != choice.key}
    if wanted:
        by_key[choice.key] = choice
    return tuple(by_key[entry.key] for entry in methods() if entry.key in by_key)


def chosen_value(parameter: Parameter, text: str) -> ParameterValue:
    """Return what ``text`` sets; an empty text is the default, ``auto`` is itself.

    A number that no float writes, such as ``1/3``, stays the text: rationals take it as it is.

    Raises:
        PointError: The text is no positive number that a float can hold.
    """
    if parameter.choices:
        return text
    if not text.strip():
        return parameter.default
    if text.strip().lower() == AUTO:
        return AUTO
    exact = read_number(text)
    if exact <= 0:
        raise PointError(f"{parameter.label} must be above 0, such as 1e-4, or {AUTO}.")
    value = nearest_float(exact)
    if value == math.inf:
        raise PointError(f"{text!r} is too large.")
    if value == 0:
        raise PointError(f"{text!r} is too close to 0.")
    return value if Fraction(repr(value)) == exact else text.strip()
