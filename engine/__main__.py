"""The command line: what follows ``python -m engine``, and the answer as text or JSON."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from engine.comparison import Comparison, compare
from engine.errors import EngineError, PointError, ReadError
from engine.export.csv import write_csv
from engine.export.csv_cells import DIALECTS
from engine.export.json import comparison_json
from engine.export.text import comparison_text
from engine.language.reader import Reading, read, read_name
from engine.point import Point
from engine.worksheet.worksheet import read_partials

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
        return _complain(str(error), status=2)
    as_text = comparison_json if options.json else comparison_text
    return _print(as_text(answer.reading, answer.comparison))


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
    return _Answer(reading, compare(reading, point, partials, options.method))


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
    if sys.stdout is None:  # so it is where a process is started with the stream closed
        return _complain("The result could not be printed: standard output is closed.", status=1)
    # A terminal that lacks a sign, such as ∂, shows its number instead of a traceback.
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except OSError as error:
        # Python flushes once more at exit; without a place for that it would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return 0  # the reader has seen what it wanted
        return _complain(f"The result could not be printed: {error.strerror}.", status=1)
    return 0


def _complain(message: str, status: int) -> int:
    if sys.stderr is not None:
        sys.stderr.write(f"{message}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
