"""From the words to a worksheet, everything in them checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from engine.command_line.words import CommandLine
from engine.differentiation import registry
from engine.differentiation.method import MethodChoice
from engine.errors import MethodUnavailableError, PointError, ReadError
from engine.language.reader import read, read_name
from engine.point import Point
from engine.worksheet.worksheet import Worksheet, read_partials
from engine.worksheet.worksheet_reader import read_worksheet_file


def worksheet_of(line: CommandLine, path: Path | None, *, for_text: bool) -> Worksheet:
    """Return the worksheet that the words describe, with everything in them checked.

    Args:
        line: The words.
        path: The file that they name, if any.
        for_text: Whether the answer is text: a polynomial then needs a point, and has fewer
            derivatives where none is named.

    Raises:
        EngineError: Something in them cannot be read, or does not fit the polynomial.
    """
    typed = path is None and bool(line.start)
    if path is not None:
        worksheet = read_worksheet_file(path)
    elif typed:
        worksheet = Worksheet(text=line.start)
        if for_text:
            worksheet = replace(worksheet, coordinates=(), partials="value, gradient")
    else:
        worksheet = Worksheet()
    changes: dict[str, Any] = {}
    if line.methods:
        changes["methods"] = tuple(map(_read_method, line.methods))
    needs_point = bool(line.at) or (typed and for_text)
    if needs_point or line.partials:
        variables = read(worksheet.text).polynomial.variables
        if needs_point:
            changes["coordinates"] = _read_coordinates(line.at, variables)
        if line.partials:
            changes["partials"] = ", ".join(line.partials)
            read_partials(changes["partials"], variables)
    return replace(worksheet, **changes)


def _read_coordinates(
    texts: Iterable[str], variables: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    coordinates: dict[str, str] = {}
    for text in texts:
        for part in text.rstrip("; ").split(";" if ";" in text else ","):
            name, value = _read_coordinate(part, text)
            if name in coordinates:
                raise PointError(f"--at gives {name} twice; give each variable one value.")
            coordinates[name] = value
    unknown = [name for name in coordinates if name not in variables]
    if unknown:
        known = ", ".join(variables) or "none"
        raise PointError(f"--at: f has no variable {unknown[0]}; its variables are: {known}.")
    Point(coordinates)  # that each is a number
    missing = [name for name in variables if name not in coordinates]
    if missing:
        example = ",".join(f"{name}=1" for name in missing)
        raise PointError(f"The point has no value for {', '.join(missing)}; add --at {example}.")
    return tuple(coordinates.items())


def _read_coordinate(part: str, text: str) -> tuple[str, str]:
    name, equals, value = part.partition("=")
    if not equals or "=" in value:
        raise PointError(
            f"--at: {part.strip()!r} in {text!r} is no coordinate; write a=2,b=3, "
            'or with decimal commas "a=0,5;b=1" (one alone: "a=0,5;").'
        )
    try:
        return read_name(name), value
    except ReadError:
        raise PointError(f"--at: {name.strip()!r} in {text!r} is no variable.") from None


def _read_method(text: str) -> MethodChoice:
    key, _, settings = text.partition(":")
    parameters = {one.name: one for one in registry.find(key).traits.parameters}
    choice = MethodChoice(key)
    for part in settings.split(",") if settings else ():
        name, equals, value = (word.strip() for word in part.partition("="))
        if not equals or not value:
            raise MethodUnavailableError(
                f"--method: {part.strip()!r} in {text!r} is no setting; write "
                "forward:step=1e-6,dtype=float32."
            )
        if name in parameters:
            choice = choice.with_value(parameters[name], value)
        else:  # for the registry to refuse
            choice = replace(choice, parameters=(*choice.parameters, (name, value)))
    registry.make(choice)
    return choice
