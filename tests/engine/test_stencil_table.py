"""The stencil as a table, the digits that cancel, and both as CSV."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest

import engine
from engine.differentiation.method import DerivativeProblem, MethodChoice, ParameterValue
from engine.errors import ExportError, MethodUnavailableError, PartialError
from engine.explanation.cancellation import cancellation
from engine.explanation.stencil_table import StencilTable, stencil_tables
from engine.partial import Partial
from engine.studies.error_study import schemes_with_step, study_error, study_errors

F = Fraction


def tables(
    scheme: str,
    partial: str,
    text: str = "2ab^2 + 3a^2b",
    at: dict[str, int | str] | None = None,
    **parameters: ParameterValue,
) -> tuple[StencilTable, ...]:
    reading = engine.read(text)
    point = engine.Point(at or {"a": 2, "b": 3})
    problem = DerivativeProblem(
        reading.expression, reading.polynomial, Partial(tuple(partial)), point
    )
    return stencil_tables(problem, MethodChoice(scheme, tuple(parameters.items())))


def test_that_the_lessons_quotient_is_laid_out() -> None:
    (table,) = tables("forward", "a")
    assert [(row.point.offsets, row.point.weight) for row in table.rows] == [
        ((1, 0), 1),
        ((0, 0), -1),
    ]
    moved, still = table.rows
    assert moved.point.coordinates == (2.0001, 3.0)
    assert moved.stored == F(72.00540009000001)
    assert moved.exact == 2 * F(2.0001) * 9 + 3 * F(2.0001) ** 2 * 3
    assert (still.exact, still.stored, still.product) == (72, 72, -72)
    assert table.steps == (("a", F(1e-4)),)
    assert table.total == F(72.00540009000001) - 72
    assert table.divisor == F(1e-4)
    assert table.value == F(54.00090000009072)
    assert table.exact == 54


@pytest.mark.parametrize("dtype", ["float64", "float32", "rational"])
@pytest.mark.parametrize("scheme", schemes_with_step())
@pytest.mark.parametrize("partial", ["a", "ab", "bb"])
def test_that_the_table_adds_up_to_what_the_method_gives(
    scheme: str, partial: str, dtype: str
) -> None:
    if scheme not in schemes_with_step(len(partial)):
        with pytest.raises(MethodUnavailableError):
            tables(scheme, partial)
        return
    parameters: dict[str, ParameterValue] = {"dtype": dtype, "step": "0.01"}
    made = tables(scheme, partial, "a^4b^3 - ab/3", {"a": "1/3", "b": "-2.7"}, **parameters)
    reading = engine.read("a^4b^3 - ab/3")
    choice = MethodChoice(scheme, tuple(parameters.items()))
    point = engine.Point({"a": "1/3", "b": "-2.7"})
    (row,) = engine.compare(reading.polynomial, point, [tuple(partial)], [choice]).rows
    assert sum(table.share for table in made) == 1
    assert row.value is not None
    if len(made) == 1:
        assert made[0].value == F(row.value)
    for table in made:
        assert table.total is not None
        assert table.total == sum(r.product for r in table.rows if r.product is not None)
        if dtype == "rational":
            assert all(r.stored == r.exact for r in table.rows)
            assert table.total / table.divisor == table.value
    if dtype == "rational":
        assert row.value == sum(t.share * t.value for t in made if t.value is not None)


def test_that_an_overflow_leaves_the_products_empty() -> None:
    (table,) = tables("forward", "a", "a^9", {"a": 10**30}, dtype="float32", step="1e25")
    assert {row.stored for row in table.rows} == {None}
    assert table.total is None
    assert table.value is None
    assert table.cancellation is None
    assert all(row.exact > 10**260 for row in table.rows)


def test_that_what_has_no_stencil_says_so() -> None:
    with pytest.raises(MethodUnavailableError, match="Symbolic rules evaluates f at no other"):
        tables("rules", "a")
    with pytest.raises(PartialError, match="needs no stencil"):
        tables("forward", "")


def test_that_the_digits_that_cancel_are_counted() -> None:
    (table,) = tables("forward", "a")
    digits = table.cancellation
    assert digits is not None
    assert digits.minuend == "72.0054000900000090723551693372428417205810546875"
    assert digits.subtrahend == "72.0000000000000000000000000000000000000000000000"
    assert digits.difference == " 0.0054000900000090723551693372428417205810546875"
    assert digits.minuend[: digits.lost] == "72.00"
    assert digits.digits_lost == 4
    assert not digits.shortened


@pytest.mark.parametrize(
    ("products", "minuend", "subtrahend", "difference", "lost", "digits"),
    [
        ([F(36001, 1000), -F(35999, 1000)], "36.001", "35.999", " 0.002", 5, 4),
        ([F(1), -F(10)], " 1", "10", "- 9", 1, 0),
        ([F(5, 2), F(1), -F(7, 2)], "3.5", "3.5", "0.0", 3, 2),
        ([F(1, 1000), -F(9, 10000)], "0.0010", "0.0009", "0.0001", 5, 1),
        ([F(1000000), -F(999999)], "1000000", " 999999", "      1", 6, 6),
    ],
)
def test_that_places_are_aligned(
    products: list[Fraction],
    minuend: str,
    subtrahend: str,
    difference: str,
    lost: int,
    digits: int,
) -> None:
    found = cancellation(products)
    assert found is not None
    assert (found.minuend, found.subtrahend, found.difference) == (minuend, subtrahend, difference)
    assert (found.lost, found.digits_lost) == (lost, digits)


def test_that_nothing_cancels_where_nothing_is_subtracted() -> None:
    assert cancellation([F(1), F(2)]) is None
    (table,) = tables("complex_step", "a")
    assert table.cancellation is None
    assert table.rows[0].exact == 54 * F(1, 2**66)


def test_that_endless_and_long_decimals_are_cut_and_say_so() -> None:
    third = cancellation([F(1, 3), -F(1, 4)])
    assert third is not None
    assert third.shortened
    assert len(third.minuend) < 70
    tiny = cancellation([F(3, 2**200), -F(1, 2**200)])
    assert tiny is not None
    assert tiny.shortened
    assert tiny.minuend.strip("0.") != ""


def read_back(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_that_studies_are_written_a_row_a_sample_and_read_back(tmp_path: Path) -> None:
    f, point = engine.read("a^4b").polynomial, engine.Point({"a": "1/3", "b": 2})
    studies = study_errors(
        f, point, ("a",), ["forward", "richardson"], ["0.1", "1e-30"], ["float64", "float32"]
    )
    engine.write_csv(studies, tmp_path / "study.csv")
    rows = read_back(tmp_path / "study.csv")
    samples = [(study, sample) for study in studies for sample in study.samples]
    assert len(rows) == len(samples) == 8
    for row, (study, sample) in zip(rows, samples, strict=True):
        assert (row["method"], row["dtype"]) == (study.scheme, study.dtype)
        assert (row["polynomial"], row["at a p/q"]) == ("polynomial: a^4b", "1/3")
        assert Fraction(row["h p/q"]) == sample.step
        for name in ("total", "truncation", "round_off"):
            exact = getattr(sample, name)
            assert row[f"{name} p/q"] == ("" if exact is None else str(exact))
            assert row[name] == ("" if exact is None else repr(float(exact)))
        assert row["value"] == ("" if sample.value is None else repr(sample.value))
        assert row["bound"] == ("" if sample.bound is None else repr(sample.bound))
    assert {row["leading_power"] for row in rows} == {"1", ""}
    engine.write_csv(studies[0], tmp_path / "one.csv", "semicolon")
    text = (tmp_path / "one.csv").read_text(encoding="utf-8-sig")
    assert text.count("\n") == 3
    assert "exact: 1/10" in text


def test_that_a_stencil_is_written_a_row_a_point_and_reads_back(tmp_path: Path) -> None:
    made = tables("five_point", "ab", "a^4b^3", {"a": "1/3", "b": "-2.7"})
    engine.write_csv(made, tmp_path / "stencil.csv")
    rows = read_back(tmp_path / "stencil.csv")
    assert len(rows) == 16
    for row, expected in zip(rows, made[0].rows, strict=True):
        assert (int(row["offset a"]), int(row["offset b"])) == expected.point.offsets
        assert float(row["stored a"]) == expected.point.coordinates[0]
        assert Fraction(row["weight p/q"]) == expected.point.weight
        assert Fraction(row["f p/q"]) == expected.exact
        assert Fraction(row["product p/q"]) == expected.product
        assert float(row["f_stored"]) == expected.stored
    assert {row["step a p/q"] for row in rows} == {str(dict(made[0].steps)["a"])}


def test_that_nothing_is_written_for_nothing(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nothing to write"):
        engine.write_csv([], tmp_path / "empty.csv")
    assert list(tmp_path.iterdir()) == []


def test_that_the_points_of_the_table_are_where_the_study_evaluates() -> None:
    (table,) = tables("central", "a", step="0.25")
    study = study_error(
        engine.read("2ab^2 + 3a^2b").polynomial, engine.Point({"a": 2, "b": 3}), ("a",),
        "central", [0.25],
    )  # fmt: skip
    assert table.value == F(study.samples[0].value or 0)
    assert [row.point.coordinates for row in table.rows] == [(1.75, 3.0), (2.25, 3.0)]
