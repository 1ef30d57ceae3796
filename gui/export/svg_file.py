"""What was painted as an SVG file: in the file's own units, and cut where it was clipped.

Qt's QSvgGenerator writes six digits of the plot's coordinates, leaves clipping to viewers that have
none, and leaves it to them to undo the scaling of every line's width: no two show the same.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from math import atan2, ceil, degrees
from xml.sax.saxutils import escape, quoteattr

import numpy as np
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QTransform,
)

from gui.export.cutting import Floats, cut_line
from gui.export.recorder import Image, Recorder, Shape, State, Text

_IMAGE_SCALE = 2
"""Pixels of an image for each unit of the file."""

_FINE = 32.0
"""How much larger curves are made before they become lines, which are half a unit off at most."""

_FAMILIES = ("Verdana", "Helvetica", "Arial", "sans-serif")
"""What stands in for a font that the reader's machine does not have."""

_INCH = 96
"""Units in an inch, outside of an SVG file."""

_CAPS = {Qt.PenCapStyle.SquareCap: "square", Qt.PenCapStyle.RoundCap: "round"}
_JOINS = {Qt.PenJoinStyle.MiterJoin: "miter", Qt.PenJoinStyle.RoundJoin: "round"}

Look = Mapping[str, str]


def svg_file(recorder: Recorder, title: str, description: str) -> bytes:
    """Return what was painted as a file; letters are as large in it as on the screen."""
    width, height = recorder.width(), recorder.height()
    inch = _INCH / recorder.logicalDpiX()
    head = {
        "xmlns": "http://www.w3.org/2000/svg",
        "xmlns:xlink": "http://www.w3.org/1999/xlink",
        # Whole numbers: viewers would leave the last row of pixels half empty.
        "width": str(round(width * inch)),
        "height": str(round(height * inch)),
        "viewBox": f"0 0 {width} {height}",
        "preserveAspectRatio": "none",
        "fill-rule": "evenodd",
    }
    elements = _Elements()
    for painted in recorder.painted:
        match painted:
            case Shape():
                _add_shape(elements, painted)
            case Text():
                _add_text(elements, painted, recorder)
            case Image():
                _add_image(elements, painted)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<svg{_attributes(head)}>",
            f"<title>{escape(title)}</title>",
            f"<desc>{escape(description)}</desc>",
            *elements.all(),
            "</svg>\n",
        ]
    ).encode()


class _Elements:
    """The elements in order; lines that follow each other and look alike share one."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._lines: list[str] = []
        self._look = ""

    def add(self, element: str) -> None:
        """Add an element."""
        self._end_lines()
        self._written.append(element)

    def add_area(self, commands: str, look: Look) -> None:
        """Add an area, with its outline if it has a look of its own."""
        if commands and look:
            self.add(f"<path{_attributes({**look, 'd': commands})}/>")

    def add_line(self, commands: str, look: Look) -> None:
        """Add a line."""
        if not (commands and look):
            return
        written = _attributes({"fill": "none", **look})
        # Translucent lines that cross look different when they share an element.
        if written != self._look or "stroke-opacity" in look:
            self._end_lines()
        self._look = written
        self._lines.append(commands)

    def all(self) -> list[str]:
        """Return the elements."""
        self._end_lines()
        return self._written

    def _end_lines(self) -> None:
        if self._lines:
            self._written.append(f'<path{self._look} d="{"".join(self._lines)}"/>')
            self._lines = []


def _add_shape(elements: _Elements, shape: Shape) -> None:
    state, path = shape.state, shape.state.place.map(shape.path)
    fill, line = _fill(state), _line(state)
    if state.clip is not None and not state.clip.contains(path.controlPointRect()):
        frame = QPainterPath()
        frame.addRect(state.clip)
        elements.add_area(_commands(path.intersected(frame)) if fill else "", fill)
        elements.add_line(_cut_outline(path, state.clip), _ending_at_edges(line))
    elif fill:
        elements.add_area(_commands(path), {**fill, **line})
    else:
        elements.add_line(_commands(path), line)


def _add_text(elements: _Elements, text: Text, recorder: Recorder) -> None:
    """Add a text; its middle stays where it is, whichever font it is read in."""
    state, words = text.state, text.text.strip()
    metrics = QFontMetricsF(text.font, recorder)
    # Viewers leave out the spaces around a text.
    before = text.text.removesuffix(text.text.lstrip())
    half = metrics.horizontalAdvance(before) + metrics.horizontalAdvance(words) / 2
    middle = state.place.map(text.at + QPointF(half, 0))
    if not words or (state.clip is not None and not state.clip.contains(middle)):
        return
    x, y = _number(middle.x()), _number(middle.y())
    look = {
        "x": x,
        "y": y,
        "text-anchor": "middle",
        **_font(text.font, _scale(state.place), recorder.logicalDpiY()),
        **_colour("fill", state.pen.color(), state.opacity),
    }
    turned = degrees(atan2(state.place.m12(), state.place.m11()))
    if abs(turned) > 1e-3:
        look["transform"] = f"rotate({_number(turned)} {x} {y})"
    elements.add(f"<text{_attributes(look)}>{escape(words)}</text>")


def _add_image(elements: _Elements, image: Image) -> None:
    """Add an image as it is seen: turned, and cut."""
    state = image.state
    seen = state.place.mapRect(image.target)
    if state.clip is not None:
        seen &= state.clip
    if seen.isEmpty():
        return
    size = QSize(ceil(seen.width() * _IMAGE_SCALE), ceil(seen.height() * _IMAGE_SCALE))
    drawn = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setOpacity(state.opacity)
    painter.scale(size.width() / seen.width(), size.height() / seen.height())
    painter.translate(-seen.topLeft())
    painter.setTransform(state.place, combine=True)
    painter.drawImage(image.target, image.image, image.source)
    painter.end()
    look = {
        "x": _number(seen.x()),
        "y": _number(seen.y()),
        "width": _number(seen.width()),
        "height": _number(seen.height()),
        "preserveAspectRatio": "none",
        "xlink:href": f"data:image/png;base64,{b64encode(png_file(drawn)).decode()}",
    }
    elements.add(f"<image{_attributes(look)}/>")


def png_file(image: QImage) -> bytes:
    """Return the image as a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _cut_outline(path: QPainterPath, clip: QRectF) -> str:
    """Return the commands of the parts of a path's line that lie in ``clip``."""
    low = np.array([clip.left(), clip.top()])
    high = np.array([clip.right(), clip.bottom()])
    # Curves become lines.
    lines = [
        np.array([(point.x(), point.y()) for point in polygon.toList()]) / _FINE
        for polygon in path.toSubpathPolygons(QTransform.fromScale(_FINE, _FINE))
    ]
    return "".join(_line_commands(piece) for line in lines for piece in cut_line(line, low, high))


def _line_commands(points: Floats) -> str:
    first, *others = points.tolist()
    return f"M{_pair(first)}" + "".join(f"L{_pair(point)}" for point in others)


def _commands(path: QPainterPath) -> str:
    """Return a path as SVG writes it; a line that comes back to where it began is closed."""
    move = QPainterPath.ElementType.MoveToElement
    names = {move: "M", QPainterPath.ElementType.LineToElement: "L",
             QPainterPath.ElementType.CurveToElement: "C"}  # fmt: skip
    elements = _elements(path)
    following = [kind for kind, _ in elements[1:]] + [move]
    written, start = [], (0.0, 0.0)
    for (kind, place), after in zip(elements, following, strict=False):
        if kind == move:
            start = place
            if after == move:  # it goes nowhere
                continue
        written.append(names.get(kind, " ") + _pair(place))
        if after == move and place == start:
            written.append("Z")
    return "".join(written)


def _elements(path: QPainterPath) -> list[tuple[QPainterPath.ElementType, tuple[float, float]]]:
    """Return the elements of a path except lines of no length: some viewers draw them as a dot."""
    elements: list[tuple[QPainterPath.ElementType, tuple[float, float]]] = []
    for index in range(path.elementCount()):
        element = path.elementAt(index)
        place = (element.x, element.y)
        is_line = element.type == QPainterPath.ElementType.LineToElement
        if not (is_line and elements[-1][1] == place):
            elements.append((element.type, place))
    return elements


def _fill(state: State) -> Look:
    if state.brush.style() == Qt.BrushStyle.NoBrush:
        return {}
    return _colour("fill", state.brush.color(), state.opacity)


def _line(state: State) -> Look:
    """Return how the pen looks in the file; nothing for no pen."""
    pen = state.pen
    if pen.style() == Qt.PenStyle.NoPen:
        return {}
    width = (pen.widthF() or 1.0) * (1.0 if pen.isCosmetic() else _scale(state.place))
    look = {
        **_colour("stroke", pen.color(), state.opacity),
        "stroke-width": _number(width),
        "stroke-linejoin": _JOINS.get(pen.joinStyle(), "bevel"),
    }
    if pen.capStyle() in _CAPS:
        look["stroke-linecap"] = _CAPS[pen.capStyle()]
    if pen.style() != Qt.PenStyle.SolidLine:
        look["stroke-dasharray"] = " ".join(_number(part * width) for part in pen.dashPattern())
    return look


def _ending_at_edges(line: Look) -> Look:
    """Return the look of a line that was cut: a cap would reach over the edge."""
    if "stroke-dasharray" in line:  # the caps are part of the dashes
        return line
    return {name: value for name, value in line.items() if name != "stroke-linecap"}


def _scale(place: QTransform) -> float:
    return float(abs(place.determinant()) ** 0.5)


def _colour(name: str, colour: QColor, opacity: float) -> Look:
    seen = colour.alphaF() * opacity
    return {name: colour.name(), **({} if seen > 0.999 else {f"{name}-opacity": _number(seen)})}


def _font(font: QFont, scale: float, dpi: int) -> Look:
    """Return the font as it is seen, and what may stand in for it where a reader lacks it."""
    own = QFontInfo(font).family()
    size = font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * dpi / 72
    # A name that begins with a dot is private to the machine.
    families = _FAMILIES if own.startswith(".") else dict.fromkeys((own, *_FAMILIES))
    look = {"font-family": ", ".join(families), "font-size": _number(size * scale)}
    if font.bold():
        look["font-weight"] = "bold"
    if font.italic():
        look["font-style"] = "italic"
    return look


def _attributes(values: Look) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in values.items())


def _number(value: float) -> str:
    """Return ``value`` to a hundredth of a unit."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")


def _pair(values: Iterable[float]) -> str:
    return " ".join(map(_number, values))
