"""The program as a process of its own, as seen from outside: its window and its processes."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path

Start = Callable[..., "subprocess.Popen[str]"]
"""What the fixture ``start`` is."""


def session_processes(leader: int) -> list[int]:
    """Return the processes of a session that live; zombies have ended."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z" and int(fields[3]) == leader:
            found.append(int(entry.name))
    return found


def wait_for_window(process: subprocess.Popen[str], title: str = "trigrad") -> str:
    """Return an X window of the program once it is on the screen."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()
        found = subprocess.run(
            [
                "xdotool",
                "search",
                "--all",
                "--onlyvisible",
                "--pid",
                str(process.pid),
                "--name",
                title,
            ],
            capture_output=True,
            text=True,
            check=False,
        ).stdout.split()
        if found:
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"no window {title}")


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Return whether a condition holds in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
