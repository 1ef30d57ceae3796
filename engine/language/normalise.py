"""Unicode and LaTeX to the plain signs of the language, with the typed column of each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from engine.errors import Span
from engine.language.alphabet import CAPITAL_PI, FUNCTIONS, GREEK, GREEK_BY_NAME
from engine.language.notes import NoteBook
from engine.language.refusals import Refusal, shorten
from engine.language.signs import function_refusal
from engine.language.styles import VULGAR_FRACTIONS

_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ", "0123456789+-()ni", strict=True))
_SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

_SAME = {
    "−": "-",
    "·": "*",
    "⋅": "*",
    "×": "*",
    "÷": "/",
    "⁄": "/",
    "∕": "/",
    "µ": "μ",
} | dict.fromkeys(_INVISIBLE, " ")
"""Other characters for the same sign: no note."""

_CYRILLIC = dict(zip("асеіјорѕухАВСЕНІЈКМОРЅТУХ", "aceijopsyxABCEHIJKMOPSTYX", strict=True))
_GREEK_CAPITALS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True))
_GREEK_VARIANTS = dict(zip("ςϑϕϵϰϱ", "σθφεκρ", strict=True))
_LOOK_ALIKES = (
    {"–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "∗": "*", "•": "*", "∙": "*", "⸱": "*"}
    | _CYRILLIC
    | _GREEK_CAPITALS
    | _GREEK_VARIANTS
)
"""Characters that look like another sign, which is read in their place: one note each."""

_COMMANDS = (
    {name: f" {letter}" for name, letter in GREEK_BY_NAME.items()}
    | {"Pi": f" {CAPITAL_PI}", "varepsilon": " ϵ", "vartheta": " ϑ", "varphi": " ϕ"}
    | {"varrho": " ϱ", "varkappa": " ϰ", "varsigma": " ς"}
    | dict.fromkeys(("left", "right", "quad", "qquad", "displaystyle", "big", "Big"), " ")
    | dict.fromkeys((",", ";", ":", "!", " ", "\n", "\t"), " ")
    | dict.fromkeys(("cdot", "times", "ast"), "*")
    | dict.fromkeys(("frac", "dfrac", "tfrac"), r"\frac")
    | {"div": "/", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]"}
)

_DOLLARS = re.compile(
    rf"(?s)[\s{_INVISIBLE}]*(?:(\$\$?)(.*)(\1)|(\\\()(.*)(\\\))|(\\\[)(.*)(\\\]))[\s{_INVISIBLE}]*"
)
_SPECIAL = re.compile(
    rf"(?s)\\[A-Za-z]+|\\.?|[{''.join(_SUPERSCRIPTS)}]+|[{''.join(_SUBSCRIPTS)}]+|[^\x00-\x7f]"
)


@dataclass(slots=True)
class PlainText:
    """The text in plain signs.

    Attributes:
        text: ASCII, Greek letters and vulgar fractions; what is unknown stays as it was.
        length: Length of the typed text.
        starts: Typed column where each character of ``text`` begins; empty if nothing moved.
        stops: Typed column where it ends.
    """

    text: str
    length: int
    starts: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)

    def span(self, start: int, stop: int) -> Span:
        """Return the typed range of ``text[start:stop]``."""
        if not self.starts:
            return start, stop
        if start == stop:
            column = self.starts[start] if start < len(self.starts) else self.length
            return column, column
        return self.starts[start], self.stops[stop - 1]


def normalise(typed: str, notes: NoteBook) -> PlainText:
    """Return ``typed`` in plain signs; look-alikes get a note.

    Raises:
        Refusal: A LaTeX command that means nothing here.
    """
    source = _without_dollars(typed)
    plain = PlainText("", len(typed))
    pieces, position = [], 0
    for match in _SPECIAL.finditer(source):
        start, stop = match.span()
        new = _translation(match[0], (start, stop), notes)
        pieces += [source[position:start], new]
        plain.starts += [*range(position, start), *[start] * len(new)]
        plain.stops += [*range(position + 1, start + 1), *[stop] * len(new)]
        position = stop
    if not pieces:
        plain.text = source
        return plain
    plain.text = "".join([*pieces, source[position:]])
    plain.starts += range(position, len(source))
    plain.stops += range(position + 1, len(source) + 1)
    return plain


def _without_dollars(typed: str) -> str:
    """Blank the signs around a formula in LaTeX, keeping every column."""
    match = _DOLLARS.fullmatch(typed)
    if match is None:
        return typed
    opening, _, closing = (
        index for index, group in enumerate(match.groups(), 1) if group is not None
    )
    start, stop = match.start(opening), match.end(closing)
    inner = typed[match.end(opening) : match.start(closing)]
    return (
        typed[:start]
        + inner.rjust(len(inner) + match.end(opening) - start).ljust(stop - start)
        + typed[stop:]
    )


def _translation(piece: str, span: Span, notes: NoteBook) -> str:
    first = piece[0]
    if first == "\\":
        return _command(piece[1:], span, notes)
    if first in _SUPERSCRIPTS:
        # The brace keeps x²3 and x^23 apart, and says that the exponent ends here.
        return f"^{{{''.join(map(_SUPERSCRIPTS.__getitem__, piece))}}}"
    if first in _SUBSCRIPTS:
        return f"_{{{''.join(map(_SUBSCRIPTS.__getitem__, piece))}}}"
    if first in VULGAR_FRACTIONS or first in GREEK:
        return first
    if first in _SAME:
        return _SAME[first]
    return _look_alike(first, span, notes)


def _look_alike(char: str, span: Span, notes: NoteBook) -> str:
    folded = unicodedata.normalize("NFKC", char)
    plain = _LOOK_ALIKES.get(char) or _LOOK_ALIKES.get(folded) or folded
    is_known = plain in GREEK or (len(plain) == 1 and plain.isascii() and plain.isprintable())
    # Digits of other scripts stay as they are: the tokens refuse them by name.
    if plain.isspace() or not is_known or plain == char:
        return plain if plain.isspace() else char
    notes.add(
        "look_alike",
        char,
        span,
        f"The character {char} ({unicodedata.name(char, 'unnamed').lower()}) is read as {plain}.",
    )
    return plain


def _command(name: str, span: Span, notes: NoteBook) -> str:
    if name in _COMMANDS:
        translated = _COMMANDS[name]
        letter = translated[-1]
        if letter in _GREEK_VARIANTS:
            return f" {_look_alike(letter, span, notes)}"
        return translated
    if name in FUNCTIONS:
        raise function_refusal(f"\\{name}", span)
    raise Refusal(
        f"The LaTeX command \\{shorten(name)} means nothing in a polynomial.",
        span,
        "Known are \\frac, \\cdot, \\times, \\left, \\right and the Greek letters.",
    )
