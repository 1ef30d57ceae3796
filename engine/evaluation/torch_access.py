"""The way to PyTorch: the only file that imports torch."""

from __future__ import annotations

import warnings
from functools import cache
from typing import Any

from engine.errors import MethodUnavailableError, check_choice

DEVICES = ("cpu", "cuda", "mps")
"""Where tensors can be; the first is the one that is always there."""

DTYPES = ("float64", "float32")
"""What tensors can hold; the first is taken unless another one is chosen."""


def load_torch(device: str, dtype: str) -> Any:
    """Import torch (seconds, the first time) and make sure that the device is there.

    Args:
        device: One of :data:`DEVICES`.
        dtype: One of :data:`DTYPES`.

    Returns:
        The module; no other file imports it.

    Raises:
        MethodUnavailableError: No PyTorch, no such device, or it lacks the number type.
    """
    check_choice("Device", device, DEVICES)
    check_choice("Number type", dtype, DTYPES)
    try:
        import torch
    except ImportError as error:
        raise MethodUnavailableError("PyTorch is not installed; pip install torch.") from error
    present = {
        "cpu": True,
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
    }
    if not present[device]:
        found = ", ".join(name for name, there in present.items() if there)
        raise MethodUnavailableError(f"PyTorch finds no {device} device here; it finds: {found}.")
    if device == "mps" and dtype == "float64":
        raise MethodUnavailableError("An mps device has no float64; choose float32.")
    return torch


@cache
def load_forward_mode() -> None:
    """Let PyTorch load its forward mode, once: a part of that uses what PyTorch deprecates."""
    import torch

    zero = torch.zeros(())
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*torch.jit.script", category=DeprecationWarning)
        torch.func.jvp(torch.sin, (zero,), (zero,))
