"""A view that shows nothing: it records what its presenter has it show."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class FakeView(QObject):
    """Has the signals of a view and takes the calls that it takes, but is no widget.

    Attributes:
        shown_as: Name of a method to the arguments of its last call, by their names.
        seen: Whether it can be seen.
    """

    _real: type[QWidget]

    def __init__(self) -> None:
        super().__init__()
        self.shown_as: dict[str, dict[str, Any]] = {}
        self.seen = True

    def is_seen(self) -> bool:
        return self.seen

    def __getattr__(self, name: str) -> Callable[..., None]:
        real = getattr(self._real, name)  # a presenter may ask for nothing that the view has not
        signature = inspect.signature(real)

        def record(*args: Any, **kwargs: Any) -> None:
            arguments = signature.bind(self, *args, **kwargs).arguments
            self.shown_as[name] = {key: said for key, said in arguments.items() if key != "self"}

        return record


def fake_view(real: type[QWidget]) -> Any:
    """Return a view in place of a ``real`` one, with the same signals."""
    own = real.__mro__[: real.__mro__.index(QWidget)]
    signals = {
        name: value
        for parent in reversed(own)
        for name, value in vars(parent).items()
        if isinstance(value, Signal)
    }
    return type(f"Fake{real.__name__}", (FakeView,), {**signals, "_real": real})()
