"""How hard the property tests try, and methods that are registered for the time of a test."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import settings

from engine.differentiation import registry
from engine.differentiation.method import DifferentiationMethod
from engine.differentiation.registry import MethodEntry
from tests.added_methods.eighth_order import EighthOrderDifference

settings.register_profile("fast", max_examples=10)
settings.register_profile("fuzz", max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

_REGISTERED = tuple(entry.key for entry in registry.methods())

Register = Callable[[type[DifferentiationMethod]], MethodEntry]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Register:
    """Put a method into the registry until the test ends; in this process only."""

    def register(factory: type[DifferentiationMethod]) -> MethodEntry:
        entry = MethodEntry(factory.__name__, "For the time of a test.", factory)
        monkeypatch.setattr(registry, "_METHODS", (*registry.methods(), entry))
        return entry

    return register


@pytest.fixture(params=dict.fromkeys([*_REGISTERED, EighthOrderDifference.key]))
def any_method(request: pytest.FixtureRequest, register: Register) -> MethodEntry:
    """Each method of the registry, and one that is added for the time of the test."""
    if request.param in _REGISTERED:
        return registry.find(request.param)
    return register(EighthOrderDifference)
