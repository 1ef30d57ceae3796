"""Recorder: a paint device that keeps everything that is painted on it, to be written elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QImage,
    QPaintDevice,
    QPaintEngine,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QTextItem,
    QTransform,
)


@dataclass(frozen=True, slots=True)
class State:
    """How the painter was set.

    Attributes:
        pen: Of lines and texts.
        brush: Of areas.
        opacity: 0 to 1.
        place: From what is painted to the device.
        clip: The rectangle of the device outside of which nothing is seen; None for none.
    """

    pen: QPen
    brush: QBrush
    opacity: float
    place: QTransform
    clip: QRectF | None


@dataclass(frozen=True, slots=True)
class Shape:
    """An area with its outline, or a line."""

    state: State
    path: QPainterPath


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one font; ``at`` is the left end of its base line."""

    state: State
    at: QPointF
    text: str
    font: QFont


@dataclass(frozen=True, slots=True)
class Image:
    """The part ``source`` of an image, drawn into ``target``."""

    state: State
    target: QRectF
    image: QImage
    source: QRectF


Painted = Shape | Text | Image


class Recorder(QPaintDevice):
    """Paint on it with a QPainter, end the painter, and read ``painted``.

    Args:
        size: Of the device, in the pixels of what is painted.
        dpi: Dots per inch of the screen that it is painted for.
    """

    def __init__(self, size: QSize, dpi: int) -> None:
        super().__init__()
        self.painted: list[Painted] = []
        self._size, self._dpi = size, dpi
        self._engine = _Engine(self.painted)

    def paintEngine(self) -> QPaintEngine:  # noqa: N802 - Qt's name
        """Return what the painter draws with."""
        return self._engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        """Return what Qt asks about a device."""
        asked = QPaintDevice.PaintDeviceMetric
        match metric:
            case asked.PdmWidth:
                return self._size.width()
            case asked.PdmHeight:
                return self._size.height()
            # Qt scales a QPicture, which pyqtgraph's axes are, by this in relation to the screen's.
            case asked.PdmDpiX | asked.PdmDpiY | asked.PdmPhysicalDpiX | asked.PdmPhysicalDpiY:
                return self._dpi
            case asked.PdmDevicePixelRatioScaled:
                return int(QPaintDevice.devicePixelRatioFScale())
            case _:
                return 1


class _Engine(QPaintEngine):
    """Only copies what it is given: Qt ends the process if one of these methods raises."""

    def __init__(self, painted: list[Painted]) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self._painted = painted

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, _state: object) -> None:  # noqa: N802 - Qt's name
        pass  # the painter is asked whenever something is painted

    def _state(self) -> State:
        painter = self.painter()
        place = painter.deviceTransform()
        clip = place.mapRect(painter.clipBoundingRect()) if painter.hasClipping() else None
        return State(QPen(painter.pen()), QBrush(painter.brush()), painter.opacity(), place, clip)

    def drawPath(self, path: QPainterPath) -> None:  # noqa: N802 - Qt's name
        self._painted.append(Shape(self._state(), QPainterPath(path)))

    def drawPolygon(  # noqa: N802 - Qt's name
        self, points: Iterable[QPointF], mode: QPaintEngine.PolygonDrawMode
    ) -> None:
        path, state = QPainterPath(), self._state()
        path.addPolygon(QPolygonF(list(points)))
        if mode == QPaintEngine.PolygonDrawMode.PolylineMode:
            state.brush.setStyle(Qt.BrushStyle.NoBrush)
        else:
            path.closeSubpath()
        self._painted.append(Shape(state, path))

    def drawTextItem(  # type: ignore[override]  # noqa: N802 - Qt's name
        self, at: QPointF, item: QTextItem
    ) -> None:
        self._painted.append(Text(self._state(), QPointF(at), item.text(), QFont(item.font())))

    def drawPixmap(  # noqa: N802 - Qt's name
        self, target: QRectF | QRect, pixmap: QPixmap | QImage, source: QRectF | QRect
    ) -> None:
        self.drawImage(target, QPixmap(pixmap).toImage(), source)

    def drawImage(  # noqa: N802 - Qt's name
        self, target: QRectF | QRect, image: QImage, source: QRectF | QRect, _flags: object = None
    ) -> None:
        self._painted.append(Image(self._state(), QRectF(target), QImage(image), QRectF(source)))
