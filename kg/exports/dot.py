"""DOT of the network, for Graphviz: ``neato -n2 -Tsvg FILE`` draws it where it was placed."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from kg.colours import FAINT, GREY, INK
from kg.graph import KnowledgeGraph
from kg.links import web
from kg.serialization import save

if TYPE_CHECKING:
    import networkx as nx

    from kg.placed import Edge, Node

SUFFIX = ".dot"

_SHAPES = {
    "dot": "circle",
    "star": "star",
    "triangle": "triangle",
    "triangleDown": "invtriangle",
    "diamond": "diamond",
    "hexagon": "hexagon",
    "square": "square",
}
_HEAD = """digraph network {
  graph [outputorder=edgesfirst, overlap=true, splines=curved];
  node [fontname="Helvetica", fontsize=%(large)g, fontcolor="%(ink)s"];
  node [style=filled, fixedsize=true, label=""];
  edge [fontname="Helvetica", fontsize=%(small)g, fontcolor="%(faint)s"];
  edge [color="%(grey)s", penwidth=%(line)g, arrowsize=%(line)g];
"""
_INCH = 72  # points, which places are in


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the network to a file."""
    return save(path, content(graph.network()))


def content(network: nx.MultiDiGraph, centre: str = "") -> bytes:
    """A network as the bytes of a file."""
    from kg.placed import placed

    drawing = placed(network, centre)
    sizes = {"large": drawing.font, "small": drawing.font * 0.7, "line": drawing.scale}
    head = _HEAD % {**sizes, "ink": INK, "grey": GREY, "faint": FAINT}
    lines = [*map(_node, drawing.nodes), *map(_edge, drawing.edges)]
    return (head + "\n".join(lines) + "\n}\n").encode()


def _node(node: Node) -> str:
    side = f"{2 * node.radius / _INCH:.3f}"
    attributes = {
        "xlabel": _shown(*node.lines),
        "pos": f"{node.x:g},{-node.y:g}",
        "width": side,
        "height": side,
        "shape": _SHAPES[node.shape],
        "fillcolor": node.colour,
        "tooltip": _shown(node.definition or node.label),
        "URL": _shown(web(node.iri)),
        "fullname": _kept(node.label),  # pydot takes no attribute called name
        "type": _kept(node.type),
        "synonyms": _kept(" | ".join(node.synonyms)),
    }
    return f"  {_quoted(_kept(node.id))} {_list(attributes)};"


def _edge(edge: Edge) -> str:
    source, target = (_quoted(_kept(end)) for end in (edge.source, edge.target))
    references = " ".join(edge.references)
    attributes = {
        "label": _shown(edge.caption),
        "tooltip": _shown(references),
        "predicate": _kept(edge.predicate),
        "says": _kept(edge.says),
        "references": _kept(references),
    }
    return f"  {source} -> {target} {_list(attributes)};"


def _list(attributes: dict[str, str]) -> str:
    given = (f"{name}={_quoted(value)}" for name, value in attributes.items() if value)
    return f"[{', '.join(given)}]"


def _shown(*lines: str) -> str:
    """Text that Graphviz draws: it reads entities and escapes such as ``\\N`` in it."""
    return "\\n".join(_kept(escape(line, quote=False)) for line in lines)


def _kept(text: str) -> str:
    """Text whose backslashes escape nothing: two of them stand for one."""
    return text.replace("\\", "\\\\")


def _quoted(text: str) -> str:
    """A string of the language."""
    return '"' + text.replace('"', '\\"') + '"'
