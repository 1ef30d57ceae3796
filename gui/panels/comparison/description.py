"""What a row says of itself when the pointer rests on it."""

from __future__ import annotations

from html import escape

from engine.comparison import ComparisonRow
from engine.point import write_number
from gui.look.number_format import show_error, show_seconds, show_set, show_value
from gui.panels.comparison.shown_row import ShownRow, absolute_error, is_exact

_LONGEST_EXACT = 200
_BITS_OF_LONGEST = 3 * _LONGEST_EXACT
_RANGES = {"float32": "float32 (3.4e38)", "float64": "float64 (1.8e308)"}


def describe(shown: ShownRow) -> str:
    """Return rich text: the method, how the value was obtained, and all its digits."""
    lines = [
        f"<b>{escape(shown.entry.label)}</b>, {escape(str(shown.partial))}",
        escape(shown.entry.summary),
    ]
    row = shown.row
    if row is None:
        lines.append(escape(shown.waiting))
    elif row.unavailable:
        lines.append(f"No value: {escape(row.unavailable)}")
    else:
        lines += [escape(line) for line in _numbers(row, overflowed=shown.overflowed)]
        if not shown.fresh:
            lines.append("<i>Of an earlier polynomial or point; being computed again.</i>")
    return "<qt>" + "<br>".join(line for line in lines if line) + "</qt>"


def _numbers(row: ComparisonRow, *, overflowed: bool) -> list[str]:
    settings = ", ".join(f"{name} {show_set(value)}" for name, value in row.parameters.items())
    cost = "" if row.evaluations is None else f"{row.evaluations:,} {row.cost}"
    how = [part for part in (settings, cost, row.dtype, row.device) if part]
    lines = [f"Obtained with: {', '.join(how)}" if how else ""]
    lines.append(f"Value: {show_value(row.value)}")
    bits = row.exact.numerator.bit_length() + row.exact.denominator.bit_length()
    exact = write_number(row.exact) if bits <= _BITS_OF_LONGEST else show_value(row.exact)
    lines.append(f"Exact: {exact}")
    lines.append(_overflow(row) if overflowed else _errors(row))
    if row.error_estimate is not None and not overflowed:
        lines.append(f"The method's own estimate of its error: {show_error(row.error_estimate)}")
    if row.reversed_value is not None:
        lines.append(
            f"In the reverse order of the variables: {show_value(row.reversed_value)}, "
            f"a difference of {show_error(row.reversal_difference)}"
        )
    if row.seconds is not None:
        lines.append(f"{show_seconds(row.seconds)} a run")
    return lines


def _overflow(row: ComparisonRow) -> str:
    # complex64 is made of float32, complex128 of float64.
    floats = _RANGES["float32" if row.dtype in {"float32", "complex64"} else "float64"]
    return f"The calculation left the range of {floats}: there is no error to measure"


def _errors(row: ComparisonRow) -> str:
    if is_exact(row):
        return "No error at all"
    absolute = f"Absolute error {show_error(absolute_error(row))}"
    if row.relative_error is None:
        return f"{absolute}; with an exact value of 0 there are no relative one, digits or colour"
    return f"{absolute}, relative error {show_error(row.relative_error)}"
