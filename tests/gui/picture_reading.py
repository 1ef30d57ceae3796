"""Reading values off a picture that was written: where its tick marks and what is drawn stand.

An SVG file is read as any program would read it, element by element; an image pixel by pixel.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

Floats = NDArray[np.float64]

_INHERITED = ("stroke", "fill", "stroke-width", "vector-effect", "font-family")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_COMMAND = re.compile(r"([MLCZ])([^MLCZ]*)")


@dataclass(frozen=True)
class Axis:
    """Where along the picture each value stands.

    Attributes:
        places: Of the tick marks.
        values: What their numbers say; logarithms to base 10 on a logarithmic axis.
    """

    places: Floats
    values: Floats

    def read(self, place: float) -> float:
        """Return the value at ``place``, as a person reads it off: on a line from tick to tick."""
        slope, start = np.polyfit(self.places, self.values, 1)
        misfit = np.abs(slope * self.places + start - self.values).max() / abs(slope)
        assert misfit < 1.1, f"a tick mark is {misfit:.2f} off the line through all of them"
        return float(slope * place + start)


@dataclass(frozen=True)
class Element:
    """One element of an SVG file, in the units of the whole file."""

    tag: str
    look: dict[str, str]
    lines: tuple[Floats, ...]
    text: str = ""

    @property
    def points(self) -> Floats:
        """All points."""
        return np.concatenate(self.lines)

    @property
    def middle(self) -> Floats:
        """The middle of everything."""
        return (self.points.min(axis=0) + self.points.max(axis=0)) / 2


class SvgPicture:
    """The elements of an SVG file."""

    def __init__(self, path: Path) -> None:
        root = ET.fromstring(path.read_bytes())
        self.size = tuple(float(one) for one in root.attrib["viewBox"].split()[2:])
        self.title, self.description = (
            root.findtext(f"{{*}}{tag}", "") for tag in ("title", "desc")
        )
        self.elements: list[Element] = []
        self._walk(root, np.eye(3), {})

    def _walk(self, node: ET.Element, outer: Floats, inherited: dict[str, str]) -> None:
        place = outer @ _matrix(node.get("transform", ""))
        look = {
            **{name: inherited[name] for name in _INHERITED if name in inherited},
            **node.attrib,
        }
        tag = node.tag.rpartition("}")[2]
        lines = tuple(_moved(line, place) for line in _lines(tag, node))
        if lines:
            self.elements.append(Element(tag, look, lines, "".join(node.itertext())))
        for child in node:
            self._walk(child, place, look)

    def stroked(self, colour: str) -> list[Element]:
        """Return what has lines of a colour."""
        return [one for one in self.elements if one.look.get("stroke") == colour]

    def filled(self, colour: str) -> list[Element]:
        """Return areas of a colour."""
        return [
            one for one in self.elements if one.tag != "text" and one.look.get("fill") == colour
        ]

    def texts(self, colour: str) -> list[Element]:
        """Return texts of a colour."""
        return [
            one for one in self.elements if one.tag == "text" and one.look.get("fill") == colour
        ]

    def frame(self, border: str) -> tuple[Floats, Floats]:
        """Return the corners of the rectangle that the axes make."""
        lines = [line for one in self.stroked(border) for line in one.lines]
        long = [line for line in lines if np.ptp(line, axis=0).max() > min(self.size) / 2]
        points = np.concatenate(long)
        return points.min(axis=0), points.max(axis=0)

    def axis(self, side: str, border: str, muted: str, *, log: bool) -> Axis:
        """Return the axis with its numbers; each has to stand at a tick mark."""
        _, high = self.frame(border)
        along = 0 if side == "bottom" else 1
        marks = [
            line[0, along]
            for one in self.stroked(border)
            for line in one.lines
            if 3 < np.ptp(line, axis=0)[1 - along] < 12 and np.ptp(line, axis=0)[along] < 0.1
        ]
        places, values = [], []
        for number in self.texts(muted):
            place = number.points[0]
            is_below = place[1] > high[1] + 0.7 * _size(number)
            if is_below if side == "left" else not is_below:
                continue
            # The base line of a number lies below its middle.
            middle = place[along] - (0 if along == 0 else 0.35 * _size(number))
            mark = min(marks, key=lambda one: abs(one - middle))
            assert abs(mark - middle) < 1.5, f"{number.text} stands {mark - middle:.1f} off a tick"
            value = float(number.text.replace("\N{MINUS SIGN}", "-"))
            places.append(mark)
            values.append(math.log10(value) if log else value)
        assert len(places) >= 3
        return Axis(np.array(places), np.array(values))


def _size(text: Element) -> float:
    return float(_NUMBER.findall(text.look["font-size"])[0])


def _numbers(text: str) -> list[float]:
    return [float(one) for one in _NUMBER.findall(text)]


def _matrix(text: str) -> Floats:
    whole = np.eye(3)
    for name, arguments in re.findall(r"(\w+)\(([^)]*)\)", text):
        match name, _numbers(arguments):
            case "matrix", [a, b, c, d, e, f]:
                one = np.array([[a, c, e], [b, d, f], [0, 0, 1]])
            case "rotate", [angle, x, y]:
                turn = complex(math.cos(math.radians(angle)), math.sin(math.radians(angle)))
                moved = complex(x, y) - turn * complex(x, y)
                one = np.array(
                    [[turn.real, -turn.imag, moved.real], [turn.imag, turn.real, moved.imag],
                     [0, 0, 1]]
                )  # fmt: skip
            case _:
                raise AssertionError(f"transform {name}({arguments}) is not read here")
        whole = whole @ one
    return whole


def _moved(points: Floats, place: Floats) -> Floats:
    return points @ place[:2, :2].T + place[:2, 2]


def _lines(tag: str, node: ET.Element) -> list[Floats]:
    """Return the points of an element; of a curve those that steer it as well."""
    match tag:
        case "path":
            lines: list[list[float]] = []
            for command, numbers in _COMMAND.findall(node.attrib["d"]):
                if command == "M":
                    lines.append(_numbers(numbers))
                elif command == "Z":
                    lines[-1] += lines[-1][:2]
                else:
                    lines[-1] += _numbers(numbers)
            return [np.array(line).reshape(-1, 2) for line in lines]
        case "rect":
            x, y, width, height = _box(node)
            return [np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height]])]
        case "polyline" | "polygon":
            return [np.array(_numbers(node.attrib["points"])).reshape(-1, 2)]
        case "text":
            return [np.array([[float(node.attrib["x"]), float(node.attrib["y"])]])]
        case "image":
            x, y, width, height = _box(node)
            return [np.array([[x, y], [x + width, y + height]])]
        case "svg" | "g" | "title" | "desc" | "defs":
            return []
        case _:
            raise AssertionError(f"<{tag}> is not read here")


def _box(node: ET.Element) -> list[float]:
    return [float(node.attrib[name]) for name in ("x", "y", "width", "height")]


def height_on(line: Floats, x: float) -> float:
    """Return y of a line that goes from left to right."""
    return float(np.interp(x, line[:, 0], line[:, 1]))


class PixelPicture:
    """The pixels of an image."""

    def __init__(self, pixels: NDArray[np.int_]) -> None:
        self.pixels = pixels

    @classmethod
    def of(cls, image: QImage) -> PixelPicture:
        """Return the pixels of ``image``."""
        image = image.convertToFormat(QImage.Format.Format_RGB888)
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
        rows = rows[:, : 3 * image.width()].copy()  # the image will be gone
        return cls(rows.reshape(image.height(), image.width(), 3).astype(int))

    def part(self, left: float, top: float, width: float, height: float) -> PixelPicture:
        """Return a part of the picture."""
        rows = slice(round(top), round(top + height))
        columns = slice(round(left), round(left + width))
        return PixelPicture(self.pixels[rows, columns])

    def near(self, colour: str, within: int = 24) -> NDArray[np.bool_]:
        """Return which pixels have nearly that colour."""
        wanted = np.array(QColor(colour).toTuple()[:3])
        return (np.abs(self.pixels - wanted) <= within).all(axis=2)

    def disc(self, colour: str, size: int) -> Floats:
        """Return the middle of the area that holds a square of ``size`` pixels of a colour."""
        sums = np.pad(self.near(colour).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
        below, above = sums[size:], sums[:-size]
        held = below[:, size:] - below[:, :-size] - above[:, size:] + above[:, :-size]
        rows, columns = np.nonzero(held == size * size)
        assert rows.size, f"there is no area of {colour}"
        return np.array([columns.mean(), rows.mean()]) + size / 2

    def ticks(self, side: str, border: str, length: int) -> Floats:
        """Return where tick marks of ``length`` pixels stand on an axis; they point inwards."""
        near = self.near(border, within=4)
        # What is turned like this has the axis to the left.
        near = near if side == "left" else near[::-1].T
        axis = int(np.flatnonzero(near.mean(axis=0) > 0.5)[0])
        while near[:, axis].mean() > 0.5:
            axis += 1
        band = slice(axis + length // 3, axis + length - length // 3)
        return _middles(near[:, band].all(axis=1))

    def height_in(self, colour: str, column: int) -> float:
        """Return the middle of a colour in one column; nan unless it is in one piece there."""
        rows = np.flatnonzero(self.near(colour)[:, column])
        whole = rows.size >= 5 and np.ptp(rows) == rows.size - 1
        return float(rows.mean()) + 0.5 if whole else math.nan


def _middles(line: NDArray[np.bool_]) -> Floats:
    """Return the middles of the runs of True."""
    edges = np.diff(np.concatenate([[0], line.astype(int), [0]]))
    return (np.flatnonzero(edges == 1) + np.flatnonzero(edges == -1)) / 2
