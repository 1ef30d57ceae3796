"""python -m gui, and the command trigrad: opens the window, or does the main job as text."""

# A worker process loads this file again when it starts: nothing heavy may be imported up here.
from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gui.startup.safe_path import leave_current_folder

if TYPE_CHECKING:
    from engine.worksheet.worksheet import Worksheet

USAGE = """\
trigrad: three ways to differentiate a polynomial, side by side

usage: trigrad [POLYNOMIAL | WORKSHEET.json]

  trigrad                       opens on the example 2ab^2 + 3a^2b
  trigrad "x^2y - 3y"           opens on that polynomial
  trigrad homework.json         opens a worksheet that was saved

  -h, --help                    shows this and ends
  --version                     shows the version and ends

Where no window can be opened, the result is printed as text.
python -m engine --help tells how to get it as text, JSON or CSV anywhere.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    leave_current_folder()
    # Ctrl+C in the terminal ends it without a word; its worker processes end with it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in ("-h", "--help"):
        sys.stdout.write(USAGE)
        return 0
    if given and given[0] == "--version":
        from importlib.metadata import version

        sys.stdout.write(f"trigrad {version('trigrad')}\n")
        return 0
    if len(given) > 1:
        return _refuse(
            "one polynomial or one worksheet is expected; put quotes around a polynomial"
        )
    # A product of two small matrices takes 70 times as long while idle threads spin.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    return _open(given[0] if given else "")


def _open(start: str) -> int:
    from gui.startup.plain_import import plain_import
    from gui.startup.screen_check import why_no_window

    path = Path(start) if start.endswith(".json") else None
    worksheet: Worksheet | None = None
    if path is not None:
        # Before the window: a file that cannot be read is told of where its name was given.
        from engine.errors import EngineError
        from engine.worksheet.worksheet_reader import read_worksheet_file

        try:
            worksheet = read_worksheet_file(path)
        except EngineError as error:
            return _refuse(str(error))

    def first() -> Worksheet:
        return worksheet or _typed(start)

    with plain_import():
        reason = why_no_window()
    if reason:
        sys.stderr.write(f"trigrad: no window: {reason}. Here is the result as text.\n")
        return _print_result(first())
    from gui.start import run

    return run(first, path)


def _typed(text: str) -> Worksheet:
    """Return the worksheet of a polynomial as typed; of the example for an empty text."""
    from dataclasses import replace

    from engine.worksheet.worksheet import Worksheet

    return replace(Worksheet(), text=text) if text else Worksheet()


def _print_result(worksheet: Worksheet) -> int:
    from engine.__main__ import main as print_comparison
    from engine.errors import EngineError
    from engine.worksheet.worksheet import read_worksheet

    try:
        point = read_worksheet(worksheet).point
    except EngineError as error:
        return _refuse(str(error))
    coordinates = ",".join(f"{name}={value}" for name, value in point.items())
    at = [f"--at={coordinates}"] if coordinates else []
    if any(choice.parameters for choice in worksheet.methods):
        sys.stderr.write("trigrad: as text, each method works with its default settings.\n")
    methods = [f"--method={choice.key}" for choice in worksheet.methods]
    # After "--", for a polynomial may start with a minus.
    return print_comparison(
        [*at, f"--partial={worksheet.partials}", *methods, "--", worksheet.text]
    )


def _refuse(message: str) -> int:
    sys.stderr.write(f"trigrad: {message}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
