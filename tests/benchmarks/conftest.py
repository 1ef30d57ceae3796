"""One core, one report: what every benchmark runs under, and where its result goes."""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Callable
from pathlib import Path

# Before NumPy, PyTorch and JAX read them: every contestant has one thread.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")

import pytest

from tests.benchmarks.growth import Growth
from tests.benchmarks.growth_plot import growth_plot
from tests.benchmarks.machine import about
from tests.benchmarks.report import Recorded, markdown, plain, sections

RESULTS: list[Recorded] = []
REMARKS: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--markdown",
        help="file that the tables are written to as well, with a picture of each growth beside it",
    )


def pytest_configure() -> None:
    # JAX starts as many threads as there are cores, whatever it is told.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    # A benchmark may take minutes, and none of them is to be reported as hanging meanwhile: its
    # time limit ends it.
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture
def record() -> Callable[[Recorded], None]:
    """Keep a result for the tables at the end."""
    return RESULTS.append


@pytest.fixture
def remark() -> Callable[[str], None]:
    """Keep a line to be written under the tables."""
    return REMARKS.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not RESULTS:
        return
    said = about()
    terminalreporter.section("benchmarks")
    for line in [said, *plain(RESULTS), *REMARKS]:
        terminalreporter.write_line(line)
    path = terminalreporter.config.getoption("--markdown")
    if path:
        pictures = _draw(Path(path))
        text = markdown(RESULTS, said, REMARKS, pictures)
        Path(path).write_text(text, encoding="utf-8")


def _draw(path: Path) -> dict[str, str]:
    """Draw every section of growths beside ``path``; return section to file name."""
    grown = sections([one for one in RESULTS if isinstance(one, Growth)])
    names = {title: f"{path.stem}-{title.split()[-1]}.svg" for title in grown}
    for title, name in names.items():
        growths = [one for one in grown[title] if isinstance(one, Growth)]
        path.with_name(name).write_text(growth_plot(title, growths), encoding="utf-8")
    return names
