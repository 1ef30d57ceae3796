"""From a worksheet to the answer as text."""

from __future__ import annotations

from engine.command_line.words import CommandLine
from engine.comparison import compare
from engine.export.csv import write_csv
from engine.export.json import comparison_json
from engine.export.text import comparison_text
from engine.worksheet.worksheet import Worksheet, read_worksheet


def answer(worksheet: Worksheet, line: CommandLine) -> str:
    """Return the comparison that a worksheet asks for as text; write the CSV file as well.

    Raises:
        EngineError: Something in the worksheet cannot be read, or the file cannot be written.
    """
    inputs = read_worksheet(worksheet)
    methods = worksheet.methods or None
    comparison = compare(inputs.reading, inputs.point, inputs.partials, methods)
    if line.csv is not None:
        write_csv(comparison, line.csv, line.dialect)
    as_text = comparison_json if line.json else comparison_text
    return as_text(inputs.reading, comparison)
