"""Which rows and columns a result has as CSV, and how each cell is spelled.

One observation a row, RFC 4180 (a header, CRLF, quotes where needed), UTF-8. Columns of a
comparison, where a row is one method's answer for one derivative:

    polynomial       f after the label "polynomial: "
    at a             coordinate of the point, one column for each variable
    at a p/q         the same, exact
    derivative       f, ∂f/∂a, ∂²f/∂a∂b
    partial          the same for programs: value, a, a*b
    method           key of the method
    parameter step   one column for each parameter that any of the methods has
    and those of QUANTITIES in engine/quantities.py, which says what each of them is; of a number
    that may be exact a second one, "p/q", is empty where a float was given. ``unavailable``
    stands after the label "unavailable: "

Columns of a field, where a row is one node (the second axis changes fastest):

    polynomial       as above
    at a, at b       the node, one column for each axis
    value            f
    df/da, df/db     its gradient, one column for each axis
    at c, at c p/q   the variables that were held, two columns for each

Columns of an error study, where a row is one scheme in one number type at one step; numbers
behind which "p/q" stands have a second column with that ending, where they are exact:

    polynomial, at a p/q, derivative, partial, method, dtype
    h p/q            the step as asked for
    step p/q         the step as stored, which the scheme takes
    value            what the scheme gave
    exact p/q        the derivative
    total p/q        value less exact
    truncation p/q   the scheme in exact arithmetic less exact
    round_off p/q    value less the scheme in exact arithmetic
    bound            round_off is at most that
    leading_term p/q, leading_power
                     the truncation error begins with leading_term * step**leading_power

Columns of a stencil, where a row is one point at which the scheme evaluates f:

    polynomial, at a p/q, derivative, partial, method, dtype
    share p/q        how much of the method's value this quotient makes
    step a p/q, offset a, stored a p/q
                     for each variable: its step, how many of them the point lies away, where
    weight p/q       of the value
    f p/q            f there, exact
    f_stored p/q     f there as computed
    product p/q      weight times f_stored
    sum, divisor     p/q: of the products; what it is divided by
    value p/q        what was computed of them, with rounding
    exact p/q        the derivative

Columns of a cost study, where a row is what one method needed for one size:

    polynomial, at a, at a p/q
    kind             "order": one derivative of that order; "gradient": all by that many variables
    size             the order, or the number of variables
    partials         what was calculated: a*b, or a b c
    method, count, cost, seconds, unavailable

Columns of a computation graph, where a row is one node of PyTorch's graph:

    polynomial, at a, at a p/q, derivative, partial, method, dtype, device
    computes         what the last node computes: f, or the derivative before the last
    node             the variable, or v₃
    operation        "input", or what is computed of which nodes: v₃ · b
    meaning          the polynomial that it stands for
    pytorch          PyTorch's name of the node
    input 1, local 1 node or constant that it takes, and the derivative of the node by it
    input 2, local 2 the same for the second
    value            what the node computed
    adjoint          the derivative of the last node by this one

Columns of critical points, where a row is one point, or one curve of them:

    polynomial
    kind             "minimum", "maximum", "saddle", "inconclusive" or "curve"
    at a, at b       the point; f there; the minors of the Hessian, f_aa and the determinant; of
                     each number the nearest float, the exact number where it is rational, else
                     the polynomial it is a root of and the ends of an interval around it
    curve            the equation of a curve
    reason           what proves the kind

Floats are written with as many digits as they need to be read back bit for bit (``repr``). What
is not defined is an empty cell, and so is the float of an exact number beyond the floats. A
sample that overflowed is inf, -inf or nan. No cell starts with a character that makes a
spreadsheet calculate, negative numbers apart: text that could does so behind a label.

The dialect "standard" is for programs: comma, decimal point. "semicolon" is for spreadsheets
where the decimal sign is a comma: semicolon, decimal comma, a byte order mark (without it Excel
takes the file for another encoding) and the label "exact: " in the p/q columns (without it 1/3
becomes the 1st of March).
"""

from __future__ import annotations

import codecs
import csv
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from engine.comparison import Comparison
from engine.critical.critical_points import CriticalPoints
from engine.errors import ExportError
from engine.evaluation.field import GradientField
from engine.explanation.computation_graph import ComputationGraph
from engine.explanation.stencil_table import StencilTable
from engine.export.csv_cells import DIALECTS, CsvDialect, Table
from engine.export.csv_critical import critical_table
from engine.export.csv_graph import graph_table
from engine.export.csv_results import comparison_table, cost_table, field_table
from engine.export.csv_study import stencil_rows_table, study_table
from engine.files import replaced_file
from engine.studies.cost_study import CostStudy
from engine.studies.error_samples import ErrorStudy

Exported = (
    Comparison
    | GradientField
    | CostStudy
    | ComputationGraph
    | CriticalPoints
    | ErrorStudy
    | Sequence[ErrorStudy]
    | Sequence[StencilTable]
)
"""What can be written; several studies are of one problem, several tables of one method."""


_TABLES: dict[type, Callable[[Any, CsvDialect], Table]] = {
    Comparison: comparison_table,
    GradientField: field_table,
    CostStudy: cost_table,
    ComputationGraph: graph_table,
    CriticalPoints: critical_table,
}

_TABLES_OF_SEVERAL: dict[type, Callable[[Any, CsvDialect], Table]] = {
    ErrorStudy: study_table,
    StencilTable: stencil_rows_table,
}
"""What is written together: studies of one problem, tables of one method."""


def write_csv(result: Exported, path: str | os.PathLike[str], dialect: str = "standard") -> None:
    """Write ``result`` as a CSV file, whole or not at all.

    Args:
        result: What to write; the text at the top of this module names the columns.
        path: The file; an existing one is replaced once the new one is complete.
        dialect: ``"standard"`` or ``"semicolon"``.

    Raises:
        ExportError: The file cannot be written, there is no such dialect, or ``result`` is none
            of what can be written.
        LimitError: The file would be larger than :data:`engine.export.csv_results.LARGEST_FILE`.
    """
    if dialect not in DIALECTS:
        raise ExportError(f"There is no CSV dialect {dialect!r}; choose {' or '.join(DIALECTS)}.")
    chosen = DIALECTS[dialect]
    table = _table(result, chosen)
    with replaced_file(path) as file:
        # No buffer of text: one that cannot be flushed would complain once more when it goes.
        writer = csv.writer(
            codecs.getwriter(chosen.encoding)(file),
            delimiter=chosen.delimiter,
            lineterminator="\r\n",
        )
        writer.writerow(table.columns)
        writer.writerows(table.rows)


def _table(result: object, dialect: CsvDialect) -> Table:
    if type(result) in _TABLES:
        return _TABLES[type(result)](result, dialect)
    several = list(result) if isinstance(result, Iterable) else [result]
    if not several:
        raise ExportError("There is nothing to write: no study and no table was given.")
    kind, *others = dict.fromkeys(map(type, several))
    if kind in _TABLES_OF_SEVERAL and not others:
        return _TABLES_OF_SEVERAL[kind](several, dialect)
    raise ExportError(
        f"{result!r:.60} cannot be written as CSV; give one {_names(_TABLES)}, or one or more "
        f"{_names(_TABLES_OF_SEVERAL)}."
    )


def _names(kinds: Iterable[type]) -> str:
    return " or ".join(kind.__name__ for kind in kinds)
