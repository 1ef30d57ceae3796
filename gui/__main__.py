"""python -m gui, and the command trigrad: opens the window, or does the main job as text."""

# A worker process loads this file again when it starts: nothing heavy may be imported up here.
from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gui.startup.closed_streams import fill_closed_streams
from gui.startup.safe_path import leave_current_folder

if TYPE_CHECKING:
    from engine.command_line.words import CommandLine
    from engine.worksheet.worksheet import Worksheet


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    leave_current_folder()
    fill_closed_streams()
    # Ctrl+C in the terminal ends the program silently, and its worker processes with it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # A product of two small matrices takes 70 times as long while idle threads spin.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    given = sys.argv[1:] if arguments is None else arguments
    # Without arguments nothing of the engine is loaded before the window is drawn.
    return _obey(given) if given else _open(_example)


def _obey(words: Sequence[str]) -> int:
    from engine.command_line.parser import parse
    from engine.command_line.words import Told
    from engine.errors import EngineError

    try:
        line = parse(words, "trigrad", has_window=True)
        return _print_answer(line) if line.asks_for_text else _open_on(line)
    except Told as told:
        return _tell(str(told), status=0)
    except EngineError as error:
        return _tell(str(error), status=2)
    except ImportError as error:
        return _give_up(error)


def _print_answer(line: CommandLine) -> int:
    from engine.command_line.answer import answer
    from engine.command_line.console import say
    from engine.command_line.worksheet import worksheet_of

    return say(answer(worksheet_of(line, _path(line), for_text=True), line))


def _open_on(line: CommandLine) -> int:
    from gui.startup.failed_start import failed_import

    path = _path(line)

    @cache
    def first() -> Worksheet:
        from engine.command_line.worksheet import worksheet_of

        return worksheet_of(line, path, for_text=False)

    told_here = path is not None or line.changes_worksheet
    # Before the window opens: a mistake is reported where it was typed. If part of the engine
    # cannot be loaded, the window reports that.
    if told_here and failed_import("engine.command_line.worksheet") is None:
        first()
    # A worksheet changed by the command line is no longer the one in the file: it is unsaved.
    return _open(first, None if line.changes_worksheet else path)


def _example() -> Worksheet:
    from engine.worksheet.worksheet import Worksheet

    return Worksheet()


def _open(first: Callable[[], Worksheet], path: Path | None = None) -> int:
    """Open the window; where there can be none, print the answer instead."""
    from gui.startup.failed_start import failed_import
    from gui.startup.plain_import import plain_import
    from gui.startup.screen_check import why_no_window

    with plain_import():
        reason = why_no_window()
    if reason:
        broken = failed_import("engine.command_line.answer")
        if broken is not None:
            return _give_up(broken)
        from engine.command_line.answer import answer
        from engine.command_line.console import complain, say
        from engine.command_line.words import CommandLine

        complain(f"trigrad: no window: {reason}. Here is the result as text.", status=0)
        return say(answer(first(), CommandLine()))
    broken = failed_import("gui.start")
    if broken is not None:
        return _give_up(broken)
    from gui.start import run

    return run(first, path)


def _path(line: CommandLine) -> Path | None:
    """Return the worksheet's file, if one is named; say so if a polynomial is meant instead."""
    if not line.start:
        return None
    from engine.command_line.console import complain
    from engine.command_line.start import note_on, worksheet_path

    path = worksheet_path(line.start)
    note = "" if path else note_on(line.start)
    if note:
        complain(f"trigrad: {note}", status=0)
    return path


def _tell(text: str, *, status: int) -> int:
    """Show help or a refusal on the console; in a box where there is none, as on Windows."""
    if sys.stdout is None and sys.stderr is None:
        from gui.widgets.message_box import show_in_box

        show_in_box(text)
        return status
    from engine.command_line.console import complain, say

    return complain(f"trigrad: {text}", status) if status else say(text)


def _give_up(error: Exception) -> int:
    """Say as text what keeps the program from working; the log has the details."""
    import logging

    from gui.startup.crash_report import log_to_file
    from gui.startup.failed_start import advice_on, failed_import

    if failed_import("gui.startup.places") is None:  # without Qt they are on standard error
        from gui.startup.places import log_folder

        log_to_file(log_folder())
    advice = advice_on(error)
    logging.getLogger(__name__).critical(advice, exc_info=error)
    return _tell(advice, status=1)


if __name__ == "__main__":
    sys.exit(main())
