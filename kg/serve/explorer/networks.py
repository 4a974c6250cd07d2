"""Networks around entities as pages; a large one is cut down to what is nearest."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import BadParameter
from kg.graph import KnowledgeGraph
from kg.pages.data import Knowledge, notes, properties
from kg.pages.href import Href
from kg.pages.library import Library
from kg.pages.page import Page, render
from kg.pages.words import around, whole

_DEEPEST = 3
_MOST = 1500  # nodes; more take long to place and tell less


def page(
    graph: KnowledgeGraph, library: Library, entity: str, given: Mapping[str, str], href: Href
) -> str:
    """The HTML of the network around an entity, or of the whole graph.

    Args:
        library: that of the graph.
        entity: short id; "" for the whole graph.
        given: ``depth``, in steps.

    Raises:
        BadParameter: the depth is none.
    """
    text = given.get("depth") or "1"
    if not text.isdecimal() or not 1 <= int(text) <= _DEEPEST:
        raise BadParameter(f"the depth of a network is 1 to {_DEEPEST} steps, not {text!r}")
    depth = int(text)
    network = graph.network(entity, depth)
    while entity and depth > 1 and len(network) > _MOST:
        depth -= 1
        network = graph.network(entity, depth)
    title, summary = around(network, entity, depth) if entity else whole()
    if graph.described:
        summary = f"{summary} Knowledge {graph.described}."
    if depth < int(text):
        summary = f"{summary} More than {depth} steps around it would be too much to see."
    pages = {node: href(node) for node in network}
    nodes = set(network)
    known = Knowledge(
        library.identifiers,
        properties(graph.select, nodes),
        notes(graph.select, nodes),
        library.references,
    )
    return render(Page(network, title, summary, entity, pages), known, "/assets")
