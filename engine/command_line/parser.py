"""Which words and options the command line has, and how they are read."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from engine.command_line.words import DIALECT_NAMES, CommandLine, Told, UsageError

_VALUE_OPTIONS = ("--at", "--partial", "--method", "--csv", "--dialect")

_DESCRIPTION = "Differentiate a polynomial at a point by every method, against the exact value."

_USAGE = """%(prog)s [POLYNOMIAL | WORKSHEET] [--at a=2,b=3] [--partial ab]
       [--method KEY[:name=value,...] ...] [--csv FILE] [--json]"""

_IN_A_WINDOW = """

Opens a window on the polynomial or the worksheet; without either, on the example
2ab^2 + 3a^2b. With --csv or --json, and where no window can be opened, the answer is
text."""

_EPILOG = """\
examples:
  %(prog)s "2ab^2 + 3a^2b" --at a=2,b=3 --partial a --partial ab
  %(prog)s "-x^2" --at x=1/3 --method rules forward:step=1e-6,dtype=float32 --json
  %(prog)s "0.5x y" --at "x=0,5;y=2" --csv result.csv
  %(prog)s homework.json --partial hessian

What ends in .json is the file of a worksheet, and so is the name of any other file that cannot
be read as a polynomial. Where x is both, it is the polynomial x; the file is ./x then. A
polynomial that begins with -- stands behind a -- of its own. What is given beside a worksheet
replaces what stands in it, but not in its file.

--json prints one object. Exact numbers are texts "p/q" beside the floats; what is not defined is
null; a float that overflowed is the text "inf", "-inf" or "nan".
Exit status: 0; 1 if the result could not be printed; 2 with one message on standard error for bad
input, and nothing is written then."""


def parse(arguments: Sequence[str], program: str, *, has_window: bool) -> CommandLine:
    """Return what the words ask for.

    Args:
        arguments: Without the name of the program.
        program: What the program is called in help and messages.
        has_window: Whether it opens one where no text is asked for: then it needs no polynomial.

    Raises:
        UsageError: They ask for something that does not exist.
        Told: They ask for help or the version.
    """
    parser = _parser(program, has_window)
    found = parser.parse_args(_polynomial_last(arguments))
    if found.polynomial is None and not has_window:
        parser.error("the polynomial is missing (it stands before --method KEY ... or after --)")
    if found.polynomial is not None and not found.polynomial.strip():
        parser.error("the polynomial is an empty text")
    return CommandLine(
        found.polynomial or "",
        tuple(found.at),
        tuple(found.partial),
        tuple(found.method),
        found.csv,
        found.dialect,
        found.json,
    )


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        message = message.replace("arguments: -- ", "arguments: ")  # ours: _polynomial_last
        unknown = message.removeprefix("unrecognized arguments: ")
        if unknown != message and not unknown.startswith("--"):
            message += " (put quotes around a polynomial)"
        raise UsageError(f"{message}; {self.prog} --help shows how it is used.")


class _Tell(argparse.Action):
    """Stops reading with a text: unlike argparse's own, it leaves the printing to the caller."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> NoReturn:
        raise Told(parser.format_help() if self.dest == "help" else f"trigrad {_version()}\n")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("trigrad")
    except PackageNotFoundError:
        return "(not installed)"


def _parser(program: str, has_window: bool) -> _Parser:
    parser = _Parser(
        prog=program,
        usage=_USAGE,
        description=_DESCRIPTION + _IN_A_WINDOW * has_window,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
        add_help=False,
    )
    parser.add_argument(
        "polynomial",
        nargs="?",  # not asked for here: what is wrong with other words is to be said first
        help='such as "2ab^2 + 3a^2b"; or the file of a worksheet that was saved',
    )
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
        help="a derivative, or value, gradient, hessian; as text by default value and gradient",
    )
    parser.add_argument(
        "--method",
        action="extend",
        nargs="+",
        default=[],
        metavar="KEY",
        help="forward, central, rules, ..., with its step, dtype or device behind a colon; "
        "all by default",
    )
    parser.add_argument("--csv", metavar="FILE", help="write the comparison there as well")
    parser.add_argument(
        "--dialect", choices=DIALECT_NAMES, default=DIALECT_NAMES[0], help="of the CSV file"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    for names, text in ((("-h", "--help"), "show this"), (("--version",), "show the version")):
        parser.add_argument(*names, action=_Tell, nargs=0, help=f"{text} and end")
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
