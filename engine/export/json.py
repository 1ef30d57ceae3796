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
from engine.quantities import QUANTITIES, Quantity


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
    data: dict[str, Any] = {
        "method": row.method,
        "partial": row.partial,
        "parameters": {name: _json_number(value) for name, value in row.parameters.items()},
    }
    for quantity in QUANTITIES:
        data |= _json_quantity(quantity, row)
    return data


def _json_quantity(quantity: Quantity, row: ComparisonRow) -> dict[str, str | float | None]:
    name, value = quantity.name, quantity.get(row)
    number = value if isinstance(value, int) else _json_number(value)
    exact = fraction_text(value) if isinstance(value, Fraction) else None
    if quantity.kind != "value" or name == "reversed_value":
        return {name: number}
    if name == "exact":  # exact first, and only then a float
        return {name: exact, "exact_float": number}
    return {name: number, f"{name}_exact": exact}


def _json_number(value: str | float | Fraction | None) -> str | float | None:
    if value is None or isinstance(value, str):
        return value
    number = float_or_none(value)
    return number if number is None or math.isfinite(number) else repr(number)
