"""The public names of the engine, and nothing else; loads neither Qt, torch nor sympy."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.comparison import Comparison, ComparisonRow, compare
    from engine.differentiation.forward_difference import forward_difference
    from engine.differentiation.method import MethodChoice
    from engine.differentiation.registry import methods
    from engine.errors import EngineError, ReadError
    from engine.evaluation.autograd import autograd_evaluate, autograd_hessian
    from engine.evaluation.autograd_grid import autograd_sample
    from engine.evaluation.field import GradientField, RegularGrid, sample
    from engine.evaluation.points import evaluate
    from engine.export.csv import write_csv
    from engine.language.reader import Reading, read
    from engine.partial import Partial
    from engine.point import Point
    from engine.polynomial import Polynomial
    from engine.studies.error_samples import ErrorSample, ErrorStudy
    from engine.studies.error_study import study_error, study_errors
    from engine.worksheet.worksheet import Worksheet

_HOMES = {
    "Comparison": "comparison",
    "ComparisonRow": "comparison",
    "EngineError": "errors",
    "ErrorSample": "studies.error_samples",
    "ErrorStudy": "studies.error_samples",
    "GradientField": "evaluation.field",
    "MethodChoice": "differentiation.method",
    "Partial": "partial",
    "Point": "point",
    "Polynomial": "polynomial",
    "ReadError": "errors",
    "Reading": "language.reader",
    "RegularGrid": "evaluation.field",
    "Worksheet": "worksheet.worksheet",
    "autograd_evaluate": "evaluation.autograd",
    "autograd_hessian": "evaluation.autograd",
    "autograd_sample": "evaluation.autograd_grid",
    "compare": "comparison",
    "evaluate": "evaluation.points",
    "forward_difference": "differentiation.forward_difference",
    "methods": "differentiation.registry",
    "read": "language.reader",
    "sample": "evaluation.field",
    "study_error": "studies.error_study",
    "study_errors": "studies.error_study",
    "write_csv": "export.csv",
}
"""Name to the module that it is loaded from when it is first used."""

__all__ = [
    "Comparison",
    "ComparisonRow",
    "EngineError",
    "ErrorSample",
    "ErrorStudy",
    "GradientField",
    "MethodChoice",
    "Partial",
    "Point",
    "Polynomial",
    "ReadError",
    "Reading",
    "RegularGrid",
    "Worksheet",
    "autograd_evaluate",
    "autograd_hessian",
    "autograd_sample",
    "compare",
    "evaluate",
    "forward_difference",
    "methods",
    "read",
    "sample",
    "study_error",
    "study_errors",
    "write_csv",
]


def __getattr__(name: str) -> Any:
    """Load a public name: a program that only reads text does not wait for the rest."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
