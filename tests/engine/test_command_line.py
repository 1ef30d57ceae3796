"""python -m engine: what it prints, what it writes, and what it refuses."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.__main__ import main

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
        ([], "required: polynomial"),
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
