"""GEXF 1.3 of the network, for Gephi, with places, colours and sizes (``viz:``).

Gephi's ``y`` points upwards. It merges parallel edges of one ``kind``, so that each has its
own. Its import scales places but not sizes, unless "Auto-scale" is unticked there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from kg import __version__
from kg.graph import KnowledgeGraph
from kg.serialization import save, xml_bytes

if TYPE_CHECKING:
    import networkx as nx

    from kg.placed import Edge, Node

SUFFIX = ".gexf"

_NAMESPACES = {
    "xmlns": "http://gexf.net/1.3",
    "xmlns:viz": "http://gexf.net/1.3/viz",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd",
}
_NODE = ("name", "type", "iri", "definition", "synonyms")
_EDGE = ("relation", "predicate", "says", "references")


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the network to a file."""
    return save(path, content(graph.network()))


def content(network: nx.MultiDiGraph, centre: str = "") -> bytes:
    """A network as the bytes of a file."""
    from kg.placed import placed

    drawing = placed(network, centre)
    root = Element("gexf", {**_NAMESPACES, "version": "1.3"})
    SubElement(SubElement(root, "meta"), "creator").text = f"leukemia-kg {__version__}"
    graph = SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    for kind, names in (("node", _NODE), ("edge", _EDGE)):
        declared = SubElement(graph, "attributes", {"class": kind, "mode": "static"})
        for name in names:
            SubElement(declared, "attribute", {"id": name, "title": name, "type": "string"})
    nodes = SubElement(graph, "nodes", {"count": str(len(drawing.nodes))})
    for node in drawing.nodes:
        _node(nodes, node)
    edges = SubElement(graph, "edges", {"count": str(len(drawing.edges))})
    for number, edge in enumerate(drawing.edges):
        _edge(edges, str(number), edge)
    return xml_bytes(root)


def _node(nodes: Element, node: Node) -> None:
    element = SubElement(nodes, "node", {"id": node.id, "label": node.caption})
    synonyms = " | ".join(node.synonyms)
    _values(element, _NODE, (node.label, node.type, node.iri, node.definition, synonyms))
    colour = dict(zip("rgb", map(str, node.rgb), strict=True))
    SubElement(element, "viz:color", colour)
    SubElement(element, "viz:position", {"x": f"{node.x:g}", "y": f"{-node.y:g}", "z": "0"})
    SubElement(element, "viz:size", {"value": f"{node.radius:g}"})


def _edge(edges: Element, number: str, edge: Edge) -> None:
    attributes = {
        "id": number,
        "source": edge.source,
        "target": edge.target,
        "label": edge.caption,
        "kind": edge.key,
    }
    element = SubElement(edges, "edge", attributes)
    references = " ".join(edge.references)
    _values(element, _EDGE, (edge.label, edge.predicate, edge.says, references))


def _values(element: Element, names: tuple[str, ...], values: tuple[str, ...]) -> None:
    inside = SubElement(element, "attvalues")
    for name, value in zip(names, values, strict=True):
        SubElement(inside, "attvalue", {"for": name, "value": value})
