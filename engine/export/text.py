"""Which lines a comparison has on a terminal, and what is shortened there."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from engine.comparison import Comparison, ComparisonRow
from engine.differentiation import registry
from engine.exact import fraction_text
from engine.language.notes import ReadingNote
from engine.language.reader import Reading
from engine.partial import Partial
from engine.point import rounded_text
from engine.polynomial import Polynomial
from engine.quantities import QUANTITIES, Kind, Quantity
from engine.writing.writer import name_unicode

LONGEST_NUMBER = 40
"""Characters of an exact number; of a longer one only the size is given."""

LONGEST_FORMULA = 800
"""Characters of a polynomial; of a longer one only the number of terms is given."""

_FLOAT_DIGITS = 16
_DASH = "–"

_HEADS = {
    "value": "value",
    "absolute_error": "abs. error",
    "correct_digits": "digits",
    "error_estimate": "own estimate",
    "evaluations": "count",
    "seconds": "time",
}
"""What fits a line, with its head; the files have every quantity."""

_CHOSEN = tuple(quantity for quantity in QUANTITIES if quantity.name in _HEADS)


def comparison_text(reading: Reading, comparison: Comparison) -> str:
    """Return a comparison as lines of text: f, the point, the notes, a table for each partial.

    Below the tables stands each reason why a method cannot serve, once.
    """
    names = comparison.polynomial.variables
    point = ", ".join(_equation(name_unicode(name), comparison.point[name]) for name in names)
    lines = [_polynomial_line(comparison.polynomial)]
    lines += [f"point: {point}"] if point else []
    lines += [_note_line(note) for note in reading.notes]
    for partial in dict.fromkeys(row.partial for row in comparison.rows):
        rows = [row for row in comparison.rows if row.partial == partial]
        lines += ["", _equation(str(Partial(partial)), rows[0].exact), *_table(rows)]
    return "\n".join([*lines, *_reasons(comparison.rows)]) + "\n"


def _polynomial_line(f: Polynomial) -> str:
    text = f.to_unicode()
    if len(text) <= LONGEST_FORMULA:
        return f"f = {text}"
    return f"f: a polynomial of {len(f)} terms and degree {f.degree} (written out with --json)"


def _note_line(note: ReadingNote) -> str:
    if note.alternative is None or len(note.alternative) > LONGEST_FORMULA:
        return f"note: {note.message}"
    return f"note: {note.message} (or: {' '.join(note.alternative.split())})"


def _equation(left: str, value: Fraction) -> str:
    text = fraction_text(value)
    if len(text) <= LONGEST_NUMBER:
        return f"{left} = {text}"
    about = rounded_text(value, _FLOAT_DIGITS)
    return f"{left} ≈ {about} ({len(text)} characters, exact with --json)"


def _table(rows: Sequence[ComparisonRow]) -> list[str]:
    head = ("method", *(_HEADS[quantity.name] for quantity in _CHOSEN))
    cells = [head, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]


def _reasons(rows: Sequence[ComparisonRow]) -> list[str]:
    methods: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.unavailable is not None:
            methods.setdefault(row.unavailable, {})[_label(row)] = None
    lines = [f"  {', '.join(keys)}: {reason}" for reason, keys in methods.items()]
    return ["", "unavailable:", *lines] if lines else []


def _cells(row: ComparisonRow) -> tuple[str, ...]:
    if row.unavailable is not None or row.value is None:
        return _label(row), "unavailable", *[_DASH] * (len(_CHOSEN) - 1)
    return _label(row), *(_cell(quantity, row) for quantity in _CHOSEN)


def _cell(quantity: Quantity, row: ComparisonRow) -> str:
    if quantity.name == "absolute_error" and row.value is not None:
        return _absolute_error(row.value, row.exact)
    what = quantity.get(row)
    return _DASH if what is None else _FORMS[quantity.kind](what)


def _label(row: ComparisonRow) -> str:
    """Return the method and what is not at its default, as the command line takes it."""
    defaults = {one.name: one.default for one in registry.find(row.method).traits.parameters}
    changed = [
        f"{name}={value}" for name, value in row.parameters.items() if value != defaults.get(name)
    ]
    return f"{row.method}:{','.join(changed)}" if changed else row.method


def _value(value: Fraction | float) -> str:
    if isinstance(value, float):
        return repr(value)
    text = fraction_text(value)
    return text if len(text) <= LONGEST_NUMBER else f"≈ {rounded_text(value, _FLOAT_DIGITS)}"


def _absolute_error(value: Fraction | float, exact: Fraction) -> str:
    """Return the error from the exact numbers: as a float it may have become 0 or inf."""
    if isinstance(value, float) and not math.isfinite(value):
        return _DASH if math.isnan(value) else "inf"
    return rounded_text(abs(Fraction(value) - exact), 3)


def _time(seconds: float) -> str:
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


_FORMS: dict[Kind, Callable[[Any], str]] = {
    "value": _value,
    "error": "{:.3g}".format,
    "digits": "{:.1f}".format,
    "seconds": _time,
    "step": "{:.3g}".format,
    "count": str,
    "word": str,
    "sentence": str,
}
