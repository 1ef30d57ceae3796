"""Worksheet files: what is read, and what is refused at once whatever stands at the path."""

import os
import socket
import threading
from pathlib import Path

import pytest

from engine.errors import WorksheetError
from engine.worksheet.worksheet import Worksheet
from engine.worksheet.worksheet_reader import LARGEST_FILE, read_worksheet_file


def refusal(path):
    """Return the message for a path; a test that waits for ever is a failure, too."""
    messages = []

    def read():
        with pytest.raises(WorksheetError) as caught:
            read_worksheet_file(path)
        messages.append(str(caught.value))

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(timeout=5)
    (message,) = messages
    return message


def test_that_a_worksheet_is_read_whatever_its_file_is_called(tmp_path):
    mine = Worksheet(text="x^2")
    path = tmp_path / "mine.trigrad"
    path.write_text(mine.to_json(), encoding="utf-8")
    (tmp_path / "link").symlink_to(path)
    assert read_worksheet_file(path) == read_worksheet_file(tmp_path / "link") == mine


def test_that_a_pipe_is_refused_without_waiting_for_its_writer(tmp_path):
    path = tmp_path / "f.json"
    os.mkfifo(path)
    assert refusal(path) == f"{path} cannot be read: it is a device or a pipe, not a file."


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/random"])
def test_that_a_device_is_refused_and_not_read(path):
    assert refusal(Path(path)) == f"{path} cannot be read: it is a device or a pipe, not a file."


def test_that_a_folder_and_a_socket_are_refused(tmp_path):
    assert refusal(tmp_path) == f"{tmp_path} cannot be read: Is a directory."
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        assert refusal(tmp_path / "s").startswith(f"{tmp_path / 's'} cannot be read: ")


def test_that_refusing_leaves_no_file_open(tmp_path):
    os.mkfifo(tmp_path / "f.json")
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        refusal(tmp_path / "f.json")
        refusal(tmp_path)
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("name", ["a\0b.json", "\ud800.json"])
def test_that_a_name_that_no_file_can_have_is_refused_in_one_printable_line(name):
    message = refusal(Path(name))
    assert message == f"{name!r} cannot be read: no file has such a name."
    assert message.isprintable()


def test_that_a_missing_file_is_told_on_one_short_line():
    assert refusal(Path("a\nb.json")) == r"'a\nb.json' cannot be read: No such file or directory."
    message = refusal(Path("x" * 5000 + ".json"))
    assert message.endswith("xxx.json cannot be read: File name too long.") and len(message) < 300


def test_that_a_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "large.json"
    path.write_bytes(b" " * (LARGEST_FILE + 1))
    assert refusal(path) == f"{path} is no trigrad worksheet: it is too large."


def test_that_a_byte_order_mark_is_no_part_of_the_worksheet(tmp_path):
    path = tmp_path / "w.json"
    path.write_text(Worksheet().to_json(), encoding="utf-8-sig")
    assert read_worksheet_file(path) == Worksheet()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"text": "x', "it is no JSON at line 1, column 10."),
        ("[" * 100_000, "it is nested too deeply."),
    ],
)
def test_that_what_is_no_json_is_refused_in_plain_words(tmp_path, content, said):
    path = tmp_path / "w.json"
    path.write_text(content)
    assert refusal(path) == f"This is no trigrad worksheet: {said}"
