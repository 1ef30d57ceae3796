"""Every method of the registry is in the real window, wherever methods are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from engine.differentiation.registry import methods
from engine.studies.error_study import schemes_with_step
from engine.worksheet.worksheet import Worksheet
from gui.app import Trigrad
from gui.panel.panel_slot import PANELS
from gui.panels.comparison.view import ComparisonView
from gui.panels.cost.view import CostView
from gui.panels.error_study.view import ErrorStudyView
from gui.panels.problem.view import ProblemView
from gui.panels.stencil.presenter import StencilPresenter
from gui.panels.stencil.view import StencilView
from gui.session.settings import SettingsRepository
from tests.gui.conftest import BUILD_MILLISECONDS, make_program

pytestmark = pytest.mark.slow

LONG_MILLISECONDS = 30_000

SLOTS = [
    slot
    for slot in PANELS
    if slot.key in {"problem", "comparison", "stencil", "cost", "error_study"}
]


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, settings: SettingsRepository) -> Iterator[Trigrad]:
    """The program with the panels that list methods, on the default worksheet."""
    settings.update(theme="light", tour_offered=True)
    program = make_program(qapp, settings, Worksheet(), SLOTS)
    program.show()
    qtbot.waitUntil(lambda: len(program.panels) == len(SLOTS), timeout=BUILD_MILLISECONDS)
    yield program
    program.window.close()
    program.window.deleteLater()


def test_that_every_method_is_wherever_methods_are(qtbot: QtBot, program: Trigrad) -> None:
    views = {key: panel.widget for key, panel in program.panels.items()}
    check_lists(qtbot, views["problem"], views["comparison"])
    program.window.raise_panel("error_study")
    check_curves(qtbot, views["error_study"])
    program.window.raise_panel("stencil")
    check_stencils(qtbot, views["stencil"], program.panels["stencil"].presenter)
    program.window.raise_panel("cost")
    check_costs(qtbot, views["cost"])


def check_lists(qtbot: QtBot, problem: ProblemView, comparison: ComparisonView) -> None:
    """The check list has each with its settings, the table a row with its value."""
    rows = problem.methods.rows
    assert list(rows) == [entry.key for entry in methods()]
    for entry in methods():
        row = rows[entry.key]
        assert (row.check.text(), row.check.isChecked()) == (entry.label, True)
        assert row.check.toolTip() == entry.summary
        assert row.fold.isHidden() == (not entry.traits.parameters)
        if entry.traits.parameters:
            row.fold.click()
            assert list(row.form.inputs) == [p.name for p in entry.traits.parameters]
    table = comparison.table.comparison
    assert [row.entry for row in table.rows] == list(methods())
    qtbot.waitUntil(
        lambda: all(row.fresh for row in table.rows if not row.entry.traits.requires),
        timeout=LONG_MILLISECONDS,
    )
    for row in table.rows:
        if not row.entry.traits.requires:
            assert row.row is not None
            assert abs(row.row.value - 54) < 1e-2


def check_curves(qtbot: QtBot, study: ErrorStudyView) -> None:
    """Each method with a step has a curve in a colour and with a marker of its own."""
    schemes = list(schemes_with_step())
    qtbot.waitUntil(lambda: list(study.plot._lines) == schemes, timeout=LONG_MILLISECONDS)
    assert items(study.schemes) == schemes
    colours = {line.opts["pen"].color().name() for line, *_ in study.plot._lines.values()}
    markers = {markers.opts["symbol"] for _, markers, _ in study.plot._lines.values()}
    assert len(colours) == len(markers) == len(schemes)
    for key in schemes:
        assert key.replace("_", " ") in study.legend.text().replace("&nbsp;", " ")
        assert any(line.isVisible() for line in study.plot._lines[key])


def check_stencils(qtbot: QtBot, stencil: StencilView, presenter: StencilPresenter) -> None:
    """Each method with a step can be picked, and its stencil is shown."""
    schemes = list(schemes_with_step())
    qtbot.waitUntil(lambda: items(stencil.schemes) == schemes, timeout=LONG_MILLISECONDS)
    for index, key in enumerate(schemes):
        stencil.schemes.setCurrentIndex(index)
        stencil.schemes.activated.emit(index)
        qtbot.waitUntil(
            lambda key=key: {table.scheme for table in presenter.tables() or ()} == {key},
            timeout=LONG_MILLISECONDS,
        )


def check_costs(qtbot: QtBot, cost: CostView) -> None:
    """Each method that counts something has a curve; those of other libraries come later."""
    counting = {e.key for e in methods() if e.traits.cost and not e.traits.requires}
    for plot in (cost.orders, cost.gradients):
        qtbot.waitUntil(lambda plot=plot: counting <= set(plot.curves), timeout=LONG_MILLISECONDS)


def items(picker: QComboBox) -> list[str]:
    return [picker.itemData(index) for index in range(picker.count())]
