"""python -m engine: the command line without a window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from engine.command_line.answer import answer
from engine.command_line.console import complain, say
from engine.command_line.parser import parse
from engine.command_line.start import note_on, worksheet_path
from engine.command_line.words import Told
from engine.command_line.worksheet import worksheet_of
from engine.errors import EngineError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: Without the name of the program; those of the process by default.

    Returns:
        The exit status: 0; 1 if the result could not be printed; 2 for bad input.
    """
    given = sys.argv[1:] if arguments is None else arguments
    try:
        line = parse(given, "python -m engine", has_window=False)
        path = worksheet_path(line.start)
        text = answer(worksheet_of(line, path, for_text=True), line)
    except Told as told:
        sys.exit(say(str(told)))
    except EngineError as error:
        return complain(str(error), status=2)
    note = "" if path else note_on(line.start)
    if note:
        complain(f"note: {note}", status=0)
    return say(text)


if __name__ == "__main__":
    sys.exit(main())
