"""A worksheet file's text, read: every value is checked, and refused with its place in the file."""

from __future__ import annotations

import json
import math
import reprlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NoReturn

from engine.differentiation import registry
from engine.differentiation.method import MethodChoice, ParameterValue
from engine.errors import MethodUnavailableError, WorksheetError, shorten
from engine.limits import LIMITS
from engine.writing.names import canonical_name

SCHEMA_VERSION = 1


class _Number(str):
    """A number as the file writes it: no digit is lost, however many there are."""

    __slots__ = ()
    __repr__ = str.__str__


def read_fields(text: str) -> dict[str, Any]:
    """Return the fields of the worksheet that ``text`` holds as JSON, by name.

    Raises:
        WorksheetError: The text is no worksheet, or one of another version, or a value in it
            cannot be worked with.
    """
    try:
        data = json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise WorksheetError(f"This is no trigrad worksheet: it is no JSON at {place}.") from error
    except RecursionError as error:
        raise WorksheetError("This is no trigrad worksheet: it is nested too deeply.") from error
    except (TypeError, ValueError) as error:
        raise WorksheetError(f"This is no trigrad worksheet ({error}).") from error
    if not isinstance(data, dict):
        raise WorksheetError("This is no trigrad worksheet: it is no JSON object.")
    _check_version(data)
    data.setdefault("about", "")  # files of earlier versions have none
    _check_names(data, ("schema_version", *_READERS), "")
    return {name: read(data[name], name) for name, read in _READERS.items()}


def _check_version(data: dict[str, object]) -> None:
    if "schema_version" not in data:
        raise WorksheetError("This is no trigrad worksheet: it has no 'schema_version'.")
    version = data["schema_version"]
    if not isinstance(version, _Number) or version != str(SCHEMA_VERSION):
        raise WorksheetError(
            f"This worksheet has version {_quoted(version)}; this program reads {SCHEMA_VERSION}."
        )


def _text(value: object, place: str, *, longest: int = LIMITS.characters) -> str:
    if not isinstance(value, str):
        _refuse(place, f"{_quoted(value)} stands where a text is expected.")
    if len(value) > longest:
        _refuse(place, f"{len(value):,} characters are too many; up to {longest:,} are read.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        half = value[error.start]
        _refuse(place, f"{half!r} is half of a character, which no file can hold; take it out.")
    return str(value)


def _number(value: object, place: str) -> float:
    if not isinstance(value, _Number):
        _refuse(place, f"{_quoted(value)} stands where a number is expected.")
    return float(value)


def _coordinates(value: object, place: str) -> tuple[tuple[str, str], ...]:
    read = partial(_text, longest=LIMITS.number)
    return tuple((canonical_name(n), read(typed, at)) for n, typed, at in _items(value, place))


def _methods(value: object, place: str) -> tuple[MethodChoice, ...]:
    return tuple(_method(one, at) for one, at in _elements(value, place))


def _method(value: object, place: str) -> MethodChoice:
    data = _object(value, place)
    _check_names(data, ("key", "parameters"), place)
    parameters = [
        (name, _parameter(given, at))
        for name, given, at in _items(data["parameters"], f"{place}.parameters")
    ]
    choice = MethodChoice(_text(data["key"], f"{place}.key"), tuple(parameters))
    try:
        registry.make(choice)
    except MethodUnavailableError as error:
        _refuse(place + _blamed(choice), str(error))
    return choice


def _parameter(value: object, place: str) -> ParameterValue:
    if isinstance(value, _Number):
        return float(value)
    return _text(value, place, longest=LIMITS.number)


def _blamed(choice: MethodChoice) -> str:
    """Return the place, within a method that cannot be made, of what is wrong with it."""
    if not _can_be_made(MethodChoice(choice.key)):
        return ".key"
    for parameter in choice.parameters:
        if not _can_be_made(MethodChoice(choice.key, (parameter,))):
            return f".parameters{_member(parameter[0])}"
    return ".parameters"


def _can_be_made(choice: MethodChoice) -> bool:
    try:
        registry.make(choice)
    except MethodUnavailableError:
        return False
    return True


def _axes(value: object, place: str) -> tuple[str, ...]:
    return tuple(canonical_name(_text(one, at)) for one, at in _elements(value, place))


def _intervals(value: object, place: str) -> tuple[tuple[str, float, float], ...]:
    return tuple(
        (canonical_name(name), *_interval(name, ends, at))
        for name, ends, at in _items(value, place)
    )


def _interval(name: str, value: object, place: str) -> tuple[float, float]:
    ends = [_number(one, at) for one, at in _elements(value, place)]
    if len(ends) != 2:
        _refuse(place, "two numbers are expected, from where and to where.")
    low, high = ends
    if not -math.inf < low < high < math.inf:
        _refuse(place, f"{_shown(name)} is plotted from {low:g} to {high:g}.")
    return low, high


_READERS: dict[str, Callable[[object, str], object]] = {
    "text": _text,
    "coordinates": _coordinates,
    "partials": partial(_text, longest=LIMITS.partials),
    "methods": _methods,
    "axes": _axes,
    "intervals": _intervals,
    "about": partial(_text, longest=LIMITS.about),
}
"""How the value of each field of a Worksheet is read, from the value and its place."""


def _object(value: object, place: str) -> dict[str, object]:
    if not isinstance(value, dict):
        _refuse(place, f"{_quoted(value)} stands where a JSON object is expected.")
    return value


def _items(value: object, place: str) -> Iterator[tuple[str, object, str]]:
    """Yield name, value and place of what stands in an object."""
    for name, one in _object(value, place).items():
        at = place + _member(name)
        yield _text(name, at), one, at


def _elements(value: object, place: str) -> Iterator[tuple[object, str]]:
    """Yield what stands in a list, each with its place."""
    if not isinstance(value, list):
        _refuse(place, f"{_quoted(value)} stands where a list is expected.")
    for number, one in enumerate(value):
        yield one, f"{place}[{number}]"


def _check_names(data: dict[str, object], names: tuple[str, ...], place: str) -> None:
    """Refuse an object that has not exactly these members: saved again, it would lose some."""
    for name in names:
        if name not in data:
            _refuse(place, f"it has no {name!r}.")
    for name in data:
        if name not in names:
            _refuse((place + _member(name)).lstrip("."), "this program knows no such member.")


def _quoted(value: object) -> str:
    return shorten(reprlib.repr(value), 40)


def _member(name: str) -> str:
    """Return how the place of a member goes on after that of its object."""
    return f".{_shown(name)}"


def _shown(name: str) -> str:
    """Return a name for a message of one short line, whatever it consists of."""
    return shorten(name if name and name.isprintable() else repr(name))


def _refuse(place: str, said: str) -> NoReturn:
    where = f" at {place}" if place else ""
    raise WorksheetError(f"This worksheet is wrong{where}: {said}")
