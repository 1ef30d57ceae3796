"""python -m gui, and the command trigrad: opens the window, or does the main job as text."""

# A worker process loads this file again when it starts: nothing heavy may be imported up here.
from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gui.closed_streams import fill_closed_streams
from gui.safe_path import leave_current_folder

if TYPE_CHECKING:
    from engine.worksheet import Worksheet

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
    fill_closed_streams()
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
    from gui.failed_start import failed_import
    from gui.plain_import import plain_import
    from gui.screen_check import why_no_window

    path = Path(start) if start.endswith(".json") else None
    worksheet: Worksheet | None = None
    # Where this cannot be imported, the window says so.
    if path is not None and failed_import("gui.worksheet_reader") is None:
        # Before the window: a file that cannot be read is told of where its name was given.
        from engine.errors import EngineError
        from engine.worksheet_reader import read_worksheet_file

        try:
            worksheet = read_worksheet_file(path)
        except EngineError as error:
            return _refuse(str(error))

    def first() -> Worksheet:
        return worksheet or _typed(start)

    with plain_import():
        reason = why_no_window()
    if reason:
        broken = failed_import("engine.__main__")
        if broken is not None:
            return _give_up(broken)
        _say(f"no window: {reason}. Here is the result as text.")
        return _print_result(first())
    broken = failed_import("gui.start")
    if broken is not None:
        return _give_up(broken)
    from gui.start import run

    return run(first, path)


def _typed(text: str) -> Worksheet:
    """Return the worksheet of a polynomial as typed; of the example for an empty text."""
    from dataclasses import replace

    from engine.worksheet import Worksheet

    return replace(Worksheet(), text=text) if text else Worksheet()


def _print_result(worksheet: Worksheet) -> int:
    from engine.__main__ import main as print_comparison
    from engine.errors import EngineError
    from engine.worksheet import read_worksheet

    try:
        point = read_worksheet(worksheet).point
    except EngineError as error:
        return _refuse(str(error))
    coordinates = ",".join(f"{name}={value}" for name, value in point.items())
    at = [f"--at={coordinates}"] if coordinates else []
    if any(choice.parameters for choice in worksheet.methods):
        _say("as text, each method works with its default settings.")
    methods = [f"--method={choice.key}" for choice in worksheet.methods]
    # After "--", for a polynomial may start with a minus.
    return print_comparison(
        [*at, f"--partial={worksheet.partials}", *methods, "--", worksheet.text]
    )


def _give_up(error: Exception) -> int:
    """Say as text what keeps the program from working; the log has the details."""
    import logging

    from gui.crash_report import log_to_file
    from gui.failed_start import advice_on, failed_import

    if failed_import("gui.places") is None:  # without Qt they are on standard error
        from gui.places import log_folder

        log_to_file(log_folder())
    advice = advice_on(error)
    logging.getLogger(__name__).critical(advice, exc_info=error)
    _say(advice)
    return 1


def _refuse(message: str) -> int:
    _say(message)
    return 2


def _say(message: str) -> None:
    if sys.stderr is not None:  # so it is where a process is started with the stream closed
        sys.stderr.write(f"trigrad: {message}\n")


if __name__ == "__main__":
    sys.exit(main())
