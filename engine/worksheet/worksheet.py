"""Worksheet: everything the user chose, as one frozen value; JSON with a schema version."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto
from itertools import combinations_with_replacement
from typing import TypedDict

from engine.differentiation import registry
from engine.differentiation.method import MethodChoice
from engine.errors import PartialError, ReadError, shorten
from engine.language.reader import Reading, read, read_names
from engine.limits import LIMITS
from engine.partial import Partial
from engine.point import Point
from engine.worksheet.worksheet_json import SCHEMA_VERSION, read_fields

DEFAULT_COORDINATE = "1"
"""The value of a variable that nobody has set yet."""

DEFAULT_HALF_WIDTH = 5.0
"""Plots show -5 to 5 unless the point lies outside or another interval was chosen."""


def all_methods() -> tuple[MethodChoice, ...]:
    """Return every method of the registry, with its defaults."""
    return tuple(MethodChoice(entry.key) for entry in registry.methods())


@dataclass(frozen=True, slots=True)
class Worksheet:
    """Everything the user chose.

    Attributes:
        text: f as typed.
        coordinates: Variable and number as typed; may name variables that f no longer has.
        partials: As typed: ``value``, ``gradient``, ``hessian`` and products such as ``aab``,
            separated by commas or spaces.
        methods: The methods compared, in order.
        axes: The variables that are plotted; empty for the first two of f.
        intervals: Variable, low, high of the plots, where it is not the default.
        about: A sentence that says what to look at; empty where nobody wrote one.
    """

    text: str = "2ab^2 + 3a^2b"
    coordinates: tuple[tuple[str, str], ...] = (("a", "2"), ("b", "3"))
    partials: str = "value, gradient, hessian"
    methods: tuple[MethodChoice, ...] = field(default_factory=all_methods)
    axes: tuple[str, ...] = ()
    intervals: tuple[tuple[str, float, float], ...] = ()
    about: str = ""

    def to_json(self) -> str:
        """Return the worksheet as JSON, with its schema version.

        Raises:
            WorksheetError: It holds what :meth:`from_json` would refuse, such as too long a text.
        """
        text = json.dumps(
            {
                "schema_version": SCHEMA_VERSION,
                "text": self.text,
                "coordinates": dict(self.coordinates),
                "partials": self.partials,
                "methods": [{"key": m.key, "parameters": dict(m.parameters)} for m in self.methods],
                "axes": list(self.axes),
                "intervals": {name: [low, high] for name, low, high in self.intervals},
                "about": self.about,
            },
            indent=2,
            ensure_ascii=False,
        )
        read_fields(text)
        return text

    @classmethod
    def from_json(cls, text: str) -> Worksheet:
        """Return the worksheet of :meth:`to_json`.

        A name of a variable is taken in every spelling that is read as one: it may be written
        by hand.

        Raises:
            WorksheetError: The text is no worksheet, or one of another version, or a value in it
                cannot be worked with.
        """
        return cls(**read_fields(text))

    def coordinates_of(self, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """Return the coordinates of ``names``; one that nobody typed is 1."""
        typed = dict(self.coordinates)
        return tuple((name, typed.get(name, DEFAULT_COORDINATE)) for name in names)

    def coordinates_with(self, changes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """Return the coordinates with some replaced."""
        return tuple({**dict(self.coordinates), **changes}.items())

    def intervals_with(
        self, names: tuple[str, ...], intervals: tuple[tuple[float, float], ...]
    ) -> tuple[tuple[str, float, float], ...]:
        """Return the intervals with those of ``names`` replaced; dropped for none."""
        kept = tuple(chosen for chosen in self.intervals if chosen[0] not in names)
        return kept + tuple(
            (name, low, high) for name, (low, high) in zip(names, intervals, strict=False)
        )


class WorksheetChanges(TypedDict, total=False):
    """New values of some fields of a :class:`Worksheet`, as keywords that a type checker knows."""

    text: str
    coordinates: tuple[tuple[str, str], ...]
    partials: str
    methods: tuple[MethodChoice, ...]
    axes: tuple[str, ...]
    intervals: tuple[tuple[str, float, float], ...]
    about: str


class Fields(Flag):
    """Some of the fields of a :class:`Worksheet`, such as those that changed.

    A flag and no set of names: a type checker lets a set be compared with any text.
    """

    text = auto()
    coordinates = auto()
    partials = auto()
    methods = auto()
    axes = auto()
    intervals = auto()
    about = auto()


@dataclass(frozen=True, slots=True)
class Inputs:
    """A worksheet, read: what the engine's functions take.

    Attributes:
        reading: f.
        point: Names every variable of f.
        partials: The derivatives asked for, without repetition.
        axes: The plotted variables: none, one or two.
    """

    reading: Reading
    point: Point
    partials: tuple[Partial, ...]
    axes: tuple[str, ...]


def read_worksheet(worksheet: Worksheet, read_text: Callable[[str], Reading] = read) -> Inputs:
    """Read everything that was typed into ``worksheet``.

    Args:
        worksheet: What was typed.
        read_text: Reads the polynomial; one that remembers saves the work.

    Raises:
        ReadError, PointError, PartialError: Something typed cannot be read; the first such.
    """
    reading = read_text(worksheet.text)
    variables = reading.polynomial.variables
    point = read_point(worksheet, variables)
    partials = read_partials(worksheet.partials, variables)
    chosen = tuple(name for name in worksheet.axes if name in variables)
    axes = tuple(dict.fromkeys(chosen + variables))[:2]
    return Inputs(reading, point, partials, axes)


def read_point(worksheet: Worksheet, variables: tuple[str, ...]) -> Point:
    """Return the coordinates of ``variables``; one that nobody typed is 1.

    Raises:
        PointError: A coordinate is no number.
    """
    return Point(dict(worksheet.coordinates_of(variables)))


def read_partials(text: str, variables: tuple[str, ...]) -> tuple[Partial, ...]:
    """Read ``value, gradient, hessian, aab``; each derivative is kept once.

    Raises:
        PartialError: A part is none of these, names a variable that f does not have, or has
            too high an order; or nothing is asked for, or too much is typed.
    """
    if len(text) > LIMITS.partials:
        raise PartialError(
            f"{len(text):,} characters of derivatives are too many; "
            f"up to {LIMITS.partials:,} are read."
        )
    partials: list[Partial] = []
    for word in text.replace(",", " ").split():
        partials.extend(_read_partial(word, variables))
    if not partials and not variables:
        raise PartialError("f is constant: it has no variable to differentiate by; ask for value.")
    if not partials:
        raise PartialError("No derivative is asked for; type e.g. gradient, or a, ab.")
    return tuple(dict.fromkeys(partials))


def _read_partial(word: str, variables: tuple[str, ...]) -> list[Partial]:
    match word.lower():
        case "value":
            return [Partial(())]
        case "gradient":
            return [Partial((name,)) for name in variables]
        case "hessian":
            return [Partial(pair) for pair in combinations_with_replacement(variables, 2)]
    try:
        partial = Partial(read_names(word))
    except ReadError as error:
        raise PartialError(
            f"{shorten(word)!r} is no derivative; type variables such as a, ab or aab, "
            "or value, gradient, hessian."
        ) from error
    partial.multi_index(variables)
    return [partial]


def plot_interval(worksheet: Worksheet, name: str, coordinate: float) -> tuple[float, float]:
    """Return the interval of one plotted variable.

    The chosen one; else the smallest of ±5, ±10, ±20, ±50, ... that holds the point.
    """
    for chosen, low, high in worksheet.intervals:
        if chosen == name:
            return low, high
    half_width = DEFAULT_HALF_WIDTH
    factors = (2.0, 2.0, 2.5)
    step = 0
    while half_width < abs(coordinate) and half_width < 1e300:
        half_width *= factors[step % 3]
        step += 1
    return -half_width, half_width
