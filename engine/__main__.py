"""The command line: what follows ``python -m engine``, and the answer as text or JSON."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NoReturn

from engine.comparison import Comparison, ComparisonRow, compare
from engine.errors import EngineError, PointError, ReadError
from engine.export.csv import DIALECTS, write_csv
from engine.export.json import comparison_json
from engine.export.numbers import fraction_text, nearest_float
from engine.language.reader import Reading, read, read_name
from engine.language.writer import name_unicode
from engine.partial import Partial
from engine.point import Point
from engine.worksheet import read_partials

LONGEST_EXACT = 40
"""Characters of an exact value in the table; a longer one is for --json and --csv."""

_VALUE_OPTIONS = ("--at", "--partial", "--method", "--csv", "--dialect")

_DESCRIPTION = "Differentiate a polynomial at a point by every method, against the exact value."

_EPILOG = """examples:
  python -m engine "2ab^2 + 3a^2b" --at a=2,b=3 --partial a --partial ab
  python -m engine "-x^2" --at x=1/3 --method rules --method central --json
  python -m engine "0.5x y" --at "x=0,5;y=2" --csv result.csv

--json prints one object. Exact numbers are texts "p/q" beside the floats; what is not defined is
null; a float that overflowed is the text "inf", "-inf" or "nan".
Exit status: 0; 2 with one message on standard error for bad input, and nothing is written then."""


class _UsageError(EngineError, ValueError):
    """The options themselves are wrong."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        message = message.replace("arguments: -- ", "arguments: ")  # ours: _polynomial_last
        if "required: polynomial" in message:
            message += " (it stands before --method KEY ... or after --)"
        raise _UsageError(f"{message}; python -m engine --help shows how it is used.")


@dataclass(frozen=True, slots=True)
class _Answer:
    reading: Reading
    comparison: Comparison


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: Without the name of the program; those of the process by default.

    Returns:
        The exit status: 0; 1 if the result could not be printed; 2 for bad input.
    """
    try:
        options = _parser().parse_args(
            _polynomial_last(sys.argv[1:] if arguments is None else arguments)
        )
        answer = _compute(options)
        if options.csv is not None:
            write_csv(answer.comparison, options.csv, options.dialect)
    except EngineError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return _print(
        comparison_json(answer.reading, answer.comparison) if options.json else _as_text(answer)
    )


def _parser() -> _Parser:
    parser = _Parser(
        prog="python -m engine",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("polynomial", help='such as "2ab^2 + 3a^2b"')
    parser.add_argument(
        "--at",
        action="append",
        default=[],
        metavar="a=2,b=1/3",
        help="the point; with decimal commas separate by semicolons: a=0,5;b=1",
    )
    parser.add_argument(
        "--partial",
        action="append",
        default=[],
        metavar="ab",
        help="a derivative, or value, gradient, hessian; by default value and gradient",
    )
    parser.add_argument(
        "--method",
        action="extend",
        nargs="+",
        metavar="KEY",
        help="forward, central, rules, ...; all by default",
    )
    parser.add_argument("--csv", metavar="FILE", help="write the comparison there as well")
    parser.add_argument(
        "--dialect", choices=tuple(DIALECTS), default="standard", help="of the CSV file"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _polynomial_last(arguments: Sequence[str]) -> list[str]:
    """Move ``-x^2`` behind ``--``: a polynomial to us, it is an unknown option to argparse."""
    options: list[str] = []
    polynomials: list[str] = []
    for index, argument in enumerate(arguments):
        if argument == "--":
            return [*options, "--", *polynomials, *arguments[index + 1 :]]
        is_value = index > 0 and arguments[index - 1] in _VALUE_OPTIONS
        if argument.startswith("-") and not (
            argument.startswith("--") or argument == "-h" or is_value
        ):
            polynomials.append(argument)
        else:
            options.append(argument)
    return [*options, "--", *polynomials] if polynomials else options


def _compute(options: argparse.Namespace) -> _Answer:
    reading = read(options.polynomial)
    variables = reading.polynomial.variables
    point = _read_point(options.at, variables)
    partials = read_partials(", ".join(options.partial) or "value, gradient", variables)
    names = [partial.names for partial in partials]
    return _Answer(reading, compare(reading, point, names, options.method))


def _read_point(texts: Iterable[str], variables: tuple[str, ...]) -> Point:
    coordinates: dict[str, str] = {}
    for text in texts:
        for part in text.rstrip("; ").split(";" if ";" in text else ","):
            name, value = _read_coordinate(part, text)
            if name in coordinates:
                raise PointError(f"--at gives {name} twice; give each variable one value.")
            coordinates[name] = value
    unknown = [name for name in coordinates if name not in variables]
    if unknown:
        known = ", ".join(variables) or "none"
        raise PointError(f"--at: f has no variable {unknown[0]}; its variables are: {known}.")
    point = Point(coordinates)
    missing = [name for name in variables if name not in coordinates]
    if missing:
        example = ",".join(f"{name}=1" for name in missing)
        raise PointError(f"The point has no value for {', '.join(missing)}; add --at {example}.")
    return point


def _read_coordinate(part: str, text: str) -> tuple[str, str]:
    name, equals, value = part.partition("=")
    if not equals or "=" in value:
        raise PointError(
            f"--at: {part.strip()!r} in {text!r} is no coordinate; write a=2,b=3, "
            'or with decimal commas "a=0,5;b=1" (one alone: "a=0,5;").'
        )
    try:
        return read_name(name), value
    except ReadError:
        raise PointError(f"--at: {name.strip()!r} in {text!r} is no variable.") from None


def _print(text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # Python flushes once more at exit; without a place for that it would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0  # the reader has seen what it wanted
        sys.stderr.write(f"The result could not be printed: {error.strerror}.\n")
        return 1
    return 0


def _as_text(answer: _Answer) -> str:
    comparison = answer.comparison
    point = ", ".join(
        f"{name_unicode(name)} = {_exact_text(comparison.point[name])}"
        for name in comparison.polynomial.variables
    )
    lines = [f"f = {comparison.polynomial.to_unicode()}"]
    lines += [f"point: {point}"] if point else []
    lines += [f"note: {note.message}" for note in answer.reading.notes]
    for partial in dict.fromkeys(row.partial for row in comparison.rows):
        rows = [row for row in comparison.rows if row.partial == partial]
        lines += ["", f"{Partial(partial)} = {_exact_text(rows[0].exact)}", *_table(rows)]
    text = "\n".join(lines) + "\n"
    # A terminal that lacks a sign, such as ∂, shows its number instead of a traceback.
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _table(rows: Sequence[ComparisonRow]) -> list[str]:
    head = ("method", "value", "abs. error", "digits", "own estimate", "count", "time")
    cells = [head, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  "
        + "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    ]
    reasons = (f"  {row.method}: {row.unavailable}" for row in rows if row.unavailable)
    return lines + list(reasons)


def _cells(row: ComparisonRow) -> tuple[str, ...]:
    if row.unavailable is not None or row.value is None:
        return row.method, "unavailable", *["–"] * 5
    value = _exact_text(row.value) if isinstance(row.value, Fraction) else repr(row.value)
    return (
        row.method,
        value,
        _or_dash(row.absolute_error, ".3g"),
        _or_dash(row.correct_digits, ".1f"),
        _or_dash(row.error_estimate, ".3g"),
        _or_dash(row.evaluations, "d"),
        _time(row.seconds),
    )


def _or_dash(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def _time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def _exact_text(value: Fraction) -> str:
    text = fraction_text(value)
    if len(text) <= LONGEST_EXACT:
        return text
    rounded = nearest_float(value)
    size = "beyond the floats" if rounded is None else f"≈ {rounded!r}"
    return f"{size} ({len(text)} characters, exact with --json)"


if __name__ == "__main__":
    sys.exit(main())
