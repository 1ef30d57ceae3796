"""The graph column: PyTorch's graph, drawn to be zoomed, panned and played."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from engine.explanation.computation_graph import ComputationGraph
from engine.explanation.graph_layout import GraphLayout
from gui.look.theme import Theme
from gui.panels.explanation.graph_items import SIZES, EdgeItem, NodeItem
from gui.panels.explanation.playback import Playback

_MARGIN = 14.0
_LARGEST_FIT, _SMALLEST, _LARGEST = 1.25, 0.05, 4.0
_WHEEL = 1.0015

_READABLE = 0.62
"""The scale below which numbers in a box cannot be read any more."""

_NEAR = 30
"""Pixels around the box that is computed, which are kept in view."""


class GraphView(QGraphicsView):
    """Draws a graph as it is played.

    It is fitted into the view until a person zooms; but what would be too small to be read then
    is shown in part, from the inputs on, and follows what is computed.

    Signals:
        node_pointed: Number of the node under the mouse; None where there is none.
    """

    node_pointed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAccessibleName("Computation graph of PyTorch")
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        # It is dragged; bars that come and go would change the room that it is fitted into.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setMouseTracking(True)
        self.setScene(QGraphicsScene(self))
        self._graph: ComputationGraph | None = None
        self._across: bool | None = None
        self._fitted = True
        self._whole = False
        self._pointed: int | None = None
        self.boxes: list[NodeItem] = []
        self.edges: list[EdgeItem] = []
        self._state: tuple[Playback, frozenset[int] | None] | None = None
        self.show_theme(theme)

    def show_graph(self, graph: ComputationGraph) -> None:
        """Draw a graph; one with as many boxes as the last keeps the zoom."""
        same = self._graph is not None and len(self._graph.nodes) == len(graph.nodes)
        self._graph = graph
        if not same:
            self._fitted, self._whole = True, False
        self._build()

    def show_state(self, playback: Playback, lit: frozenset[int] | None) -> None:
        """Show how far the graph is played, and which nodes are not faded."""
        self._state = (playback, lit)
        current = playback.current
        for box in self.boxes:
            number = box.number
            box.show_state(
                value=playback.has_value(number),
                adjoint=playback.has_adjoint(number),
                current=number == current and playback.position < playback.last,
                lit=lit is None or number in lit,
            )
        playing = 0 < playback.position < playback.last
        if playing and current is not None:
            self.ensureVisible(self.boxes[current], _NEAR, _NEAR)
        for edge in self.edges:
            source, taker = edge.ends
            flows = source if playback.backward else taker
            edge.show_state(
                current=playing and flows == current,
                lit=lit is None or (source in lit and taker in lit),
            )

    def fit(self) -> None:
        """Show the whole graph, as large as it fits."""
        self._fitted = self._whole = True
        self._build()

    def whole(self) -> GraphView:
        """Show the whole graph and return the view: a picture of a part is not what is wanted."""
        self.fit()
        return self

    def zoom(self, factor: float) -> None:
        """Enlarge what is shown; it is not fitted any more."""
        scale = self.transform().m11() * factor
        if _SMALLEST <= scale <= _LARGEST:
            self._fitted = False
            self.scale(factor, factor)

    def show_theme(self, theme: Theme) -> None:
        """Use the colours of ``theme``."""
        self.theme = theme
        self.setBackgroundBrush(QColor(theme.base))
        for box in self.boxes:
            box.theme = theme
        for edge in self.edges:
            edge.theme = theme
        self.scene().update()

    def _build(self) -> None:
        if self._graph is None:
            return
        across = self._better_across(self._graph)
        if across == self._across and self._graph is self._built:
            self._fit_if_wanted()
            return
        self._across, self._built = across, self._graph
        layout = self._graph.across if across else self._graph.down
        scene = self.scene()
        scene.clear()
        self.boxes = [NodeItem(n, node, self.theme) for n, node in enumerate(self._graph.nodes)]
        for box, (x, y) in zip(self.boxes, layout.places, strict=True):
            box.setPos(x, y)
            scene.addItem(box)
        self.edges = self._make_edges(self._graph, layout, across=across)
        for edge in self.edges:
            scene.addItem(edge)
        scene.setSceneRect(scene.itemsBoundingRect().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))
        if self._state is not None and self._state[0].graph is self._graph:
            self.show_state(*self._state)
        self._fit_if_wanted()

    _built: ComputationGraph | None = None

    def _make_edges(
        self, graph: ComputationGraph, layout: GraphLayout, *, across: bool
    ) -> list[EdgeItem]:
        out = QPointF(SIZES.width / 2, 0) if across else QPointF(0, SIZES.height / 2)
        edges = []
        for (source, taker), route in layout.routes.items():
            points = [QPointF(*place) for place in route]
            points[0] += out
            points[-1] -= out
            local = [
                one.local
                for one in graph.nodes[taker].recorded.inputs
                if one.node == source and one.local is not None
            ]
            edges.append(EdgeItem((source, taker), points, local, self.theme))
        return edges

    def _better_across(self, graph: ComputationGraph) -> bool:
        room = self.viewport().size()
        return _scale(graph.across, room) >= _scale(graph.down, room)

    def _fit_if_wanted(self) -> None:
        if self._fitted and not self.scene().sceneRect().isEmpty():
            rect = self.scene().sceneRect()
            room = self.viewport().size()
            scale = min(room.width() / rect.width(), room.height() / rect.height(), _LARGEST_FIT)
            readable = self._whole or scale >= _READABLE
            scale = scale if readable else _READABLE
            self.resetTransform()
            self.scale(scale, scale)
            self.centerOn(rect.center() if readable else self.boxes[0].pos())

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        if not self.isEnabled():
            veil = QColor(self.theme.base)
            veil.setAlphaF(0.55)
            painter.fillRect(rect, veil)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self._build()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_WHEEL ** event.angleDelta().y())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom(1.25)
            case Qt.Key.Key_Minus:
                self.zoom(0.8)
            case Qt.Key.Key_0:
                self.fit()
            case _:
                super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        item = self.itemAt(event.position().toPoint())
        self._point_at(item.number if isinstance(item, NodeItem) else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def _point_at(self, number: int | None) -> None:
        if number != self._pointed:
            self._pointed = number
            self.node_pointed.emit(number)


def _scale(layout: GraphLayout, room: QSize) -> float:
    if not layout.places:
        return 1.0
    xs, ys = [x for x, _ in layout.places], [y for _, y in layout.places]
    rect = QRectF(
        0,
        0,
        max(xs) - min(xs) + SIZES.width + 2 * _MARGIN,
        max(ys) - min(ys) + SIZES.height + 2 * _MARGIN,
    )
    return min(room.width() / rect.width(), room.height() / rect.height())
