"""Which lines a comparison has on a terminal, and what is shortened there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from engine.comparison import Comparison, ComparisonRow
from engine.differentiation import registry
from engine.exact import fraction_text
from engine.language.notes import ReadingNote
from engine.language.reader import Reading
from engine.language.writer import name_unicode
from engine.partial import Partial
from engine.point import rounded_text
from engine.polynomial import Polynomial

LONGEST_NUMBER = 40
"""Characters of an exact number; of a longer one the size is told."""

LONGEST_FORMULA = 800
"""Characters of a polynomial; of a longer one the number of terms is told."""

_FLOAT_DIGITS = 16


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
    head = ("method", "value", "abs. error", "digits", "own estimate", "count", "time")
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
        return _label(row), "unavailable", *["–"] * 5
    return (
        _label(row),
        _value(row.value),
        _absolute_error(row.value, row.exact),
        _or_dash(row.correct_digits, ".1f"),
        _or_dash(row.error_estimate, ".3g"),
        _or_dash(row.evaluations, "d"),
        _time(row.seconds),
    )


def _label(row: ComparisonRow) -> str:
    """Return the method and what of it is not at its default, as the command line takes it."""
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
        return "–" if math.isnan(value) else "inf"
    return rounded_text(abs(Fraction(value) - exact), 3)


def _or_dash(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"
