"""The public names of the engine, and nothing else; loads neither Qt, torch nor sympy."""

from __future__ import annotations

from engine.comparison import Comparison, ComparisonRow, compare
from engine.differentiation.forward_difference import forward_difference
from engine.differentiation.method import MethodChoice
from engine.differentiation.registry import methods
from engine.error_samples import ErrorSample, ErrorStudy
from engine.error_study import study_error, study_errors
from engine.errors import EngineError, ReadError
from engine.evaluation.points import evaluate
from engine.export.csv import write_csv
from engine.field import GradientField, RegularGrid, sample
from engine.language.reader import Reading, read
from engine.partial import Partial
from engine.point import Point
from engine.polynomial import Polynomial
from engine.worksheet import Worksheet

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
