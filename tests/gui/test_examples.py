"""The examples: every one opens, is compared and drawn, and says truly what to look at."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.comparison import Comparison, ComparisonRow, compare
from engine.evaluation.field import GradientField
from engine.point import Point
from engine.worksheet.worksheet import Worksheet, read_worksheet
from gui.app import Trigrad
from gui.window.examples import Example, examples

pytestmark = pytest.mark.slow

EXAMPLES = examples()
LONG_MS = 60_000


def rows_of(example: Example) -> dict[tuple[str, str], ComparisonRow]:
    worksheet = example.worksheet
    inputs = read_worksheet(worksheet)
    partials = [partial.names for partial in inputs.partials]
    result = compare(
        inputs.reading.polynomial, inputs.point, partials, methods=list(worksheet.methods)
    )
    return {(row.method, "".join(row.partial)): row for row in result.rows}


def example(title: str) -> Example:
    return next(one for one in EXAMPLES if one.title == title)


def test_that_there_are_enough_and_each_has_a_reason() -> None:
    assert len(EXAMPLES) >= 20
    assert len({one.title for one in EXAMPLES}) == len(EXAMPLES)
    assert len({one.worksheet.text for one in EXAMPLES}) == len(EXAMPLES)
    for one in EXAMPLES:
        assert 60 < len(one.worksheet.about) < 260
        assert one.worksheet.about.endswith(".")
        assert Worksheet.from_json(one.worksheet.to_json()) == one.worksheet
    variables = [
        len(read_worksheet(one.worksheet).reading.polynomial.variables) for one in EXAMPLES
    ]
    assert {1, 2, 3, 4, 6} <= set(variables)


def finished(shown: object) -> bool:
    """Whether every row has its value, or says why it never will."""
    return isinstance(shown, Comparison) and all(
        row.value is not None or "order" in (row.unavailable or "") for row in shown.rows
    )


def test_that_every_example_opens_is_compared_and_drawn(qtbot: QtBot, program: Trigrad) -> None:
    program.window.examples_menu.aboutToShow.emit()
    actions = [a for a in program.window.examples_menu.actions() if not a.isSeparator()]
    assert [action.text() for action in actions] == [one.title for one in EXAMPLES]
    comparison = program.panels["comparison"].exports["csv"]
    samples = program.panels["gradient_field"].exports["csv"]
    for action, one in zip(actions, EXAMPLES, strict=True):
        action.trigger()
        assert program.store.worksheet == one.worksheet
        qtbot.waitUntil(lambda: finished(comparison()), timeout=LONG_MS)
        shown = comparison()
        assert isinstance(shown, Comparison)
        f = read_worksheet(one.worksheet).reading.polynomial
        assert shown.polynomial == f
        field = samples()
        assert isinstance(field, GradientField), one.title
        assert np.ptp(field.values[np.isfinite(field.values)]) > 0
        picture = program.panels["surface"].exports["picture"]
        assert picture() is not None, one.title
        assert program.panels["problem"].widget.about.text() == one.worksheet.about  # type: ignore[attr-defined]


def test_that_an_example_is_left_alone_until_the_text_changes(
    qtbot: QtBot, program: Trigrad
) -> None:
    program.window.examples_menu.aboutToShow.emit()
    program.window.examples_menu.actions()[0].trigger()
    about = program.panels["problem"].widget.about  # type: ignore[attr-defined]
    program.store.edit("point", coordinates=(("a", "5"), ("b", "1")))
    assert about.isVisible()
    program.panels["problem"].widget.text_edited.emit("x^5")  # type: ignore[attr-defined]
    assert not about.isVisible()
    program.store.undo_group.undo()
    assert about.isVisible()


def test_that_an_example_asks_before_it_replaces_what_is_not_saved(
    qtbot: QtBot, program: Trigrad, tmp_path: Path
) -> None:
    program._files.save(tmp_path / "mine.json")
    program.store.edit("mine", text="x^2")
    program.window.examples_menu.aboutToShow.emit()
    program.window.examples_menu.actions()[2].trigger()
    assert program.store.worksheet.text == "x^2"  # a question stands in front of the window


def test_that_float32_fails_where_the_example_says_so() -> None:
    rows = rows_of(example("Where float32 fails"))
    for method in ("autograd_reverse", "autograd_forward", "forward", "central"):
        row = rows[method, "x"]
        assert row.dtype == "float32"
        assert row.correct_digits is not None
        assert row.correct_digits < 1
    assert rows["rules", "x"].absolute_error == 0


def test_that_all_digits_are_lost_where_the_example_says_so() -> None:
    rows = rows_of(example("All digits lost"))
    assert (rows["forward", "x"].value, rows["backward", "x"].value) == (0, 0)
    assert rows["forward", "x"].exact == 2


def test_that_the_complex_step_shines_where_the_example_says_so() -> None:
    rows = rows_of(example("The complex step"))
    row = rows["complex_step", "x"]
    assert row.step == 1e-200
    assert row.relative_error == pytest.approx(0, abs=3e-16)
    assert rows["forward", "x"].relative_error > 1e-9


def test_that_the_other_sentences_are_true() -> None:
    order = rows_of(example("Order of accuracy"))
    errors = [order[key, "x"].absolute_error for key in ("forward", "central", "five_point")]
    assert errors == sorted(errors, reverse=True)
    assert all(order[key, "x"].dtype == "rational" for key in ("forward", "central"))
    assert rows_of(example("Wilkinson roots"))["rules", "x"].value == 5040
    assert rows_of(example("Chebyshev"))["rules", "x"].value == 64
    mixed = rows_of(example("Order does not matter"))
    for method in ("forward", "central", "rules", "autograd_reverse"):
        assert mixed[method, "xy"].value == mixed[method, "yx"].value
        assert len({mixed[method, names].value for names in ("xxy", "xyx", "yxx")}) == 1
    line = read_worksheet(example("Fit of a line").worksheet).reading.polynomial
    best = Point({"w": "3/2", "b": "1/3"})
    assert line.partial("w").value(best) == line.partial("b").value(best) == 0
