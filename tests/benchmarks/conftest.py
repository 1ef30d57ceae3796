"""One core, one table: what every benchmark runs under, and where its result goes."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# Before NumPy, PyTorch and JAX read them: every contestant has one thread.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")

import pytest

from tests.benchmarks.race import HEADER, Result, markdown, table

PEERS = ("numpy", "sympy", "torch", "jax", "numba", "numdifftools", "symengine", "python-flint")
RESULTS: list[Result] = []
REMARKS: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--markdown", help="file that the table of ratios is written to as well")


def pytest_configure() -> None:
    # JAX starts as many threads as there are cores, whatever it is told.
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


@pytest.fixture
def record() -> Callable[[Result], None]:
    """Keep a result for the table at the end."""
    return RESULTS.append


@pytest.fixture
def remark() -> Callable[[str], None]:
    """Keep a line to be written under the table."""
    return REMARKS.append


def _gpu() -> str:
    try:
        import torch
    except ImportError:
        return "no GPU: not measured"
    if not torch.cuda.is_available():
        return "no GPU: not measured"
    return f"GPU: {torch.cuda.get_device_name()}"


def _about() -> str:
    found = []
    for name in PEERS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    return (
        f"Python {platform.python_version()}, {', '.join(found)}; one thread of one core, "
        f"{platform.machine()}, {os.cpu_count()} cores; medians of interleaved runs. "
        f"Coordinates and coefficients are signed, in [−1.2, 1.2]; {_gpu()}."
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not RESULTS:
        return
    rows = [HEADER, *table(RESULTS)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    terminalreporter.section("ratios of medians")
    terminalreporter.write_line(_about())
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        terminalreporter.write_line(line.rstrip())
    for said in REMARKS:
        terminalreporter.write_line(said)
    path = terminalreporter.config.getoption("--markdown")
    if path:
        Path(path).write_text(markdown(RESULTS, _about(), REMARKS), encoding="utf-8")
