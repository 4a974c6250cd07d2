"""JSON-LD of the default graph, with the project's own context."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from pyoxigraph import RdfFormat

from kg import resources
from kg.graph import KnowledgeGraph
from kg.serialization import rdf_bytes, save

SUFFIX = ".jsonld"


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the graph to a file."""
    import rdflib

    context = msgspec.json.decode((resources.ontology() / "context.jsonld").read_bytes())
    data = rdflib.Graph()
    data.parse(data=rdf_bytes(graph.store, RdfFormat.N_TRIPLES), format="nt")
    text = data.serialize(format="json-ld", context=context["@context"])
    document = msgspec.json.decode(text)
    document["@graph"] = _ordered(document.get("@graph", []))
    return save(path, msgspec.json.format(msgspec.json.encode(document, order="sorted")))


def _ordered(value: Any) -> Any:
    """Lists in RDF sets' place have no order: give them one, so that the bytes are stable."""
    if isinstance(value, dict):
        return {key: _ordered(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted(
            map(_ordered, value), key=lambda each: msgspec.json.encode(each, order="sorted")
        )
    return value
