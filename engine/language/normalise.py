"""Unicode and LaTeX to the plain signs of the language, with the typed column of each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from engine.errors import Span, shorten
from engine.language.notes import NoteBook
from engine.language.refusals import Refusal
from engine.language.signs import function_refusal, script_refusal
from engine.writing.alphabet import CAPITAL_PI, FUNCTIONS, GREEK, GREEK_BY_NAME, LATIN_BY_NAME
from engine.writing.styles import VULGAR_FRACTIONS

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True))
_SIGNED_SUPERSCRIPTS = SUPERSCRIPTS | dict(zip("⁺⁻⁽⁾", "+-()", strict=True))
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0e\ufe0f"
)

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

_KNOWN = "".join([*_SAME, *_SIGNED_SUPERSCRIPTS, *SUBSCRIPTS, *VULGAR_FRACTIONS, *sorted(GREEK)])
_UNKNOWN = re.compile(rf"[^\x00-\x7f≔{_KNOWN}]")

_COMMANDS = (
    {name: f" {letter}" for name, letter in GREEK_BY_NAME.items()}
    | {"Pi": f" {CAPITAL_PI}", "varepsilon": " ε", "vartheta": " θ", "varphi": " φ"}
    | {"varrho": " ρ", "varkappa": " κ", "varsigma": " σ"}
    | dict.fromkeys(("left", "right", "quad", "qquad", "displaystyle"), " ")
    | {f"{size}{side}": " " for size in ("big", "Big", "bigg", "Bigg") for side in ("", *"lrm")}
    | dict.fromkeys((",", ";", ":", "!", " ", "\n", "\t"), " ")
    | dict.fromkeys(("cdot", "times", "ast"), "*")
    | dict.fromkeys(("frac", "dfrac", "tfrac"), r"\frac")
    | {"div": "/", "{": "{", "}": "}", "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]"}
)

_DOLLARS = re.compile(
    rf"(?s)[\s{_INVISIBLE}]*(?:(\$\$?)(.*)(\1)|(\\\()(.*)(\\\))|(\\\[)(.*)(\\\]))[\s{_INVISIBLE}]*"
)
_DIGIT = "".join(SUPERSCRIPTS)
_OTHER_LENGTH = re.compile(
    rf"(?s)\\[A-Za-z]+|\\.?|(?<=[0-9])\{{,\}}(?=[0-9])|≔|[{_DIGIT}]*[⁺⁻⁽⁾][{_DIGIT}⁺⁻⁽⁾]*"
)
"""What is written with more or fewer plain signs; all other characters keep their column."""


@dataclass(slots=True)
class PlainText:
    """The text in plain signs.

    Attributes:
        text: ASCII, Greek letters, vulgar fractions, and digits as super- and subscripts;
            what is unknown stays as it was.
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
        Refusal: A LaTeX command, a superscript or a subscript that means nothing here.
    """
    source = _with_plain_characters(_without_dollars(typed), notes)
    plain = PlainText("", len(typed))
    pieces, position = [], 0
    for match in _OTHER_LENGTH.finditer(source):
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


def _with_plain_characters(source: str, notes: NoteBook) -> str:
    """Replace single characters by single characters: each kind is looked at once."""
    table: dict[str, str | int | None] = {**_SAME}
    for match in _UNKNOWN.finditer(source):
        if match[0] not in table:
            table[match[0]] = _look_alike(match[0], match.span(), notes)
    return source.translate(str.maketrans(table))


def _look_alike(char: str, span: Span, notes: NoteBook) -> str:
    script = unicodedata.decomposition(char).partition(" ")[0]
    folded = unicodedata.normalize("NFKC", char)
    if script in ("<super>", "<sub>"):
        raise script_refusal(folded, span, is_exponent=script == "<super>")
    plain = _LOOK_ALIKES.get(char) or _LOOK_ALIKES.get(folded) or folded
    if plain.isspace():
        return " "
    is_known = plain in GREEK or (len(plain) == 1 and plain.isascii() and plain.isprintable())
    # Digits of other scripts stay as they are: the tokens refuse them by name.
    if not is_known or plain == char:
        return char
    notes.add(
        "look_alike",
        char,
        span,
        f"The character {char} ({unicodedata.name(char, 'unnamed').lower()}) is read as {plain}.",
    )
    return plain


def _translation(piece: str, span: Span, notes: NoteBook) -> str:
    if piece[0] == "\\":
        return _command(piece[1:], span, notes)
    if piece[0] == "{":
        return ","
    if piece == "≔":
        return ":="
    # The braces keep x⁻¹2 and x^-12 apart.
    return f"^{{{''.join(map(_SIGNED_SUPERSCRIPTS.__getitem__, piece))}}}"


def _command(name: str, span: Span, notes: NoteBook) -> str:
    if name in _COMMANDS:
        return _COMMANDS[name]
    letter = LATIN_BY_NAME.get(name)
    if letter is not None:
        notes.add("look_alike", name, span, f"\\{name} is read as the Latin letter {letter}.")
        return f" {letter}"
    if name in FUNCTIONS:
        raise function_refusal(f"\\{name}", span)
    raise Refusal(
        f"The LaTeX command \\{shorten(name)} means nothing in a polynomial.",
        span,
        "Known are \\frac, \\cdot, \\times, \\left, \\right and the Greek letters.",
    )
