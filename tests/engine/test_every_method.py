"""A method of the registry is in every table, study and file, and so is one that is added."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import engine
from engine.__main__ import main
from engine.differentiation.method import DerivativeProblem, MethodChoice
from engine.differentiation.registry import MethodEntry
from engine.errors import MethodUnavailableError
from engine.explanation.stencil_table import stencil_tables
from engine.partial import Partial
from engine.studies.cost_study import CostStudy, gradient_costs, order_costs
from engine.studies.error_study import schemes_with_step, study_errors
from engine.worksheet.worksheet import Worksheet

TEXT = "a^9b + ab^2"
READING = engine.read(TEXT)
POINT = engine.Point({"a": "1/3", "b": 2})
PROBLEM = DerivativeProblem(READING.expression, READING.polynomial, Partial(("a",)), POINT)
ARGUMENTS = [TEXT, "--at", "a=1/3,b=2", "--partial", "a"]


def read_back(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_that_it_is_compared_unless_others_are_chosen(any_method: MethodEntry) -> None:
    assert any_method in engine.methods()
    rows = engine.compare(READING, POINT, [("a",)]).rows
    (row,) = [row for row in rows if row.method == any_method.key]
    assert row.unavailable is None
    assert row.relative_error is not None
    assert row.relative_error < 1e-2


def test_that_the_command_line_prints_it_and_writes_its_file(
    any_method: MethodEntry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*ARGUMENTS, "--csv", str(tmp_path / "all.csv")]) == 0
    assert f"\n  {any_method.key} " in capsys.readouterr().out
    assert any_method.key in [row["method"] for row in read_back(tmp_path / "all.csv")]
    assert main([*ARGUMENTS, "--method", any_method.key, "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["rows"]
    assert (row["method"], row["unavailable"]) == (any_method.key, None)
    assert list(row["parameters"]) == [p.name for p in any_method.traits.parameters]
    assert main([*ARGUMENTS, "--method", "psychic"]) == 2
    assert any_method.key in capsys.readouterr().err


def test_that_a_worksheet_has_it_and_keeps_it(any_method: MethodEntry) -> None:
    sheet = Worksheet()
    assert any_method.key in [choice.key for choice in sheet.methods]
    assert Worksheet.from_json(sheet.to_json()) == sheet


def test_that_its_step_is_studied_if_it_has_one(any_method: MethodEntry, tmp_path: Path) -> None:
    steps = [10.0**-n for n in range(1, 8)]
    studies = study_errors(READING.polynomial, POINT, ("a",), schemes_with_step(), steps)
    engine.write_csv(studies, tmp_path / "study.csv")
    studied = {row["method"] for row in read_back(tmp_path / "study.csv")}
    assert (any_method.key in studied) == any_method.has_step
    if not any_method.has_step:
        with pytest.raises(MethodUnavailableError, match="has no step to study; choose among"):
            engine.study_error(READING.polynomial, POINT, ("a",), any_method.key, steps)


def test_that_its_stencil_is_a_table_if_it_has_one(any_method: MethodEntry, tmp_path: Path) -> None:
    choice = MethodChoice(any_method.key)
    if not any_method.has_step:
        with pytest.raises(MethodUnavailableError, match="it has no stencil"):
            stencil_tables(PROBLEM, choice)
        return
    tables = stencil_tables(PROBLEM, choice)
    (row,) = engine.compare(READING, POINT, [("a",)], [choice]).rows
    assert len(tables) > 1 or tables[0].value == row.value
    engine.write_csv(tables, tmp_path / "stencil.csv")
    assert {row["method"] for row in read_back(tmp_path / "stencil.csv")} == {any_method.key}


def test_that_its_cost_is_counted(any_method: MethodEntry, tmp_path: Path) -> None:
    choice = MethodChoice(any_method.key)
    samples = (*order_costs(PROBLEM, choice), *gradient_costs(PROBLEM, choice))
    engine.write_csv(CostStudy(READING.polynomial, POINT, samples), tmp_path / "cost.csv")
    assert {row["method"] for row in read_back(tmp_path / "cost.csv")} == {any_method.key}
    for sample in samples:
        reached = sample.kind == "gradient" or any_method.reaches(sample.size)
        assert (sample.unavailable is None) == reached
        assert sample.unit == (any_method.traits.cost if reached else None)
