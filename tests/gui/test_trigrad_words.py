"""The command trigrad: what its words do before the window, in it, and without a console."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.differentiation.method import MethodChoice
from engine.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.slow

SECONDS = 60

RECORDED = """
import sys, types
def run(first, path):
    slow = {"numpy", "flint", "lark", "engine.worksheet.worksheet"} & set(sys.modules)
    print("slow" if slow else "quick", path)
    print(first().to_json())
    return 0
sys.modules["gui.start"] = types.SimpleNamespace(run=run)
from gui.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
"""The program, with a window that prints what it is to show."""

WITHOUT_CONSOLE = """
import os, sys
sys.stdout = sys.stderr = None
from PySide6.QtWidgets import QDialog, QPlainTextEdit
QDialog.exec = lambda box: os.write(1, box.findChild(QPlainTextEdit).toPlainText().encode())
from gui.__main__ import main
sys.exit(main(sys.argv[1:]))
"""
"""The program as a gui-script on Windows, with a box that prints what it is to show."""


def run(
    *arguments: str, script: str = "", folder: Path | None = None, **environment: str | None
) -> subprocess.CompletedProcess[str]:
    variables = {name: text for name, text in environment.items() if text is not None}
    kept = {name: text for name, text in os.environ.items() if name not in environment}
    program = ["-c", script] if script else ["-m", "gui"]
    return subprocess.run(
        [sys.executable, *program, *arguments],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(Path(__file__).parents[2])} | variables,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def opened(*arguments: str, folder: Path | None = None) -> tuple[str, Worksheet]:
    """Return what was loaded before the window and in which file it is, and what it shows."""
    done = run(*arguments, script=RECORDED, folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    first, _, shown = done.stdout.partition("\n")
    return first, Worksheet.from_json(shown)


def test_that_the_window_opens_on_the_problem_that_the_words_give() -> None:
    words = ["--at", "a=2,b=1/3", "--partial", "a", "--partial", "ab"]
    methods = ["--method", "rules", "forward:step=1e-6,dtype=float32"]
    first, worksheet = opened("2ab^2", *words, *methods)
    assert first.endswith(" None")
    assert worksheet == Worksheet(
        text="2ab^2",
        coordinates=(("a", "2"), ("b", "1/3")),
        partials="a, ab",
        methods=(
            MethodChoice("rules"),
            MethodChoice("forward", (("step", "1e-6"), ("dtype", "float32"))),
        ),
    )


def test_that_the_example_is_opened_at_the_point_that_is_given() -> None:
    _, worksheet = opened("--at", "a=5,b=7")
    assert worksheet == Worksheet(coordinates=(("a", "5"), ("b", "7")))


@pytest.mark.parametrize(
    "arguments", [["-x^2"], ["--", "-x^2"], ["--partial", "x", "-x^2"], ["-x^2", "--at", "x=1"]]
)
def test_that_a_polynomial_may_begin_with_a_minus(arguments: list[str]) -> None:
    assert opened(*arguments)[1].text == "-x^2"


def test_that_nothing_slow_is_loaded_before_the_window() -> None:
    assert opened() == ("quick None", Worksheet())
    done = run(script=RECORDED.replace("engine.worksheet.worksheet", "engine"))
    assert done.stdout.startswith("quick None")
    first, worksheet = opened("x/2^^")
    assert (first, worksheet.text) == ("quick None", "x/2^^")


def test_that_a_worksheet_is_opened_in_its_file_unless_the_words_change_it(tmp_path: Path) -> None:
    mine = Worksheet(text="x^2 y", partials="xy")
    (tmp_path / "mine.trigrad").write_text(mine.to_json(), encoding="utf-8")
    assert opened("mine.trigrad", folder=tmp_path) == ("slow mine.trigrad", mine)
    first, worksheet = opened("mine.trigrad", "--partial", "x", folder=tmp_path)
    assert (first, worksheet.text, worksheet.partials) == ("slow None", "x^2 y", "x")


def test_that_a_polynomial_with_the_name_of_a_file_is_opened_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("milk", encoding="utf-8")
    done = run("x", script=RECORDED, folder=tmp_path)
    assert '"text": "x"' in done.stdout
    assert done.stderr == (
        "trigrad: x is read as a polynomial; for the file of that name write ./x\n"
    )


@pytest.mark.parametrize("words", [["--json"], ["--csv", "out.csv"]])
def test_that_it_answers_as_text_and_opens_no_window_where_text_is_asked_for(
    tmp_path: Path, words: list[str]
) -> None:
    arguments = ["-x^2", "--at", "x=3", "--method", "rules", "--partial", "x", *words]
    done = run(*arguments, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    if words == ["--json"]:
        assert json.loads(done.stdout)["rows"][0]["exact"] == "-6"
    else:
        assert "∂f/∂x = -6" in done.stdout
        assert "-6.0" in (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert run("-x^2", *words, folder=tmp_path).stderr == (
        "trigrad: The point has no value for x; add --at x=1.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--foo"], "unrecognized arguments: --foo; trigrad --help shows how it is used."),
        (["x^2", "--foo"], "unrecognized arguments: --foo; trigrad --help shows"),
        (["x^2", "+1"], "unrecognized arguments: +1 (put quotes around a polynomial); trigrad"),
        (["x^2", "--at", "y=1"], "--at: f has no variable y; its variables are: x."),
        (["x y", "--at", "x=1"], "The point has no value for y; add --at y=1."),
        (["x", "--partial", "z"], "f has no variable z; its variables are: x."),
        (["x", "--method", "magic"], "There is no method 'magic'; choose among: forward,"),
        (["homework.trigrad"], "There is no file homework.trigrad, and it is no polynomial"),
        (["pipe.json"], "pipe.json cannot be read: it is a device or a pipe, not a file."),
        (["/dev"], "/dev cannot be read: Is a directory."),
    ],
)
def test_that_wrong_words_are_refused_before_the_window(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    done = run(*arguments, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"trigrad: {message}") and done.stderr.count("\n") == 1


NO_SCREEN: dict[str, str | None] = {"DISPLAY": None, "WAYLAND_DISPLAY": None}


def test_that_without_a_screen_the_words_are_answered_as_text() -> None:
    done = run("2ab^2", "--at", "a=2,b=3", "--partial", "a", "--method", "rules", **NO_SCREEN)
    assert done.returncode == 0
    assert "∂f/∂a = 18" in done.stdout and "hessian" not in done.stdout
    assert done.stderr.count("\n") == 1 and "no window" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "shown"),
    [
        (["--help"], 0, "usage: trigrad [POLYNOMIAL | WORKSHEET]"),
        (["--version"], 0, "trigrad 0.1.0"),
        (["--foo"], 2, "unrecognized arguments: --foo; trigrad --help shows"),
        (["no.json"], 2, "no.json cannot be read: No such file or directory."),
        (["x^^2", "--json"], 2, "^ cannot follow ^. (column 2)"),
    ],
)
def test_that_without_a_console_a_box_shows_what_is_to_be_told(
    arguments: list[str], status: int, shown: str
) -> None:
    done = run(*arguments, script=WITHOUT_CONSOLE)
    assert (done.returncode, done.stderr) == (status, "")
    assert done.stdout.startswith(shown)
    silent = run(*arguments, script=WITHOUT_CONSOLE, **NO_SCREEN)
    assert (silent.returncode, silent.stdout, silent.stderr) == (status, "", "")


def test_that_without_a_console_and_a_screen_it_ends_with_its_status() -> None:
    done = run("x^2", script=WITHOUT_CONSOLE, **NO_SCREEN)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")  # nothing to print it on


def wait_for(condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + SECONDS / 2
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("arguments", "key", "status"), [(["--foo"], "Return", 2), (["x^2"], "ctrl+q", 0)]
)
def test_that_box_and_window_open_and_close_without_a_console(
    tmp_path: Path, arguments: list[str], key: str, status: int
) -> None:
    script = WITHOUT_CONSOLE.replace("QDialog.exec", "unused")
    with subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        env=os.environ
        | {"XDG_CONFIG_HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
        | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:

        def find() -> str:
            return subprocess.run(windows, capture_output=True, text=True, check=False).stdout

        windows = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "--name", "t"]
        try:
            wait_for(find, process)
            press = ["windowfocus", "--sync", find().split()[0], "key", key]
            subprocess.run(["xdotool", *press], check=True)
            out, err = process.communicate(timeout=SECONDS / 2)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
    assert (process.returncode, out, err) == (status, "", "")
