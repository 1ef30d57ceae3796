"""Keeps what the program opens from taking the place of a standard stream that was closed."""

from __future__ import annotations

import os


def fill_closed_streams() -> None:
    """Open the null device as each of the standard streams that the process was started without.

    Otherwise whatever is opened first takes its number: a library that writes to standard error
    would then write into the connection to the screen, and break it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number is this one.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
