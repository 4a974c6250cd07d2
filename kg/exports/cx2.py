"""CX2 of the network, for Cytoscape and NDEx, with places and a style.

The style maps types to colours and shapes, so that a legend can be made of it in Cytoscape.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg import __version__
from kg.colours import FAINT, GREY, INK
from kg.graph import KnowledgeGraph
from kg.serialization import save
from kg.vocabulary import ENTITY_PREFIXES, PREFIXES

if TYPE_CHECKING:
    import networkx as nx

    from kg.placed import Edge, Node, Placed

SUFFIX = ".cx2"

Json = dict[str, Any]

_SHAPES = {
    "dot": "ellipse",
    "star": "octagon",
    "triangle": "triangle",
    "triangleDown": "vee",
    "diamond": "diamond",
    "hexagon": "hexagon",
    "square": "rectangle",
}
_TEXT, _TEXTS, _NUMBER = {"d": "string"}, {"d": "list_of_string"}, {"d": "double"}
_DECLARED = {
    "networkAttributes": dict.fromkeys(("name", "description", "version", "@context"), _TEXT),
    "nodes": {
        **dict.fromkeys("name caption represents type iri definition".split(), _TEXT),
        "synonyms": _TEXTS,
        "size": _NUMBER,
    },
    "edges": {
        **dict.fromkeys("name interaction predicate says".split(), _TEXT),
        "references": _TEXTS,
    },
}


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the network to a file."""
    return save(path, content(graph.network()))


def content(network: nx.MultiDiGraph, centre: str = "") -> bytes:
    """A network as the bytes of a file."""
    from kg.placed import placed

    drawing = placed(network, centre)
    number = {node.id: index for index, node in enumerate(drawing.nodes)}
    aspects: dict[str, list[Json]] = {
        "attributeDeclarations": [_DECLARED],
        "networkAttributes": [_about(number, centre)],
        "nodes": [_node(number[node.id], node) for node in drawing.nodes],
        "edges": [_edge(index, edge, number) for index, edge in enumerate(drawing.edges)],
        "visualProperties": [_style(drawing)],
    }
    metadata = [{"name": name, "elementCount": len(each)} for name, each in aspects.items()]
    document: list[Json] = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": metadata},
        *({name: each} for name, each in aspects.items()),
        {"status": [{"success": True, "error": ""}]},
    ]
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _about(nodes: dict[str, int], centre: str) -> Json:
    context = {prefix: PREFIXES[prefix] for prefix in ("lkg", *ENTITY_PREFIXES)}
    return {
        "name": f"leukemia-kg: {centre or 'the whole graph'}",
        "description": f"{len(nodes)} entities of leukemia therapeutics; "
        "each edge names the references that state it.",
        "version": __version__,
        "@context": msgspec.json.encode(context).decode(),
    }


def _node(number: int, node: Node) -> Json:
    values = {
        "name": node.label,
        "caption": "\n".join(node.lines),
        "represents": node.id,
        "type": node.type,
        "iri": node.iri,
        "definition": node.definition,
        "synonyms": node.synonyms,
        "size": 2 * node.radius,
    }
    return {"id": number, "x": node.x, "y": node.y, "v": _filled(values)}


def _edge(number: int, edge: Edge, nodes: dict[str, int]) -> Json:
    values = {
        "name": edge.caption,
        "interaction": edge.label,
        "predicate": edge.predicate,
        "says": edge.says,
        "references": edge.references,
    }
    ends = {"s": nodes[edge.source], "t": nodes[edge.target]}
    return {"id": number, **ends, "v": _filled(values)}


def _filled(values: Json) -> Json:
    return {name: value for name, value in values.items() if value not in ("", [])}


def _style(drawing: Placed) -> Json:
    looks = {node.type: (node.colour, _SHAPES[node.shape]) for node in drawing.nodes}
    colours, shapes = ({kind: look[part] for kind, look in looks.items()} for part in (0, 1))
    return {
        "default": {
            "network": {"NETWORK_BACKGROUND_COLOR": "#FFFFFF"},
            "node": {
                "NODE_BORDER_COLOR": INK,
                "NODE_BORDER_WIDTH": drawing.scale,
                "NODE_LABEL_COLOR": INK,
                "NODE_LABEL_FONT_SIZE": drawing.font,
                "NODE_LABEL_POSITION": {
                    "HORIZONTAL_ALIGN": "center",
                    "HORIZONTAL_ANCHOR": "center",
                    "JUSTIFICATION": "center",
                    "MARGIN_X": 0,
                    "MARGIN_Y": 2,
                    "VERTICAL_ALIGN": "top",
                    "VERTICAL_ANCHOR": "bottom",
                },
            },
            "edge": {
                "EDGE_LINE_COLOR": GREY,
                "EDGE_WIDTH": drawing.scale,
                "EDGE_TARGET_ARROW_SHAPE": "triangle",
                "EDGE_TARGET_ARROW_COLOR": GREY,
                "EDGE_LABEL_COLOR": FAINT,
                "EDGE_LABEL_FONT_SIZE": drawing.font * 0.7,
            },
        },
        "nodeMapping": {
            "NODE_LABEL": _passed("caption"),
            "NODE_BACKGROUND_COLOR": _mapped("type", colours),
            "NODE_SHAPE": _mapped("type", shapes),
            "NODE_WIDTH": _passed("size", "double"),
            "NODE_HEIGHT": _passed("size", "double"),
        },
        "edgeMapping": {"EDGE_LABEL": _passed("interaction")},
    }


def _passed(attribute: str, type_: str = "string") -> Json:
    return {"type": "PASSTHROUGH", "definition": {"attribute": attribute, "type": type_}}


def _mapped(attribute: str, values: dict[str, str]) -> Json:
    pairs = [{"v": value, "vp": shown} for value, shown in sorted(values.items())]
    definition = {"attribute": attribute, "type": "string", "map": pairs}
    return {"type": "DISCRETE", "definition": definition}
