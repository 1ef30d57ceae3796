"""python -m engine: what it prints, what it writes, and what it refuses."""

import contextlib
import csv
import json
import os
import subprocess
import sys
import time
from itertools import permutations
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.command_line.parser import parse
from engine.command_line.start import worksheet_path
from engine.command_line.words import DIALECT_NAMES, CommandLine, UsageError
from engine.differentiation.method import MethodChoice
from engine.export.csv_cells import DIALECTS
from engine.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parents[2]
EXAMPLE = "2ab^2 + 3a^2b"
QUICK = ["--method", "forward", "--method", "rules"]


def _run(*arguments, **options):
    command = [sys.executable, "-m", "engine", *arguments]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60, check=False, **options
    )


def _rows(capsys, *arguments):
    assert main(["--json", *arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return json.loads(captured.out)


def test_that_the_example_of_the_readme_prints_both_derivatives_by_every_method(capsys):
    assert main([EXAMPLE, "--at", "a=2,b=3", "--partial", "a", "--partial", "ab"]) == 0
    output, errors = capsys.readouterr()
    assert errors == ""
    lines = output.splitlines()
    assert lines[:2] == ["f = 3a²b + 2ab²", "point: a = 2, b = 3"]
    assert "∂f/∂a = 54" in lines and "∂²f/∂a∂b = 24" in lines
    first_words = [line.split()[:2] for line in lines if line.startswith("  ")]
    assert ["forward", "54.00090000009072"] in first_words
    assert ["forward", "24.000500786769408"] in first_words
    for key, value in (("rules", "54"), ("sympy", "24"), ("autograd_reverse", "54.0")):
        assert [key, value] in first_words
    assert ["complex_step", "unavailable"] in first_words
    assert any(line.startswith("  complex_step: ") and "order 2" in line for line in lines)


def test_that_value_and_gradient_are_the_default(capsys):
    data = _rows(capsys, EXAMPLE, "--at", "a=2,b=3", *QUICK)
    assert [(row["partial"], row["method"]) for row in data["rows"]] == [
        ([], "forward"), ([], "rules"), (["a"], "forward"), (["a"], "rules"),
        (["b"], "forward"), (["b"], "rules"),
    ]  # fmt: skip
    assert [row["exact"] for row in data["rows"][::2]] == ["72", "54", "36"]


def test_that_json_has_exact_numbers_beside_floats(capsys):
    data = _rows(capsys, "1/3 a^2", "--at", "a=1/2", "--partial", "a", *QUICK)
    assert data["text"] == "1/3 a^2"
    assert data["point"] == {"a": {"float": 0.5, "exact": "1/2"}}
    forward, rules = data["rows"]
    assert forward["value_exact"] is None and forward["step"] == 1e-4
    assert rules["value_exact"] == rules["exact"] == "1/3"
    assert rules["value"] == rules["exact_float"] == 1 / 3
    assert rules["error_estimate"] is None and rules["unavailable"] is None


def test_that_json_stays_valid_where_floats_end(capsys):
    data = _rows(capsys, "x^2", "--at", "x=1e200", "--partial", "value", *QUICK)
    forward, rules = data["rows"]
    assert forward["value"] in ("inf", None)
    assert rules["exact"] == "1" + "0" * 400 and rules["exact_float"] is None


def test_that_very_long_exact_values_are_printed_short_and_given_whole_as_json(capsys):
    arguments = ["x^300", "--at", f"x={'7' * 100}", "--partial", "value", "--method", "rules"]
    assert main(arguments) == 0
    output = capsys.readouterr().out
    assert "f ≈ 1.805756440368494e+29967 (29968 characters" in output
    assert max(map(len, output.splitlines())) < 200
    assert len(_rows(capsys, *arguments)["rows"][0]["exact"]) > 29_000


def test_that_notes_of_the_reading_are_shown(capsys):
    assert main(["1/2x", "--at", "x=3", "--method", "rules"]) == 0
    notes = [line for line in capsys.readouterr().out.splitlines() if line.startswith("note: ")]
    assert len(notes) == 1 and "1/(2x)" in notes[0].replace(" ", "")
    assert len(_rows(capsys, "1/2x", "--at", "x=3", "--method", "rules")["notes"]) == 1


@pytest.mark.parametrize(
    ("arguments", "exact"),
    [
        (["-x^2", "--at", "x=3"], "-9"),
        (["--at", "x=3", "-x^2"], "-9"),
        (["--at", "x=3", "--", "-x^2"], "-9"),
        (["-h", "--at", "h=3"], None),
        (["--at", "h=3", "--", "-h"], "-3"),
        (["-5"], "-5"),
        (["x", "--at", "x=0,5;"], "1/2"),
        (["x y", "--at", "x=0,5;y=1"], "1/2"),
        (["x y", "--at", "x=1/3", "--at", "y = -1.5"], "-1/2"),
        (["x1 alpha", "--at", "x1=2,alpha=1"], "2"),
        (["x_1 α", "--at", "x₁=2, \\alpha=1"], "2"),
    ],
)
def test_that_a_leading_minus_and_every_form_of_point_are_understood(capsys, arguments, exact):
    if exact is None:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 0
        assert "usage: python -m engine" in capsys.readouterr().out
    else:
        options = ["--method", "rules", "--partial", "value"]
        assert _rows(capsys, *options, *arguments)["rows"][0]["exact"] == exact


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["x y", "--at", "x=1"], "no value for y; add --at y=1"),
        (["x", "--at", "x=1,z=2"], "no variable z; its variables are: x"),
        (["x", "--at", "x=1,x=2"], "gives x twice"),
        (["x", "--at", "x=0,5"], "'5' in 'x=0,5' is no coordinate"),
        (["x", "--at", "x"], "'x' in 'x' is no coordinate"),
        (["x", "--at", "x=1,"], "'' in 'x=1,' is no coordinate"),
        (["x", "--at", "2=1"], "'2' in '2=1' is no variable"),
        (["x", "--at", "x=one"], "'one' is no number"),
        (["x", "--at", "x=1=2"], "no coordinate"),
        (["x", "--at", "x=1 1/2"], "'1 1/2' is two numbers side by side"),
        (["x", "--at", "x=1,000;"], "'1,000' can be meant as 1000 or 1.000"),
        (["x", "--at", "x=1", "--csv", ""], "the path is empty"),
        (["2x^", "--at", "x=1"], "column"),
        (["sin(x)", "--at", "x=1"], "sin"),
        (["x", "--at", "x=1", "--partial", "y"], "no variable y"),
        (["x", "--at", "x=1", "--partial", "x^9"], "order 9 is too high"),
        (["x", "--at", "x=1", "--method", "magic"], "no method 'magic'"),
        (["x", "--at", "x=1", "--dialect", "tsv"], "invalid choice: 'tsv'"),
        (["x", "--at", "x=1", "--nonsense"], "unrecognized arguments: --nonsense"),
        (["x", "-y", "--at", "x=1"], "unrecognized arguments: -y"),
        (["x", "--at"], "expected one argument"),
        ([], "the polynomial is missing"),
        ([""], "the polynomial is an empty text"),
        (["--foo"], "unrecognized arguments: --foo"),
        (["--x^2", "--at", "x=1"], "unrecognized arguments: --x^2"),
        (["--method", "rules", "x^2"], "it stands before --method"),
    ],
)
def test_that_bad_input_is_one_message_and_nothing_is_written(capsys, tmp_path, arguments, message):
    path = tmp_path / "out.csv"
    assert main([f"--csv={path}", *arguments]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert message in errors and errors.endswith("\n") and "Traceback" not in errors
    assert not list(tmp_path.iterdir())


def test_that_csv_is_written_beside_the_text(capsys, tmp_path):
    path = tmp_path / "out.csv"
    assert main([EXAMPLE, "--at", "a=2,b=3", "--partial", "a", *QUICK, "--csv", str(path)]) == 0
    assert "∂f/∂a = 54" in capsys.readouterr().out
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["value"] for row in rows] == ["54.00090000009072", "54.0"]
    assert [row["value p/q"] for row in rows] == ["", "54"]


def test_that_a_file_that_cannot_be_written_leaves_standard_output_empty(capsys, tmp_path):
    path = tmp_path / "missing" / "out.csv"
    assert main(["x", "--at", "x=1", *QUICK, "--csv", str(path)]) == 2
    output, errors = capsys.readouterr()
    assert output == "" and str(path) in errors and "create that folder" in errors


def test_that_the_process_ends_with_the_status_and_loads_only_what_is_asked_for():
    code = (
        "import sys; sys.argv[1:] = ['x^2', '--at', 'x=3', '--method', 'rules', 'central'];"
        "from engine.__main__ import main; status = main();"
        "loaded = {'torch', 'sympy', 'PySide6'} & set(sys.modules); sys.exit(status or len(loaded))"
    )
    finished = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=False)
    assert finished.returncode == 0


def test_that_a_process_with_bad_input_ends_with_status_2():
    finished = _run("x/y", "--at", "x=1,y=2")
    assert (finished.returncode, finished.stdout) == (2, "")
    assert finished.stderr and "Traceback" not in finished.stderr


def test_that_a_reader_who_leaves_early_causes_no_traceback():
    command = [sys.executable, "-m", "engine", "x^2", "--at", "x=3", "--method", "rules"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def test_that_a_terminal_without_the_signs_gets_their_numbers():
    finished = _run(
        "x^2",
        "--at",
        "x=3",
        "--method",
        "rules",
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert finished.returncode == 0 and finished.stderr == ""
    assert "f = x\\xb2" in finished.stdout


def test_that_numbers_beyond_the_floats_are_told_by_their_size(capsys):
    assert main(["x^2", "--at", "x=1e-400", "--partial", "value", *QUICK]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "point: x ≈ 1e-400 (403 characters, exact with --json)"
    assert lines[3] == "f ≈ 1e-800 (803 characters, exact with --json)"
    forward, rules = (line.split() for line in lines[5:7])
    assert forward[:4] == ["forward", "0.0", "1e-800", "0.0"]
    assert rules[:4] == ["rules", "≈", "1e-800", "0"]


def test_that_a_reason_is_printed_once_for_all_methods_and_partials(capsys):
    arguments = ["x^2", "--at", "x=1e400", "--method", "forward", "central", "rules"]
    assert main([*arguments, "--partial", "value, gradient"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(" unavailable " in line for line in lines) == 4
    place = lines.index("unavailable:")
    assert lines[place + 1 :] == [
        "  forward, central: A number of about 1e400 is too large for a float, which ends at "
        "1.8e308; take a smaller number, or an exact method."
    ]


def test_that_a_long_polynomial_is_described_and_given_whole_as_json(capsys):
    arguments = ["(a+b+c)^20", "--at", "a=1,b=1,c=1", "--partial", "value", "--method", "rules"]
    assert main(arguments) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "f: a polynomial of 231 terms and degree 20 (written out with --json)"
    assert _rows(capsys, *arguments)["polynomial"].count("+") == 230


def test_that_a_note_shows_the_text_that_reads_the_other_way(capsys):
    assert main(["x12", "--at", "x12=1", "--method", "rules"]) == 0
    (note,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("note: ")]
    assert note.endswith(" (or: x*12)")


@pytest.mark.parametrize("option", [[], ["--json"]])
def test_that_a_closed_standard_output_is_one_message(option):
    program = [sys.executable, "-m", "engine", "x^2", "--at", "x=3", "--method", "rules", *option]
    finished = subprocess.run(
        ["sh", "-c", '"$@" >&-', "sh", *program],
        cwd=ROOT, stderr=subprocess.PIPE, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert finished.returncode == 1
    assert finished.stderr == "The result could not be printed: standard output is closed.\n"


def test_that_a_process_without_any_stream_ends_with_its_status():
    program = [sys.executable, "-m", "engine", "x/y"]
    finished = subprocess.run(
        ["sh", "-c", '"$@" >&- 2>&-', "sh", *program], cwd=ROOT, timeout=60, check=False
    )
    assert finished.returncode == 2


@pytest.fixture
def worksheet(tmp_path, monkeypatch):
    """A worksheet in a file ``mine.trigrad`` of the current folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mine.trigrad"
    mine = Worksheet(
        text="x y^2",
        coordinates=(("x", "1/2"), ("y", "3")),
        partials="xy",
        methods=(MethodChoice("rules"), MethodChoice("forward", (("step", 0.5),))),
    )
    path.write_text(mine.to_json(), encoding="utf-8")
    return path


def test_that_a_worksheet_file_is_worked_on_whatever_it_is_called(capsys, worksheet):
    for name in ("mine.trigrad", str(worksheet), "./mine.trigrad"):
        data = _rows(capsys, name)
        assert data["text"] == "x y^2" and data["point"]["x"]["exact"] == "1/2"
        assert [(row["method"], row["exact"]) for row in data["rows"]] == [
            ("rules", "6"),
            ("forward", "6"),
        ]
        assert data["rows"][1]["step"] == 0.5


def test_that_what_is_given_beside_a_worksheet_replaces_what_stands_in_it(capsys, worksheet):
    before = worksheet.read_bytes()
    words = ["--at", "x=1,y=2", "--partial", "y", "--method", "rules"]
    (row,) = _rows(capsys, "mine.trigrad", *words)["rows"]
    assert (row["method"], row["partial"], row["exact"]) == ("rules", ["y"], "4")
    (row, _) = _rows(capsys, "mine.trigrad", "--partial", "y")["rows"]
    assert row["exact"] == "3"
    assert worksheet.read_bytes() == before
    assert main(["mine.trigrad", "--at", "x=1"]) == 2
    assert "no value for y" in capsys.readouterr().err


def test_that_a_polynomial_is_never_taken_for_a_file_of_its_name_without_a_word(capsys, worksheet):
    worksheet.rename("x")
    options = ["--at", "x=5", "--partial", "value", "--method", "rules", "--json"]
    assert main(["x", *options]) == 0
    output, errors = capsys.readouterr()
    assert json.loads(output)["rows"][0]["exact"] == "5"
    assert errors == "note: x is read as a polynomial; for the file of that name write ./x\n"
    assert _rows(capsys, "./x")["text"] == "x y^2"
    (worksheet.parent / "y").mkdir()  # no worksheet can be meant
    assert _rows(capsys, "y", "--at", "y=5", *options[2:6])["rows"][0]["exact"] == "5"


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("missing.json", "missing.json cannot be read: No such file or directory."),
        ("missing.trigrad", "There is no file missing.trigrad, and it is no polynomial either: "),
        ("./x", "There is no file ./x, and it is no polynomial either: "),
        ("/no/x", "There is no file /no/x, and it is no polynomial either: "),
        ("homework/x", "There is no file homework/x, and it is no polynomial either: "),
        ("C:\\x" if sys.platform == "win32" else "C:/x", "There is no file C:"),
        ("folder", "folder cannot be read: Is a directory."),
        ("folder.json", "folder.json cannot be read: Is a directory."),
        ("spool", "spool cannot be read: it is a device or a pipe, not a file."),
        ("pipe.json", "pipe.json cannot be read: it is a device or a pipe, not a file."),
        ("/dev/zero", "/dev/zero cannot be read: it is a device or a pipe, not a file."),
        ("notes.txt", "This is no trigrad worksheet"),
        ("a\0b.json", r"'a\x00b.json' cannot be read: no file has such a name."),
    ],
)
def test_that_what_is_no_worksheet_is_refused_with_one_message(
    capsys, tmp_path, monkeypatch, start, message
):
    monkeypatch.chdir(tmp_path)
    for name in ("folder", "folder.json"):
        Path(name).mkdir()
    for name in ("spool", "pipe.json"):
        os.mkfifo(name)
    Path("notes.txt").write_text("milk, bread")
    assert main([start]) == 2
    output, errors = capsys.readouterr()
    assert output == ""
    assert errors.startswith(message) and errors.count("\n") == 1


@pytest.mark.parametrize(
    "text", ["x/2", "1/2 x", r"\frac{alpha}{2}", "alpha/2", "x/2.5", "\\alpha"]
)
def test_that_a_polynomial_that_looks_like_a_path_is_a_polynomial(text):
    assert worksheet_path(text) is None


def test_that_telling_a_file_from_a_polynomial_takes_no_time():
    begin = time.perf_counter()
    for text in ("1/" * 30_000, "a." * 30_000, "/" * 60_000, "aaaa" * 15_000):
        with contextlib.suppress(UsageError):
            worksheet_path(text)
    assert time.perf_counter() - begin < 1


def test_that_a_method_is_given_its_step_and_its_number_type(capsys):
    methods = ["forward:step=1/2", "forward", "central:step=1e-3, dtype=rational", "rules"]
    arguments = ["x^3", "--at", "x=1", "--partial", "x", "--method", *methods]
    rows = _rows(capsys, *arguments)["rows"]
    assert [row["step"] for row in rows] == [0.5, 1e-4, 1e-3, None]
    assert rows[0]["value"] == 4.75 and rows[2]["dtype"] == "rational"
    assert main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    labels = [line.split()[0] for line in lines if line.startswith("  ")]
    assert labels == [
        "method", "forward:step=1/2", "forward", "central:step=1e-3,dtype=rational", "rules"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "message"),
    [
        ("forward:stepp=1", "Forward difference has no parameter 'stepp'; it has: step, dtype."),
        ("forward:step", "'step' in 'forward:step' is no setting; write forward:step=1e-6"),
        ("forward:step=", "'step=' in 'forward:step=' is no setting"),
        ("forward:step=-1", "The step '-1' is no positive number"),
        ("forward:dtype=float16", "Number type cannot be 'float16'"),
        ("rules:step=1", "Symbolic rules has no parameter 'step'; it has: none."),
        (":step=1", "There is no method ''"),
    ],
)
def test_that_a_setting_that_a_method_does_not_have_is_refused(capsys, method, message):
    assert main(["x", "--at", "x=1", "--method", method]) == 2
    output, errors = capsys.readouterr()
    assert output == "" and message in errors and errors.count("\n") == 1


def test_that_the_version_is_printed(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == "trigrad 0.1.0\n"


def test_that_the_dialects_are_those_that_there_are():
    assert tuple(DIALECTS) == DIALECT_NAMES


def test_that_words_before_or_behind_the_polynomial_mean_the_same():
    options = [["--at", "x=3"], ["--method", "rules"], ["--json"]]
    lines = set()
    for order in permutations([*options, ["x^2"]]):
        if order.index(["x^2"]) and order[order.index(["x^2"]) - 1][0] == "--method":
            continue  # takes any number of words
        words = [word for group in order for word in group]
        lines.add(parse(words, "trigrad", has_window=True))
    assert lines == {CommandLine("x^2", ("x=3",), (), ("rules",), json=True)}
    assert parse([], "trigrad", has_window=True) == CommandLine()
    assert parse(["--json"], "trigrad", has_window=True) == CommandLine(json=True)
