"""Whether a window can be opened: dead, silent and living screens, and what Qt is told of them."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.startup import display_check
from gui.startup.display_check import wayland_answers, x_answers
from gui.startup.screen_check import why_no_window

pytestmark = pytest.mark.slow

LIBRARY_SECONDS = 60

WAYLAND_DONE = bytes.fromhex("0200000000000c0001000000")
"""What a compositor on a little-endian machine answers to the first question."""


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[socket.socket]:
    """A socket ``wayland-7`` in a runtime folder, at which nobody answers yet."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        yield server


def wayland(folder: Path, name: str = "wayland-7") -> dict[str, str]:
    return {"WAYLAND_DISPLAY": name, "XDG_RUNTIME_DIR": str(folder)}


def answer_once(server: socket.socket, reply: bytes) -> None:
    """Answer the next connection, in a thread."""
    server.listen()

    def serve() -> None:
        with server.accept()[0] as connection:
            connection.recv(12)
            connection.sendall(reply)

    threading.Thread(target=serve, daemon=True).start()


def test_that_a_wayland_screen_at_which_nobody_listens_does_not_answer(
    listening: socket.socket, tmp_path: Path
) -> None:
    assert not wayland_answers(wayland(tmp_path))  # its compositor has ended
    assert not wayland_answers(wayland(tmp_path, "wayland-8"))
    assert not wayland_answers({"WAYLAND_DISPLAY": "wayland-7"})  # below no folder


def test_that_a_wayland_screen_that_hangs_is_given_up(
    listening: socket.socket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display_check, "SECONDS", 0.2)
    listening.listen()
    assert not wayland_answers(wayland(tmp_path))


def test_that_an_x_server_that_hangs_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(display_check, "SECONDS", 0.2)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        assert not x_answers(f"127.0.0.1:{server.getsockname()[1] - 6000}")


def test_that_a_screen_without_other_programs_lets_qt_in_after_it_was_asked() -> None:
    program = (
        "from gui.startup.screen_check import why_no_window\n"
        "assert why_no_window() == ''\n"
        "from PySide6.QtGui import QGuiApplication\n"
        "QGuiApplication([])"
    )
    reading, writing = os.pipe()
    with subprocess.Popen(["Xvfb", "-displayfd", str(writing)], pass_fds=[writing]) as server:
        os.close(writing)
        with open(reading, encoding="ascii") as told:
            environment = os.environ | {"DISPLAY": f":{told.readline().strip()}"}
        for name in ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
            environment.pop(name, None)
        try:
            for _ in range(8):  # it failed now and then
                subprocess.run(
                    [sys.executable, "-c", program],
                    env=environment,
                    timeout=LIBRARY_SECONDS,
                    check=True,
                )
        finally:
            server.terminate()


@pytest.mark.parametrize("by_path", [False, True])
def test_that_a_compositor_that_answers_is_found(
    listening: socket.socket, tmp_path: Path, by_path: bool
) -> None:
    answer_once(listening, WAYLAND_DONE)
    environment = wayland(tmp_path)
    if by_path:
        environment = {"WAYLAND_DISPLAY": str(tmp_path / "wayland-7")}
    assert wayland_answers(environment)


def test_that_a_dead_wayland_screen_is_named(tmp_path: Path) -> None:
    reason = why_no_window(wayland(tmp_path))
    assert reason == "the screen wayland-7 does not answer; check the variable WAYLAND_DISPLAY"


def test_that_qt_is_kept_to_the_screen_that_answers(tmp_path: Path) -> None:
    environment = wayland(tmp_path) | {"DISPLAY": os.environ["DISPLAY"]}
    assert why_no_window(environment) == ""
    assert environment["QT_QPA_PLATFORM"] == "xcb"


def test_that_qt_chooses_among_screens_that_all_answer(tmp_path: Path) -> None:
    environment = {"DISPLAY": os.environ["DISPLAY"]}
    assert why_no_window(environment) == ""
    assert "QT_QPA_PLATFORM" not in environment


@pytest.mark.parametrize("platform", ["nosuch", "nosuch:a=1", "NoSuch;nosuch"])
def test_that_a_platform_that_qt_does_not_have_is_refused(platform: str) -> None:
    reason = why_no_window({"QT_QPA_PLATFORM": platform, "DISPLAY": os.environ["DISPLAY"]})
    assert reason.startswith("Qt has no platform 'nosuch'; unset the variable QT_QPA_PLATFORM, ")
    assert "offscreen" in reason and reason.endswith("xcb")


@pytest.mark.parametrize(
    ("asked_for", "kept"),
    [
        ("nosuch;xcb", "xcb"),
        ("wayland;xcb", "xcb"),
        ("XCB", "XCB"),
        ("nosuch;vnc:port=1", "vnc:port=1"),
    ],
)
def test_that_the_platforms_that_work_are_kept(tmp_path: Path, asked_for: str, kept: str) -> None:
    environment = {"QT_QPA_PLATFORM": asked_for, "DISPLAY": os.environ["DISPLAY"]}
    assert why_no_window(environment | wayland(tmp_path)) == ""
    assert why_no_window(environment) == ""
    assert environment["QT_QPA_PLATFORM"] == kept


def run(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start the program with nothing but these variables to say which screen there is."""
    environment = os.environ | {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, "-m", "gui", "x^2"],
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=LIBRARY_SECONDS,
        check=False,
    )


def test_that_a_dead_wayland_screen_gives_the_result_as_text(tmp_path: Path) -> None:
    done = run(tmp_path, **wayland(tmp_path))
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "f = x²")
    assert done.stderr == (
        "trigrad: no window: the screen wayland-7 does not answer; check the variable "
        "WAYLAND_DISPLAY. Here is the result as text.\n"
    )


def test_that_an_unknown_platform_of_qt_gives_the_result_as_text(tmp_path: Path) -> None:
    done = run(tmp_path, QT_QPA_PLATFORM="nosuch", DISPLAY=os.environ["DISPLAY"])
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "f = x²")
    assert done.stderr.startswith("trigrad: no window: Qt has no platform 'nosuch'; ")
    assert done.stderr.count("\n") == 1
