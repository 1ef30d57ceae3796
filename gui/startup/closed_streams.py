"""Keeps what the program opens from taking the place of a standard stream that was closed."""

from __future__ import annotations

import os


def fill_closed_streams() -> None:
    """Open the null device as each of the standard streams that the process was started without.

    Whatever is opened first would take its number: the connection to the screen would be standard
    error to every library that complains there, and be broken by the complaint.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # The lowest number that is free is this one.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
