"""GraphML of the network, for yEd, Gephi, Cytoscape and networkx.

Each program reads its own part of the picture. yEd reads ``y:ShapeNode`` and
``y:PolyLineEdge``. Gephi reads neither; it takes the keys ``x``, ``y``, ``size``, ``r``,
``g``, ``b`` and ``label``, its ``y`` upwards, and mistakes keys called ``d3`` and ``d7``
for labels, so that keys here are called by their names. networkx reads both, of one name
the later, so that the graphics come first.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from kg.colours import FAINT, GREY, INK
from kg.graph import KnowledgeGraph
from kg.serialization import save, xml_bytes

if TYPE_CHECKING:
    import networkx as nx

    from kg.placed import Edge, Node, Placed

SUFFIX = ".graphml"

_NAMESPACES = {
    "xmlns": "http://graphml.graphdrawing.org/xmlns",
    "xmlns:y": "http://www.yworks.com/xml/graphml",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://graphml.graphdrawing.org/xmlns "
    "http://www.yworks.com/xml/schema/graphml/1.1/ygraphml.xsd",
}
_NODE = {
    **dict.fromkeys("label name type iri definition synonyms".split(), "string"),
    **dict.fromkeys("x y size".split(), "double"),
    **dict.fromkeys("r g b".split(), "int"),
}
_EDGE = dict.fromkeys("label predicate says references".split(), "string")
_SHAPES = {
    "dot": "ellipse",
    "star": "star5",
    "triangle": "triangle",
    "triangleDown": "trapezoid2",
    "diamond": "diamond",
    "hexagon": "hexagon",
    "square": "rectangle",
}


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the network to a file."""
    return save(path, content(graph.network()))


def content(network: nx.MultiDiGraph, centre: str = "") -> bytes:
    """A network as the bytes of a file."""
    from kg.placed import placed

    drawing = placed(network, centre)
    root = Element("graphml", _NAMESPACES)
    for kind, keys in (("node", _NODE), ("edge", _EDGE)):
        graphics = {"id": f"{kind}graphics", "for": kind, "yfiles.type": f"{kind}graphics"}
        SubElement(root, "key", graphics)
        for name, type_ in keys.items():
            named = {"id": f"{kind}_{name}", "for": kind, "attr.name": name, "attr.type": type_}
            SubElement(root, "key", named)
    graph = SubElement(root, "graph", {"id": "G", "edgedefault": "directed"})
    for node in drawing.nodes:
        _node(graph, node, drawing)
    for number, edge in enumerate(drawing.edges):
        _edge(graph, f"e{number}", edge, drawing)
    return xml_bytes(root)


def _node(graph: Element, node: Node, drawing: Placed) -> None:
    element = SubElement(graph, "node", {"id": node.id})
    shape = SubElement(_data(element, "nodegraphics"), "y:ShapeNode")
    side = f"{2 * node.radius:g}"
    left, top = f"{node.x - node.radius:g}", f"{node.y - node.radius:g}"
    SubElement(shape, "y:Geometry", {"height": side, "width": side, "x": left, "y": top})
    SubElement(shape, "y:Fill", {"color": node.colour, "transparent": "false"})
    SubElement(shape, "y:BorderStyle", _line(INK, drawing))
    below = {"modelName": "sides", "modelPosition": "s", "fontSize": f"{drawing.font:.0f}"}
    SubElement(shape, "y:NodeLabel", below).text = "\n".join(node.lines)
    SubElement(shape, "y:Shape", {"type": _SHAPES[node.shape]})
    values = {
        "label": node.caption,
        "name": node.label,
        "type": node.type,
        "iri": node.iri,
        "definition": node.definition,
        "synonyms": " | ".join(node.synonyms),
        "x": f"{node.x:g}",
        "y": f"{-node.y:g}",
        "size": f"{node.radius:g}",
        **dict(zip("rgb", map(str, node.rgb), strict=True)),
    }
    for name, value in values.items():
        _data(element, f"node_{name}").text = value


def _edge(graph: Element, number: str, edge: Edge, drawing: Placed) -> None:
    ends = {"id": number, "source": edge.source, "target": edge.target}
    element = SubElement(graph, "edge", ends)
    line = SubElement(_data(element, "edgegraphics"), "y:PolyLineEdge")
    if edge.bend:
        path = SubElement(line, "y:Path", dict.fromkeys(("sx", "sy", "tx", "ty"), "0"))
        SubElement(path, "y:Point", {"x": f"{edge.bend[0]:g}", "y": f"{edge.bend[1]:g}"})
    SubElement(line, "y:LineStyle", _line(GREY, drawing))
    SubElement(line, "y:Arrows", {"source": "none", "target": "standard"})
    small = {"fontSize": f"{drawing.font * 0.7:.0f}", "textColor": FAINT}
    SubElement(line, "y:EdgeLabel", small).text = edge.caption
    values = {
        "label": edge.caption,
        "predicate": edge.predicate,
        "says": edge.says,
        "references": " ".join(edge.references),
    }
    for name, value in values.items():
        _data(element, f"edge_{name}").text = value


def _line(colour: str, drawing: Placed) -> dict[str, str]:
    return {"color": colour, "type": "line", "width": f"{drawing.scale:g}"}


def _data(element: Element, key: str) -> Element:
    return SubElement(element, "data", {"key": key})
