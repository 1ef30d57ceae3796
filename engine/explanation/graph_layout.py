"""Where the boxes of a computation graph stand: in layers, inputs first, edges around boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is drawn, in a unit of the caller's.

    Attributes:
        width: Of the box of a node.
        height: Of the box of a node.
        between: Room between two layers, for the factors on the edges.
        beside: Room between two boxes of a layer.
    """

    width: float
    height: float
    between: float
    beside: float


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """A layered drawing that grows from left to right.

    Attributes:
        places: Middle of the box of each node, in the unit of the sizes asked for.
        routes: (from, to) to the points that the edge goes through, both middles included.
    """

    places: tuple[Place, ...]
    routes: dict[tuple[int, int], tuple[Place, ...]]


def lay_out(inputs: Sequence[Sequence[int]], sizes: Sizes, *, across: bool = True) -> GraphLayout:
    """Lay out a graph whose boxes all have one size.

    Args:
        inputs: For each node the nodes that it takes, all before it.
        sizes: Of the boxes and the room around them.
        across: Whether layers follow each other from left to right; else from top to bottom.

    Source: Sugiyama, Tagawa & Toda (1981), as implemented by grandalf.
    """
    from grandalf.graphs import Edge, Graph, Vertex
    from grandalf.layouts import SugiyamaLayout, VertexViewer
    from grandalf.routing import EdgeViewer

    box = (sizes.width, sizes.height)
    along, beside = box if across else box[::-1]
    vertices = [Vertex(number) for number in range(len(inputs))]
    pairs = [(source, node) for node, taken in enumerate(inputs) for source in dict.fromkeys(taken)]
    edges = [Edge(vertices[source], vertices[node]) for source, node in pairs]
    for vertex in vertices:
        vertex.view = VertexViewer(w=beside, h=along)
    for edge in edges:
        edge.view = EdgeViewer()
    places: dict[int, Place] = {}
    start = 0.0
    for component in Graph(vertices, edges).C:
        layout = SugiyamaLayout(component)
        layout.xspace, layout.yspace = sizes.beside, sizes.between
        layout.dw, layout.dh = sizes.beside, along
        layout.init_all()  # not before the sizes: edges that pass a layer need room
        layout.draw(8)
        left = min(vertex.view.xy[0] for vertex in component.sV)
        for vertex in component.sV:
            x, y = vertex.view.xy
            places[vertex.data] = (x - left + start, y)
        start += beside + sizes.beside + max(v.view.xy[0] for v in component.sV) - left
    return _turned(places, pairs, edges, across=across)


def _turned(
    places: dict[int, Place],
    pairs: Sequence[tuple[int, int]],
    edges: Sequence[Any],
    *,
    across: bool,
) -> GraphLayout:
    def turn(place: Place) -> Place:
        return (place[1], place[0]) if across else place

    routes = {}
    for pair, edge in zip(pairs, edges, strict=True):
        inner = getattr(edge.view, "_pts", [])[1:-1]
        path = [places[pair[0]], *((float(x), float(y)) for x, y in inner), places[pair[1]]]
        routes[pair] = tuple(map(turn, path))
    return GraphLayout(tuple(turn(places[number]) for number in range(len(places))), routes)
