"""Which keys a comparison has as JSON, and how its numbers are spelled there."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import Any

from engine.comparison import Comparison, ComparisonRow
from engine.exact import fraction_text
from engine.export.numbers import float_or_none
from engine.language.reader import Reading


def comparison_json(reading: Reading, comparison: Comparison) -> str:
    """Return a comparison as one JSON object, ending in a line break.

    Exact numbers are texts ``p/q`` beside the floats. What is not defined is null, and so is
    the float of an exact number beyond the floats; a float that overflowed is the text
    ``inf``, ``-inf`` or ``nan``, because JSON has no such numbers.
    """
    data = {
        "text": reading.text,
        "polynomial": str(comparison.polynomial),
        "notes": [
            {
                "kind": note.kind,
                "span": note.span,
                "message": note.message,
                "alternative": note.alternative,
            }
            for note in reading.notes
        ],
        "point": {
            name: {
                "float": float_or_none(comparison.point[name]),
                "exact": fraction_text(comparison.point[name]),
            }
            for name in comparison.polynomial.variables
        },
        "rows": [_json_row(row) for row in comparison.rows],
    }
    return json.dumps(data, indent=2, allow_nan=False) + "\n"


def _json_row(row: ComparisonRow) -> dict[str, Any]:
    return {
        "method": row.method,
        "partial": row.partial,
        "parameters": {name: _json_number(value) for name, value in row.parameters.items()},
        "value": _json_number(row.value),
        "value_exact": fraction_text(row.value) if isinstance(row.value, Fraction) else None,
        "exact": fraction_text(row.exact),
        "exact_float": float_or_none(row.exact),
        "absolute_error": _json_number(row.absolute_error),
        "relative_error": _json_number(row.relative_error),
        "correct_digits": _json_number(row.correct_digits),
        "error_estimate": _json_number(row.error_estimate),
        "evaluations": row.evaluations,
        "cost": row.cost,
        "seconds": row.seconds,
        "step": _json_number(row.step),
        "dtype": row.dtype,
        "device": row.device,
        "reversed_value": _json_number(row.reversed_value),
        "reversal_difference": _json_number(row.reversal_difference),
        "unavailable": row.unavailable,
    }


def _json_number(value: str | float | Fraction | None) -> str | float | None:
    if value is None or isinstance(value, str):
        return value
    number = float_or_none(value)
    return number if number is None or math.isfinite(number) else repr(number)
