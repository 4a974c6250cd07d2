"""What a page's details pane can tell, cut down to the nodes that the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import networkx as nx

from kg.pages.data import Knowledge, Note
from kg.pages.words import told

Json = dict[str, Any]


def details(network: nx.MultiDiGraph, known: Knowledge, pages: Mapping[str, str]) -> Json:
    """Definition, synonyms, identifiers, properties, notes and page of each node; the references.

    Args:
        network: what the page shows.
        known: what is said of its nodes.
        pages: addresses of pages about nodes.
    """
    used: set[str] = set()
    for _, _, references in network.edges(data="references"):
        used.update(references.split())
    nodes = {}
    for node, data in network.nodes(data=True):
        nodes[node] = _node(node, data, known, pages.get(node, ""))
        for each in known.properties.get(node, []):
            used.update(each.references)
        for note in known.notes.get(node, []):
            used.update(_cited(note))
    references = {
        name: msgspec.to_builtins(known.references[name])
        for name in sorted(used)
        if name in known.references
    }
    shown: Json = told({"nodes": nodes, "references": references})
    return shown


def _node(node: str, data: Json, known: Knowledge, page: str) -> Json:
    every = {
        "definition": data["definition"],
        "synonyms": sorted(filter(None, data["synonyms"].split(" | "))),
        "identifiers": known.identifiers.get(node, []),
        "properties": msgspec.to_builtins(known.properties.get(node, [])),
        "notes": msgspec.to_builtins(known.notes.get(node, [])),
        "page": page,
    }
    return {key: value for key, value in every.items() if value}


def _cited(note: Note) -> set[str]:
    return {*note.references, *(name for side in note.sides for name in side.references)}
