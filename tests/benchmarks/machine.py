"""What the benchmarks ran on: versions, processor, system, and a pace to compare machines by."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tests.benchmarks.race import medians

PEERS = ("numpy", "torch", "jax", "sympy", "llvmlite", "python-flint", "symengine", "numdifftools")


def about() -> str:
    """Return what a reader needs to judge the times by."""
    versions = ", ".join([f"Python {platform.python_version()}", *map(_version, PEERS)])
    return (
        f"{versions}. {_processor()}, {os.cpu_count()} cores, of which one thread of one is used "
        f"except by the window; {_system()}; {_pace()}; {_gpu()}. Times are medians of "
        "interleaved runs. P1 to P5 and the points have signed numbers in [−1.2, 1.2]. A slope is "
        "that of log time against log size over the upper half of the sizes, by least squares."
    )


def _version(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"no {name}"


def _processor() -> str:
    """Return the model of the processor, as the system calls it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    model = next(models, platform.processor())
    return f"{model or 'processor without a name'} ({platform.machine()})"


def _system() -> str:
    """Return name and version of the system, with its kernel."""
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.platform()
    return f"{name}, {platform.system()} {platform.release()}"


def _pace() -> str:
    """Return how long a fixed piece of plain Python takes here."""
    (seconds,) = medians({"": lambda: sum(range(10**6))}, rounds=7).values()
    return f"sum(range(10**6)) takes {seconds * 1e3:.3g} ms"


def _gpu() -> str:
    try:
        import torch
    except ImportError:
        return "no GPU: not measured"
    if not torch.cuda.is_available():
        return "no GPU: not measured"
    return f"GPU: {torch.cuda.get_device_name()}"
