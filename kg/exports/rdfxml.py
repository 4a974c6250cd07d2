"""RDF/XML of the default graph."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import RdfFormat

from kg.graph import KnowledgeGraph
from kg.serialization import write_rdf

SUFFIX = ".rdf"


def write(graph: KnowledgeGraph, path: Path) -> list[Path]:
    """Write the graph to a file."""
    return write_rdf(graph.store, path, RdfFormat.RDF_XML)
